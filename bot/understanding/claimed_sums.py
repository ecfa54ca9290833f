"""三类危房分别是9754、4795、5819户, 四类和非四类一共一万多户: claims of the parts of a sum, and of sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.knowledge.grammar import Grammar
from bot.knowledge.model import Fact, Report
from bot.understanding.clause import WHO_AND_WHERE, Clause, Mention
from bot.understanding.decision import Finding
from bot.understanding.figure_facts import FigureFacts
from bot.understanding.matcher import Matcher

#: things that are joined
_SEVERAL = 2
#: what may be added up
_ADDED = WHO_AND_WHERE
#: kinds of word by which a sum isn't said as it is
_TURNED = ("not", "none", "relation", "compare", "ask")


class ClaimedSums:
    """Holds what is claimed of several things together against what the report adds up."""

    def __init__(self, grammar: Grammar, matcher: Matcher, figures: FigureFacts, report: Report) -> None:
        self._grammar = grammar
        self._matcher = matcher
        self._figures = figures
        self._report = report

    def parts(self, clauses: Sequence[Clause]) -> list[Finding]:
        """三类危房分别是9754、4795、5819户: each part of a sum, where all are told; [] if it isn't that."""
        turned = any(token.values(kind) for c in clauses for token in c.tokens for kind in ("not", "none", "relation"))
        if turned or not any("distributor" in c.marks for c in clauses) or any(c.guards for c in clauses):
            return []
        mentions = [mention for clause in clauses for mention in clause.mentions]
        said = {mention.figure.value: mention for mention in mentions}
        groups = [group for clause in clauses for group in clause.concepts if not self._matcher.adds_up(group)]
        for whole in self._figures.computed:
            parts = [self._report.facts[id] for id in whole.formula.operands] if whole.formula and whole.is_sum else []
            told = [(fact, said[fact.value]) for fact in parts if fact.value in said]
            if not told or not len(told) == len(parts) == len(mentions):
                continue
            units = all(self._figures.same_unit(fact, mention) for fact, mention in told)
            if units and all(self._matcher.knows(id, groups) for id in (whole.id, *(fact.id for fact in parts))):
                return [
                    Finding("answer", "claim", (fact.id,), confidence=80.0, verdict=True, mention=mention)
                    for fact, mention in told
                ]
        return []

    def added(self, clauses: Sequence[Clause]) -> list[Finding]:
        """316加192一共508个村: a sum said with its parts, where each of them is told; [] if it isn't that.

        The parts are told with the verdict on the sum, or the report's own sum of them is.
        """
        mentions = [mention for clause in clauses for mention in clause.mentions]
        parts, whole = mentions[:-1], mentions[-1:]
        sums = any(self._matcher.adds_up(group) for clause in clauses for group in clause.concepts)
        turned = any(token.values(kind) for c in clauses for token in c.tokens for kind in _TURNED)
        if not sums or len(parts) < _SEVERAL or turned or any(clause.guards for clause in clauses):
            return []
        owners = [[fact for fact in self._figures.owners(part) if fact.counts in _ADDED] for part in parts]
        told = [facts[0] for facts in owners if len(facts) == 1]
        alike = len({fact.counts for fact in told}) == 1 and all(f.sentence is told[0].sentence for f in told)
        if len(told) < len(parts) or not alike:
            return []  # households of two topics may be the same ones
        if any(group.isdisjoint(self._known(told)) for c in clauses for group in c.concepts):
            return []
        total, figure = sum(part.figure.value for part in parts), whole[0].figure
        holds = total == figure.value or abs(total - figure.value) < figure.grain / 2  # 一万零六百
        of_report = [f for f in self._figures.computed if f.is_sum and f.formula]
        same = [f for f in of_report if f.formula and {*f.formula.operands} == {fact.id for fact in told}]
        ids = [fact.id for fact in same or told]
        return [Finding("answer", "claim", (id,), confidence=80.0, verdict=holds, mention=whole[0]) for id in ids]

    def _known(self, facts: Sequence[Fact]) -> frozenset[str]:
        """What is known of one of the facts, or added up."""
        known = frozenset[str]().union(*(self._matcher.known.get(fact.id, frozenset()) for fact in facts))
        sums = {name for fact in self._figures.computed if fact.is_sum for name in self._matcher.known[fact.id]}
        return known | sums

    def of_several(self, clause: Clause, found: Sequence[Finding]) -> list[Finding]:
        """安置项目和产业园区一共243个: what comes of a figure that was held against that of one of several things.

        It is held against their sum, or refused where the report tells none; [] where nothing is added up. `found`
        may be empty, as the sum of two things is the figure of neither.
        """
        if not found:
            return self._of_named(clause)
        if len(found) != 1 or found[0].verdict is None or found[0].mention is None:
            return []
        things = self._things(clause)
        fact, mention = self._report.facts[found[0].targets[0]], found[0].mention
        if len(things) < _SEVERAL or fact.is_sum:
            return []
        for whole in self._figures.computed:
            parts = whole.formula.operands if whole.formula and whole.is_sum else ()
            if len(parts) == len(things) and self._matcher.knows(whole.id, things):
                holds = self._figures.is_true(whole, clause, mention, clause.relations)
                return [found[0]._replace(targets=(whole.id,), verdict=holds)]
        untold = Finding("abstain", "compute_on", options=(fact.id,), reason="unmatched", confidence=75.0)
        return self._of_named(clause) or [untold]

    def _of_named(self, clause: Clause) -> list[Finding]:
        """四类和非四类一共超过一万户: what is claimed of the sum of things that one sentence tells of.

        Each of them is told with the verdict on the sum. Refused where two sentences tell of them, as these may be
        the same households; [] where it isn't that.
        """
        things = self._things(clause)
        if len(clause.mentions) != 1 or not things or clause.guards:
            return []
        mention = clause.mentions[0]
        beside = [group for group in clause.concepts if group not in things and not self._matcher.adds_up(group)]
        counts = mention.counts & _ADDED if mention.unit else _ADDED
        counted = [fact for fact in self._figures.stated if fact.counts in counts]
        known = [[f for f in counted if self._matcher.knows(f.id, [thing, *beside])] for thing in things]
        told = tuple(facts[0] for facts in known if len(facts) == 1)
        ids = tuple(fact.id for fact in told)
        if len({*ids}) < len(things):
            return []
        if len({fact.sentence for fact in told}) > 1 or len({fact.counts for fact in told}) > 1:
            return [Finding("abstain", "compute_on", options=ids, reason="unmatched", confidence=75.0)]
        total = told[0]._replace(value=sum((fact.value for fact in told if fact.value), Decimal(0)))
        holds = self._figures.is_true(total, clause, mention, clause.relations)
        return [Finding("answer", "claim", (id,), confidence=80.0, verdict=holds, mention=mention) for id in ids]

    def held_by_whole(self, fact: Fact, clause: Clause, mention: Mention) -> Fact | None:
        """改造了20368户危房: the sum that the claim is true of, where it names no one of the parts; else None."""
        wholes = self._wholes(fact, clause)
        true = (w for w in wholes if self._figures.is_true(w, clause, mention, clause.relations))
        return next(true, None)

    def beyond(self, fact: Fact, clause: Clause) -> Fact | None:
        """9754户危房: the sum that a fact is but a part of, where the clause names no one of its parts; else None."""
        return next((whole for whole in self._wholes(fact, clause) if whole.value != fact.value), None)

    def _wholes(self, fact: Fact, clause: Clause) -> Iterator[Fact]:
        """The sums that a fact is a part of, of which the clause names no one part."""
        for whole in self._figures.computed:
            parts = whole.formula.operands if whole.formula and whole.is_sum else ()
            if fact.id in parts and all(self._matcher.knows(part, clause.concepts) for part in parts):
                yield whole

    def _things(self, clause: Clause) -> list[frozenset[str]]:
        """安置项目 and 产业园区 of 安置项目和产业园区一共243个: what is joined and added up; [] if nothing is."""
        names = [frozenset(token.values("concept")) for token in clause.tokens]
        at = next((n for n, group in enumerate(names) if group and self._matcher.adds_up(group)), 0)
        beside = names[at - 1 : at] + names[at + 1 : at + 2]
        if (
            len(beside) == _SEVERAL
            and clause.tokens[at].text in self._grammar.plus
            and all(map(self._matcher.names_what_is_counted, beside))
        ):
            return beside  # 四类加非四类
        joined = [n for n in range(1, at) if clause.tokens[n].start > clause.tokens[n - 1].end]  # where 和 stood
        joined = [n for n in joined if names[n] and names[n - 1]]
        return [names[joined[0] - 1], *(names[n] for n in joined)] if joined else []
