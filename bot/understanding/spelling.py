"""The words of a message, misspelt ones read as what they sound like (平困: 贫困)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from bot.knowledge.intents import Intents
from bot.language.homophones import Homophones
from bot.language.lexicon import Token

#: what sets words of a terse message apart
_SPACE = " "
#: characters of a word that words beside each other may only seem to be
_SHORT = 2


class Speller:
    """Cuts messages into words that the bot knows."""

    def __init__(self, intents: Intents) -> None:
        self._lexicon = intents.lexicon
        self._whether = intents.grammar.whether_endings
        self._homophones = Homophones(lambda: _often_meant(intents), lambda: _groups(intents), lambda: _units(intents))

    def words(self, normalised: str) -> tuple[list[Token], tuple[tuple[str, str], ...]]:
        """The words of a message, and what was read as something else: (as typed, as read)."""
        tokens = _undoubled(self._lexicon.segment(normalised))
        unknown = any(token.is_unknown for token in tokens)
        corrections = self._homophones.corrections(normalised, tokens) if unknown else {}
        if corrections:
            tokens = _undoubled(self._lexicon.segment(normalised, corrections))
        if corrections or any(token.text == _SPACE for token in tokens):
            tokens = self._with_whole_guards(tokens)
        typed = ((normalised[t.start : t.end], t.text) for t in tokens)
        return tokens, tuple(pair for pair in typed if pair[0] != pair[1])

    def _with_whole_guards(self, tokens: list[Token]) -> list[Token]:
        """帮扶 资金, 人民日抱: with those put together that are a word for what the report doesn't cover."""
        words = [token for token in tokens if token.text != _SPACE]
        begins = list(accumulate((len(token.text) for token in words), initial=0))
        for guard in self._lexicon.segment("".join(token.text for token in words)):
            if not guard.values("guard") or guard.start not in begins or guard.end not in begins:
                continue
            first, last = begins.index(guard.start), begins.index(guard.end) - 1
            asks = (
                first and words[first].text in self._whether and words[first].end < words[first + 1].start
            )  # 住了没 住进去
            if first < last and len(guard.text) > _SHORT and not asks:  # 县 叫
                start, end = words[first].start, words[last].end
                whole = Token(start, end, guard.text, guard.meanings)
                before = [token for token in tokens if token.end <= start]
                tokens = [*before, whole, *(token for token in tokens if token.start >= end)]
        return tokens


def _undoubled(tokens: Sequence[Token]) -> list[Token]:
    """Without characters typed twice (饮水水安全全): unknown ones that repeat what stands beside them."""
    kept: list[Token] = []
    for index, token in enumerate(tokens):
        following = tokens[index + 1].text[0] if index + 1 < len(tokens) else ""
        before = kept[-1].text[-1] if kept else ""
        if not (token.is_unknown and len(token.text) == 1 and token.text in (following, before)):
            kept.append(token)
    return kept


def _often_meant(intents: Intents) -> list[str]:
    """The words that a misspelling may stand for: of short ones, only those that the paraphrases use.

    A word of two characters sounds like too many others for every synonym to be looked for.
    """
    used = "，".join(paraphrase.text for paraphrase in intents.paraphrases)
    return [word for word in intents.lexicon.words("concept", "quantity", "home") if len(word) > 2 or word in used]


def _groups(intents: Intents) -> list[str]:
    """The groups of people and the places that the report doesn't single out."""
    guards = intents.lexicon.meanings_of("guard")
    return [word for word, reasons in guards.items() if reasons & {"population", "place"}]


def _units(intents: Intents) -> list[str]:
    """What is counted, and how, in one character each: 户, 县, 村, 座."""
    words = set(intents.lexicon.words("concept"))
    counted = (name for name, concept in intents.concepts.items() if concept.counts and len(name) == 1)
    return [*(name for name in counted if name in words), *intents.classifiers]
