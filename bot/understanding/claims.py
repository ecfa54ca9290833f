"""Check a claimed number against the report's: 七百多 is 747, 快一千 is 975, 九成以上 is 94%, 9万 isn't 102470."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

#: how far from the truth (as a share of it) a number said with 大约 may be
ABOUT = Decimal("0.08")
#: … and a round number said without it: 10万 for 102470, but not 700 for 747
ROUNDED = Decimal("0.03")
#: how far below the claimed number (as a share of it) the truth may be for 快 and 将近; never above
NEARLY = Decimal("0.1")
#: how far from a number said with 来 (as a share of the place of its last digit) the truth may be: 十来个 isn't 5
SO_MANY = Decimal("0.45")
#: … and how far below it: 十来万 isn't 60,700
NOT_LESS = Decimal("0.05")


def supports(truth: Decimal, claimed: Decimal, grain: Decimal, relations: Collection[str], *, open_ended: str) -> bool:
    """Whether the claim holds.

    `grain` is the place of the last digit said (100 for 七百); `relations` are among above, below, at_least,
    at_most, about, nearly and exactly; `open_ended` is how the number is left open: "upwards" (七百多), "around"
    (一百来个), "barely" (一千出头 isn't 1743), or "" (not at all).
    """
    if set(relations) == {"exactly"} and not open_ended:
        return truth == claimed  # 刚好一千个 isn't 975
    if open_ended and "nearly" not in relations:  # 快上千 is less than a thousand
        # 七百多: from 700 up to the next place that was said; 一百来个: around 100.
        if open_ended == "around":
            # 七百四十来个 is any from 740 on; 一百来个 isn't 150.
            if claimed >= 10 * grain:
                return abs(truth - claimed) < grain
            return claimed - grain * NOT_LESS <= truth < claimed + grain * SO_MANY
        if open_ended == "barely":
            return claimed <= truth < claimed + grain * SO_MANY
        return claimed <= truth < claimed + grain
    if "nearly" in relations:
        return claimed * (1 - NEARLY) <= truth <= claimed
    if "at_least" in relations:
        return truth >= claimed
    if "at_most" in relations:
        return truth <= claimed
    if "below" in relations and "about" not in relations:
        return truth < claimed
    if "above" in relations:
        return truth > claimed or (truth == claimed and "about" in relations)
    if "about" in relations:
        return abs(truth - claimed) <= abs(truth) * ABOUT
    if truth == claimed:
        return True
    # Only a number said to fewer digits is a rounded one: 748 for 747 is wrong, however near.
    return grain > 1 and abs(truth - claimed) <= min(grain / 2, abs(truth) * ROUNDED)
