"""Several things in one question (专班和电站各有多少个): each by itself."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.language.figures import parse_chinese
from bot.understanding.clause import SHARE, UNCOUNTABLE, WHO, WHO_AND_WHERE, Ask, Clause
from bot.understanding.decision import Finding, but_for
from bot.understanding.figure_facts import FigureFacts
from bot.understanding.judge import Judge
from bot.understanding.matcher import Matcher
from bot.understanding.query import Query, concepts_of, counted_by, joined, of_sentence, question_of

#: confidence that each of several things joined by 和 must reach to be answered by itself
COORDINATED_CONFIDENCE = 75.0
#: weighted share of the whole that a fact in words must know to be meant by all of its parts
_ONE = 0.95
#: how much fitting what is said of all parts counts for the rank of one
_SAID_OF_ALL = 0.25
#: ends of words that ask for several numbers of one kind (三个户数)
_COUNTS = frozenset({"户数", "人数"})
#: what things are measured in, rather than the things themselves
_MEASURED_IN = WHO | {"元", "千瓦"}
#: facts of one topic that are answered together when 分别 asks for all of them
_MOST_TOGETHER = 4


class Coordination:
    """The steps that answer each of several things that share a question word."""

    def __init__(
        self,
        intents: Intents,
        matcher: Matcher,
        judge: Judge,
        figures: FigureFacts,
        report: Report,
    ) -> None:
        self._intents = intents
        self._matcher = matcher
        self._judge = judge
        self._figures = figures
        self._report = report
        self._lists = frozenset(fact.figure for fact in report.facts.values() if fact.members)

    def joins(self, clause: Clause) -> bool:
        """Whether 和 or the like stands before the clause."""
        return clause.joined_by in self._intents.connectives

    def things(self, clause: Clause, around: Sequence[Clause], context: frozenset[str]) -> list[Finding]:
        """专班和电站各有多少个: one question word for several things, each answered; [] if it isn't that."""
        named = [c for c in around if (c.concepts or c.guards) and not (c.ask.kind or self._states_figure(c))]
        before = [c for c in named if "dismiss" not in c.marks]
        distributes = any("distributor" in c.marks for c in (clause, *of_sentence(clause, around)))
        shares_question = distributes or self.joins(clause)
        lists = not shares_question and len(before) == len(around) and self._list_things(before, clause)
        if not (before and (shares_question or lists)):
            return self._topics([*before, clause], context) if len(before) == len(around) else []
        # 80家企业和1743个主体各带动多少人 asks; 那还是回张家口吧，… claims nothing
        told = clause.mentions and (not clause.ask.kind or self._states_figure(clause))
        if told or any("claim" in c.marks and "home" not in c.marks for c in (clause, *around)):
            return []
        if any(part.guards for part in (*before, clause)):
            measures = distributes or self._joins_measures([*before, clause])
            return self._but_for_one(before, clause, context) if measures else []
        if lists:  # 光伏、旅游带动多少户
            found = self._each([*before, clause], clause, context, distributes=True)
            does = self._done(clause)
            done = all(does <= self._matcher.known[id] for f in found for id in f.targets)  # 光伏、产业投了多少钱
            return found if done and self._are_apart(found, before) else []
        of_all = context | clause.concept_names
        one_more = clause.tells or (clause.concepts and not before[-1].tells)
        if len(before) > 1 and one_more:
            # 脱贫、就业、搬迁的各有多少人, 县、村、户依次是多少: what the last names is one more of them.
            found = self._each([*before, clause], clause, context, distributes=distributes)
            counts = clause.ask.counts if clause.tells else None
            sure = all(f.kind == "answer" and f.confidence >= COORDINATED_CONFIDENCE for f in found)
            if found and sure and all(not counts or self._report.facts[f.targets[0]].counts in counts for f in found):
                return found
        if len(before) > 1 and not self._names_list(clause) and not self._matcher.names_thing(clause.concept_names):
            # 龙头企业和新型主体，各自惠及几万人: the last clause names no further thing.
            found = self._each(before, clause, of_all, distributes=distributes, share=_SAID_OF_ALL)
            if found and all(f.confidence >= COORDINATED_CONFIDENCE for f in found):
                return found
        # 光伏和旅游，各带动多少户: the last clause names one more thing, or what is asked of all before it.
        if clause.tells or len(before) == 1:
            # 双基聚焦的对象，贫困村，非贫困村各几个: the first may only say what it is about.
            for first in range(len(before)):
                said = context | concepts_of(before[:first])
                share = _SAID_OF_ALL if first else 0.0  # it tells which of its namesakes each of the others is
                each = self._each([*before[first:], clause], clause, said, distributes=distributes, share=share)
                if each:
                    return each
        if len(before) > 1:
            return self._each(before, clause, of_all, distributes=distributes)
        return []

    def _topics(self, parts: Sequence[Clause], context: frozenset[str]) -> list[Finding]:
        """教育、医疗、住房都说说: the overview of each of several topics named; [] if it isn't that."""
        *before, last = parts
        names = all(len(part.tokens) == len(part.concepts) == 1 and not part.guards for part in before)
        asks = last.ask.kind in ("", "overview") and len(last.concepts) == 1 and not (last.mentions or last.guards)
        if not (before and names and asks) or "claim" in last.marks:
            return []
        found = self._each(parts, last, context, distributes=True)
        return found if all(finding.kind == "overview" for finding in found) else []

    def _list_things(self, before: Sequence[Clause], clause: Clause) -> bool:
        """光伏、旅游带动多少户: whether nothing but a thing stands before each pause, and one begins what is asked."""
        counts = clause.ask.counts or frozenset()
        whom = bool(counts) and counts <= WHO and not clause.ask.interrogative  # 光伏、龙头企业户数
        names = self._matcher.names_thing if self._done(clause) or whom else self._counts  # 光伏电站、产业园区有多少个
        only = all(len(c.tokens) == len(c.concepts) > 0 and names(c.concepts[0]) for c in before)
        asks = clause.ask.kind == "quantity" and (clause.ask.interrogative or whom) and bool(clause.concepts)
        sums = self._matcher.computes_more(clause.concept_names)  # unlike 光伏、旅游一共带动多少户
        if not (before and only and asks) or sums or not names(clause.concepts[0]):
            return False
        return not self._done(clause) or clause.ask.explicit or clause.ask.of_whom

    def _done(self, clause: Clause) -> frozenset[str]:
        """受益, 投资: what a clause says to have been done, rather than to what or to how many."""
        said = (name for group in clause.concepts if not self._matcher.names_thing(group) for name in group)
        concepts = (self._intents.concepts[name] for name in said)
        return frozenset(c.name for c in concepts if not (c.counts in WHO_AND_WHERE or c.computes))

    def _are_apart(self, found: Sequence[Finding], before: Sequence[Clause]) -> bool:
        """Whether none of the things that a list names is what the next one is of (危房、四类重点对象…)."""
        return bool(found) and all(
            self._matcher.is_foreign(id, part.concept_names)
            for part, other in zip(before, found[1:], strict=False)
            for id in (*other.targets, *other.options)
        )

    def _names_list(self, clause: Clause) -> bool:
        """三重保障, 四包: whether a clause begins with the name of what the report lists."""
        return bool(clause.tokens) and clause.tokens[0].text in self._lists

    def _states_figure(self, clause: Clause) -> bool:
        """Whether a clause names a figure, neither a bound (高于10%的贫困村) nor its thing's own (80家龙头企业)."""
        stated = [m for m in clause.mentions if not (m.figure.is_percent and clause.relations)]
        return any(
            not any(self._figures.suits(owner, clause, mention) for owner in self._figures.owners(mention))
            for mention in stated
        )

    def _but_for_one(self, before: Sequence[Clause], clause: Clause, context: frozenset[str]) -> list[Finding]:
        """光伏和风电各带动多少户: what the report has is answered, the rest refused by name; [] if it isn't that."""
        # Of the last, what stands behind what it names is asked of all: 各带动多少户.
        asked = clause.but(guards=[])
        named = next((n for n, t in enumerate(clause.tokens) if t.values("guard") or t.values("concept")), 0)
        last_lacks = bool(clause.tokens[named].values("guard")) and len(clause.guards) == 1
        if clause.guards and not last_lacks:
            return []
        known = [part for part in before if not part.guards] + ([] if clause.guards else [clause])
        if any(token.values("within") for part in known for token in part.tokens[:-1]):
            return []  # 搬迁人口里建档立卡的和同步搬迁的: of the whole, none is one of its parts
        none = all(part.guards for part in before)
        if none and not self.joins(clause) and all(map(self._counts, clause.concepts)):
            return []  # 村级电站、集中式电站，各自装机: none of the things is known
        lacking = [part for part in (*before, clause) if part.guards]
        found = [self.part(part, asked, [*known, asked], context | asked.concept_names, 0.25) for part in known]
        if not found or any(f.kind != "answer" or f.confidence < COORDINATED_CONFIDENCE for f in found):
            return []
        return [*found, *map(refused_part, lacking)]

    def _joins_measures(self, parts: Sequence[Clause]) -> bool:
        """游客人数和示范点数量: whether nothing but measures is joined, be they told or not."""
        untold = (p for p in parts if p.guards)
        plain = all(not p.concepts and all(reason == "measure" for reason, _ in p.guards) for p in untold)
        return plain and self.joins(parts[-1]) and all(p.guards or p.ask.kind == "quantity" for p in parts)

    def _counts(self, group: frozenset[str]) -> bool:
        return any(self._intents.concepts[name].counts for name in group)

    def _each(
        self,
        parts: Sequence[Clause],
        clause: Clause,
        context: frozenset[str],
        *,
        distributes: bool,
        share: float = 0.0,
    ) -> list[Finding]:
        whole = joined(parts if clause in parts else [*parts, clause])
        single = self._judge.judge(Query(whole, (), question_of(whole, clause.ask, frozenset())))
        if single.kind == "answer" and not distributes and self._is_one(single, parts):
            return []
        # Of two averages each says for itself of what it is.
        apart = all(map(self._asks_ratio, parts))
        findings = [self.part(part, clause, [part] if apart else parts, context, share) for part in parts]
        findings = [but_for(f, [o for o in findings if o is not f]) for f in findings]
        if clause.ask.of_whom:  # 光伏和旅游各带动多少: of each whom it helped, households or people or both
            findings = [self._whom(f, part, clause.ask) for f, part in zip(findings, parts, strict=True)]
            if any(f.kind == "answer" for f in findings) and any(f.kind == "abstain" for f in findings):
                return findings
        # 光伏的总装机和带动的户数: whose households, the other says.
        findings = [
            self.part(part, clause, parts, context, _SAID_OF_ALL) if found.kind == "clarify" else found
            for part, found in zip(parts, findings, strict=True)
        ]
        asked = {target for finding in findings for target in finding.targets}
        if any(finding.kind == "answer" and set(self._added_up(finding)) & asked for finding in findings):
            findings = [f for f in findings if not self._added_up(f)]  # 任务、四类、非四类，这三类各多少户
            parts = parts[: len(findings)]
        if len(findings) == len(parts) and self._says_unit(clause):
            findings = [self._in_unit(f, clause.ask) for f in findings]
            told = [f for f in findings if f.kind == "answer"]
            if told and len(told) < len(findings) and all(f.kind == "answer" or f.reason == "unit" for f in findings):
                return findings  # 光伏和旅游各带动多少人: of the one it isn't told
        sure = distributes or all(f.confidence >= COORDINATED_CONFIDENCE for f in findings)
        # 教育扶贫和健康扶贫都说说: the overview of each
        alike = {f.kind for f in findings} in ({"answer"}, {"overview"})
        if not sure or not alike or len({f.targets for f in findings}) < len(parts):
            return []
        return findings

    def _says_unit(self, clause: Clause) -> bool:
        """多少户, 多少人, unlike 户数各是多少: whether the word that asks names the unit."""
        tokens = clause.tokens
        for token, following in zip(tokens, [*tokens[1:], None], strict=True):
            if token.values("quantity") and self._intents.grammar.asks_number(token.text):
                return bool({*token.values("quantity")} - {"any"} or (following and following.values("concept")))
        return False

    def _in_unit(self, found: Finding, ask: Ask) -> Finding:
        """新型经营主体 in …各带动多少户: refused where what is found is counted otherwise than was asked."""
        if found.kind != "answer" or not ask.counts or not ask.counts <= _MEASURED_IN:
            return found
        if self._report.facts[found.targets[0]].counts in ask.counts:
            return found
        words = tuple(sorted(ask.counts))
        return found._replace(
            kind="abstain", rule="unit", reason="unit", words=words, targets=(), options=found.targets
        )

    def all_of(self, found: Sequence[Finding], clauses: Sequence[Clause]) -> list[Finding]:
        """危房三类分别有多少户: the facts between which the question doesn't choose are all asked for; [] if not."""
        if len(found) != 1 or not any("distributor" in c.marks for c in clauses):
            return []
        if found[0].verdict is not None:
            return []  # 三个数加一块儿，两万户出头吧
        sums = {n for n in clauses[0].concept_names if self._intents.concepts[n].computes == "sum"}
        if any(self._matcher.weights[name] <= 1 for name in sums):
            return []  # 危房总户数和重点倾斜村总数分别是多少: the sum itself is asked for
        ids = found[0].options if found[0].rule == "rivals" else self._added_up(found[0])
        # 危房分三类，各多少户: what adds the others up is none of them.
        formulas = {id: self._report.facts[id].formula for id in ids}
        ids = tuple(id for id, formula in formulas.items() if not (formula and {*formula.operands} & {*ids}))
        ids = ids or self._all_alike(found[0], clauses)
        topics = self._report.topics_of(*ids)
        if not ids or len(topics) > 1 or len(ids) > _MOST_TOGETHER:
            return []
        return [found[0]._replace(kind="answer", rule="coordinated", targets=(id,), options=()) for id in ids]

    def _all_alike(self, finding: Finding, clauses: Sequence[Clause]) -> tuple[str, ...]:
        """三个户数分别是多少: all facts of a sentence that count the same, where there are as many as asked for."""
        words = [token.text for clause in clauses for token in clause.tokens if token.values("distributor")]
        numbers = {
            int(n) for word in words if word[-2:] in _COUNTS for char in word if (n := parse_chinese(char)) is not None
        }
        if finding.kind != "answer" or len(finding.targets) != 1 or not numbers:
            return ()
        said = self._report.facts[finding.targets[0]]
        alike = self._report.counted_alike(said)
        return alike if len(alike) in numbers else ()

    def added(self, found: list[Finding], clause: Clause, around: Sequence[Clause]) -> list[Finding]:
        """贫困的和非贫困的拢共多少个: the sum, where what is found is only one of what it adds up."""
        each = "distributor" in clause.marks  # 三类危房各有多少户
        if len(found) > 1 and self._adds_up(clause) and not each and all(f.rule == "coordinated" for f in found):
            # 四类和非四类加起来几户: each is told, and that nothing adds them up
            return [*found, self._no_sum(clause)]
        sums = any(self._intents.concepts[name].computes == "sum" for name in clause.concept_names)
        names = self._matcher.names_thing(clause.concept_names)
        beside = any(self._matcher.names_thing(c.concept_names) for c in around)
        joined_to = self.joins(clause) or (self._adds_up(clause) and names and beside)
        if not sums or not around or not joined_to or len(found) != 1 or found[0].kind != "answer":
            return found
        (fact,) = found[0].targets if len(found[0].targets) == 1 else ("",)
        totals = [f for f in self._report.facts.values() if f.formula and f.is_sum and fact in f.formula.operands]
        if totals:
            return [found[0]._replace(targets=(totals[0].id,))] if len(totals) == 1 else found
        asks = clause.ask.kind == "quantity" and self._adds_up(clause)
        if not asks or not names or (fact and self._report.facts[fact].formula):
            return found
        return [found[0]._replace(kind="abstain", rule="added", reason="unmatched", targets=(), options=(fact,))]

    def total(self, clause: Clause, around: Sequence[Clause]) -> list[Finding]:
        """省下达任务、四类对象、非四类对象的总户数: the sum of just what is listed; [] if it isn't that."""
        parts = [c for c in around if c.concepts and not (c.ask.kind or c.mentions)]
        sums = any(self._intents.concepts[name].computes == "sum" for name in clause.concept_names)
        asks = parts and sums and clause.ask.kind == "quantity" and "distributor" not in clause.marks
        said = (clause, *around)
        if not asks or clause.mentions or any(c.guards or "claim" in c.marks for c in said):
            return []
        asked = [Query(part, (), question_of(part, clause.ask, frozenset())) for part in (*parts, clause)]
        for fact in self._report.facts.values():
            of = frozenset(fact.formula.operands if fact.formula and fact.is_sum else ())
            if len(of) < len(asked):
                continue
            found = [self._judge.judge(query, rule="coordinated", only=of) for query in asked]
            told = {id for f in found for id in f.targets if f.kind == "answer"}
            if told and told == of:
                return [Finding("answer", "added", (fact.id,), confidence=85.0)]
            if told and len(told) == len(asked):
                return [*found, self._no_sum(clause)]  # 四类、非四类的总户数
        return []

    def _no_sum(self, clause: Clause) -> Finding:
        """That nothing adds up what is told."""
        words = tuple(t.text for t in clause.tokens if self._matcher.adds_up(frozenset(t.values("concept"))))
        return Finding("abstain", "added", reason="rate", words=words, confidence=80.0, clause=clause)

    def _adds_up(self, clause: Clause) -> bool:
        """加起来, unlike 一共."""
        sums = (n for n in clause.concept_names if self._intents.concepts[n].computes == "sum")
        return any(self._matcher.weights[name] > 1 for name in sums)

    def _added_up(self, finding: Finding) -> tuple[str, ...]:
        """The facts that a sum is made of: 分别 asks for these, not for the sum."""
        fact = self._report.facts[finding.targets[0]] if finding.kind == "answer" else None
        return fact.formula.operands if fact is not None and fact.formula and fact.is_sum else ()

    def _is_one(self, single: Finding, parts: Sequence[Clause]) -> bool:
        """贫困村和非贫困村加起来 asks for one sum of both; 千企帮千村和上网那个叫啥 for one fact that holds both."""
        best = next((c for c in single.candidates if c.target in single.targets), None)
        whole = best is not None and best.explained > _ONE and self._report.facts[single.targets[0]].value is None
        computed = self._report.facts[single.targets[0]].formula is not None
        # 平均每人次救助款和平均每户收益: two averages, each of its own.
        return whole or (computed and not all(map(self._asks_ratio, parts)))

    def _asks_ratio(self, part: Clause) -> bool:
        return any(self._intents.concepts[name].computes == "ratio" for name in part.concept_names)

    def part(
        self, part: Clause, clause: Clause, parts: Sequence[Clause], context: frozenset[str], share: float
    ) -> Finding:
        """What one of the parts gets, asked the way the clause asks; the other parts fill in what it leaves out.

        `share` (0 to 1): how much fitting the context counts for the rank.
        """
        if said := self.as_the_last(part, clause, parts, context):
            return said
        asks = [part.ask if part.ask.kind else clause.ask]
        counted = counted_by(part, self._intents)
        if part is not clause and not part.ask.kind and counted and counted <= UNCOUNTABLE:
            asks = [Ask("quantity", counted, explicit=True)]  # 总装机和带动的户数各是多少
        if counted and not part.tells:
            asks = [Ask("quantity", counted, explicit=True)]  # 县、村、户依次是多少
        elif counted and self._may_be_its_own(asks[0], explicit=part is clause and asks[0].explicit):
            # The unit may be the one asked for (各多少户) or that of the thing itself (村子和人数).
            of_all = clause not in parts and bool(asks[0].counts)
            asks = [ask for ask in asks if ask.explicit or of_all] + [Ask("quantity", counted)]
        others = concepts_of([other for other in parts if other is not part])
        # The other things fill in what the part leaves out, but don't speak for or against a fact.
        heads = self._heads(part, parts)
        readings = [part, joined([heads, part])] if heads.concepts else [part]
        found = [
            self._judge.judge(
                Query(reading, (), question_of(reading, ask, context | others, context_share=share)), rule="coordinated"
            )
            for ask in asks
            for reading in readings
        ]
        whom = asks[0].of_whom
        beside = bool(counted) and counted <= WHO and clause in parts and not clause.tells  # 带动的贫困人口和户数
        if (len(asks[0].counts or ()) == 1 or whom) and part is not clause and not beside:
            # 光伏、龙头企业按户数排: what was asked to be counted goes before what a thing itself is counted in.
            asked = [self._both(f) if whom else f for f in found[: len(readings)]]
            said = max(asked, key=lambda f: (f.kind == "answer", f.confidence))
            if said.kind == "answer" and said.confidence >= COORDINATED_CONFIDENCE:
                return said._replace(clause=part)
        return max(found, key=lambda f: (f.kind == "answer", f.confidence))._replace(clause=part)

    def _whom(self, found: Finding, part: Clause, ask: Ask) -> Finding:
        """Whom a thing helped; refused where the report tells that of something else."""
        found = self._both(found)
        things = [group for group in part.concepts if all(self._matcher.names_thing([name]) for name in group)]
        told = [self._report.facts[id] for id in found.targets if all(self._matcher.known[id] & g for g in things)]
        if told and all(fact.counts in (ask.counts or ()) for fact in told):
            return found
        words, near = tuple(sorted(ask.counts or ())), found.targets or found.options
        return Finding("abstain", "unit", reason="unit", words=words, options=near, confidence=80.0, clause=part)

    def _both(self, found: Finding) -> Finding:
        """The answer that tells all of a choice between households and people; anything else as it is."""
        names = [self._matcher.fullest.get(id, frozenset[str]()) for id in found.options]
        apart = frozenset().union(*names) - frozenset.intersection(*names) if names else frozenset[str]()
        chooses = found.kind == "clarify" and all(self._counts(frozenset([name])) for name in apart)
        return (
            found._replace(kind="answer", rule="coordinated", targets=found.options, options=()) if chooses else found
        )

    @staticmethod
    def _may_be_its_own(ask: Ask, *, explicit: bool) -> bool:
        """Whether the unit asked for may be that of the thing itself: not so where a share is asked for."""
        return ask.kind in ("", "quantity") and ask.counts != frozenset({SHARE}) and not (explicit or ask.of_whom)

    def as_the_last(
        self, part: Clause, clause: Clause, parts: Sequence[Clause], context: frozenset[str]
    ) -> Finding | None:
        """龙头企业和旅游带动的贫困人口: what the last says of its thing, counted, is asked of the others as well."""
        thing = max((n for n, group in enumerate(clause.concepts) if self._matcher.names_thing(group)), default=-1)
        behind = Clause([], concepts=clause.concepts[thing + 1 :])
        counted = counted_by(behind, self._intents)
        own = counted_by(part, self._intents) and all(map(self._counts, behind.concepts))  # 深度贫困县和深度贫困村
        if part is clause or part.ask.kind or own or not counted or (thing < 0 and clause in parts):
            return None
        asked = clause.ask if clause.ask.kind == "quantity" and clause.ask.explicit else None
        ask = asked or Ask("quantity", counted, explicit=True)
        whole = joined([part, behind])
        query = Query(whole, (), question_of(whole, ask, context - clause.concept_names))
        found = self._judge.judge(query, rule="coordinated")
        sure = found.kind == "answer" and found.confidence >= COORDINATED_CONFIDENCE
        return found._replace(clause=part) if sure else None

    def _heads(self, part: Clause, parts: Sequence[Clause]) -> Clause:
        """深度贫困 in 深度贫困的县和村: what the first part says of all of them, its own countable thing left out."""
        heads = Clause([])
        if part is not parts[0]:
            heads.concepts = [
                group for group in parts[0].concepts if not any(self._intents.concepts[name].counts for name in group)
            ]
        return heads


def refused_part(part: Clause) -> Finding:
    """The refusal of one of several things, by what the report lacks of it."""
    reason, word = part.guards[0]
    return Finding("abstain", "guard", reason=reason, words=(word,), confidence=90.0, clause=part)
