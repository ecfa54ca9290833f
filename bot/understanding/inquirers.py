"""女儿问我…, 我们单位要写材料，…, 老师，…: who asks, of whom and what for, which is no part of what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, takewhile

from bot.knowledge.grammar import Grammar
from bot.language.lexicon import Token
from bot.language.normalise import QUESTION

#: kinds of word that ask or claim
_ASKS = ("quantity", "ask", "claim")
#: characters of who is asked, greeted (各位领导你们好)
_LONGEST_ADDRESS = 10
#: a smaller number (一下) is no figure that somebody asks of
_LEAST = 10


def without_inquirers(tokens: Sequence[Token], grammar: Grammar) -> list[Token]:
    """The tokens without the parts, and the beginnings of parts, that only say who asks, of whom and what for.

    What is left must name something and ask; otherwise all of them are kept.
    """
    parts = _parts(tokens)
    kept = [_what_is_asked(part, grammar) for part in parts]
    said = [token for part in kept for token in part]
    names = any(token.values("concept") for token in said)
    asks = any(_asks(token) or token.text in grammar.whether_endings or token.text == QUESTION for token in said)
    if len(said) == len(tokens) or not (names and asks):
        return list(tokens)
    return said if not _titles_asked_of(tokens, said, grammar) else list(tokens)


def _parts(tokens: Sequence[Token]) -> list[list[Token]]:
    """What stands between pauses, each with the pause behind it."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        parts[-1].append(token)
        if token.is_separator:
            parts.append([])
    return parts


def _what_is_asked(part: Sequence[Token], grammar: Grammar) -> list[Token]:
    """The part, or what of it doesn't only say who asks."""
    said = [token for token in part if not token.is_separator]
    if not said or _addresses(said, grammar) or _is_errand(said, grammar) or _is_of_people(said, grammar):
        return []
    at = next((n for n, token in enumerate(said) if token.text in grammar.inquires), None)
    if at is None or not _names_asker(said[: at + 1], grammar):
        return list(part)
    begin = at + 1 + len(list(takewhile(lambda token: _is_asked(token, grammar), said[at + 1 :])))
    rest = said[begin:]
    if not any(token.values("concept") or _asks(token) for token in rest):
        return list(part) if any(token.values("guard") for token in rest) else []  # 有人问去年的
    return list(part[begin:])


def _addresses(said: Sequence[Token], grammar: Grammar) -> bool:
    """女士您好: whether it only says who is asked."""
    text = "".join(token.text for token in said)
    if len(text) > _LONGEST_ADDRESS:
        return False
    for greeting in sorted(grammar.greets, key=len, reverse=True):
        text = text.removesuffix(greeting)
    return text in grammar.titles


def _is_errand(said: Sequence[Token], grammar: Grammar) -> bool:
    """公司写材料用: whether it only tells what the answer is wanted for, or how the asker came to ask."""
    text = "".join(token.text for token in said)
    return any(word in text for word in grammar.errands) and _says_nothing_else(said, grammar)


def _is_of_people(said: Sequence[Token], grammar: Grammar) -> bool:
    """我们组长非要这个数: whether it only tells of somebody around the asker, and of nobody else."""
    if not any(token.values("guard") for token in said):
        return False  # nothing in it would be guarded against
    known = _known(said, grammar)
    others = any(t.values("guard") and t not in known and t.values("guard") != ("time",) for t in said)
    ends = grammar.possessives | grammar.elliptical_endings
    tells = len(said) > len(known) + 1 and said[-1].text not in ends
    return bool(known) and tells and not others and _says_nothing_else(said, grammar)


def _names_asker(said: Sequence[Token], grammar: Grammar) -> bool:
    """女儿问, 我们村的人都在问, 谁能告诉: whether it only says who asks, or who might tell."""
    before = "".join(token.text for token in said[:-1])
    who = any(word in before + said[-1].text for word in grammar.askers)
    of_what = len(said) > 1 and said[-2].text in grammar.possessives
    return before in grammar.whoever or (who and not of_what and _says_nothing_else(said, grammar))


def _says_nothing_else(said: Sequence[Token], grammar: Grammar) -> bool:
    """Whether no thing of the report, no place, figure or question is in it, and nothing that a time belongs to."""
    known = _known(said, grammar)
    for n, token in enumerate(said):
        behind = said[n + 1 : n + 3]
        names = token.values("concept") and token not in known
        counts = token.figure is not None and token.figure.value >= _LEAST
        of_whom = bool(behind) and behind[0].text in grammar.possessives and behind[-1] not in known
        limits = token.values("guard") and of_whom and behind[0] not in known
        if names or counts or limits or _asks(token) or "place" in token.values("guard"):
            return False
    return True


def _known(said: Sequence[Token], grammar: Grammar) -> list[Token]:
    """The tokens of which words are made that name who asks, or what was read: 客 and 户."""
    text = "".join(token.text for token in said)
    begin = said[0].start
    spans = [
        (begin + at, begin + at + len(word))
        for word in chain(grammar.askers, grammar.papers)
        if word in text
        for at in range(len(text))
        if text.startswith(word, at)
    ]
    return [token for token in said if any(start <= token.start and token.end <= end for start, end in spans)]


def _is_asked(token: Token, grammar: Grammar) -> bool:
    """我, 起, 老师 and 的是 behind 问."""
    return token.text in grammar.askers or token.text in grammar.behind_inquires


def _titles_asked_of(tokens: Sequence[Token], said: Sequence[Token], grammar: Grammar) -> bool:
    """校长，算七长吗: whether what was left out is what it is asked of."""
    out = [token for token in tokens if token not in said]
    left = {name for token in said for name in token.values("concept")}
    return any(left & {*token.values("concept")} for token in out) or any(t.text in grammar.titles for t in said)


def _asks(token: Token) -> bool:
    return any(map(token.values, _ASKS))
