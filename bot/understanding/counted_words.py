"""What the words of a message count: 户 in 贫困户, nothing in 改造."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.intents import Intents
from bot.language.lexicon import Token
from bot.understanding.clause import UNCOUNTABLE, WHO

#: ends a word before those to whom something is given
_GIVES = "给"


class CountedWords:
    """Tells of a token what asking 多少 of it asks for."""

    def __init__(self, intents: Intents) -> None:
        self._concepts = intents.concepts
        self._classifiers = intents.classifiers

    def counts(self, token: Token) -> frozenset[str]:
        """What asking 多少 of this word asks for."""
        named = (self._concepts[name].counts for name in token.values("concept"))
        return frozenset(counts for counts in named if counts)

    def is_verb(self, token: Token) -> bool:
        """Whether 多少 before it doesn't count it (几个搬了)."""
        names = token.values("concept")
        return bool(names) and all(self._concepts[name].verb for name in names)

    def computes(self, token: Token) -> bool:
        """Whether it asks for a sum or a ratio (一共, 平均)."""
        return any(self._concepts[name].computes for name in token.values("concept"))

    def classified(self, token: Token) -> frozenset[str] | None:
        """What a classifier (家, 座) may count; None if it is none."""
        return next((self._classifiers[name] for name in token.values("classifier")), None)

    def is_given(self, before: Token | None, token: Token) -> bool:
        """贫困户 of 收益分给贫困户多少: whether a word says to whom something is given, and isn't counted."""
        return before is not None and before.text.endswith(_GIVES) and self.counts(token) <= WHO

    def of_doers(self, token: Token) -> frozenset[str]:
        """户 of 搬迁户: what a word for those who do something counts; empty for other words."""
        unit = self._concepts.get(token.text[-1]) if self.is_verb(token) and len(token.text) > 1 else None
        return frozenset({unit.counts}) if unit is not None and unit.counts else frozenset()

    def of_last(self, tokens: Sequence[Token]) -> frozenset[str]:
        """企业 in 龙头企业有几家: what the last word that names something counts."""
        last = next((token for token in reversed(tokens) if token.values("concept")), None)
        return self.counts(last) if last is not None else frozenset()

    def of_nearest(self, tokens: Sequence[Token], *, counted_singly: bool) -> frozenset[str] | None:
        """What the nearest word before that counts something asks for; `counted_singly`: of what has a number each."""
        for before, token in zip([*reversed(tokens[:-1]), None], reversed(tokens), strict=False):
            if token.figure or self.is_given(before, token):
                continue
            counts = self.counts(token)
            if counted_singly:
                counts -= UNCOUNTABLE
            if counts:
                return counts
        return None
