"""没800吧, 连十家都没有: words before or behind a figure by which it isn't reached."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.grammar import Grammar
from bot.language.lexicon import Token


def falls_short(tokens: Sequence[Token], index: int, grammar: Grammar) -> bool:
    """都没有 in 连十家都没有, 没 in 没800吧: whether a word says that a figure isn't reached."""
    before = tokens[:index]
    at = next((n for n, token in enumerate(before) if token.text in grammar.even), len(before))
    following = tokens[index + 1].figure if index + 1 < len(tokens) else None
    claims = any(t.values("claim") or t.text in grammar.whether_endings for t in tokens[index + 1 :])
    short = tokens[index].text in grammar.short_of and following is not None and following.value > 1
    around = tokens[index].text.startswith(tuple(grammar.all_do)) or (before and before[-1].text in grammar.all_do)
    none = bool(tokens[index].values("none")) and bool(around)  # unlike 连192个非贫困村都算进去了没有
    return (short and claims) or (none and any(token.figure for token in before[at:]))
