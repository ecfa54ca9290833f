"""The paraphrases nearest to a question: rapidfuzz over all of them, or, of very many, only over those that could win.

Paraphrases and questions are strings of sorted characters, one character for each concept, repeated by its weight. The
ratio of two such strings is 200 · shared / (length + length), so what shares none of the characters looked up so far
can't be nearer than the rest of the question allows. That bound makes leaving out the others exact.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz, process

#: paraphrases up to which one pass over all of them takes less time than looking up which ones to pass over
_FEW = 6_000
#: so that a tie isn't taken for a lead because of its last digit
_ROUNDING = 1e-6


class Nearest:
    """Finds the nearest of many encoded paraphrases."""

    def __init__(self, encoded: Sequence[str], *, few: int = _FEW) -> None:
        self._encoded = encoded
        #: per character, the paraphrases that hold it
        self._holding: dict[str, array[int]] = {}
        if len(encoded) > few:
            for number, text in enumerate(encoded):
                for character in set(text):
                    self._holding.setdefault(character, array("I")).append(number)

    def find(self, query: str, limit: int) -> list[tuple[float, int]]:
        """(ratio from 1 to 100, number) of the nearest paraphrases, best first; at equal ratios in their order."""
        if not self._holding or not query:
            hits = process.extract(query, self._encoded, scorer=fuzz.ratio, limit=limit, score_cutoff=1)
            return [(score, number) for _, score, number in hits]
        weights = Counter(query)
        found: set[int] = set()
        best: list[tuple[float, int]] = []
        rest = len(query)
        for character in sorted(weights, key=lambda c: len(self._holding.get(c, ()))):
            # What holds none of the characters looked up shares `rest` at most, and is at least as long.
            if len(best) == limit and best[-1][0] > 200 * rest / (len(query) + rest) + _ROUNDING:
                break
            rest -= weights[character]
            fresh = [number for number in self._holding.get(character, ()) if number not in found]
            texts = [self._encoded[number] for number in fresh]
            hits = process.extract(query, texts, scorer=fuzz.ratio, limit=limit, score_cutoff=1)
            found.update(fresh)
            best = sorted([*best, *((score, fresh[at]) for _, score, at in hits)], key=lambda hit: (-hit[0], hit[1]))
            del best[limit:]
        return best
