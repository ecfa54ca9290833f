"""十个劳动力里有七个就业了, 一百块能报九十四: so many out of ten or a hundred, read as the share that they are."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from bot.knowledge.grammar import Grammar
from bot.knowledge.intents import Intents
from bot.language.figures import Figure, find_figures
from bot.language.lexicon import Token
from bot.language.normalise import SEPARATOR
from bot.understanding.clause import SHARE

#: out of how many it may be told
_WHOLES = (10, 100)
#: what a share told in tenths is written with, and one told in hundredths
_TENTHS, _HUNDREDTHS = "成", "%"
#: what asks for a share
_ASKED = "百分之几"
#: a share that is all of it, what says so in words, and what such a word means by itself
_HUNDRED, _ALL, _IDLE = 100, "全部", {"filler": ("filler",)}
#: tenths of a yuan in one
_DIMES = 10


def as_all(tokens: Sequence[Token], intents: Intents) -> list[Token]:
    """119个项目全部完工 of 119个项目100%完工: what is said of all, unless it is a share (100%入住) that it is."""
    said = list(tokens)
    for at, (token, deed) in enumerate(pairwise(tokens)):
        whole = token.figure is not None and token.figure.is_percent and token.figure.value == _HUNDRED and at
        named = [intents.concepts[name] for name in deed.values("concept")]
        if whole and named and not any(concept.counts == SHARE for concept in named):
            said[at] = Token(token.start, token.end, _ALL, _IDLE)
    return said


def as_share(tokens: Sequence[Token], grammar: Grammar) -> list[Token]:
    """The tokens with a share in place of both numbers, or of the question for the second; [] without any."""
    at = next((n for n, token in enumerate(tokens[:-1]) if token.figure), None)
    whole = tokens[at].figure if at is not None else None
    if at is None or whole is None or whole.is_percent or whole.value not in _WHOLES or whole.open:
        return []
    paid, counts = tokens[at + 1].text in grammar.of_money, bool(tokens[at + 1].values("classifier"))
    part = next((n for n, token in enumerate(tokens) if n > at + 1 and _is_number(token)), None)
    if part is None or not (paid or counts or tokens[at + 1].values("concept")):
        return []
    between = tokens[at + 2 if paid or counts else at + 1 : part]  # 100人里
    parted = any(token.is_separator and token.text != SEPARATOR for token in between)
    end = part + 1
    while tokens[end : end + 1] and tokens[end].text in grammar.open_endings:
        end += 1  # 九十多块
    opened = tokens[part + 1 : end]
    unit = tokens[end : end + 1]
    if unit and (
        unit[0].text in grammar.of_money or unit[0].values("classifier") or unit[0].text == tokens[at + 1].text
    ):
        end += 1
    dimes = tokens[end].figure if paid and tokens[end : end + 1] else None  # 九块四
    if tokens[end : end + 1] and tokens[end].figure and not dimes:
        return []  # 九十九户半
    text = _share(tokens[part].figure, dimes, whole.value)
    if not text or parted or not (paid or any(map(_within, (*tokens[:at][-1:], *between)))):
        return []
    figure = next(iter(find_figures(text))) if tokens[part].figure else None
    share = Token(tokens[part].start, tokens[part].end, text, {} if figure else {"quantity": (SHARE,)}, figure)
    before = tokens[: at - 1] if at and tokens[at - 1].text in grammar.each_whole else tokens[:at]
    return [*before, *between, share, *opened, *tokens[end + 1 if dimes else end :]]


def _is_number(token: Token) -> bool:
    """Whether it is a number, or asks for one, if only for so many tens (几十个)."""
    return bool(token.figure or token.values("quantity") or token.values("many"))


def _within(token: Token) -> bool:
    """里头, 有: what says that the one number is out of the other."""
    return bool(token.values("within") or token.values("contains"))


def _share(part: Figure | None, dimes: Figure | None, whole: Decimal) -> str:
    """The share that a number is of the whole, as it may be written, or what asks for it; empty if it is no part."""
    if part is None:
        return _ASKED
    value = part.value + (dimes.value / _DIMES if dimes else 0)
    if part.is_percent or not 0 < value <= whole:
        return ""
    tenths = value * 10 / whole
    # 七十 out of a hundred is said as roughly as 七成.
    rough = not dimes and part.grain * 10 >= whole and 1 <= tenths < 10 and tenths == int(tenths)
    return f"{tenths:f}{_TENTHS}" if rough else f"{value * 100 / whole:f}{_HUNDREDTHS}"
