"""Where in the report something stands (94%出自哪一句): every answer quotes its sentence, so it asks for the thing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.knowledge.grammar import Grammar
from bot.language.lexicon import Token
from bot.understanding.numbers import ONLY_MONEY

#: a smaller number (两处) may be no figure of the report
_LEAST = 10


def without_whereabouts(tokens: Sequence[Token], grammar: Grammar) -> list[Token]:
    """The tokens, those that ask for the place of a figure or fact in the report no longer asking."""
    idle = {*_said_where(tokens, grammar)}
    if any(map(_is_own_figure, tokens)) or any(t.values("quote") and t.text not in grammar.stands_in for t in tokens):
        idle |= {*_of_source(tokens, grammar)}
    return [token.meaning({"filler": ("filler",)}) if n in idle else token for n, token in enumerate(tokens)]


def _said_where(tokens: Sequence[Token], grammar: Grammar) -> list[int]:
    """报道在哪儿提到192个非贫困村: words that ask where something is said."""
    says = tuple(grammar.told_said | grammar.writes)
    return [
        n
        for n, (token, following) in enumerate(pairwise(tokens))
        if (token.values("locates") or "where" in token.values("ask"))
        and (following.values("speech") or following.values("filler"))
        and following.text.startswith(says)
        and any(later.figure or later.values("concept") for later in tokens[n + 2 :])  # 产业园区在哪里，讲一下
    ]


def _of_source(tokens: Sequence[Token], grammar: Grammar) -> list[int]:
    """出自哪里: words that ask from where a figure is, and 哪里 behind them."""
    at = [n for n, token in enumerate(tokens) if token.text in grammar.stands_in]
    quotes = any(token.values("quote") and token.text not in grammar.stands_in for token in tokens)
    counted = [n + 1 for n, token in enumerate(tokens) if _is_own_figure(token)]  # 户 of 3.11万户
    others = [t for n, t in enumerate(tokens) if n not in (*at, *counted) and t.values("concept")]
    behind = [token for n in at for token in tokens[n + 1 :] if token.values("ask")]
    plain = not others and all("where" in token.values("ask") for token in behind)
    if not (plain or quotes):
        return []  # 975座电站的钱出自哪里, 119个出自哪份报告
    if quotes and not others and not any(map(_is_own_figure, tokens)):
        return []  # 原文出处
    return [*at, *(n + 1 for n in at if n + 1 < len(tokens) and "where" in tokens[n + 1].values("ask"))]


def _is_own_figure(token: Token) -> bool:
    """Whether a number may be looked for in the report; 3.68亿出自哪里 may ask who paid."""
    figure = token.figure
    return figure is not None and (figure.is_percent or _LEAST <= figure.value < ONLY_MONEY)
