"""A list of measures (光伏的电站数、装机、收益), each of which is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.understanding.clause import MONEY, UNCOUNTABLE, WHO, Ask, Clause
from bot.understanding.coordinate import COORDINATED_CONFIDENCE, Coordination, refused_part
from bot.understanding.decision import Finding
from bot.understanding.judge import Judge
from bot.understanding.query import Query, concepts_of, counted_by, question_of
from bot.understanding.short_questions import asks_whether

#: confidence that a bare unit of a list (…、户数) must reach where its head is known
_UNIT_CONFIDENCE = 60.0
#: measures that make a list; one less where a word says that each is asked for
_LIST = 3
#: characters of the name of a measure
_MEASURE_CHARACTERS = 12
#: how much fitting what stands before a list counts for the rank of one of its measures
_LISTED = 0.5


class Measures:
    """The steps that answer each of several measures."""

    def __init__(self, intents: Intents, judge: Judge, coordination: Coordination, report: Report) -> None:
        self._intents = intents
        self._judge = judge
        self._coordination = coordination
        self._report = report

    def listed(self, clauses: Sequence[Clause]) -> list[Finding]:
        """光伏的电站数、装机、收益，都报一下: a list of measures, each answered; [] if it isn't that.

        What stands before the first measure says of what they are.
        """
        listed = [n for n, clause in enumerate(clauses) if self._measures(clause) and not clause.guards]
        lacking = [clause for n, clause in enumerate(clauses) if clause.guards and listed and n > listed[0]]
        cued = any("distributor" in c.marks or c.ask.kind in ("overview", "which") for c in clauses)
        enough = len(listed) >= _LIST - 1 and len(listed) + len(lacking) >= (_LIST - 1 if cued else _LIST)
        if not (enough or self._lacks_the_others(clauses, listed, lacking)):
            return []
        if any(c.mentions or self._asks(c) or (c.guards and not self._is_item(c, lacking)) for c in clauses):
            return []
        told = {*listed, *(n for n, clause in enumerate(clauses) if clause in lacking)}
        if any(n > listed[0] and n not in told and clause.tells for n, clause in enumerate(clauses)):
            return []  # 龙头企业、新型主体、乡村旅游，按带动的贫困人口排: not all that is named is a measure
        parts = [clauses[n] for n in listed]
        # Without a head, the first may say of what the others are (光伏电站数、装机、收益), or nothing.
        heads = [concepts_of(clauses[: listed[0]])] if listed[0] else [frozenset[str](), concepts_of(parts[:1])]
        found = self._counted_alike(parts) if len(parts) == len(clauses) else []
        found = found or next((found for head in heads if (found := self._listed(parts, head))), [])
        return [*found, *map(refused_part, lacking)] if found else []

    @staticmethod
    def _lacks_the_others(clauses: Sequence[Clause], listed: Sequence[int], lacking: Sequence[Clause]) -> bool:
        """光伏站数、年发电量: whether of all that is listed the report has the first alone."""
        only = len(listed) == 1 and listed[0] == 0 and len(clauses) == 1 + len(lacking) > 1
        reasons = {reason for clause in lacking for reason, _ in clause.guards}
        counts = clauses[0].ask.kind == "quantity" and not any(c.has_question_word for c in clauses)
        return only and counts and reasons <= {"measure", "rate"}

    @staticmethod
    def _is_item(clause: Clause, lacking: Sequence[Clause]) -> bool:
        """每户安置面积, in a list of measures: whether the report only lacks this one of them."""
        limits_all = clause.guards[0][0] in ("place", "time", "ours")
        return clause in lacking and not (limits_all or (clause.ask.kind and clause.ask.interrogative))

    def apart(self, clauses: Sequence[Clause]) -> list[Finding]:
        """光伏收益，产业投资: several measures named, and nothing asked of them; [] unless each says all by itself."""
        telling = [clause for clause in clauses if clause.concepts]
        if len(telling) < _LIST - 1 or not all(map(self._measures, telling)):
            return []
        asks = any(clause.has_question_word for clause in clauses)
        limits = any(clause.mentions or clause.guards or "only" in clause.marks for clause in clauses)
        found = [] if asks or limits else self._listed(telling, frozenset())
        facts = [self._report.facts[id] for finding in found for id in finding.targets]
        over = {operand for fact in facts if fact.formula for operand in fact.formula.operands}
        if any(fact.id in over for fact in facts):
            return []  # 有劳动能力的 就业率: one, computed of the other
        return self._counted_alike(clauses) or found

    def _counted_alike(self, clauses: Sequence[Clause]) -> list[Finding]:
        """龙头企业和光伏的户数: what each thing has in the unit named last, if all have; else []."""
        *before, last = clauses
        units = frozenset(value for token in last.tokens for value in token.values("quantity")) - {"any"}
        if not units <= WHO or len(units) != 1 or any(self._names_unit(clause) for clause in before):
            return []
        asked = last.but(ask=Ask("quantity", units, explicit=True))
        parts = [*before, asked]
        found = [self._coordination.part(part, asked, parts, frozenset(), 0.0) for part in parts]
        told = [self._report.facts[id] for f in found for id in f.targets if f.kind == "answer"]
        apart = len({*told}) == len(told) == len(clauses) and all(fact.counts in units for fact in told)
        return found if apart else []

    @staticmethod
    def _names_unit(clause: Clause) -> bool:
        return any({*token.values("quantity")} - {"any"} for token in clause.tokens)

    def _listed(self, parts: Sequence[Clause], head: frozenset[str]) -> list[Finding]:
        """What each of the measures of a list is; [] unless each is something of its own."""
        found: list[Finding] = []
        for part in parts:
            ask = self._measured(part) or Ask("quantity")
            question = question_of(part, ask, head - part.concept_names, context_share=_LISTED)
            counted = counted_by(part, self._intents)
            said = (
                None
                if counted and counted <= UNCOUNTABLE
                else self._coordination.as_the_last(part, parts[-1], parts, head)
            )
            said = said or self._judge.judge(Query(part, (), question), rule="coordinated")
            found.append(said._replace(clause=part))
        found = [self._of_topic(f, part, found) for f, part in zip(found, parts, strict=True)]
        # Of 户数, its head says the most.
        least = [COORDINATED_CONFIDENCE if part.concepts or not head else _UNIT_CONFIDENCE for part in parts]
        sure = [f for f, enough in zip(found, least, strict=True) if f.kind == "answer" and f.confidence >= enough]
        return sure if len(sure) == len(parts) and len({f.targets for f in sure}) == len(parts) else []

    def _of_topic(self, found: Finding, part: Clause, listed: Sequence[Finding]) -> Finding:
        """户数 in 电站个数、装机、户数: what the one topic of all that is listed with it has of such a unit."""
        others = [f for f in listed if f is not found]
        ask, topics = self._measured(part), self._report.topics_of(*(id for f in others for id in f.targets))
        if part.concepts or not ask or len(topics) != 1 or any(f.kind != "answer" for f in others):
            return found
        (topic,) = topics
        counted = [f for f in self._report.topic_facts(topic) if not f.formula and f.counts in (ask.counts or ())]
        ids = tuple(fact.id for fact in counted)
        return found._replace(kind="answer", targets=ids, options=(), confidence=75.0) if len(ids) == 1 else found

    @staticmethod
    def _asks(clause: Clause) -> bool:
        """Whether it asks for a number, unlike 人数各多少, which may end a list."""
        ends_list = "distributor" in clause.marks and not clause.concepts
        return clause.ask.kind == "quantity" and clause.ask.interrogative and not ends_list

    def _measures(self, clause: Clause) -> bool:
        """Whether a clause only names something that is counted."""
        # 农村饮水安全巩固提升工程完成村数: however long, what ends in a unit asks for a measure.
        ends = bool(clause.tokens) and bool({*clause.tokens[-1].values("quantity")} - {"any"})
        if clause.unknown or "claim" in clause.marks or (len(clause.text) > _MEASURE_CHARACTERS and not ends):
            return False
        there = clause.text.endswith(tuple(self._intents.grammar.asks_if_there))
        if asks_whether(clause, self._intents.grammar) and not there:
            return False  # 新房都住进去了？
        return clause.ask.kind in ("", "quantity", "which", "overview") and self._measured(clause) is not None

    def _measured(self, clause: Clause) -> Ask | None:
        """What a clause that names a measure asks for: 户 of 受益户数, 元 of 分配收益; None if it names none."""
        said = frozenset(value for token in clause.tokens for value in token.values("quantity")) - {"any"}
        if said:
            return Ask("quantity", said, explicit=True)
        named = [self._intents.concepts[name] for name in (clause.concepts[-1] if clause.concepts else ())]
        # 救助支出, unlike 就业
        counts = frozenset(c.counts for c in named if c.counts and (not c.verb or c.counts == MONEY))
        counted = clause.ask.counts if clause.ask.kind == "quantity" else None  # 贫困村脱贫数
        return Ask("quantity", counts or counted) if counts or counted else None
