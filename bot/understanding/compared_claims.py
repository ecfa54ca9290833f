"""Claims that hold one thing against another (光伏带动的户数比旅游多，对吗): are they so?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.knowledge.comparison import compare
from bot.knowledge.grammar import Grammar
from bot.knowledge.model import Fact
from bot.language.figures import Figure
from bot.language.lexicon import Token
from bot.understanding.claims import supports

#: share of a number of times, or of a difference, by which the true one may miss it (十倍 isn't said for 5.6)
ROUNDED = Decimal("0.15")


def comparison_holds(
    tokens: Sequence[Token], kinds: set[str], one: Fact, other: Fact, times: Figure | None, grammar: Grammar
) -> bool | None:
    """光伏带动的户数比旅游多，对吗: whether it is so; None where nothing is claimed, or the two can't be compared.

    `kinds`: what is claimed ("more", "less", "same", "times") of `one` against `other`; `times`: how many times.
    """
    claims = any(token.values("claim") for token in tokens)
    # 多几个 asks, 多出几个，是这样吗 claims.
    asks = any(
        t.values("quantity") and grammar.asks_number(t.text) and not (claims and t.text in grammar.open_endings)
        for t in tokens
    )
    if asks or not kinds & {"more", "less", "same", "times"}:
        return None
    result = compare(one, other)
    if "same" in kinds and result is not None:
        return not result.difference if claims else None
    larger, smaller = one.value, other.value
    if result is None or not result.difference or not larger or not smaller:
        return None
    if times is not None:
        ratio = larger / smaller
        rounded = abs(ratio - times.value) <= min(times.grain / 2, times.value * ROUNDED)  # 六倍 for 5.94
        related = any(token.values("relation") for token in tokens)
        plain = not grammar.left_open(times.open) and not related
        return rounded if plain else _holds(ratio, times, tokens, len(tokens), grammar)
    holds = (result.larger.id == one.id) == ("more" in kinds)
    at = next((n for n, token in enumerate(tokens) if token.figure), None)
    figure = tokens[at].figure if at is not None else None
    if not holds or not at or figure is None or not tokens[at - 1].values("compare"):
        return holds
    return _holds(abs(larger - smaller), figure, tokens, at + 1, grammar)


def _holds(truth: Decimal, figure: Figure, tokens: Sequence[Token], behind: int, grammar: Grammar) -> bool:
    """Whether the number claimed of a comparison is right, as rounded as it was said."""
    following = tokens[behind : behind + 1]
    left_open = grammar.left_open(figure.open) or grammar.left_open(following[0].text[:1] if following else "")
    relations = [relation for token in tokens for relation in token.values("relation")]
    left_open = left_open or ("barely" if "over" in relations else "")  # 两倍还多一点
    return supports(truth, figure.value, figure.grain, relations, open_ended=left_open)
