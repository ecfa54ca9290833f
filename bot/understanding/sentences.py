"""Cut a message into sentences that each ask or claim something, for one to be read after the other."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.lexicon import Token
from bot.language.normalise import QUESTION, STOP

#: kinds of word that ask, or claim
_ASKING = ("quantity", "ask", "claim")
#: kinds of word that say of what
_TELLING = ("concept", "guard", "place")


def asking_sentences(tokens: Sequence[Token]) -> list[list[Token]]:
    """The sentences of a message that ask; what only leads up to one, or only doubts it (对吗？), is part of it."""
    found: list[list[Token]] = []
    led_up: list[Token] = []
    for sentence in _sentences(tokens):
        asks = sentence[-1].text == QUESTION or any(token.values(kind) for token in sentence for kind in _ASKING)
        if asks and found and not led_up and not _tells(sentence):
            found[-1] += sentence
        elif asks:
            found.append([*led_up, *sentence])
            led_up = []
        else:
            led_up += sentence
    return found


def _sentences(tokens: Sequence[Token]) -> list[list[Token]]:
    found: list[list[Token]] = []
    sentence: list[Token] = []
    for token in tokens:
        sentence.append(token)
        if token.text in (STOP, QUESTION):
            found.append(sentence)
            sentence = []
    return [*found, sentence] if sentence else found


def _tells(sentence: Sequence[Token]) -> bool:
    """Whether a sentence names something, or asks for a number of its own."""
    return any(
        token.figure or token.is_unknown or token.values("quantity") or any(token.values(kind) for kind in _TELLING)
        for token in sentence
    )
