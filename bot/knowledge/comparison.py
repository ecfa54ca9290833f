"""Compare two figures of the report: which is larger, and by how much, as exactly as the report's rounding allows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from bot.knowledge.model import Fact

#: kinds of number that compare only with their own kind; all others count things one by one (个, 家, 座)
_OWN_KIND = frozenset({"元", "千瓦", "比例", "人次", "人", "户"})
#: from how many times on that is worth saying
_TELLING_TIMES = Decimal("1.5")
_SCALES = {"亿": Decimal(100_000_000), "万": Decimal(10_000)}
_FIGURE = re.compile(r"(?P<digits>\d+(?:\.(?P<decimals>\d+))?)(?P<scale>[万亿]?)(?P<unit>.*)")


class Comparison(NamedTuple):
    """`larger` and `smaller` are the facts in order of size; `difference` is how it is said (8.89万户), "" if equal.

    `is_exact` is false where the report's figures are rounded more coarsely than the difference. `times` is how many
    times the smaller the larger is (3.4), "" where that says nothing: of shares, or of figures nearly alike.
    """

    larger: Fact
    smaller: Fact
    difference: str
    is_exact: bool
    times: str = ""


def compare(one: Fact, other: Fact) -> Comparison | None:
    """The comparison of two facts, None where their figures are no like units."""
    if one.value is None or other.value is None or _kind(one) != _kind(other):
        return None
    larger, smaller = (one, other) if one.value >= other.value else (other, one)
    difference = abs(one.value - other.value)
    if not difference:
        return Comparison(larger, smaller, "", is_exact=True)
    shares = larger.counts == "比例"  # between 99.5% and 94%, half a point tells
    grain = (min if shares else max)(_grain(one), _grain(other))
    rounded = (difference / grain).quantize(Decimal(1), rounding=ROUND_HALF_UP) * grain
    scale = next((s for s in _SCALES if s in larger.figure and s in smaller.figure), "")
    number = f"{(rounded / _SCALES.get(scale, Decimal(1))).normalize():f}"
    unit = "个百分点" if shares else f"{scale}{larger.unit}"
    return Comparison(larger, smaller, number + unit, _grain(one) == _grain(other), _times(larger, smaller))


def ranked(facts: Sequence[Fact]) -> list[Fact] | None:
    """The facts from the largest figure to the smallest, None where their figures are no like units."""
    values = [(fact.value, fact) for fact in facts if fact.value is not None]
    if len(values) < len(facts) or len({_kind(fact) for fact in facts}) > 1:
        return None
    return [fact for _, fact in sorted(values, key=lambda pair: pair[0], reverse=True)]


def _times(larger: Fact, smaller: Fact) -> str:
    if not larger.value or not smaller.value or larger.counts == "比例":
        return ""
    times = (larger.value / smaller.value).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{times.normalize():f}" if times >= _TELLING_TIMES else ""


def _kind(fact: Fact) -> str:
    return fact.counts if fact.counts in _OWN_KIND else "个"


def _grain(fact: Fact) -> Decimal:
    """The place of the figure's last digit: 100 for 10.69万户."""
    match = _FIGURE.fullmatch(fact.figure)
    if match is None:
        return Decimal(1)
    return _SCALES.get(match["scale"], Decimal(1)) / Decimal(10) ** len(match["decimals"] or "")
