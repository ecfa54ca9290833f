"""Several things in one question (专班和电站各有多少个), or several claims in one message: each by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.understanding.clause import Ask, Clause
from bot.understanding.decision import Finding
from bot.understanding.figure_steps import FigureSteps
from bot.understanding.judge import Judge
from bot.understanding.query import Query, concepts_of, counted_by, joined, question_of

#: confidence that each of several things joined by 和 must reach to be answered by itself
COORDINATED_CONFIDENCE = 75.0
#: weighted share of the whole that a fact in words must know to be meant by all of its parts
_ONE = 0.95
#: facts of one topic that are answered together when 分别 asks for all of them
_MOST_TOGETHER = 4


class Coordination:
    """The steps that answer each of several things that share a question word, or a claim."""

    def __init__(self, intents: Intents, judge: Judge, figures: FigureSteps, report: Report) -> None:
        self._intents = intents
        self._judge = judge
        self._figures = figures
        self._report = report

    def joins(self, clause: Clause) -> bool:
        """Whether 和 or the like stands before the clause."""
        return clause.joined_by in self._intents.connectives

    def things(self, clause: Clause, around: Sequence[Clause], context: frozenset[str]) -> list[Finding]:
        """专班和电站各有多少个: one question word for several things, each answered; [] if it isn't that."""
        before = [c for c in around if c.concepts and not c.ask.kind and not c.mentions]
        distributes = any("distributor" in c.marks for c in (clause, *around))
        if not (before and (distributes or self.joins(clause))):
            return []
        if clause.mentions or any("claim" in c.marks for c in (clause, *around)):
            return []
        if any(part.guards for part in (*before, clause)):
            return []
        # 光伏和旅游，各带动多少户: the last clause names one more thing, or what is asked of all before it.
        found = (
            self._each([*before, clause], clause, context, distributes=distributes)
            if clause.tells or len(before) == 1
            else []
        )
        if not found and len(before) > 1:
            found = self._each(before, clause, context | clause.concept_names, distributes=distributes)
        return found

    def _each(
        self, parts: Sequence[Clause], clause: Clause, context: frozenset[str], *, distributes: bool
    ) -> list[Finding]:
        whole = joined(parts if clause in parts else [*parts, clause])
        single = self._judge.judge(Query(whole, (), question_of(whole, clause.ask, frozenset())))
        if single.kind == "answer" and not distributes and self._is_one(single):
            return []
        findings = [self.part(part, clause, parts, context) for part in parts]
        sure = distributes or all(f.confidence >= COORDINATED_CONFIDENCE for f in findings)
        if not sure or any(f.kind != "answer" for f in findings) or len({f.targets for f in findings}) < len(parts):
            return []
        return findings

    def all_of(self, found: Sequence[Finding], clauses: Sequence[Clause]) -> list[Finding]:
        """危房三类分别有多少户: the facts between which the question doesn't choose are all asked for; [] if not."""
        if len(found) != 1 or found[0].rule != "rivals" or not any("distributor" in c.marks for c in clauses):
            return []
        topics = {self._report.facts[id].topic for id in found[0].options}
        if len(topics) > 1 or len(found[0].options) > _MOST_TOGETHER:
            return []
        return [
            replace(found[0], kind="answer", rule="coordinated", targets=(id,), options=()) for id in found[0].options
        ]

    def _is_one(self, single: Finding) -> bool:
        """贫困村和非贫困村加起来 asks for one sum of both; 千企帮千村和上网那个叫啥 for one fact that holds both."""
        best = next((c for c in single.candidates if c.target in single.targets), None)
        whole = best is not None and best.explained > _ONE and self._report.facts[single.targets[0]].value is None
        return whole or self._report.facts[single.targets[0]].formula is not None

    def part(self, part: Clause, clause: Clause, parts: Sequence[Clause], context: frozenset[str]) -> Finding:
        """What one of the parts gets, asked the way the clause asks; the other parts fill in what it leaves out."""
        asks = [part.ask if part.ask.kind else clause.ask]
        counted = counted_by(part, self._intents)
        if counted and asks[0].kind in ("", "quantity") and not (part is clause and asks[0].explicit):
            # The unit may be the one asked for (各多少户) or that of the thing itself (村子和人数).
            asks = [ask for ask in asks if ask.explicit] + [Ask("quantity", counted)]
        others = concepts_of([other for other in parts if other is not part])
        # The other things fill in what the part leaves out, but don't speak for or against a fact.
        heads = self._heads(part, parts)
        readings = [part, joined([heads, part])] if heads.concepts else [part]
        found = [
            self._judge.judge(
                Query(reading, (), question_of(reading, ask, context | others, context_share=0.0)), rule="coordinated"
            )
            for ask in asks
            for reading in readings
        ]
        return replace(max(found, key=lambda f: (f.kind == "answer", f.confidence)), clause=part)

    def _heads(self, part: Clause, parts: Sequence[Clause]) -> Clause:
        """深度贫困 in 深度贫困的县和村: what the first part says of all of them, its own countable thing left out."""
        heads = Clause([])
        if part is not parts[0]:
            heads.concepts = [
                group for group in parts[0].concepts if not any(self._intents.concepts[name].counts for name in group)
            ]
        return heads

    def claims(self, clauses: Sequence[Clause]) -> list[Finding]:
        """深度贫困县5个、深度贫困村99个，对吗: several claims in one message, each checked; [] if it isn't that."""
        claims = [c for c in clauses if c.mentions and c.concepts]
        if len(claims) < 2 or not any("claim" in c.marks for c in clauses):
            return []
        found: list[Finding] = []
        for claim in claims:
            others = concepts_of([c for c in clauses if c is not claim])
            stated = replace(claim, marks={*claim.marks, "claim"})
            for context in (frozenset[str](), others):
                checked = self._figures.claims(Query(stated, (), question_of(stated, stated.ask, context)))
                if checked:
                    break
            found += [replace(f, clause=claim) for f in checked]
        return found if len(found) >= len(claims) else []
