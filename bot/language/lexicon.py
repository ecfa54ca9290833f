"""Cut a normalised text into known words, numbers and what stays unknown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from bot.language.figures import Figure, find_figures
from bot.language.normalise import JOINER

_UNKNOWN_COST = 2.5
#: reading a span as another word of the same sound: dearer than a known word, cheaper than two unknown characters
_CORRECTION_COST = 2.4
#: … where a unit is due, it is that rather than an unknown one
_UNIT_COST = 2.0
_SEPARATORS = "，。？ "


class Meaning(NamedTuple):
    """One thing that a word can mean: a concept, a way to ask, a filler, a guard …"""

    kind: str
    value: str


#: what a word can mean: per kind of meaning the values, in order
Meanings = Mapping[str, tuple[str, ...]]
_UNKNOWN: Meanings = {}


class Token:
    """A piece of the text; without meanings and figure it is unknown (or a separator).

    Its own class, as it is made and asked more often than anything else.
    """

    __slots__ = ("end", "figure", "meanings", "start", "text")

    def __init__(
        self, start: int, end: int, text: str, meanings: Meanings = _UNKNOWN, figure: Figure | None = None
    ) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.meanings = meanings
        self.figure = figure

    def meaning(self, meanings: Meanings) -> Token:
        """The same piece of the text, taken to mean something else."""
        return Token(self.start, self.end, self.text, meanings, self.figure)

    @property
    def is_separator(self) -> bool:
        return self.text in _SEPARATORS

    @property
    def is_unknown(self) -> bool:
        known = len(self.meanings) > ("uncounted" in self.meanings)  # 合同 says what no fact is about
        return not known and self.figure is None and not self.is_separator and self.text != JOINER

    def values(self, kind: str) -> tuple[str, ...]:
        """The values of the meanings of this kind."""
        return self.meanings.get(kind, ())


#: where a piece of the text starts, what it is read as, its meanings, and the figure that it is
Piece = tuple[int, str, Meanings, Figure | None]


def _by_kind(meanings: Sequence[Meaning]) -> Meanings:
    kinds = dict.fromkeys(meaning.kind for meaning in meanings)
    return {kind: tuple([meaning.value for meaning in meanings if meaning.kind == kind]) for kind in kinds}


def _lengths_of(words: Collection[str]) -> dict[str, list[int]]:
    lengths: dict[str, list[int]] = {}
    for char, length in set(zip(map(itemgetter(0), words), map(len, words), strict=True)):
        lengths.setdefault(char, []).append(length)
    return {char: sorted(sizes, reverse=True) for char, sizes in lengths.items()}


class Lexicon:
    """Words and their meanings; cuts a text so that as much as possible is known, in as few words as possible."""

    def __init__(
        self,
        by_meanings: Sequence[tuple[tuple[Meaning, ...], Sequence[str]]],
        lengths: dict[str, list[int]] | None = None,
    ) -> None:
        """`by_meanings`: the words, those together that share their meanings, as nearly all do with many others.

        `lengths`: what `self.lengths` was of the very same words, if that is known.
        """
        self._by_meanings = [(_by_kind(meanings), words) for meanings, words in by_meanings]
        self._words = {word: meanings for meanings, words in self._by_meanings for word in words}
        #: per first character, the word lengths to try: most positions of a text then cost one look-up
        self.lengths = _lengths_of(self._words) if lengths is None else lengths

    def words_of(self, kind: str) -> frozenset[str]:
        """The words that can mean this kind of thing."""
        groups = (words for meanings, words in self._by_meanings if kind in meanings)
        return frozenset(chain.from_iterable(groups))

    def words(self, *kinds: str) -> list[str]:
        """The words that can mean any of these kinds of thing."""
        return [word for word, meanings in self._words.items() if not meanings.keys().isdisjoint(kinds)]

    def meanings_of(self, kind: str) -> dict[str, frozenset[str]]:
        """The words that can mean this kind of thing, with what they mean then."""
        groups = ((frozenset(meanings[kind]), words) for meanings, words in self._by_meanings if kind in meanings)
        return {word: values for values, words in groups for word in words}

    def within(self, text: str, kind: str) -> Iterator[tuple[str, ...]]:
        """What the longest words inside a text that can mean this kind of thing mean, from left to right.

        The whole text isn't one of them.
        """
        start = 0
        while start < len(text):
            sizes = [n for n in self.lengths.get(text[start], ()) if n < len(text) and n <= len(text) - start]
            found = next((n for n in sizes if kind in self._words.get(text[start : start + n], _UNKNOWN)), 0)
            if found > 1:
                yield self._words[text[start : start + found]][kind]
            start += found or 1

    def segment(self, text: str, corrections: Mapping[tuple[int, int], str] | None = None) -> list[Token]:
        """The cheapest cut of the text. `corrections` reads a span as another word, at a price."""
        corrections = corrections or {}
        figures = {figure.start: figure for figure in find_figures(text)}
        size = len(text)
        # Per position the cheapest way to get there: its cost, and the piece that ends there.
        costs = [float("inf")] * (size + 1)
        costs[0] = 0.0
        pieces: list[Piece | None] = [None] * (size + 1)
        corrected_from: dict[int, list[tuple[int, str]]] = {}
        for (start, end), word in corrections.items():
            corrected_from.setdefault(start, []).append((end, word))
        for start in range(size):
            base = costs[start]
            char = text[start]
            following = start + 1
            unknown = base if char in _SEPARATORS or char == JOINER else base + _UNKNOWN_COST
            if unknown < costs[following]:
                costs[following], pieces[following] = unknown, (start, char, _UNKNOWN, None)
            if unknown == base:
                continue
            for length in self.lengths.get(char, ()):
                end = start + length
                if end > size:
                    continue
                word = text[start:end]
                meanings = self._words.get(word)
                if meanings is None:
                    continue
                cost = base + (1.0 + 0.3 / length + (0.15 if next(iter(meanings)) == "filler" else 0.0))
                if cost < costs[end] and self._stands_alone(text, start, end):
                    costs[end], pieces[end] = cost, (start, word, meanings, None)
            if figure := figures.get(start):
                cost = base + 0.8 + 0.3 / (figure.end - start)
                if cost < costs[figure.end]:
                    costs[figure.end], pieces[figure.end] = cost, (start, text[start : figure.end], _UNKNOWN, figure)
            for end, word in corrected_from.get(start, ()):
                cost = base + (_CORRECTION_COST if len(word) > 1 else _UNIT_COST) + 0.3 / len(word)
                if cost < costs[end]:
                    costs[end], pieces[end] = cost, (start, word, self._words[word], None)
        return _trace(pieces)

    @staticmethod
    def _stands_alone(text: str, start: int, end: int) -> bool:
        # A Latin word must be a whole word: "hi" isn't in "which".
        def latin(char: str) -> bool:
            return char.isascii() and char.isalpha()

        around = text[max(start - 2, 0) : start + 2]
        if end > start + 2 and around.endswith("有没有") and not around.startswith(("还", "没")):
            return False  # 有没有完成 asks, and doesn't say 没有完成
        if latin(text[start]) and start > 0 and latin(text[start - 1]):
            return False
        return not (latin(text[end - 1]) and end < len(text) and latin(text[end]))


def _trace(pieces: Sequence[Piece | None]) -> list[Token]:
    """The pieces that lead to the end, in order."""
    tokens: list[Token] = []
    at = len(pieces) - 1
    while at > 0:
        piece = pieces[at]
        assert piece is not None  # noqa: S101 - every position is reached at least by an unknown character
        start, text, meanings, figure = piece
        tokens.append(Token(start, at, text, meanings, figure))
        at = start
    tokens.reverse()
    return _join_unknown(tokens)


def _join_unknown(tokens: list[Token]) -> list[Token]:
    joined: list[Token] = []
    for token in tokens:
        if token.is_unknown and joined and joined[-1].is_unknown:
            last = joined.pop()
            joined.append(Token(last.start, token.end, last.text + token.text))
        else:
            joined.append(token)
    return joined
