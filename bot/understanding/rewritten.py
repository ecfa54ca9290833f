"""把6.07万人写成6.07万户行吗: whether a figure of the report may be put in other words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.intents import Intents
from bot.knowledge.model import Fact, Report
from bot.language.lexicon import Token
from bot.understanding.clause import Clause
from bot.understanding.decision import Finding
from bot.understanding.figure_facts import FigureFacts
from bot.understanding.matcher import Matcher
from bot.understanding.message import Reader


class Rewritten:
    """The step that holds what an editor wants to write against the fact whose figure stands in the draft."""

    def __init__(
        self, intents: Intents, reader: Reader, matcher: Matcher, figures: FigureFacts, report: Report
    ) -> None:
        self._endings = tuple(intents.grammar.rewrites)
        self._denying = intents.grammar.denying
        self._intents = intents
        self._reader = reader
        self._matcher = matcher
        self._figures = figures
        self._report = report

    def check(self, tokens: Sequence[Token]) -> Finding | None:
        """The finding for figures before 写成 and one behind it; None if it isn't that, or unclear what has them."""
        at = next((n for n, token in enumerate(tokens) if token.text.endswith(self._endings)), 0)
        if not at or not any(token.figure for token in tokens[:at]):
            return None
        denied = any(char in token.text for token in tokens[:at] for char in self._denying)
        if denied or any(token.values("correction") for token in tokens):
            return None  # 别把9.1万人写成9.1万户: what may not be written
        ends = next((n for n in range(at, len(tokens)) if tokens[n].is_separator), len(tokens))
        draft, written = self._whole(tokens[:at]), self._whole(tokens[at + 1 : ends])
        if not draft.mentions or len(written.mentions) != 1 or draft.guards or written.guards:
            return None
        owners = [self._owners(draft, n) for n in range(len(draft.mentions))]
        if any(len(facts) != 1 for facts in owners):
            return None
        drafted = [facts[0] for facts in owners]
        if len(drafted) == 1 and self._is_of_others(drafted[0], draft):
            return None
        fact = drafted[0] if len(drafted) == 1 else self._sum_of({fact.id for fact in drafted})
        if fact is None or fact.value is None:
            return None
        mention = written.mentions[0]
        holds = self._figures.holds(fact, mention, written.relations) and not self._is_of_others(fact, written)
        return Finding("answer", "rewritten", (fact.id,), confidence=85.0, verdict=holds, mention=mention)

    def _whole(self, tokens: Sequence[Token]) -> Clause:
        return self._reader.whole([token for token in tokens if not token.is_separator])

    def _owners(self, draft: Clause, number: int) -> list[Fact]:
        """The facts that have a figure of the draft, those that count what it counts there before others."""
        mention = draft.mentions[number]
        owners = self._figures.owners(mention)
        counting = [fact for fact in owners if fact.counts in mention.counts] or owners
        return [fact for fact in counting if self._figures.names_of(fact, draft)] or counting

    def _sum_of(self, ids: set[str]) -> Fact | None:
        totals = [f for f in self._report.facts.values() if f.formula and f.is_sum and {*f.formula.operands} == ids]
        return totals[0] if len(totals) == 1 else None

    def _is_of_others(self, fact: Fact, written: Clause) -> bool:
        """46.68万贫困人口, where the report has 46.68万群众; 9754人, where it has households."""
        concepts, known = self._intents.concepts, self._matcher.known[fact.id]
        kinds = (frozenset(concepts[name].counts for name in group) for group in written.concepts)
        other = any(counts - {"", fact.counts} == counts for counts in kinds)
        return other or any(group.isdisjoint(known) for group in written.concepts)
