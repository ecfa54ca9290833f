"""七长里只有县长和乡长, unlike 不只有: whether what is named is said to be all there is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.grammar import Grammar
from bot.language.lexicon import Token


def says_no_others(tokens: Sequence[Token], grammar: Grammar) -> bool:
    """Whether a word like 只 stands among the tokens, and none before it denies it (不仅仅, 不是只)."""
    at = next((n for n, token in enumerate(tokens) if token.text in grammar.no_others), None)
    if at is None:
        return False
    before = "".join(token.text for token in tokens[:at]).rstrip("".join(grammar.copulas))
    return not before.endswith(tuple(grammar.denying))
