"""光伏和旅游哪个带动的户数多: two things held against each other, each figure stated, the comparison worked out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from bot.knowledge.comparison import ranked
from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.language.figures import parse_chinese
from bot.language.lexicon import Token
from bot.understanding.candidates import Question
from bot.understanding.clause import UNCOUNTABLE, Ask, Clause
from bot.understanding.compared_claims import ROUNDED, comparison_holds
from bot.understanding.comparing_words import (
    asks_which,
    begins_by_choosing,
    claimed_difference,
    compares,
    measure,
    reaching,
    relating,
    tells_difference,
    without_times,
)
from bot.understanding.conversation import Conversation
from bot.understanding.decision import Finding, but_for
from bot.understanding.judge import Judge
from bot.understanding.matcher import Matcher
from bot.understanding.message import Reader
from bot.understanding.query import Query, concepts_of, counted_by, joined, question_of

#: confidence that each side of a comparison must reach
SIDE_CONFIDENCE = 60.0
#: how much fitting what is said of both sides counts for the rank of one
_SHARED = 0.25
#: … and how much fitting what was stated before counts
_OF_SAID = 0.5
#: weight from which a concept names a thing
_NAMING = 3
#: things that are held against each other
_SIDES = 2
#: clauses among which the two sides are looked for
_MOST_CLAUSES = 5


class Comparisons:
    """The step that compares two facts."""

    def __init__(self, intents: Intents, matcher: Matcher, judge: Judge, report: Report) -> None:
        self._intents = intents
        self._matcher = matcher
        self._judge = judge
        self._reader = Reader(intents)
        self._report = report

    def compare(self, tokens: Sequence[Token], conversation: Conversation) -> Finding | None:
        """The finding for a message that asks which of two is more, or by how much; None if it isn't that."""
        grammar = self._intents.grammar
        if not any(token.figure or compares(token, grammar) for token in tokens):
            return None
        if gap := self._claimed_gap(tokens, conversation.facts):
            return gap
        if self._goes_on(tokens, conversation.facts):
            # 比龙头企业多吧, after one was held against another: what was compared is compared again.
            conversation = conversation.but(facts=conversation.facts[:1])
        tokens, times = without_times(tokens, grammar)
        # 不到龙头企业的三倍 says how many times
        tokens = reaching(tokens, grammar) if times else relating(tokens, grammar, told=bool(conversation.facts))
        pairs = list(zip(tokens, (*tokens, None)[1:], strict=True))
        open_ = {following for token, following in pairs if token.figure and following}  # 才5万多
        # 要高过多少才算 asks where a line is drawn.
        bounds = {t for t, following in pairs if t.values("relation") and following and grammar.asks(following.text)}
        beside = [t for t in tokens if t not in bounds and not (t in open_ and grammar.left_open(t.text))]
        kinds = {kind for token in beside for kind in token.values("compare")} | ({"times"} if times else set())
        versus = any(token.values("versus") for token in beside)
        kinds |= {"difference"} if not kinds and self._ends_in_versus(tokens) else set()
        # 新型经营主体带的是不是更多, after what another did
        than_said = not versus and any(token.text in self._intents.grammar.than_said for token in tokens)
        versus = versus or (than_said and bool(conversation.facts))
        chooses = any(asks_which(token) or token.text in grammar.alternatives for token in tokens)
        if "order" in kinds:
            kinds |= {"most"}  # 从多到少排个序
        if "difference" in kinds and (way := claimed_difference(tokens, grammar.and_more)):
            kinds = kinds - {"difference"} | {way}
        chooses = chooses or bool({"difference", "same", "order"} & kinds)
        chooses = chooses or any("most" in t.values("compare") and grammar.asks(t.text) for t in tokens)
        chooses = chooses or ("most" in kinds and len(conversation.facts) > 1)  # 最少的那个呢
        if any("why" in token.values("ask") for token in tokens):
            return None  # 为啥非四类的比四类的还多
        meant = ("versus", "compare")
        guarded = any(token.values("guard") and not any(token.values(kind) for kind in meant) for token in tokens)
        if not kinds or not (versus or chooses or times) or guarded:
            return None
        if "most" in kinds:
            return self._most(self._parts(tokens), tokens, conversation)
        parts = self._parts(tokens, of_times=times is not None)
        sides = self._sides(parts, conversation)
        if sides is None or sides[0] == sides[1]:
            return self._unknown(tokens, parts)
        one, other, findings = sides
        if times and times.is_percent and self._share_of(one, other):
            return None  # the share itself is known, and claims of it are checked
        if not findings[1:] and (than_said or self._begins_with_thing(tokens)):
            one, other = other, one  # what is named now is the one that is said to be more
            other = self._said_alike(one, other, conversation)
            counts = self._report.facts[other].counts
            if than_said and self._report.facts[one].counts != counts:
                return Finding(
                    "abstain", "comparison", reason="unit", words=(counts,), options=(other,), confidence=80.0
                )
        claimed = "same" in kinds or not chooses
        sides_told = self._report.facts[one], self._report.facts[other]
        return Finding(
            "answer",
            "comparison",
            (one, other),
            confidence=min([f.confidence for f in findings], default=80.0),
            verdict=comparison_holds(tokens, kinds, *sides_told, times, grammar) if claimed else None,
            question=self._measuring(one),
            candidates=findings[0].candidates if findings else (),
        )

    def _claimed_gap(self, tokens: Sequence[Token], told: Sequence[str]) -> Finding | None:
        """少1024户吧, after one number was held against another: whether that is the difference between them."""
        facts, figures = [self._report.facts[id] for id in told], [token.figure for token in tokens if token.figure]
        if len(facts) != _SIDES or len(figures) != 1 or ranked(facts) is None:
            return None
        ways = {kind for token in tokens for kind in token.values("compare")}
        lacks = any(token.text in self._intents.grammar.lacks for token in tokens)
        kinds = ("filler", "claim", "classifier", "compare", "quantity")
        units = {fact.counts for fact in facts} | {fact.unit for fact in facts}
        only = all(t.figure or t.is_separator or t.text in units or any(map(t.values, kinds)) for t in tokens)
        if not only or not (ways or lacks) or not ways <= {"more", "less", "difference"}:
            return None
        one, other = (fact.value or Decimal(0) for fact in facts)
        gap, claimed = abs(one - other), figures[0]
        near = abs(gap - claimed.value) <= min(claimed.grain / 2, gap * ROUNDED)
        way = {"less": one < other}  # 多1663个 may be said of either, as one of them has more
        holds = near and all(way.get(kind, True) for kind in ways)
        ids = tuple(fact.id for fact in facts)
        return Finding("answer", "comparison", ids, confidence=80.0, verdict=holds, question=self._measuring(ids[0]))

    def _goes_on(self, tokens: Sequence[Token], told: Sequence[str]) -> bool:
        """比…, 是…的几倍, after two like numbers: whether what is compared isn't named again."""
        alike = len(told) == _SIDES and ranked([self._report.facts[id] for id in told]) is not None
        leads = tokens[0].text in self._intents.grammar.begins_pick  # 那比…
        return alike and any(t.values("versus") or t.values("equals") for t in tokens[: 1 + leads])

    def _said_alike(self, one: str, said: str, conversation: Conversation) -> str:
        """The people, after the people and then the households of a thing, where people are compared with them."""
        counts = self._report.facts[one].counts
        alike = [f for f in conversation.before if self._report.facts[f].counts == counts and f != one]
        return said if self._report.facts[said].counts == counts or not alike else alike[-1]

    @staticmethod
    def compares_both(tokens: Sequence[Token]) -> bool:
        """前面那个 … 多几个: whether what is said of one of two only holds it against the other."""
        names = any(token.values("concept") or token.values("versus") for token in tokens)
        return not names and any(token.values("compare") for token in tokens)

    def _ends_in_versus(self, tokens: Sequence[Token]) -> bool:
        """龙头企业带的户数和旅游带的户数相比呢: asks for no more than to hold the two against each other."""
        grammar = self._intents.grammar
        idle = grammar.elliptical_endings | grammar.particles
        said = [token for token in tokens if not (token.is_separator or token.text in idle)]
        return bool(said) and bool(said[-1].values("versus"))

    def _begins_with_thing(self, tokens: Sequence[Token]) -> bool:
        """那新型经营主体带动的比这少吧: whether a thing is named before what holds it against another."""
        at = next((n for n, token in enumerate(tokens) if token.values("versus")), 0)
        linked = any(token.values("connective") for token in tokens[:at])  # 跟光伏比
        return not linked and any(self._matcher.names_thing(token.values("concept")) for token in tokens[:at])

    def _most(self, parts: Sequence[Clause], tokens: Sequence[Token], conversation: Conversation) -> Finding | None:
        """光伏、旅游、龙头企业哪个带的户最多, 这三个哪个最多: all of them, in order of size."""
        sides = [part for part in parts if part.tells]
        if len(sides) > 1:
            rest = [part for part in parts if not part.tells]
            found = [self._side(side, sides, rest) for side in sides]
            sides = [side for side, of_it in zip(sides, found, strict=True) if self._is_sure(of_it)]
            # 光伏、旅游和龙头企业，带动户数谁最多: what is no thing itself says what is measured.
            rest = [part for part in parts if not any(part is side for side in sides)]
            found = [self._side(side, sides, rest) for side in sides]
            ids = tuple(dict.fromkeys(f.targets[0] for f in found if self._is_sure(f)))
            ids = tuple(id for id in ids if not self._report.facts[id].is_made_of(ids))
            confidence = min((f.confidence for f in found), default=0.0)
        elif alike := self._all_alike(sides, tokens):
            ids, confidence = alike, 80.0
        else:
            named = concepts_of(parts)
            told = tuple(dict.fromkeys((*conversation.before, *self._report.taken_apart(conversation.facts))))
            said = tuple(fact for fact in told if not self._report.facts[fact].is_made_of(told))
            number = next((int(t.figure.value) for t in tokens if t.figure), len(said))
            ids = tuple(fact for fact in said if self._is_measured_by(fact, named))[-number:]
            sides, confidence = list(parts), 80.0
        facts = [self._report.facts[id] for id in ids]
        if len(ids) < max(2, len(sides)) or ranked(facts) is None:
            return None
        return Finding("answer", "comparison", ids, confidence=confidence, question=self._measuring(ids[0]))

    def _share_of(self, one: str, other: str) -> bool:
        """Whether what share the one is of the other is a fact of its own."""
        every = self._report.facts.values()
        return any(f.formula and f.unit == "%" and {*f.formula.operands} == {one, other} for f in every)

    def _measuring(self, fact: str) -> Question:
        """What a comparison asked, for what follows: 光伏呢 asks for the same measure."""
        return Question((), Ask("quantity", frozenset({self._report.facts[fact].counts}), explicit=True))

    def _all_alike(self, sides: Sequence[Clause], tokens: Sequence[Token]) -> tuple[str, ...]:
        """三批危房里哪一批最多, 哪类危房最多: the facts of a sentence that count the same.

        They are as many as said, or all that the question may be of.
        """
        kinds = self._intents.grammar.kinds
        numbers = {parse_chinese(token.text[0]) for token in tokens if token.text[-1] in kinds}
        numbers |= {token.figure.value for token in tokens if token.figure}
        chooses = any(token.text[0] == "哪" and not kinds.isdisjoint(token.text) for token in tokens)
        if len(sides) != 1 or not (numbers - {None} or chooses):
            return ()
        found = self._side(sides[0], sides, [])
        ids = found.targets or found.options if found.kind in ("answer", "clarify") else ()
        sums = [f.formula for id in ids if (f := self._report.facts[id]).is_sum]
        meant = sums[0].operands if len(ids) == 1 and sums and sums[0] else ids
        alike = self._report.counted_alike(self._report.facts[meant[0]]) if meant else ()
        if not {*meant} <= {*alike}:
            return ()
        return alike if len(alike) in numbers or (chooses and len(meant) > 1 and {*meant} == {*alike}) else ()

    def _is_measured_by(self, fact: str, named: frozenset[str]) -> bool:
        """Whether all that is named (带动, 户) is known of the fact, and counted by it if it can be counted."""
        counts = {c for name in named if (c := self._intents.concepts[name].counts)}
        return named <= self._matcher.known.get(fact, frozenset()) and counts <= {self._report.facts[fact].counts}

    def _parts(self, tokens: Sequence[Token], *, of_times: bool = False) -> list[Clause]:
        """The message cut at pauses, at 和 and at 比 and 还是."""
        grammar = self._intents.grammar
        parts: list[list[Token]] = [[]]
        measures: list[Token] = []
        compared = False
        pairs = any(token.values("connective") or token.values("versus") for token in tokens)
        for token in tokens:
            cuts = token.is_separator or token.values("connective") or token.values("versus")
            equals = token.values("equals") or (token.values("quantity") and token.text[-1] in grammar.copulas)
            if cuts or (not pairs and equals):  # A是B的几倍, A的个数是B的几倍
                parts.append([])
            elif token.values("equals") and compared and len(parts) == 1:
                measures, parts = parts[0], [[]]  # 带动人数更多的是光伏还是旅游
            elif token.values("compare"):
                compared = True
            else:
                parts[-1].append(token)
                links = token.text[-1] in grammar.copulas or token.values("relation")  # 超过旅游的三倍
                if of_times and links and not token.values("concept"):
                    parts.append([])
        clauses = [self._reader.whole(part) for part in parts if part]
        if measures:
            clauses.append(self._reader.whole(measures).but(tells=False))
        # 哪个 and 谁 ask which of the two, not for a name.
        asked = (c.but(ask=measure(c.tokens)) for c in clauses)
        return [clause for clause in asked if clause.concepts or clause.ask.explicit][:_MOST_CLAUSES]

    def _sides(
        self, parts: Sequence[Clause], conversation: Conversation
    ) -> tuple[str, str, tuple[Finding, ...]] | None:
        """The two facts compared, in the order named."""
        telling = [part for part in parts if part.tells]
        for alike in (True, False):
            sides = telling if alike else [part for part in telling if not begins_by_choosing(part)]
            pairs = [found for pair in combinations(sides, 2) if (found := self._pair(pair, parts, alike=alike))]
            if pairs:
                # 搬迁这一块，安置项目和产业园区哪个多: what is named first may only say what it is about.
                in_order = pairs if alike else reversed(pairs)
                best = max(in_order, key=lambda found: min(f.confidence for f in found))
                return best[0].targets[0], best[1].targets[0], best
        return self._with_what_was_said(parts, conversation)

    def _unknown(self, tokens: Sequence[Token], parts: Sequence[Clause]) -> Finding | None:
        """龙头企业和新型经营主体，哪个挣的钱多: the report has no such figure of the two; None if it isn't that."""
        joins = any(token.values("connective") or token.values("versus") for token in tokens)
        telling = [part for part in parts if part.tells]
        compared = any(map(asks_which, tokens)) or tells_difference(tokens)
        if not joins or len(telling) < 2 or not compared:
            return None
        found = [self._side(part, telling, []) for part in telling[:2]]
        options = tuple(dict.fromkeys(id for f in found for id in (*f.targets, *f.options) if id in self._report.facts))
        return Finding("abstain", "comparison", reason="unmatched", options=options[:3], confidence=80.0)

    def _pair(self, pair: Sequence[Clause], parts: Sequence[Clause], *, alike: bool) -> tuple[Finding, ...]:
        """What each of two sides is, measured `alike` or each in what it names itself; () if not both are known."""
        shared = [part for part in parts if not any(part is side for side in pair)]
        # 医疗救助的人次和饮水惠及的群众，哪个大: counted apart
        measures = [p for p in shared if not p.mentions and (not p.tells or any(map(asks_which, p.tokens)))]
        if not alike and self._asked(measures):
            return ()  # 哪个带动的户数多 says what is to be counted
        asks = [None if alike else self._asked([side], last=True) for side in pair]
        one, other = (self._side(side, pair, shared, ask) for side, ask in zip(pair, asks, strict=True))
        one, other = but_for(one, [other]), but_for(other, [one])
        sure = self._is_sure(one) and self._is_sure(other) and one.targets != other.targets
        return (one, other) if sure else ()

    def _with_what_was_said(
        self, parts: Sequence[Clause], conversation: Conversation
    ) -> tuple[str, str, tuple[Finding, ...]] | None:
        """跟搬迁的人数比呢, 这两个哪个多: what was stated before is one side, or both."""
        facts = self._report.facts
        said = [fact for fact in (*conversation.before, *conversation.facts) if facts[fact].counts]
        amounts = [fact for fact in said if not facts[fact].is_ratio or facts[fact].unit == "%"]
        said = amounts if said[-1:] == amounts[-1:] else said  # 两笔哪个大: no averages told between them
        # 跟光伏比，谁带动的户多: who does it is no side.
        telling = [part for part in parts if part.tells and not self._only_does(part) and not self._points_back(part)]
        if not telling and len(said) > 1:
            ask = self._asked(parts)
            measured = [fact for fact in said if ask is None or self._report.facts[fact].counts in (ask.counts or ())]
            if ask is not None and len(measured) < 2:
                return self._measures_of_said(said[-2:], parts, ask)
            last = self._report.facts[said[-1]].counts
            alike = [fact for fact in measured if ask is not None or self._report.facts[fact].counts == last]
            one, other = (alike if len(alike) > 1 else said)[-2:]  # 两样，边样带动嘅户数多啲
            return one, other, ()
        ask = self._asked([part for part in parts if not (telling and part is telling[0])])
        if len(telling) == 1 and conversation.topic and not conversation.facts and ask:
            said = self._of_topic(conversation.topic, ask)  # 和光伏比，谁带动的户多, after an overview
        if len(telling) == 1 and said and (conversation.facts or conversation.topic):
            one = self._measured(said[-1], ask)
            counts = frozenset({self._report.facts[one].counts})
            found = self._side(telling[0], (telling[0],), [], Ask("quantity", counts, explicit=True))
            if not self._is_sure(found) or found.targets[0] == one:
                # 比安置项目还多: things of another kind have a number as well.
                found = self._side(telling[0], (telling[0],), [])
                named = counted_by(telling[0], self._intents)
                if not self._is_sure(found) or self._report.facts[found.targets[0]].counts not in named:
                    other = self._told_before(telling[0], one, conversation)
                    return (one, other, ()) if other else None
            if self._is_sure(found) and found.targets[0] != one:
                return one, found.targets[0], (found,)
        return None

    def _told_before(self, part: Clause, one: str, conversation: Conversation) -> str:
        """刚才那个总投资: the one fact told before in the same unit that knows all of it; "" if there is none."""
        counts = self._report.facts[one].counts
        told = [
            fact
            for fact in conversation.before
            if self._report.facts[fact].counts == counts and part.concept_names <= self._matcher.known[fact]
        ]
        return told[0] if len(told) == 1 else ""

    def _measures_of_said(
        self, said: Sequence[str], parts: Sequence[Clause], ask: Ask
    ) -> tuple[str, str, tuple[Finding, ...]] | None:
        """这两个哪个带动的贫困人口多, after how many there are of each: what is asked of both."""
        whole = joined(parts)
        questions = (question_of(whole, ask, self._matcher.fullest[fact], context_share=_OF_SAID) for fact in said)
        found = [self._judge.judge(Query(whole, (), question), rule="follow_up") for question in questions]
        if len({f.targets for f in found if self._is_sure(f)}) < len(said):
            return None
        return found[0].targets[0], found[1].targets[0], tuple(found)

    def _points_back(self, part: Clause) -> bool:
        """它们带动的人: what was told before is meant, and no further thing."""
        points = any(token.text in self._intents.grammar.points_back for token in part.tokens)
        return points and not self._matcher.names_thing(part.concept_names)

    def _only_does(self, part: Clause) -> bool:
        """谁带动的户: asks who does it, and names no thing."""
        concepts, weights = self._intents.concepts, self._matcher.weights
        does = all(concepts[name].counts or weights[name] < _NAMING for name in part.concept_names)
        return does and any(asks_which(token) for token in part.tokens)

    def _measured(self, said: str, ask: Ask | None) -> str:
        """The fact compared: what was said, or of its topic the one in the unit asked for (谁帮的户多)."""
        fact = self._report.facts[said]
        if ask is None or not ask.counts or fact.counts in ask.counts:
            return said
        topics = self._report.topics_of(said)  # of what is computed (一户能分多少), that of what it is computed of
        fits = [f for topic in topics for f in self._of_topic(topic, ask)] or self._like(fact.id, ask)
        return fits[0] if len(fits) == 1 else said

    def _like(self, said: str, ask: Ask) -> list[str]:
        """它们带动的人, after how many 新型经营主体 there are: the one fact in that unit that names the same thing."""
        named = frozenset(n for n in self._matcher.fullest.get(said, ()) if self._matcher.weights[n] >= _NAMING)
        facts = self._report.topic_facts(self._report.facts[said].topic)
        fits = [
            f.id
            for f in facts
            if f.counts in (ask.counts or ()) and named <= self._matcher.fullest.get(f.id, frozenset())
        ]
        return fits if len(fits) == 1 and named else []

    def _of_topic(self, topic: str, ask: Ask) -> list[str]:
        """The one fact of a topic in the unit asked for; [] if there are none or several."""
        fits = [f.id for f in self._report.topic_facts(topic) if f.counts in (ask.counts or ()) and f.formula is None]
        return fits if len(fits) == 1 else []

    def _is_sure(self, found: Finding) -> bool:
        return (
            found.kind == "answer"
            and found.confidence >= SIDE_CONFIDENCE
            and self._report.facts[found.targets[0]].value is not None
        )

    def _side(self, side: Clause, pair: Sequence[Clause], shared: Sequence[Clause], ask: Ask | None = None) -> Finding:
        # 谁带动的贫困人口多: people are compared, not those who do it.
        said = next((p.ask for p in pair if p.ask.kind == "quantity" and p.ask.explicit), None)
        own = self._asked([side], last=True)
        if own is not None and own.counts and (own.counts <= UNCOUNTABLE or own is side.ask):
            said = own  # 户数和装机: power is no unit of things; 光伏的户数和旅游的人数
        said = said or self._unit([side]) or self._unit(pair) or own
        ask = ask or self._asked(shared) or said or self._asked(pair, last=True)
        ask = ask or self._asked(pair) or Ask("quantity")
        others = concepts_of([part for part in (*pair, *shared) if part is not side])
        # 重点倾斜的村里，贫困村比非贫困村: what is said of both tells which of its namesakes a side is.
        share = _SHARED if any(part.tells for part in shared) else 0.0
        question = question_of(side, ask, others, context_share=share)
        return self._judge.judge(Query(side, (), question), rule="coordinated")

    def _asked(self, parts: Sequence[Clause], *, last: bool = False) -> Ask | None:
        """What is compared: the unit said with a question word, or else what the last countable word counts.

        `last`: only where nothing else is named behind it (龙头企业带动的 measures no enterprises).
        """
        for part in parts:
            if part.ask.kind == "quantity" and part.ask.explicit:
                return part.ask
        for part in reversed(parts):
            if last and not any(self._intents.concepts[name].counts for name in part.concepts[-1]):
                continue
            if counts := counted_by(part, self._intents):
                return Ask("quantity", counts, explicit=True)
        return None

    def _unit(self, pair: Sequence[Clause]) -> Ask | None:
        """光伏带动的户数是龙头企业的三倍: a plain unit that one side ends in measures both."""
        for part in pair:
            last = part.concepts[-1] if part.concepts else frozenset[str]()
            counts = frozenset(self._intents.concepts[name].counts for name in last) - {""}
            things = [self._intents.concepts[name] for group in part.concepts[:-1] for name in group]
            before = {concept.counts for concept in things if not concept.verb} - {""}
            # 龙头企业带动的贫困人口: people are measured, not the enterprises.
            measures = len(counts) == 1 and before and not before & counts
            if counts and (measures or all(self._matcher.weights[name] <= 1 for name in last)):
                return Ask("quantity", counts, explicit=True)
        return None
