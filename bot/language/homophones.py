"""Read misspelt words by their sound: 平困 is 贫困, 般迁 is 搬迁.

People type Chinese by its sound and take the wrong one of the words offered. Sounds that regional speakers
mix up (zh/z, n/l, ang/an …) count as equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from bot.language.lexicon import Token

_TABLE = Path(__file__).parent / "pinyin.txt"
_LONGEST = 7
_FOLDS = (
    (re.compile("^(z|c|s)h"), r"\1"),
    (re.compile("^n"), "l"),
    (re.compile("^hu"), "fu"),
    (re.compile("(a|e|i)ng$"), r"\1n"),
)


class Homophones:
    """Finds words of the lexicon that sound like a stretch of unknown characters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(word for word in words if 2 <= len(word) <= _LONGEST and not word.isascii())

    @cached_property
    def _sounds(self) -> dict[str, str]:
        # Loaded at the first unknown character: clean messages never pay for it.
        sounds: dict[str, str] = {}
        for line in _TABLE.read_text(encoding="utf-8").splitlines():
            syllable, _, chars = line.partition(" ")
            for pattern, fold in _FOLDS:
                syllable = pattern.sub(fold, syllable)
            sounds.update(dict.fromkeys(chars, syllable))
        return sounds

    @cached_property
    def _by_sound(self) -> dict[tuple[str, ...], list[str]]:
        index: dict[tuple[str, ...], list[str]] = {}
        for word in self._words:
            key = self._key(word)
            if key:
                index.setdefault(key, []).append(word)
        return index

    def _key(self, text: str) -> tuple[str, ...] | None:
        try:
            return tuple(self._sounds[char] for char in text)
        except KeyError:
            return None

    def corrections(self, text: str, tokens: Sequence[Token]) -> dict[tuple[int, int], str]:
        """Spans (start, end) of the text that may be meant as another word of the same sound.

        A span holds an unknown character, and at least one character that is right (half of a longer word).
        """
        unknown = {at for token in tokens if token.is_unknown for at in range(token.start, token.end)}
        found: dict[tuple[int, int], str] = {}
        for at in unknown:
            for start in range(max(0, at - _LONGEST + 1), at + 1):
                for end in range(max(at + 1, start + 2), min(len(text), start + _LONGEST) + 1):
                    if (start, end) in found:
                        continue
                    word = self._like(text[start:end])
                    if word:
                        found[(start, end)] = word
        return found

    def _like(self, span: str) -> str | None:
        key = self._key(span)
        if key is None:
            return None
        best: tuple[int, str] | None = None
        for word in self._by_sound.get(key, ()):
            right = sum(a == b for a, b in zip(span, word, strict=True))
            if right * 2 >= len(word) - (len(word) > 2) and right >= 1 and (best is None or right > best[0]):
                best = (right, word)
        return best[1] if best and best[0] < len(span) else None
