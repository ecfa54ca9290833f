"""What the words of a message count: 户 in 贫困户, nothing in 改造."""

from __future__ import annotations

from bot.knowledge.intents import Intents
from bot.language.lexicon import Token


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
