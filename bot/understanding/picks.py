"""Picks from what was offered or stated: 第二个, 2, 前者, 另一个呢, 都要, 后者有几多人."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.language.figures import parse_chinese
from bot.language.normalise import SEPARATOR
from bot.understanding.clause import UNCOUNTABLE, WHO
from bot.understanding.conversation import Conversation
from bot.understanding.decision import Finding

#: 第二个有多少家: one of several, and more than that
_ORDINAL = "那?第(?P<number>[一二三四五六七八九]|\\d)[个种类项样]的?(?!问题)(?P<rest>.{2,})"
_ORDINAL_ALONE = "那?第(?P<number>[一二三四五六七八九]|\\d)[个种类项样](?P<rest>)$"
_ORDINAL_BEGINS = "那?第[一二三四五六七八九\\d][个种类项样]"
#: more is no place in a choice
_MANY = 100
#: options of which one stands between the others
_THREE = 3
#: follow-ups that mean the one with the least or the greatest number, by its place in their order
_SIZES = {0: "least", -1: "greatest"}

#: what many kinds of things are measured in, unlike firms or power stations
_OF_ALL = UNCOUNTABLE | WHO


class Picks:
    """The steps that take one, or all, of several facts."""

    def __init__(self, intents: Intents, report: Report) -> None:
        self._intents = intents
        self._report = report
        # The longest first: 也说说 holds 说.
        self._around_picks = sorted(intents.follow_ups.get("pick", ()), key=lambda affix: (-len(affix), affix))
        self._beginnings = "".join(intents.grammar.begins_pick)
        self._endings = "".join(intents.grammar.ends_pick)

    @cached_property
    def _fillers(self) -> frozenset[str]:
        return self._intents.lexicon.words_of("filler")

    def pick(self, plain: str, conversation: Conversation) -> Finding | None:
        """A number after a choice was offered picks from it: 2, 第二个, 选2."""
        if named := self._named_pick(plain, conversation) or self._all_offered(plain, conversation):
            return named
        stated = conversation.several if re.match(_ORDINAL_BEGINS, plain) else ()  # 第一个和第三个, of those told
        if several := self._several_numbers(plain, conversation.options or stated):
            return Finding("answer", "pick", several, confidence=100.0)
        bare = self._without_affixes(plain)
        number = _number(bare)
        said = bare != plain and len(conversation.several) > 1
        options = conversation.options or (conversation.several if said else ())  # 第二个 of those just stated
        if not 1 <= number <= len(options):
            return None
        return Finding("answer", "pick", (options[number - 1],), confidence=100.0)

    def _several_numbers(self, plain: str, options: Sequence[str]) -> tuple[str, ...]:
        """1和3, 第一个、第三个: several of what was offered; () if that isn't all that is said."""
        joins = "|".join(map(re.escape, sorted(self._intents.connectives, key=len, reverse=True)))
        wants = sorted(self._intents.follow_ups.get("all", ()), key=len)
        plain = plain.removesuffix(next((word for word in wants if plain.endswith(word)), ""))  # 1和3都要
        parts = re.split(f"{joins}|[{SEPARATOR} ]+", plain)
        numbers = [_number(self._without_affixes(part)) for part in parts]
        several = len(parts) > 1 and all(1 <= number <= len(options) for number in numbers)
        return tuple(dict.fromkeys(options[number - 1] for number in numbers)) if several else ()

    def _without_affixes(self, plain: str) -> str:
        """2 of 选第2个吧."""
        bare = plain.rstrip(self._endings).lstrip(self._beginnings)
        for affix in self._around_picks:
            bare = bare.removeprefix(affix).removesuffix(affix).rstrip(SEPARATOR)
        return bare

    def _named_pick(self, plain: str, conversation: Conversation) -> Finding | None:
        """前一个, 后者, 另一个呢: of what was offered."""
        options = conversation.options or conversation.several
        if not options:
            return None
        several = len(options) > 1
        first, *rest = plain.split("，")
        bare = first if all(part in self._fillers for part in rest) else plain  # 前者是几个来着，没看清
        bare = self._without_chatter(bare).rstrip(self._endings).lstrip(self._beginnings)
        picked = self._by_size(bare, options)
        if not (picked or several) and len(conversation.facts) == 1 and conversation.before:
            return self._named_before(bare, conversation)
        if several and bare in self._intents.follow_ups.get("first", ()):
            picked = options[:1]
        elif several and bare in self._intents.follow_ups.get("last", ()):
            picked = options[-1:]
        elif len(options) == _THREE and bare in self._intents.follow_ups.get("middle", ()):
            picked = options[1:2]
        elif bare in self._intents.follow_ups.get("other", ()):
            picked = tuple(option for option in options if option not in conversation.facts)
        return Finding("answer", "pick", picked, confidence=100.0) if len(picked) == 1 else None

    def _by_size(self, bare: str, ids: Sequence[str]) -> tuple[str, ...]:
        """少的那个, 最多的那类: the one meant of several facts, or of what the only one adds up; () if none is.

        They have to count alike, and each to have another number.
        """
        facts = [self._report.facts[id] for id in self._report.taken_apart(ids)]
        sizes = {fact.value: fact.id for fact in facts if fact.value is not None}
        which = next((at for at, name in _SIZES.items() if bare in self._intents.follow_ups.get(name, ())), None)
        alike = len({fact.counts for fact in facts}) == 1 and len(sizes) == len(facts) > 1
        return (sorted(sizes.items())[which][1],) if alike and which is not None else ()

    def _without_chatter(self, bare: str) -> str:
        """后者 of 后者再说一遍, and of 后者来着."""
        words = self._intents.follow_ups
        if any(bare in words.get(which, ()) for which in ("first", "last", "other", "greatest", "least")):
            return bare
        for endings in (words.get("again", ()), self._fillers):
            begin = next((n for n in range(1, len(bare)) if bare[n:] in endings), len(bare))
            bare = bare[:begin]
        return bare

    def _named_before(self, bare: str, conversation: Conversation) -> Finding | None:
        """前者呢, after one of two: the other, or the same measure of it, or that the report doesn't tell it."""
        (fact,) = conversation.facts
        pair = conversation.before
        words = self._intents.follow_ups
        first, last, other = (bare in words.get(which, ()) for which in ("first", "last", "other"))
        beside = tuple(id for id in pair if id != fact)
        if last and len(pair) == 1 and pair == beside:
            return Finding("answer", "pick", (fact,), confidence=90.0)  # told one after the other
        if len(beside) == 1 and len(pair) <= len({*beside, fact}) and (first or last or other):
            return Finding("answer", "pick", beside, confidence=90.0)  # of two, the one that wasn't told just now
        if not (first or last) or not beside:
            return None
        meant = pair[0 if first else -1]
        counts = self._report.facts[fact].counts
        if fact in pair or self._report.facts[meant].counts == counts:
            return Finding("answer", "pick", (meant,), confidence=90.0)
        beside_it = [f for f in self._report.facts.values() if self._beside(f.id, meant)]
        same = [f.id for f in beside_it if f.counts == counts]
        if not same and counts not in _OF_ALL:  # how many firms the one, and how many farms the other
            same = [f.id for f in beside_it if f.value is not None and f.counts not in _OF_ALL]
        if len(same) == 1:
            return Finding("answer", "pick", tuple(same), confidence=85.0)
        return Finding("abstain", "unit", reason="unit", words=(counts,), options=(meant,), confidence=80.0)

    def _alike(self, one: str, other: str) -> bool:
        """Whether two facts count the same."""
        return self._report.facts[one].counts == self._report.facts[other].counts != ""

    def _beside(self, fact: str, other: str) -> bool:
        """Whether two facts stand in one sentence."""
        sentence = self._report.facts[fact].sentence
        return sentence is not None and sentence is self._report.facts[other].sentence

    def _all_offered(self, plain: str, conversation: Conversation) -> Finding | None:
        """都要, or 各多少户 of a choice: all that was offered."""
        offered = conversation.options if not conversation.facts else ()
        first, _, rest = plain.partition(SEPARATOR)  # 都要，分别列一下
        said, follow_ups = first.rstrip(self._endings), self._intents.follow_ups
        # What a refusal offers is near what was asked, and no choice of which each is asked for.
        each = said in follow_ups.get("each", ()) and not (conversation.refused or conversation.lacking)
        wants = (each or said in follow_ups.get("all", ())) and not self._names(rest)
        sure = 85.0 if each else 90.0
        return Finding("answer", "pick", offered, confidence=sure) if wants and len(offered) > 1 else None

    def one_of_several(self, plain: str, conversation: Conversation) -> tuple[str, str] | None:
        """第二个有多少家: which of the facts offered or stated it is about, and what is asked of it."""
        offered = conversation.options or conversation.several
        if not offered:
            return None
        said = re.match(_ORDINAL, plain)
        before_it = conversation.before[-1:]
        if len(offered) == 1 and any(self._beside(id, offered[0]) for id in conversation.before):
            pair = conversation.before  # 前者多少人, after 后者多少人
        elif len(offered) == 1 and before_it and self._alike(before_it[0], offered[0]):
            pair = (*before_it, *offered)  # 前面那笔救了多少人次, after two amounts
        else:
            pair = offered
        before, _, last = plain.rpartition("，")
        # 没有户数啊，那后者的人数报给我
        aside = before and not self._intents.grammar.asks(before) and not self._names_thing(before)
        for said_of in (plain, last.lstrip(self._beginnings)) if aside else (plain,):
            if len(pair) > 1 and (one := self._of_the_two(said_of, pair)):
                return one
        number = parse_chinese(said["number"]) if said and not said["number"].isdecimal() else None
        at = int(number or (said["number"] if said else 0) or 0)
        if said is None or len(offered) < 2 or not 1 <= at <= len(offered):
            return None
        return offered[at - 1], said["rest"]

    def _names(self, text: str) -> bool:
        """Whether a text names anything, or a figure."""
        return any(token.values("concept") or token.figure for token in self._intents.lexicon.segment(text))

    def _names_thing(self, text: str) -> bool:
        """龙头企业和新型经营主体 in …，前者多少家: whether it says what 前者 may be, and not only a unit."""
        concepts = self._intents.concepts
        tokens = self._intents.lexicon.segment(text)
        if any(token.figure for token in tokens):
            return True  # 1020跟1090老弄混，前头那个
        return any(concepts[name].counts not in _OF_ALL for token in tokens for name in token.values("concept"))

    def _names_unit(self, text: str) -> bool:
        """换成人头 in 后者换成人头: whether it names what things are counted in, and nothing else."""
        concepts = self._intents.concepts
        tokens = self._intents.lexicon.segment(text)
        counts = [concepts[name].counts for token in tokens for name in token.values("concept")]
        counts += [unit for token in tokens for unit in token.values("quantity")]
        return bool(counts) and all(unit in _OF_ALL for unit in counts)

    def _of_the_two(self, plain: str, offered: Sequence[str]) -> tuple[str, str] | None:
        """后者有几多人: the one that 前者 or 后者 points at, and what is asked of it."""
        for which, fact in (("first", offered[0]), ("last", offered[-1])):
            for word in self._intents.follow_ups.get(which, ()):
                rest = plain.removeprefix(word)
                names = any(
                    other in rest for key in ("first", "last") for other in self._intents.follow_ups.get(key, ())
                )
                asks = any(char in rest for char in self._intents.grammar.asking)
                asks = asks or rest[:1] in self._intents.grammar.possessives
                asks = asks or rest[-1:] in self._intents.grammar.asks_back_on_said  # 后一个是全部贫困人口吗
                asks = asks or self._names_unit(rest)
                if rest != plain and not names and asks:
                    return fact, rest.lstrip("".join(self._intents.grammar.possessives) + "呢，")
        return None

    def of_member(self, plain: str, conversation: Conversation) -> Finding | None:
        """第二个能报几成 after a list: of what it lists, the report tells no more; 第二个是什么 repeats the list."""
        facts = conversation.facts
        said = re.match(_ORDINAL, plain) or re.match(_ORDINAL_ALONE, plain.rstrip(self._endings))  # 第三个呢
        if said is None or len(facts) != 1 or not self._report.facts[facts[0]].members:
            return None
        grammar = self._intents.grammar
        at = int(parse_chinese(said["number"]) or 0) if not said["number"].isdecimal() else int(said["number"])
        there = 1 <= at <= len(self._report.facts[facts[0]].members)
        if there and said["rest"].rstrip(self._endings).lstrip("".join(grammar.copulas)) in {"", *grammar.asking}:
            return Finding("answer", "pick", facts, confidence=90.0)
        return Finding("abstain", "told", reason="unmatched", options=facts, confidence=80.0)


def _number(text: str) -> int:
    """What a whole number below 100 says; 0 for anything else."""
    number = int(text) if text.isdecimal() and len(text) < 3 else parse_chinese(text) or 0
    return int(number) if number == int(number) < _MANY else 0
