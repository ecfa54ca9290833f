"""Which figures of a sentence belong together, by the order in which the report tells them.

解决了33个村4212人的饮水问题，完成了618个村的工程，惠及46.68万人: the 46.68万人 are those of the 618 villages, which
are the nearest before them, and not of the 33; and the 4212人 have villages of their own, and are not of the 618.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.knowledge.model import Fact
from bot.understanding.clause import UNCOUNTABLE, WHO_AND_WHERE

_PAUSE = re.compile("[，；。]")
#: what is counted and does nothing itself
_NO_DOERS = WHO_AND_WHERE | UNCOUNTABLE


def stands_before(fact: Fact, other: Fact) -> bool:
    """Whether the report tells a figure in the same sentence as the other, and before it."""
    return fact.sentence is other.sentence and _place(fact) < _place(other)


def told_instead(one: Fact, other: Fact, facts: Sequence[Fact]) -> Fact | None:
    """Of `facts`, the one whose figure the report tells of one of two that were said to belong together.

    None where these do, or count nothing or the same, or stand in different sentences.
    """
    counted = bool(one.counts and other.counts) and one.counts != other.counts
    if one.sentence is None or one.sentence is not other.sentence or not counted:
        return None
    first, second = sorted((one, other), key=_place)
    within = [fact for fact in facts if fact.sentence is one.sentence]
    before = [fact for fact in within if fact.counts == first.counts and stands_before(fact, second)]
    nearest = max(before, key=_place)
    if nearest is not first:
        return nearest
    if _part(first) == _part(second):
        return None
    return next((fact for fact in within if fact.counts == second.counts and _part(fact) == _part(first)), None)


def told_as_one(first: Fact, second: Fact) -> bool:
    """975个130万千瓦: whether nothing parts two figures of different things, told in this order."""
    return stands_before(first, second) and _part(first) == _part(second) and first.counts != second.counts


def has_other_doer(done: Fact, doer: Fact, facts: Sequence[Fact]) -> bool:
    """Whether the report tells a figure right behind that of others than those who are said to have done it."""
    within = [fact for fact in facts if fact.sentence is done.sentence and _part(fact) == _part(done)]
    others = [fact for fact in within if stands_before(fact, done) and fact.counts not in _NO_DOERS]
    return bool(others) and _part(doer) != _part(done)


def _place(fact: Fact) -> int:
    """Where its figure begins in its sentence."""
    return fact.sentence.text.find(fact.figure) if fact.sentence else -1


def _part(fact: Fact) -> int:
    """How many pauses stand before its figure."""
    return len(_PAUSE.findall(fact.sentence.text[: _place(fact)])) if fact.sentence else 0
