"""Write bot/language/pinyin.txt from pypinyin: `python -m tests.make_pinyin`.

The bot needs only syllables without tones, for the characters that people type; a table made ahead of time
costs it neither pypinyin's start-up time nor its memory.
"""

from __future__ import annotations

from pathlib import Path

from pypinyin import Style, pinyin

TABLE = Path(__file__).parent.parent / "bot" / "language" / "pinyin.txt"


def characters() -> str:
    """The Chinese characters of GB 2312: everything that Simplified input methods commonly offer."""
    rows = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(row.decode("gb2312", errors="ignore") for row in rows)


def table() -> str:
    """One line a syllable: the syllable, a space, its characters."""
    by_syllable: dict[str, list[str]] = {}
    for char in characters():
        syllable = pinyin(char, style=Style.NORMAL, v_to_u=False)[0][0]
        by_syllable.setdefault(syllable, []).append(char)
    return "".join(f"{syllable} {''.join(chars)}\n" for syllable, chars in sorted(by_syllable.items()))


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
