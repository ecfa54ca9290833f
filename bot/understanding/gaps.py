"""电站离1000个还差25个, 专班比20个少2个: a number told by how far it is from another is the number itself."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.knowledge.grammar import Grammar
from bot.language.figures import Figure
from bot.language.lexicon import Token

#: which way a number lies from the one it is held against
_WAYS = {"less": -1, "more": 1}
#: tokens between the two numbers (个 还 差)
_BETWEEN = 4


def as_number(tokens: Sequence[Token], grammar: Grammar) -> list[Token]:
    """The tokens, such a number in place of the two that tell it; as they are where none is told so."""
    for at, token in enumerate(tokens[:-1]):
        from_other = token.text in grammar.away_from
        whole = tokens[at + 1].figure
        if whole is None or not (from_other or token.values("versus")):
            continue
        for way_at, way in enumerate(tokens[at + 2 : at + 2 + _BETWEEN], at + 2):
            sign = _sign(way, grammar, from_other=from_other)
            rest = tokens[way_at + 1].figure if sign and way_at + 1 < len(tokens) else None
            number = _number(whole, rest, sign) if rest is not None else None
            if number is not None:
                told = Token(tokens[at + 1].start, tokens[way_at + 1].end, tokens[at + 1].text, figure=number)
                return [*tokens[:at], told, *tokens[way_at + 2 :]]
            names = bool(way.values("concept")) and len(way.text) > 1  # 比192家龙头企业多…
            if sign or way.figure or way.is_separator or names:
                break
    return list(tokens)


def _sign(token: Token, grammar: Grammar, *, from_other: bool) -> int:
    """-1 for what is less, 1 for what is more; 0 for other words."""
    if from_other:
        return -1 if token.text in grammar.lacks else 0
    return next((_WAYS[kind] for kind in token.values("compare") if kind in _WAYS), 0)


def _number(whole: Figure, rest: Figure, sign: int) -> Figure | None:
    """The number that lies so far from the other; None where the two aren't alike, or nothing is left."""
    value = whole.value + sign * rest.value
    if value <= 0 or rest.is_percent != whole.is_percent or whole.open or rest.open:
        return None
    return whole._replace(end=rest.end, value=value, grain=min(whole.grain, rest.grain, Decimal(1)))
