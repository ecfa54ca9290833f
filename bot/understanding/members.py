"""七长里有院长吗, 三重保障是养老、失业、工伤: claims about what belongs to a fact that lists things."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from rapidfuzz import fuzz

from bot.knowledge.intents import Intents
from bot.knowledge.model import Fact, Report
from bot.language.lexicon import Token
from bot.language.normalise import normalise
from bot.understanding.clause import TELLING_FIGURE
from bot.understanding.conversation import Conversation
from bot.understanding.decision import Finding
from bot.understanding.matcher import Matcher
from bot.understanding.no_others import says_no_others

#: likeness (0–100) from which a thing named is one of the fact's own
_SAME = 76.0
#: how 没有 is read where it denies that a list holds something
_CONTAINS = {"contains": ("contains",)}
#: characters of one thing; more is a clause
_MOST_CHARACTERS = 8


#: the kinds of word that deny what stands behind them: 不算在, 没在
_DENYING = ("undone_next", "undone", "except", "not", "none")


class MemberClaims:
    """The step that holds the things a message lists against those that a fact lists."""

    def __init__(self, intents: Intents, matcher: Matcher, report: Report) -> None:
        self._matcher = matcher
        self._grammar = intents.grammar
        self._report = report
        #: how many kinds there are (社会三种扶贫) is no part of a name
        self._kinds = f"[一两二三四五六七八九](?:{'|'.join(map(re.escape, sorted(intents.grammar.kinds)))})"
        self._endings_of_questions = intents.grammar.particles | intents.grammar.whether_endings
        self._edges = "".join(intents.grammar.around_things)
        self._facts = [fact for fact in report.facts.values() if fact.members]
        self._members = {fact.id: tuple(normalise(member) for member in fact.members) for fact in self._facts}
        #: what all things of a list end in (扶贫 of 专项扶贫, 行业扶贫) tells none of them from another
        self._endings = {id: _common_ending(members) for id, members in self._members.items()}

    def check(self, tokens: Sequence[Token], conversation: Conversation) -> Finding | None:
        """The finding for a message that claims (or asks whether) something belongs to a list; else None."""
        denials = [n for n, token in enumerate(tokens) if token.values("not") or token.values("none")]
        denied = bool(denials) and not tokens[denials[0]].values("contains")
        corrects = any(token.text in self._grammar.instead for token in tokens)  # 不是三重而是四重
        if corrects or any(token.values("quantity") for token in tokens) or len(denials) > 1:
            return None
        none = denied and bool(tokens[denials[0]].values("none"))
        if denied:  # 七长里并没有市长，对吗
            asked = any(token.values("ask") for token in tokens) or tokens[-1].text in self._grammar.whether_endings
            states = tokens[denials[0]].values("none") and not asked  # 三重保障里可没有医疗救助
            if not states and not any(token.values("claim") for token in tokens):
                return None
            tokens = [t.meaning(_CONTAINS) if n == denials[0] else t for n, t in enumerate(tokens)]
        asks = any(token.values("claim") or token.text in self._grammar.elliptical_endings for token in tokens)
        asks = asks or any(t.values("contains") and self._asks_whether(t.text) for t in tokens)
        # A statement claims as well.
        asks = asks or not any(self._grammar.asks(token.text) or token.text == "？" for token in tokens)
        named = [(n, fact) for n, token in enumerate(tokens) for fact in self._named(token)]
        # 教育局长不是七长之一: what is on the list names it only where nothing else does.
        named = [(n, fact) for n, fact in named if _is_called(fact, (), tokens[n].text)] or named
        # 龙头企业连100家都没有吧, after a list, is claimed of a number.
        counts = any(token.figure and token.figure.value >= TELLING_FIGURE for token in tokens)
        said = [] if counts else self._said(tokens, conversation)
        if named and len({fact.id for _, fact in named}) == 1:
            start, fact = named[0]
            link = self._link(tokens)
            start = max((n for n, _ in named if n < link), default=start)  # 大扶贫格局的三位一体，指…
        elif (
            not named
            and len(said) == 1
            and (self._ends_asking(tokens) or self._ends_inside(tokens) or not self._says_of_what(tokens))
        ):
            start, fact = -1, said[0]
        else:
            return None
        behind = tokens[start + 1 : start + 2]
        belongs = self._belongs(tokens, start)
        if belongs and any(tokens[belongs - 1].values(kind) for kind in _DENYING):
            if any(token.text in self._grammar.asks_back_at_end for token in tokens[-2:]):
                return None  # 校长不在七长里吗
            belongs, denied = belongs - 1, not denied
        if belongs:
            things = self._listed(tokens[:belongs])  # 省委书记也算在四级书记里头吗
        elif behind and behind[0].values("one_of"):
            linking = ("equals", "contains")  # 教育局长不是七长之一
            before = tokens[: max(start, 0)]
            things = self._listed([t for t in before if not any(t.values(kind) for kind in linking)])
        else:
            things = self._claimed(tokens, start, fact) if asks else self._within(tokens, start)
        if not things:
            return None
        known, ending = self._members[fact.id], self._endings[fact.id]
        foreign = tuple(thing for thing in things if not any(_is_same(thing, member, ending) for member in known))
        if denied and 0 < len(foreign) < len(things):
            return None
        of_deed = none and not any(token.values("within") for token in tokens)
        if of_deed and fact.sentence and any(thing in fact.sentence.text for thing in foreign):
            # 四级书记没有一起抓: what the report says that they do is denied, and no thing
            asks_back = any(token.text in self._grammar.asks_back for token in tokens)
            return Finding("answer", "members", (fact.id,), confidence=80.0, verdict=asks_back)
        lacking = any(not any(_is_same(thing, member, ending) for thing in things) for member in known)
        holds = bool(foreign) if denied else not (foreign or (lacking and says_no_others(tokens, self._grammar)))
        return Finding("answer", "members", (fact.id,), confidence=85.0, verdict=holds, words=foreign)

    def rest(self, tokens: Sequence[Token], conversation: Conversation) -> Finding | None:
        """七长除了校长和家长，剩下的是谁: the list of which all but what is named is asked for."""
        words = ["".join(t.text for t in tokens[n : n + 2]) for n in range(len(tokens))]
        at = next((n for n, word in enumerate(words) if word.startswith(tuple(self._grammar.leaves_out))), len(tokens))
        if at == len(tokens):
            return None
        behind = next((n for n in range(at, len(tokens)) if self._begins_rest(tokens[n])), len(tokens))
        facts = {fact.id: fact for token in tokens if not token.figure for fact in self._named(token)}
        facts = facts or {fact.id: fact for fact in self._said(tokens, conversation)}
        named = frozenset(name for token in tokens[behind + 1 :] for name in token.values("concept"))
        if any(self._matcher.is_foreign(id, named) for id in facts) or any(
            t.values("guard") for t in tokens[behind + 1 :]
        ):
            return None  # 除了校长，谁负责搬迁
        split = tokens[at].text not in self._grammar.leaves_out  # 除, 了
        things = self._listed(tokens[at + 1 + split : behind])
        counts = any(token.values("quantity") for token in tokens[behind:])
        if (
            len(facts) != 1
            or not things
            or counts
            or not any(self._grammar.asks(token.text) for token in tokens[behind:])
        ):
            return None
        (fact,) = facts.values()
        known, ending = self._members[fact.id], self._endings[fact.id]
        listed = all(
            any(len(thing) <= len(member) + 1 and _is_same(thing, member, ending) for member in known)
            for thing in things
        )
        return Finding("answer", "members", (fact.id,), confidence=85.0) if listed else None

    def _within(self, tokens: Sequence[Token], list_at: int) -> list[str]:
        """What is said to be in the list told last (派出所所长也在里头); none where a list is named."""
        inside = self._ends_inside(tokens) if list_at < 0 else 0
        return self._listed(tokens[:inside]) if inside else []

    def _claimed(self, tokens: Sequence[Token], list_at: int, fact: Fact) -> list[str]:
        """What is claimed to be in the list: behind its name, or before it; `list_at` is -1 for the list told last."""
        link = self._link(tokens)
        if list_at < 0 and (inside := self._within(tokens, list_at)):
            return inside
        if list_at < 0 and self._ends_asking(tokens):
            return self._listed(tokens[:link])  # 班主任算不算
        if things := self._things(tokens[list_at + 1 :]):
            return things
        if link < list_at and (things := self._before(tokens[link + 1 : list_at])):
            return things  # 抓扶贫的是省、市、县、乡四级书记
        before = self._before(tokens[: max(list_at, 0)]) if fact.figure in tokens[list_at].text else []
        if len(before) == len(fact.members):
            return before  # 专项、行业、产业扶贫三位一体，对吗
        if fact.named and list_at > 0 and tokens[list_at - 1].text[-1] in self._grammar.copulas:
            return self._listed(tokens[: list_at - 1])  # 资金支持、项目建设都是重点工作
        return []

    @staticmethod
    def _begins_rest(token: Token) -> bool:
        """还有, 剩下."""
        return bool(token.values("others") or token.values("contains") or token.values("guard") or token.values("ask"))

    def _said(self, tokens: Sequence[Token], conversation: Conversation) -> list[Fact]:
        """The list told last; 那三种里面: … or some turns ago, if no other has so many things."""
        if len(conversation.facts) == 1 and (last := self._report.facts[conversation.facts[0]]).members:
            return [last]
        inside = next((n for n, token in enumerate(tokens) if token.values("within")), 0)
        numbers = {token.figure.value for token in tokens[:inside] if token.figure}
        told = dict.fromkeys(conversation.told)
        return [f for id in told if (f := self._report.facts[id]).members and len(f.members) in numbers]

    def _belongs(self, tokens: Sequence[Token], list_at: int) -> int:
        """Where it begins to be said that what stands before is in the list; 0 where that isn't said."""
        at = next((n for n in range(list_at - 1, 0, -1) if tokens[n].text in self._grammar.belongs), 0)
        inside = any(token.values("within") for token in tokens[list_at + 1 :])
        between = tokens[at + 1 : list_at]  # 不属于东西部协作的重点工作
        if not at or any(not (token.values("filler") or token.values("concept")) for token in between):
            return 0
        says = inside or len(tokens[at].text) > 1  # 属于四级书记, unlike 在四级书记
        return self._before_fillers(tokens, at) if says else 0

    @staticmethod
    def _before_fillers(tokens: Sequence[Token], at: int) -> int:
        """Where 也算在 begins."""
        while at and (tokens[at - 1].values("filler") or tokens[at - 1].is_separator):
            at -= 1
        return at

    def _ends_asking(self, tokens: Sequence[Token]) -> bool:
        """班主任算不算, after a list: whether a message ends in what asks if the thing belongs to it."""
        said = [
            n for n, token in enumerate(tokens) if not (token.is_separator or token.text in self._grammar.particles)
        ]
        ends = bool(said) and said[-1] > 0 and bool(tokens[said[-1]].values("contains"))
        return ends and self._asks_whether(tokens[said[-1]].text)

    def _ends_inside(self, tokens: Sequence[Token]) -> int:
        """派出所所长也在里头吧, after a list: where it begins to be asked whether the thing is in it; 0 if it isn't."""
        said = [
            n
            for n, token in enumerate(tokens)
            if not (token.is_separator or token.values("claim") or token.text in self._endings_of_questions)
        ]
        ends = len(said) > 1 and bool(tokens[said[-1]].values("within"))
        at = said[-2] if ends else 0
        while at and (tokens[at].figure or tokens[at].values("classifier") or self._is_idle(tokens[at])):
            at -= 1  # 在这七个里面
        at = at if tokens[at].text in self._grammar.belongs else 0
        return self._before_fillers(tokens, at)

    def _is_idle(self, token: Token) -> bool:
        """这, unlike 在."""
        return bool(token.values("filler")) and token.text not in self._grammar.belongs

    def _says_of_what(self, tokens: Sequence[Token]) -> bool:
        """那大学生有学费补助吗: whether something else than the list is what has the things, or what is had is none."""
        before, behind = tokens[: self._link(tokens)], tokens[self._link(tokens) :]
        says = any(t.values("guard") or t.values("concept") for t in before)
        # 有孩子辍学吗: what somebody does is no thing.
        return bool(behind) and (says or sum(bool(t.values("concept")) for t in behind) > 1)

    def _asks_whether(self, word: str) -> bool:
        """里面有没有, 算不算."""
        return word[-2:] in self._grammar.whether_endings or any(word.count(char) > 1 for char in word)

    def _named(self, token: Token) -> list[Fact]:
        """The fact that a word names: 七长, and 四级书记 the four levels (unlike 省级)."""
        names = token.values("concept")
        return [fact for fact in self._facts if names and (_is_called(fact, names, token.text))]

    def _things(self, tokens: Sequence[Token]) -> list[str]:
        """What stands behind 包括 or 是, thing by thing; behind 是, at least two."""
        link = self._link(tokens)
        if any(token.values("ask") for token in tokens[: link + 2]):
            return []
        things = self._listed(tokens[link + 1 :])
        if not things:
            return []
        return things if tokens[link].values("contains") or len(things) > 1 else []

    def _before(self, tokens: Sequence[Token]) -> list[str]:
        """省、市、县、乡 before 四级书记: at least two things."""
        things = [] if any(token.values("ask") for token in tokens) else self._listed(tokens)
        return things if len(things) > 1 else []

    @staticmethod
    def _link(tokens: Sequence[Token]) -> int:
        """Where 包括 or 是 stands; behind the end if nowhere."""
        found = (n for n, t in enumerate(tokens) if t.values("contains") or t.values("equals"))
        return next(found, len(tokens))

    def _listed(self, tokens: Sequence[Token]) -> list[str]:
        """The things between pauses, up to a claim; none if one is a clause of its own."""
        things, telling = [""], [False]
        for before, token in zip([None, *tokens], tokens, strict=False):
            if token.is_separator or token.values("connective"):
                things.append("")
                telling.append(False)
            elif (things[-1] and token.text in self._grammar.whether_endings) or token.values("claim"):
                break
            elif token.figure:
                continue  # 三项保险 only sums them up
            elif token.values("classifier") and (things[-1] or (before is not None and before.figure)):
                continue
            elif token.values("ask") or (token.values("guard") and self._grammar.asks(token.text)):
                things.pop()
                break  # 有同行这样解释 is no thing
            else:
                things[-1] += token.text
                telling[-1] |= not token.values("filler") or token.text[0] not in self._grammar.begins_chatter
        said = (
            re.sub(self._kinds, "", thing).strip(self._edges)
            for thing, tells in zip(things, telling, strict=False)
            if tells
        )
        things = [thing for thing in said if thing]
        return [] if any(len(thing) > _MOST_CHARACTERS for thing in things) else things


def _is_called(fact: Fact, names: Sequence[str], text: str) -> bool:
    return fact.figure in names or fact.figure in text or text in fact.named


def _common_ending(things: Sequence[str]) -> str:
    """What all the things end in; nothing where that is only a character (the 长 of 县长)."""
    backwards = zip(*(reversed(thing) for thing in things), strict=False)
    shared = [chars[0] for chars in takewhile(lambda chars: len({*chars}) == 1, backwards)]
    return "".join(reversed(shared)) if len(shared) > 1 else ""


def _is_same(thing: str, member: str, ending: str) -> bool:
    """Whether a thing named is a fact's own: much like it, or short for it (县长 or 区长 for 县区长).

    `ending`: what all things of the fact's list end in.
    """
    thing, member = thing.removesuffix(ending) or thing, member.removesuffix(ending) or member
    if fuzz.partial_ratio(thing, member) >= _SAME:
        return True
    rest = iter(member)
    return all(char in rest for char in thing)
