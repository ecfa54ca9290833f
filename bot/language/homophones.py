"""Read misspelt words by their sound or their looks: 平困 is 贫困, 般迁 is 搬迁, 贪困 is 贫困.

People type Chinese by its sound and take the wrong one of the words offered. Sounds that regional speakers
mix up (zh/z, n/l, ang/an …) count as equal. Who writes by hand, or scans, gets characters that look alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from bot.language.lexicon import Token

_TABLE = Path(__file__).parent / "pinyin.txt"
#: a line of characters that look alike each
_LOOKALIKES = Path(__file__).parent / "lookalikes.txt"
#: what is read behind the name of a thing where it sounds so
_RATE = "率"
_LONGEST = 7
_LONGEST_RARE = 4
#: letters of a word of pinyin at least
_LEAST_LATIN = 5
_FOLDS = (
    (re.compile("^(z|c|s)h"), r"\1"),
    (re.compile("^n"), "l"),
    (re.compile("^hu"), "fu"),
    (re.compile("(a|e|i)ng$"), r"\1n"),
)


class Homophones:
    """Finds words of the lexicon that sound like a stretch of unknown characters.

    The `rarer` words are only seen in a stretch that is wrong in one character, the `units` (one character each)
    only right after 多少 and 几个.
    """

    def __init__(
        self,
        words: Callable[[], Iterable[str]],
        rarer: Callable[[], Iterable[str]] = tuple,
        units: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        """The words are fetched at the first unknown character: clean messages never pay for it."""
        self._fetch = words, rarer, units

    @cached_property
    def _units(self) -> tuple[str, ...]:
        return tuple(self._fetch[2]())

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return tuple(word for word in self._fetch[0]() if 2 <= len(word) <= _LONGEST and not word.isascii())

    @cached_property
    def _rarer(self) -> frozenset[str]:
        return frozenset(word for word in self._fetch[1]() if 2 < len(word) <= _LONGEST_RARE and not word.isascii())

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
    def _lookalikes(self) -> dict[str, str]:
        looks: dict[str, str] = {}
        for line in _LOOKALIKES.read_text(encoding="utf-8").splitlines():
            for char in line:
                looks[char] = looks.get(char, "") + line.replace(char, "")
        return looks

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._words)

    @cached_property
    def _by_sound(self) -> dict[tuple[str, ...], list[str]]:
        index: dict[tuple[str, ...], list[str]] = {}
        for word in (*self._words, *self._rarer):
            key = self._key(word)
            if key:
                index.setdefault(key, []).append(word)
        return index

    @cached_property
    def _by_spelling(self) -> dict[str, str]:
        """Words by how they are spelt in pinyin without tones; the first of several in the lexicon."""
        syllables: dict[str, str] = {}
        for line in _TABLE.read_text(encoding="utf-8").splitlines():
            syllable, _, chars = line.partition(" ")
            syllables.update(dict.fromkeys(chars, syllable))
        spelt: dict[str, str] = {}
        for word in self._words:
            if all(char in syllables for char in word):
                spelt.setdefault("".join(syllables[char] for char in word), word)
        return spelt

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
        # 贪困, 多少平困户: what is wrong may look like a word, if only of one character or of what nobody tells.
        loose = [t for t in tokens if len(t.text) == 1 or t.meanings.keys() == {"guard"}]
        single = unknown | {at for token in loose for at in range(token.start, token.end)}
        found: dict[tuple[int, int], str] = {}
        for at in unknown:
            for start in range(max(0, at - _LONGEST + 1), at + 1):
                for end in range(max(at + 1, start + 2), min(len(text), start + _LONGEST) + 1):
                    if (start, end) in found:
                        continue
                    word = self._like(text[start:end], {n - start for n in single}) or next(
                        (
                            w
                            for n in range(start, end)
                            if n in single and (w := self._alike(text[start:end], n - start))
                        ),
                        None,
                    )
                    if word:
                        found[(start, end)] = word
        for token in tokens:
            latin = token.is_unknown and len(token.text) >= _LEAST_LATIN and token.text.isascii()
            if latin and (spelt := self._by_spelling.get(token.text)):
                found[(token.start, token.end)] = spelt  # guangfu
        for token, after in pairwise(tokens):
            asks = token.values("quantity") or "个" in token.values("classifier")
            if token.values("concept") and after.is_unknown and len(after.text) == 1:
                if self._key(after.text) == self._key(_RATE):
                    found[(after.start, after.end)] = _RATE  # 就业绿
            elif asks and after.is_unknown and len(after.text) == 1 and (unit := self._unit(after.text[0])):
                found[(after.start, after.start + 1)] = unit
        return found

    def _unit(self, char: str) -> str | None:
        """The unit that a character after 多少 sounds like: 户 for 糊."""
        key = self._key(char)
        return next((unit for unit in self._units if key is not None and self._key(unit) == key), None)

    def _alike(self, span: str, at: int) -> str | None:
        """The word that the span is but for the looks of one character."""
        words = (span[:at] + char + span[at + 1 :] for char in self._lookalikes.get(span[at], ""))
        return next((word for word in words if word in self._known), None)

    def _like(self, span: str, may_change: set[int]) -> str | None:
        key = self._key(span)
        if key is None:
            return None
        best: tuple[int, str] | None = None
        for word in self._by_sound.get(key, ()):
            right = sum(a == b for a, b in zip(span, word, strict=True))
            if any(a != b and n not in may_change for n, (a, b) in enumerate(zip(span, word, strict=True))):
                continue  # 多少人进去: a word of several characters that is right stays
            if word in self._rarer and right < len(word) - 1:
                continue
            if right * 2 >= len(word) - (len(word) > 2) and right >= 1 and (best is None or right > best[0]):
                best = (right, word)
        return best[1] if best and best[0] < len(span) else None
