"""搬了多少人？A. 98157 B. 102470: a question of a quiz, without what it offers to choose from."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

#: a letter that begins a choice, and what may stand behind it
_LETTER = re.compile(r"(?<![A-Za-z])([A-GＡ-Ｇ])(?![A-Za-z])\s*[.、．:：)）]?\s*")
#: what says that the question is asked already
_ASKS = re.compile(r"[?？几谁]|多少|什么|啥|哪|__|[(（]\s*[)）]")
#: a choice: short, and nothing that is said or asked
_CHOICE = re.compile(r"[^\s,，。;；?？!！]{1,16}[\s,，;；]*")
#: what may stand behind the last choice
_BEHIND = re.compile(r"(?:[选答哪正][^,，。?？]{0,6})?[)）\]】。?？]*")
#: what asks which of the numbers is that of what follows
_WHICH_IS = re.compile(r"[下以][列面下]?哪一?[个项组][数字据]*[是为]")
#: what may stand between a question and its choices
_BETWEEN = " \t\n:：,，(（[【"
_LETTERS = "ABCDEFG"
#: letters by which a question offers a choice
_FEWEST = 2


def without_choices(message: str) -> str:
    """The question alone; the message as it is where it offers no choices A, B, … at its end.

    What asks for a number, or for which one, is added where the choices alone said it (安置项目的个数是 A.119 B.124).
    """
    letters = list(_LETTER.finditer(message))
    names = unicodedata.normalize("NFKC", "".join(letter[1] for letter in letters))
    if len(letters) < _FEWEST or names != _LETTERS[: len(letters)]:
        return message
    stem = message[: letters[0].start()].rstrip(_BETWEEN)
    choices = [message[one.end() : other.start()] for one, other in pairwise(letters)]
    last = _CHOICE.match(message, letters[-1].end())
    ends = last is not None and _BEHIND.fullmatch(message[last.end() :].strip())
    if last is None or not stem or not ends or not all(map(_is_choice, (*choices, last[0]))):
        return message
    numbers = all(choice[0].isdecimal() for choice in choices)
    stem = _WHICH_IS.sub("", stem) if numbers else stem
    if _ASKS.search(stem):
        return stem
    return f"{stem}{'多少' if numbers else '哪个'}"


def _is_choice(text: str) -> bool:
    return bool(_CHOICE.fullmatch(text)) and not _ASKS.search(text)
