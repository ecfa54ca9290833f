"""光伏和旅游分别是975个和1020个, 光伏和旅游这两样: as many figures as things, or their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.language.lexicon import Token
from bot.understanding.computed import number_of

#: figures and things of which each needs its own
_SEVERAL = 2
#: kinds of word by which each of a list is asked for, or held against the others, pause or not
_OTHERWISE = ("distributor", "compare", "ask")
#: what may stand before the number of things listed
_THESE = ("这", "那")


def in_pairs(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, each figure behind the thing it is told of; as they are where the two aren't as many."""
    at = next((n for n, token in enumerate(tokens) if token.values("distributor")), 0)
    if not at:
        return list(tokens)
    things = _parts(tokens[:at])
    figures = [n for n, token in enumerate(tokens) if n > at and token.figure]
    names = all(map(_names, things))
    asks = any(token.values("quantity") or token.values("ask") for token in tokens[at:])
    if asks or not names or not len(things) == len(figures) >= _SEVERAL:
        return list(tokens)
    ends = [_end(tokens, begin) for begin in figures]
    pause = next((t for t in tokens if t.is_separator), None) or Token(at, at, "，")
    paired: list[Token] = []
    for thing, begin, end in zip(things, figures, ends, strict=True):
        paired += [*thing, *tokens[begin:end], pause]
    return paired[:-1] + list(tokens[ends[-1] :])


def listed_before(tokens: Sequence[Token], names_thing: Callable[[Iterable[str]], bool]) -> list[Token]:
    """光伏和旅游合计带动多少户 of 光伏和旅游这两样，合计带动多少户: a list of things and what is asked of them, without
    a pause between them, and without the words that count them.

    `names_thing`: whether any of some concepts names a thing, so that what is asked may be asked of that.
    """
    end = next((n for n, token in enumerate(tokens) if token.is_separator), 0)
    counted = end and tokens[end - 1].figure is None and number_of(tokens[end - 1]) is not None
    begin = end - 1 if counted else end
    begin -= 1 if counted and begin and tokens[begin - 1].text in _THESE else 0
    things, rest = _parts(tokens[:begin]), _parts(tokens[end:])
    plain = all(token.values("concept") or token.values("connective") for token in tokens[:begin])
    if not plain or len(things) < _SEVERAL or not rest or (counted and number_of(tokens[end - 1]) != len(things)):
        return list(tokens)
    asked = [token for token in rest[0] if token.values("concept")]
    asks = any(token.values("quantity") for token in rest[0])
    asks = asks and not any(token.values(kind) for token in rest[0] for kind in _OTHERWISE)
    asks = asks and all(number_of(token) is None for token in rest[0])  # 两个百分数
    if not asks or len(rest) > 1 or any(names_thing(token.values("concept")) for token in asked):
        return list(tokens)
    return [*tokens[:begin], *tokens[end + 1 :]]


def _names(part: Sequence[Token]) -> bool:
    """光伏电站, 户数: whether a part names something, and tells no figure of it."""
    return any(t.values("concept") or t.values("quantity") for t in part) and not any(t.figure for t in part)


def _parts(tokens: Sequence[Token]) -> list[list[Token]]:
    """What stands between pauses and 和."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.is_separator or token.values("connective"):
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _end(tokens: Sequence[Token], begin: int) -> int:
    """Where a figure and its unit end."""
    end = begin + 1
    while end < len(tokens) and (tokens[end].values("classifier") or tokens[end].values("concept")):
        end += 1
    return end
