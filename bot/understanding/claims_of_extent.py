"""入住率很低, 大部分是贫困人口, 园区更多: how much is claimed in words, which only a share can bear out."""

from __future__ import annotations

from bot.knowledge.grammar import Grammar
from bot.knowledge.model import Fact
from bot.understanding.claims_of_all import ClaimsOfAll
from bot.understanding.clause import SHARE, Clause
from bot.understanding.decision import Finding

#: percent of the whole from which something is so of most
_HALF = 50
#: kinds of word that turn round what follows (不高, 不算高)
_TURNS = ("not", "undone_next", "except")


class ClaimsOfExtent:
    """Judges what is said to be much or little, many or few."""

    def __init__(self, grammar: Grammar, of_all: ClaimsOfAll) -> None:
        self._grammar = grammar
        self._of_all = of_all

    def judged(self, clause: Clause, found: Finding, fact: Fact) -> Finding | None:
        """What is found for a number, with the verdict that a share gives; None where the clause says no extent.

        `found` has no verdict then where the report tells no share (园区更多): the number is all there is to tell.
        """
        extent = self._extent(clause)
        if extent is None or not fact.value or fact.members:
            return None
        of_it = None if fact.counts == SHARE else self._of_all.share_of(fact)
        share = fact if fact.counts == SHARE else self._of_all.fact_of(of_it) if of_it else None
        if share is None or share.value is None or self._compares(clause):
            return found._replace(verdict=None)
        targets = of_it.targets if of_it else found.targets
        return found._replace(targets=targets, verdict=(share.value > _HALF) == (extent > 0))

    def _extent(self, clause: Clause) -> int | None:
        """1 for much or many, -1 for little or few; None where neither is said."""
        text = clause.stated
        if any(word in text for word in self._grammar.few_of):
            return -1
        if any(word in text for word in self._grammar.most_of):
            return 1
        for at, token in enumerate(clause.tokens):
            directions = {"more": 1, "less": -1}
            said = [directions[name] for name in token.values("compare") if name in directions]
            if said:
                before = clause.tokens[at - 1] if at else None
                turned = before is not None and any(map(before.values, _TURNS))
                return -said[0] if turned else said[0]
        return None

    def _compares(self, clause: Clause) -> bool:
        """园区更多: more than what isn't said."""
        return any(token.values("compare") and token.text[0] in self._grammar.still_more for token in clause.tokens)
