"""Where a line of Chinese may break; rich alone breaks anywhere in it, even inside a figure."""

from __future__ import annotations

import re

from rich.cells import cell_len

# What stays together: opening marks, then a figure with its unit, a Latin word or one character, then closing marks.
_UNIT = re.compile(
    r"[“‘（《「『【〔(]*"
    r"(?:\d[\d.,]*(?:[%％]|[万亿千百]*(?:[\u4e00-\u9fff])?)|[A-Za-z0-9_./:@#&+\-]+|.)"
    r"[”’）》」』】〕)，。；：、？！,;:?!…%％]*",
    re.DOTALL,
)


def break_lines(text: str, columns: int) -> list[int]:
    """The offsets at which new lines begin so that none is wider than `columns` (2 or more)."""
    breaks: list[int] = []
    used = 0
    for unit in _UNIT.finditer(text):
        width = cell_len(unit[0])
        if used and used + width > columns:
            breaks.append(unit.start())
            used = 0
        if width <= columns:
            used += width
            continue
        # Wider than a whole line: nothing for it but to break inside.
        for offset, character in enumerate(unit[0], unit.start()):
            width = cell_len(character)
            if used and used + width > columns:
                breaks.append(offset)
                used = 0
            used += width
    return breaks
