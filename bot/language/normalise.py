"""Fold a message to one plain form: half-width, Simplified, lower case, no emoji, known separators."""

from __future__ import annotations

import re
import unicodedata

from bot.language.script import to_simplified

#: what every separator becomes; a space is a weaker pause than punctuation but still one
SEPARATOR = "，"
STOP = "。"

_STOPS = re.compile(r"(?:[?!;。！？；\n\r…]|\.(?!\d))+")
_PAUSES = re.compile(r"(?<!\d),|,(?!\d)|[、，:：/|\\~·\-—–]+(?!\d)|(?<!\d)[-:：]+|(?<=\d)、(?=\d)")
_QUOTES = re.compile(r"[\"'“”‘’「」『』《》〈〉【】\[\]()（）{}<>*_`^#@&=$￥]+")
_PLAIN = re.compile("[\u4e00-\u9fff]+")
_REPEATED_SPACE = re.compile(r"\s+")
_DIGIT_GROUPS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
#: emoji, pictographs, control, private-use, unassigned and surrogate characters; % and + are kept
_DROPPED = frozenset({"So", "Sk", "Cc", "Cf", "Co", "Cn", "Cs", "Mn", "Me", "Sc"})


def normalise(message: str) -> str:
    """The message in NFKC, Simplified and lower case, its pauses as ，, its stops as 。, emoji gone."""
    if _PLAIN.fullmatch(message):  # most words of the lexicon: the other steps would change nothing
        return to_simplified(message)
    text = unicodedata.normalize("NFKC", message)
    text = "".join(char for char in text if char in "\n\r\t" or unicodedata.category(char) not in _DROPPED)
    text = to_simplified(text).lower()
    text = _DIGIT_GROUPS.sub("", text)
    text = _QUOTES.sub("", text)
    text = _STOPS.sub(STOP, text)
    text = _PAUSES.sub(SEPARATOR, text)
    return _REPEATED_SPACE.sub(" ", text).strip()
