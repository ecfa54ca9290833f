"""光伏和旅游，前者带动多少户，后者多少人: what points at one of two things named before, replaced by the thing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import takewhile

from bot.language.lexicon import Token

#: kinds of word that hold the one against the other, and that is another step
_HOLDS = ("compare", "versus")
#: characters that may stand behind 后者, and ask for nothing (呢)
_ENDING = 1
#: kinds of word that ask, or claim
_ASKS = ("quantity", "ask", "claim")


def named_in_order(tokens: Sequence[Token], first: Collection[str], last: Collection[str]) -> list[Token]:
    """The tokens with the things named in place of what points at them; as they are where no two things are named.

    `first` and `last`: words that point at the one and the other (前者, 后者).
    """
    at = next((n for n in range(len(tokens)) if _points(tokens[n:], first, last)[0]), None)
    pair = _pair(tokens[:at]) if at else None
    if at is None or pair is None or any(token.values(kind) for token in tokens for kind in _HOLDS):
        return list(tokens)
    begin = next((n + 1 for n in range(at - 1, -1, -1) if tokens[n].is_separator), at)
    # What only names the two, the names say.
    meant = list(tokens[:begin]) if any(t.values(kind) for t in tokens[:begin] for kind in _ASKS) else []
    index = begin
    while index < len(tokens):
        length, which = _points(tokens[index:], first, last)
        meant += pair[which] if length else tokens[index : index + 1]
        index += max(length, 1)
    return meant


def things_named(tokens: Sequence[Token], first: Collection[str], last: Collection[str]) -> tuple[str, ...]:
    """The two things named before what points at one of them, as they are written; () where that isn't said."""
    at = next((n for n in range(len(tokens)) if _points(tokens[n:], first, last)[0]), 0)
    pair = _pair(tokens[:at])
    return tuple("".join(token.text for token in thing) for thing in pair) if pair else ()


def named_instead(text: str, things: Sequence[str], first: Collection[str], last: Collection[str]) -> str:
    """后者呢, with the thing that it points at of two named before; the text itself where it points at none."""
    for thing, words in ((things[0], first), (things[-1], last)):
        if word := max((word for word in words if word in text), key=len, default=""):
            before, _, behind = text.partition(word)
            text = f"{before}{thing}{'' if len(behind) > _ENDING else '的'}{behind}"  # the same is asked of it
    return text


def _points(tokens: Sequence[Token], first: Collection[str], last: Collection[str]) -> tuple[int, int]:
    """How many of the tokens (前 一个) point at the first (0) or the last (1) of two; no tokens where they don't."""
    if not tokens:
        return 0, 0
    said = tokens[0].text
    both = said + tokens[1].text if len(tokens) > 1 else ""
    if both in first or both in last:
        return 2, int(both in last)
    return (1, int(said in last)) if said in first or said in last else (0, 0)


def _pair(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]] | None:
    """The first two things that stand on the two sides of 和 or of a pause."""
    for at in range(1, len(tokens) - 1):
        joins = tokens[at].values("connective") or tokens[at].is_separator
        before = list(takewhile(_names, reversed(tokens[:at]))) if joins else []
        behind = list(takewhile(_names, tokens[at + 1 :])) if before else []
        if behind:
            return before[::-1], behind
    return None


def _names(token: Token) -> bool:
    return bool(token.values("concept"))
