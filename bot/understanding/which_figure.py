"""119和124，哪个是安置项目: which of several figures is that of a thing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.model import Fact
from bot.understanding.clause import Clause
from bot.understanding.decision import Finding
from bot.understanding.figure_facts import FigureFacts
from bot.understanding.matcher import Matcher

#: figures of which one may be asked for
_SEVERAL = 2


class WhichFigure:
    """The step for messages that tell several figures and ask which of them is whose."""

    def __init__(self, matcher: Matcher, figures: FigureFacts) -> None:
        self._matcher = matcher
        self._figures = figures

    def find(self, clauses: Sequence[Clause]) -> list[Finding]:
        """What each question gets; [] if that isn't asked, or none of the figures is that of the thing."""
        mentions = [mention for clause in clauses for mention in clause.mentions]
        asking = [clause for clause in clauses if clause.ask.kind == "which" and clause.concepts]
        held = any(t.values("compare") or t.values("versus") for clause in clauses for t in clause.tokens)
        limits = any(c.guards or (c.ask.kind and c not in asking) for c in clauses)
        told = any(clause.mentions for clause in asking)
        if len({m.figure.value for m in mentions}) < _SEVERAL or not asking or held or limits or told:
            return []
        owners = [fact for mention in mentions for fact in self._figures.owners(mention)]
        found = [self._of(clause, group, owners) for clause in asking for group in _things(clause)]
        return [finding for finding in found if finding] if all(found) else []

    def _of(self, clause: Clause, named: frozenset[str], owners: Sequence[Fact]) -> Finding | None:
        """The one fact, of those that have one of the figures, that what is named is known of."""
        telling = {name for name in named if self._matcher.weights[name] > 1}
        knowing = {fact.id for fact in owners if telling and telling <= self._matcher.known[fact.id]}
        # 安置项目 may be said around the parks as well, but only of the projects in full.
        meant = {id for id in knowing if telling <= self._matcher.fullest[id]} or knowing
        if len(meant) != 1:
            return None
        return Finding("answer", "bare_figure", tuple(meant), confidence=90.0, clause=clause)


def _things(clause: Clause) -> list[frozenset[str]]:
    """What is named between one 哪个 and the next: 产业园区 and 安置项目 of 哪个是产业园区哪个是安置项目."""
    things: list[set[str]] = [set()]
    for token in clause.tokens:
        if token.values("ask") and things[-1]:
            things.append(set())
        things[-1] |= {*token.values("concept")}
    return [frozenset(names) for names in things if names]
