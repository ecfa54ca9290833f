"""Numbers as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.figures import find_figures, parse_chinese


@pytest.mark.parametrize(
    ("text", "value", "is_percent"),
    [
        ("七百四十七个", 747, False),
        ("百三万千瓦", 1_300_000, False),
        ("一百零三万", 1_030_000, False),
        ("千分之五", 0.5, True),
        ("十个里有七个", 70, True),
        ("一大半", 50, True),
        ("62.04万人次", 620400, False),
        ("六十二万", 620000, False),
        ("百分之九十四", 94, True),
        ("百分之99.5", 99.5, True),
        ("94%", 94, True),
        ("三亿六千八百万", 368_000_000, False),
        ("九点一万", 91_000, False),
        ("130万千瓦", 1_300_000, False),
        ("二〇一九年", 2019, False),
        ("十个亿", 1_000_000_000, False),
        ("27个亿", 2_700_000_000, False),
        ("两千零五十", 2050, False),
        ("一百二", 120, False),
        ("三万五", 35_000, False),
        ("9万8千", 98_000, False),
        ("3万2715人", 32_715, False),
        ("九成", 90, True),
        ("九成五", 95, True),
        ("九成九五", 99.5, True),
        ("廿几万", 200_000, False),
        ("三万两三千", 32_000, False),
        ("一半", 50, True),
        ("1,743", 1743, False),
        ("9万8", 98_000, False),
        ("3亿6800万", 368_000_000, False),
        ("3亿6千8百万", 368_000_000, False),
        ("26亿9千万", 2_690_000_000, False),
        ("5千8百19户", 5819, False),
        ("叁万贰仟柒佰壹拾伍", 32_715, False),
        ("10.69w户", 106_900, False),
        ("廿万人", 200_000, False),
        ("99.5趴", 99.5, True),
        ("四分之一", 25, True),
        ("五分之二", 40, True),
    ],
)
def test_reads(text: str, value: float, is_percent: bool) -> None:
    (figure,) = find_figures(text)
    assert (float(figure.value), figure.is_percent) == (value, is_percent)


@pytest.mark.parametrize(
    ("text", "lowest", "step"),
    [
        ("七八百个", 700, 200),
        ("四十六七万人", 460_000, 20_000),
        ("三四十家", 30, 20),
        ("十几二十个", 10, 11),
        ("十几二十万", 100_000, 100_000),
        ("四五个亿", 400_000_000, 200_000_000),
    ],
)
def test_two_digits_in_a_row_leave_a_number_open(text: str, lowest: int, step: int) -> None:
    (figure,) = find_figures(text)
    assert (figure.value, figure.grain) == (Decimal(lowest), Decimal(step))
    assert figure.open


@pytest.mark.parametrize("text", ["几个", "多少户", "千瓦", "成立了", "", "万"])
def test_reads_no_number(text: str) -> None:
    assert find_figures(text) == []


def test_three_figures_in_a_row() -> None:
    assert [f.value for f in find_figures("9754，4795，5819这三批")][:3] == [9754, 4795, 5819]


DIGITS = "零一二三四五六七八九"


def spell(number: int) -> str:
    """A number below 10,000 as Chinese writes it."""
    text = ""
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            text += DIGITS[digit] + unit
        elif text and number and not text.endswith("零"):
            text += "零"
    return text.rstrip("零") or "零"


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_spelled_numbers_read_back(high: int, low: int) -> None:
    assert parse_chinese(spell(high)) == high
    filler = "零" if 0 < low < 1000 else ""
    assert parse_chinese(f"{spell(high)}万{filler}{spell(low) if low else ''}") == high * 10_000 + low


@given(st.decimals(0, 100_000, places=2))
def test_arabic_numbers_read_back(value: Decimal) -> None:
    (figure,) = find_figures(f"{value}万")
    assert figure.value == value * 10_000


@given(st.text())
def test_never_fails_and_spans_are_in_order(text: str) -> None:
    last = 0
    for figure in find_figures(text):
        assert last <= figure.start < figure.end <= len(text)
        last = figure.end
