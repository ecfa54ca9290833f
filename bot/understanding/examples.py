"""合作社、家庭农场这类新型经营主体: what is named as an example of something else isn't what is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from bot.language.lexicon import Token

#: tokens between 这类 and what the examples are of
_REACH = 2
#: tokens before 这类 among which examples are looked for
_LISTED = 8


def without_examples(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, groups of people or places that are only examples no longer guarded against."""
    kept = list(tokens)
    for index, token in enumerate(tokens):
        if not token.values("exemplifies"):
            continue
        of = takewhile(lambda t: not t.is_separator, tokens[index + 1 : index + 1 + _REACH])
        if not any(t.values("concept") for t in of):
            continue
        for number in range(index - 1, max(index - _LISTED, 0) - 1, -1):
            before = kept[number]
            if before.values("quantity") or before.values("ask") or before.figure:
                break
            if "population" in before.values("guard"):
                kept[number] = before.meaning({"filler": ("filler",)})
    return kept
