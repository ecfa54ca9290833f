"""Cut a message into sentences that each ask or claim something, for one to be read after the other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import takewhile

from bot.language.lexicon import Token
from bot.language.normalise import QUESTION, SEPARATOR, STOP
from bot.understanding.clause import is_said_twice

#: kinds of word that ask, or claim
_ASKING = ("quantity", "ask", "claim")
#: kinds of word that say of what
_TELLING = ("concept", "guard", "place")
#: what a sentence may end at
_PAUSES = frozenset({STOP, QUESTION, SEPARATOR, " "})


def asking_sentences(tokens: Sequence[Token], whether_endings: Collection[str]) -> list[list[Token]]:
    """The sentences of a message that ask; what only leads up to one, or only doubts it (对吗？), is part of it.

    `whether_endings`: the words that end a question, as 吗 does.
    """
    found: list[list[Token]] = []
    led_up: list[Token] = []
    for sentence in _sentences(tokens, whether_endings):
        asks = sentence[-1].text == QUESTION or _asks_whether(sentence, whether_endings) or _compares(sentence)
        asks = asks or any(is_said_twice(token) or any(map(token.values, _ASKING)) for token in sentence)
        if asks and found and not led_up and not _tells(sentence):
            found[-1] += sentence
        elif asks:
            found.append([*led_up, *sentence])
            led_up = []
        else:
            led_up += sentence
    return found


def _sentences(tokens: Sequence[Token], whether_endings: Collection[str]) -> list[list[Token]]:
    found: list[list[Token]] = []
    sentence: list[Token] = []
    for number, token in enumerate(tokens):
        sentence.append(token)
        if token.text not in _PAUSES:
            continue
        following = tokens[number + 1 :]
        compared = token.text == SEPARATOR and _compares(sentence) and _asks_anew(following)
        spaced = token.text == " " and any(t.values("ask") for t in sentence) and _tells(following)
        whether = token.text == SEPARATOR and _asks_whether(sentence, whether_endings) and _tells(sentence)
        whether = whether and any(t.values("quantity") for t in following)  # 改完了吗，一共多少户
        if compared or spaced or whether or token.text in (STOP, QUESTION):
            found.append(sentence)
            sentence = []
    return [*found, sentence] if sentence else found


def _asks_whether(sentence: Sequence[Token], whether_endings: Collection[str]) -> bool:
    """Whether it ends in one of the words that end a question, whatever pause comes behind."""
    words = [token for token in sentence if token.text not in (SEPARATOR, " ")]
    return bool(words) and words[-1].text in whether_endings


def _compares(sentence: Sequence[Token]) -> bool:
    """龙头企业带的人多还是新型主体带的人多: whether two things are held against each other."""
    words = [token for token in sentence if not token.values("relation")]  # but 高过10%
    return any(token.values("versus") for token in words) and any(token.values("compare") for token in words)


def _asks_anew(following: Sequence[Token]) -> bool:
    """…，龙头企业一共几家: whether what follows asks for a number of something, and compares nothing."""
    rest = list(takewhile(lambda token: token.text not in (STOP, QUESTION), following))
    asks = any(token.values("quantity") for token in rest) and any(token.values("concept") for token in rest)
    return asks and not any(token.values("compare") or token.values("versus") or token.values("ask") for token in rest)


def _tells(sentence: Sequence[Token]) -> bool:
    """Whether a sentence names something, or asks for a number of its own."""
    return any(
        token.figure or token.is_unknown or token.values("quantity") or any(token.values(kind) for kind in _TELLING)
        for token in sentence
    )
