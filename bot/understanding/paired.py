"""光伏和旅游分别是975个和1020个, 光伏和旅游这两样: as many figures as things, or their number."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.language.figures import parse_chinese
from bot.language.lexicon import Token
from bot.understanding.computed import number_of
from bot.understanding.matcher import Matcher

#: figures and things of which each needs its own
_SEVERAL = 2
#: kinds of word by which each of a list is asked for, or held against the others, pause or not
_OTHERWISE = ("distributor", "compare", "ask")
#: what joins the things of a list, as a pause does
_AND = "和"
_JOINS = {"connective": ("connective",)}
#: what may stand behind the number of things listed
_KINDS = tuple("样类项种个家")
#: … and what does where nothing stands before it
_SUMS_UP = tuple("样类项种")
#: what may stand before it
_THESE = ("这", "那")


def in_pairs(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, each figure behind the thing it is told of; as they are where the two aren't as many."""
    at = next((n for n, token in enumerate(tokens) if token.values("distributor")), 0)
    if not at:
        return list(tokens)
    things = _parts(tokens[:at])
    figures = [n for n, token in enumerate(tokens) if n > at and token.figure]
    names = all(map(_names, things))
    asks = any(token.values("quantity") or token.values("ask") for token in tokens[at:])
    if asks or not names or not len(things) == len(figures) >= _SEVERAL:
        return list(tokens)
    ends = [_end(tokens, begin) for begin in figures]
    pause = next((t for t in tokens if t.is_separator), None) or Token(at, at, "，")
    paired: list[Token] = []
    for thing, begin, end in zip(things, figures, ends, strict=True):
        paired += [*thing, *tokens[begin:end], pause]
    return paired[:-1] + list(tokens[ends[-1] :])


def joined_by_plus(tokens: Sequence[Token], matcher: Matcher, plus: Collection[str]) -> list[Token] | None:
    """龙头企业和新型主体 of 龙头企业加新型主体; None where nothing is added. `plus`: the words that add."""
    joined = list(tokens)
    for n in range(1, len(tokens) - 1):
        beside = (tokens[n - 1].values("concept"), tokens[n + 1].values("concept"))
        if tokens[n].text in plus and all(map(matcher.names_what_is_counted, beside)):
            joined[n] = tokens[n].meaning(_JOINS)
    return joined if any(token not in tokens for token in joined) else None


def listed_before(tokens: Sequence[Token], matcher: Matcher) -> list[Token]:
    """光伏和旅游合计带动多少户 of 光伏、旅游这两样，合计带动多少户: a list of things and what they are asked to have
    done, without a pause between them, and without the words that count them.
    """
    tokens = _without_number_of_listed(tokens)
    end = next((n for n in range(len(tokens) - 1, -1, -1) if tokens[n].is_separator and tokens[n + 1 :]), 0)
    begin = end
    number = number_of(tokens[end - 1]) if end and tokens[end - 1].figure is None else None
    if number is not None:
        begin -= 1
    elif end > _SEVERAL and tokens[end - 1].text in _KINDS and (figure := tokens[end - 2].figure):
        number, begin = figure.value, end - 2
    begin -= 1 if number is not None and begin and tokens[begin - 1].text in _THESE else 0
    listed, asked = tokens[:begin], tokens[end + 1 :]
    things = _parts(listed)
    plain = all(map(_lists, listed))
    if not plain or len(things) < _SEVERAL or number not in (None, len(things)):
        return list(tokens)
    asks = any(token.values("quantity") for token in asked)
    otherwise = any(token.values(kind) for token in asked for kind in _OTHERWISE)
    counts = any(number_of(token) is not None for token in asked)  # 两个百分数
    named = [token.values("concept") for token in asked if token.values("concept")]
    does = any(matcher.says_deed(names) for names in named) and not any(map(matcher.names_thing, named))
    if not (asks and does) or otherwise or counts:
        return list(tokens)
    return [*(Token(t.start, t.end, _AND, _JOINS) if t.is_separator else t for t in listed), *asked]


def _without_number_of_listed(tokens: Sequence[Token]) -> Sequence[Token]:
    """光伏和龙头企业也… of 光伏和龙头企业那两个也…, and of 光伏和龙头企业两项也…."""
    at = next((n for n, token in enumerate(tokens) if not _lists(token)), 0)
    if at + 2 >= len(tokens):
        return tokens
    these = tokens[at].text in _THESE
    behind = at + these
    number, end = number_of(tokens[behind]), behind + 1
    if not these and tokens[end].text not in _SUMS_UP:
        return tokens  # 光伏和旅游两个村
    if tokens[end].text in _KINDS:  # 两, 项
        number, end = number or parse_chinese(tokens[behind].text), end + 1
    return [*tokens[:at], *tokens[end:]] if number == len(_parts(tokens[:at])) >= _SEVERAL else tokens


def _lists(token: Token) -> bool:
    return bool(token.values("concept") or token.values("connective")) or token.is_separator


def _names(part: Sequence[Token]) -> bool:
    """光伏电站, 户数: whether a part names something, and tells no figure of it."""
    return any(t.values("concept") or t.values("quantity") for t in part) and not any(t.figure for t in part)


def _parts(tokens: Sequence[Token]) -> list[list[Token]]:
    """What stands between pauses and 和."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.is_separator or token.values("connective"):
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _end(tokens: Sequence[Token], begin: int) -> int:
    """Where a figure and its unit end."""
    end = begin + 1
    while end < len(tokens) and (tokens[end].values("classifier") or tokens[end].values("concept")):
        end += 1
    return end
