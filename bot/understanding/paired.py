"""光伏和旅游分别是975个和1020个: as many figures as things, each told of its own thing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.lexicon import Token

#: figures and things of which each needs its own
_SEVERAL = 2


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
