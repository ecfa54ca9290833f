"""带动户数：光伏、旅游各是多少: a measure that heads a list of things, read as what is asked of each of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import dropwhile, groupby, takewhile, zip_longest

from bot.language.lexicon import Token
from bot.language.normalise import SEPARATOR, STOP
from bot.understanding.matcher import Matcher

#: things of which each is asked
_SEVERAL = 2
#: tokens in which a topic is named that the rest of the message is about
_FRAME = 5
#: kinds of word by which a part speaks of another place, year or group, or of those who aren't
_LIMITS = ("guard", "past", "not", "none", "undone", "undone_next", "except", "there", "speaker")
#: kinds of word that are no part of a plain list
_OTHERWISE = ("claim", "compare", "versus", "ask")


def as_asked_of_each(tokens: Sequence[Token], matcher: Matcher) -> list[Token]:
    """The tokens with the measure behind the things (光伏、旅游带动户数各是多少); as they are without such a list."""
    at = next((n for n, token in enumerate(tokens) if token.values("distributor")), 0)
    end = next((n for n, token in enumerate(tokens) if token.is_separator), 0)
    if not at or not end or tokens[end].text != SEPARATOR:
        return list(tokens)
    if at < end:  # 带动的贫困人口各是多少：旅游、龙头企业
        last = len(tokens) - 1 if tokens[-1].is_separator else len(tokens)
        head, things, asked = tokens[:at], tokens[end + 1 : last], tokens[at:end]
    else:
        head, things, asked = tokens[:end], tokens[end + 1 : at], tokens[at:]
    if any(token.values("concept") for token in asked) and _counts(head):
        return list(tokens)  # 人数，企业、主体各带动多少
    named = sum(bool(token.values("concept")) for token in things)
    joined = any(token.is_separator or token.values("connective") for token in things)
    of_things = all(matcher.names_thing(t.values("concept")) for t in things if t.values("concept"))
    measures = (_counts(head) and (of_things or at > end)) or (of_things and _tells_of_whom(head, matcher))
    if not (measures and joined and named >= _SEVERAL):
        return list(tokens)
    lists = not any(token.figure or token.values("quantity") for token in things)
    if not lists or any(token.figure or any(map(token.values, _OTHERWISE)) for token in tokens):
        return list(tokens)
    return [*things, *(token for token in head if not token.values("filler")), *asked]


def after_frame(tokens: Sequence[Token], frames: Collection[str], back: Collection[str]) -> list[Token]:
    """有劳动能力的多少 of 就业这块，有劳动能力的多少; empty where no topic is named first, or nothing behind it.

    `frames`: words behind a topic that is only spoken of (这块, 方面); `back`: before one returned to (回到就业，…).
    """
    begins = bool(tokens) and tokens[0].text in back
    stops = (t.is_separator if begins else t.text in frames or t.text == STOP for t in tokens[:_FRAME])
    ends = (n for n, stops_here in enumerate(stops) if stops_here)
    at = next(ends, 0)
    idle = ("filler", "claim", "speech")  # 说回就业吧, 下面讲就业。
    named = [t for t in tokens[:at] if not (t.is_separator or any(map(t.values, idle)))]
    rest = list(tokens[at + 1 :])
    if len(named) != 1 or not named[0].values("concept") or not any(token.values("concept") for token in rest):
        return []
    return rest[1:] if rest[0].is_separator else rest


def with_thing_measured(tokens: Sequence[Token], matcher: Matcher, asking: Collection[str]) -> list[Token]:
    """光伏座数、装机 of 光伏：座数、装机: a thing that heads a list of its measures, read with the first of them.

    `asking`: what words that ask for a number begin with (多少).
    """
    head, first = _head(tokens)
    named = [token.values("concept") for token in head]
    if not named or not all(named) or not any(map(matcher.names_thing, named)):
        return list(tokens)
    counts = [token for token in first if token.values("quantity")]
    measures = bool(counts) and not any(token.text.startswith(tuple(asking)) for token in counts)
    plain = not any(token.figure or any(map(token.values, ("claim", "ask", "guard"))) for token in first)
    other = any(matcher.names_thing(token.values("concept")) for token in first if token.values("concept"))
    return [*head, *tokens[len(head) + 1 :]] if measures and plain and not other else list(tokens)


def with_counted_subject(tokens: Sequence[Token], matcher: Matcher, done: Collection[str]) -> list[Token]:
    """那5家示范点带动了多少人 of 那5家示范点，带动了多少人: what is counted first is of what is asked, pause or not.

    `done`: words behind what has been done (脱贫了).
    """
    head, asked = _head(tokens)
    named = list(dropwhile(lambda token: token.values("filler"), head))
    counted = len(named) > 1 and bool(named[0].figure) and bool(head[-1].values("concept"))
    things = [token for token in named[1:] if not token.values("classifier")]
    counted = counted and all(token.values("concept") and not token.figure for token in things)
    at = next((n for n, token in enumerate(asked) if not token.values("filler")), len(asked))
    if not (counted and asked[at:] and asked[at].values("concept")):
        return list(tokens)
    acts = asked[at].text[-1] in done or (len(asked) > at + 1 and asked[at + 1].text in done)
    asks = any(token.values("quantity") for token in asked) and not any(t.values("claim") or t.figure for t in asked)
    other = any(matcher.names_thing(token.values("concept")) for token in asked if token.values("concept"))
    return list(tokens) if not asks or (other and not acts) else [*head, *tokens[len(head) + 1 :]]


def as_counted_of_each(tokens: Sequence[Token], matcher: Matcher, asking: Collection[str]) -> list[Token]:
    """企业带动的贫困人口多少、… of 受带动的贫困人口，企业多少、旅游多少: who heads a list is asked for of each.

    `asking`: what words that ask for a number begin with (多少).
    """
    parts = [list(part) for sets_apart, part in groupby(tokens, key=lambda t: t.is_separator) if not sets_apart]
    head, things = parts[0] if parts else [], parts[1:]
    if len(things) < _SEVERAL:
        return list(tokens)
    limited = any(t.values(kind) for t in head for kind in _LIMITS)
    heads = not limited and (_tells_of_whom(head, matcher) or _counts(head))  # 去年带动的户 is of another year
    if not heads or any(t.figure or t.values("ask") for t in head):
        return list(tokens)
    for part in things:
        named = [token.values("concept") for token in part[:-1] if token.values("concept")]
        asks = part[-1].values("quantity") == ("any",) and part[-1].text.startswith(tuple(asking))
        idle = all(token.values("concept") or token.values("filler") for token in part[:-1])
        if not (asks and idle and len(named) == 1 and matcher.names_thing(named[0])):
            return list(tokens)
    ends = [token for token in tokens if token.is_separator][1:]
    told = [token for token in head if token.values("concept") or token.values("quantity")]
    of_each = zip_longest(things, ends[: len(things)])
    return [t for part, end in of_each for t in (*part[:-1], *told, part[-1], *([end] if end else []))]


def _head(tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """What stands before the first pause, and from there to the next; both empty where no pause comes first."""
    end = next((n for n, token in enumerate(tokens) if token.is_separator), 0)
    if not end or tokens[end].text != SEPARATOR:
        return (), ()
    return tokens[:end], list(takewhile(lambda token: not token.is_separator, tokens[end + 1 :]))


def _counts(head: Sequence[Token]) -> bool:
    """户数, unlike 多少户, or 户数和人数: whether a part names the one thing to be counted, and asks nothing yet."""
    counted = [value for token in head for value in token.values("quantity")]
    return len(counted) == 1 and "any" not in counted


def _tells_of_whom(head: Sequence[Token], matcher: Matcher) -> bool:
    """带动的贫困人口: whether a part names those who are to be counted, and no thing that does it."""
    named = [token.values("concept") for token in head if token.values("concept")]
    plain = not any(token.values("quantity") or token.values("connective") for token in head)
    return plain and sum(map(matcher.names_counted, named)) == 1 and not any(map(matcher.names_thing, named))
