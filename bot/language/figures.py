"""Read the numbers people write: 62.04万, 六十二万, 百分之九十四, 九成, 130万千瓦, １００％.

Numbers are parsed to be compared and never to rewrite what a user sees.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2, "俩": 2, "仨": 3, "○": 0}
_DIGITS |= {c: i for i, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000, "w": 10_000}

#: a longer number is noise: no report counts anything that large
_TOO_LARGE = Decimal(10) ** 15

#: how coarsely a fraction is meant, in points of a percentage
_FRACTION_GRAIN = Decimal(5)

_ARABIC = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = (
    r"(?:[零〇○一二三四五六七八九两俩仨十廿卅万亿壹贰叁肆伍陆柒捌玖拾佰仟]|百(?!分)|千(?!瓦|分之))+"
    r"(?:点[零〇○一二三四五六七八九]+[万亿]*)?(?:个(?=亿)亿)?"
)
_NUMBER = re.compile(
    r"(?P<denominator>[二三四五六七八九十])分之(?P<numerator>[一二两三四五六七八九])"
    rf"|(?P<fewtenths>[一二两三四五六七八])(?P<toptenths>[二三四五六七八九])成(?![立为功本果绩员效长份年]|就(?!业|了业))"
    rf"|(?P<tenths>[一二两俩三四五六七八九\d])成(?P<rest>[一二三四五六七八九半几])?(?P<finer>(?<=[一二三四五六七八九])[一二三四五六七八九])?(?![立为功本果绩员效长份年]|就(?!业|了业))"
    rf"|(?<![以成])上(?P<over>[百千]万?|万)(?=[个家座户人名口条处块元])"
    rf"|(?P<odd>[百千])几(?=[个家座户人名口条处块元])|(?P<nearly>[百千万])把(?=[个家座户人名口条处块元])"
    rf"|(?<![完建达变养造落编生组形一二三四五六七八九几])成(?P<about>[百千万])(?=[个家座户人名口条间处])"
    rf"|(?<![一二两三四五六七八九十百千万几])(?P<short>百[一二三四五六七八九]|千[一二三四五六七八九]|万[二三四五六七八九])(?=[个家座户人名口条间处])"
    rf"|(?P<stem>(?:[一二两三四五六七八九十]+亿)?[一二两三四五六七八九十百千廿卅\d]+)个?(?P<open>[几多来])(?P<stemscale>[万亿])"
    rf"|(?P<low>(?:[一二两三四五六七八九]?[十百千万])*[一二两三四五六七八])(?P<high>[二三四五六七八九])(?P<ranged>个?(?=亿)亿|[十百千]?[万亿]|[百千十])"
    rf"|(?P<teens>十[几来]个?二十)(?P<teensscale>[万亿])?"
    rf"|(?P<outof>十|一百|10|100)个[人户]?(?:里头|里面|里边|里|当中|中)[就约能得]?有(?P<some>[一二两三四五六七八九]|\d{{1,2}})个"
    rf"|(?P<half>一半|一多半|一大半|大半(?![年天夜辈生]))|(?P<all>百分百|百分之一百)|(?P<per>[百千]分之)?"
    rf"(?:(?P<mixed>\d+亿(?:\d+千)?(?:\d+百)?(?:\d+)?万|\d+千\d+百(?:\d+)?|"
    rf"\d+亿(?:\d+万)?(?:\d+千)?(?:\d+(?!\d*[.%]))?|\d+万(?:\d+千)?(?:\d+百)?(?:\d+(?!\d*[.%]))?)(?<!亿)|(?P<arabic>{_ARABIC})\s*(?P<scale>个?[十百千]?[万亿]+|[千百](?!瓦)|w(?![a-z]))?|(?P<chinese>{_CHINESE}))"
    r"(?P<percent>\s*(?:%|％|个?(?:百分点|巴仙|趴|percent|pct)))?",
    re.IGNORECASE,
)


#: the groups that say a share by themselves
_SHARES = ("denominator", "outof", "tenths", "fewtenths", "half", "all")


class Figure(NamedTuple):
    """A number found in a text: its span, its value (percentages as 94 for 94%), and whether it is a percentage."""

    start: int
    end: int
    value: Decimal
    is_percent: bool
    #: the unit of the last written digit: 10000 for 62万 and 100 for 七百; says how coarsely it was rounded
    grain: Decimal
    #: the word inside the number that leaves it open: 几 in 六十几万, else ""
    open: str = ""


@lru_cache(maxsize=4096)
def parse_chinese(text: str) -> Decimal | None:
    """The value of a Chinese numeral (七百四十七 → 747, 三亿六千八百万, 九点一万, 二〇一九, 十个亿), or None."""
    scale = Decimal(1)
    text = text.replace("个", "").replace("廿", "二十").replace("卅", "三十")
    while text and text[-1] in _LARGE and "点" in text:
        scale *= _LARGE[text[-1]]
        text = text[:-1]
    whole, _, fraction = text.partition("点")
    if not whole:
        return None
    if all(c in _DIGITS for c in whole) and len(whole) > 1:
        number = Decimal("".join(str(_DIGITS[c]) for c in whole))
    else:
        parsed = _parse_whole(whole)
        if parsed is None:
            return None
        number = Decimal(parsed)
    if fraction:
        if any(c not in _DIGITS for c in fraction):
            return None
        number += Decimal("0." + "".join(str(_DIGITS[c]) for c in fraction))
    return number * scale


def _parse_whole(text: str) -> int | None:
    total = section = 0
    digit: int | None = None
    last_unit = last_large = 1
    for at, char in enumerate(text):
        if char in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[char]
        elif char in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[char]
            digit, last_unit = None, _SMALL[char]
        elif char in _LARGE:
            # 百三万 means 1,300,000, unlike 百零三万.
            short = digit and last_unit in (100, 1000) and text[at - 2] in _SMALL
            section += (digit or 0) * (last_unit // 10 if short else 1)
            if section == 0 and total == 0:
                return None
            # 四万八千万 is 48,000 times 万; in 三亿六千万 万 only scales what stands behind 亿.
            scales_all = bool(total) and _LARGE[char] >= last_large
            total = (total + section) * _LARGE[char] if scales_all else total + section * _LARGE[char]
            section, digit, last_unit, last_large = 0, None, _LARGE[char], _LARGE[char]
        else:
            return None
    # 三万五 means 35,000 and 一百二 means 120: a bare last digit takes the place below the last unit.
    if digit and last_unit >= 100 and text[-2] not in "零〇○":
        digit *= last_unit // 10
    return total + section + (digit or 0)


def scale_of(text: str) -> Decimal | None:
    """The scale that a word for a large number names (1000 for 上千个, 100000 for 几十万), or None."""
    return parse_chinese(scale) if (scale := "".join(c for c in text if c in _SMALL or c in _LARGE)) else None


def find_figures(text: str) -> list[Figure]:
    """Every number in a normalised text, in order. 几 and 多少 are not numbers."""
    return [figure for match in _NUMBER.finditer(text) if (figure := _figure(match)) is not None]


def _figure(match: re.Match[str]) -> Figure | None:
    if any(match[share] for share in _SHARES):
        return _share(match)
    if match["over"]:
        # 上千座: a thousand and more, but no ten thousand.
        value = parse_chinese(f"一{match['over']}") or Decimal(0)
        return Figure(match.start(), match.end(), value, False, value * 9, "多")
    if match["odd"]:
        value = parse_chinese(f"一{match['odd']}") or Decimal(0)
        return Figure(match.start(), match.end(), value, False, value, "几")  # 百几条
    if nearly := match["nearly"] or match["about"]:
        value = parse_chinese(f"一{nearly}") or Decimal(0)
        return Figure(match.start(), match.end(), value, False, value / 10, "来")  # 千把个, 成千个
    if match["short"]:
        value = parse_chinese(f"一{match['short']}") or Decimal(0)
        return Figure(match.start(), match.end(), value, False, _trailing_grain(value))  # 万八户
    if match["stem"]:
        large, _, rest = match["stem"].rpartition("亿")
        if large:  # 三亿六千几万
            said = parse_chinese(f"{large}亿{rest}{match['stemscale']}") or Decimal(0)
            return Figure(match.start(), match.end(), said, False, _trailing_grain(said), match["open"])
        stem = Decimal(match["stem"]) if match["stem"].isdecimal() else parse_chinese(match["stem"])
        if stem is None or stem >= _TOO_LARGE:
            return None
        scale = Decimal(_LARGE[match["stemscale"]])
        return Figure(match.start(), match.end(), stem * scale, False, _trailing_grain(stem) * scale, match["open"])
    if match["low"]:
        low, high = _DIGITS[match["low"][-1]], _DIGITS[match["high"]]
        lowest, step = parse_chinese(match["low"] + match["ranged"]), parse_chinese("一" + match["ranged"].lstrip("个"))
        if lowest is None or step is None or high != low + 1:
            return None
        return Figure(match.start(), match.end(), lowest, False, step * 2, "几")  # 七八百: from 700 up to 900
    if match["teens"]:
        scale = Decimal(_LARGE[match["teensscale"]]) if match["teensscale"] else Decimal(1)
        most = 11 if scale == 1 else 10  # 十几二十: 20 is the most
        return Figure(match.start(), match.end(), 10 * scale, False, most * scale, "几")
    scale = Decimal(1)
    if match["mixed"]:
        value = _mixed(match["mixed"])
        grain = _trailing_grain(value)
    elif match["arabic"]:
        digits = match["arabic"].replace(",", "")
        for char in (match["scale"] or "").lstrip("个").lower():
            scale *= _SMALL.get(char) or _LARGE[char]
        value = Decimal(digits) * scale
        decimals = len(digits.partition(".")[2])
        grain = scale / (Decimal(10) ** decimals)
        if not decimals and scale == 1:
            grain = _trailing_grain(value)
    else:
        parsed = parse_chinese(match["chinese"])
        if parsed is None:
            return None
        value = parsed
        grain = _trailing_grain(value)
    if value >= _TOO_LARGE:
        return None
    if match["per"] == "千分之":
        value, grain = value / 10, grain / 10
    is_percent = bool(match["per"] or match["percent"])
    if is_percent:
        grain = min(grain, Decimal(1))  # 百分之百 isn't a rounded 99.5%
    return Figure(match.start(), match.end(), value, is_percent, grain)


def _share(match: re.Match[str]) -> Figure | None:
    """A share said without 百分之: 三分之一, 七成, 一半."""
    if match["denominator"]:
        parts = [parse_chinese(match[part]) or Decimal(1) for part in ("numerator", "denominator")]
        return Figure(match.start(), match.end(), 100 * parts[0] / parts[1], True, _FRACTION_GRAIN)
    if match["outof"]:
        of, some = (parse_chinese(said) or Decimal(said) for said in (match["outof"], match["some"]))
        return Figure(match.start(), match.end(), 100 * some / of, True, 100 / of)
    if match["tenths"]:
        tenths = Decimal(_DIGITS.get(match["tenths"]) or int(match["tenths"]))
        rest = match["rest"]
        if rest == "几":
            return Figure(match.start(), match.end(), tenths * 10, True, Decimal(10), rest)
        value = tenths * 10 + (_DIGITS.get(rest, 5) if rest else 0)
        if match["finer"]:  # 九成九五
            finer = value + Decimal(_DIGITS[match["finer"]]) / 10
            return Figure(match.start(), match.end(), finer, True, Decimal("0.1"))
        return Figure(match.start(), match.end(), value, True, Decimal(1 if rest else 10))
    if match["fewtenths"]:
        low, high = _DIGITS[match["fewtenths"]], _DIGITS[match["toptenths"]]
        if high != low + 1:
            return None
        return Figure(
            match.start(), match.end(), Decimal(low * 10), True, Decimal(15), "几"
        )  # 五六成: from 50% up to 70%
    if match["half"]:
        more = match["half"] != "一半"
        return Figure(match.start(), match.end(), Decimal(50), True, Decimal(50 if more else 10), "多" if more else "")
    return Figure(match.start(), match.end(), Decimal(100), True, Decimal(1))


def _mixed(text: str) -> Decimal:
    """1亿2000万, 3万5千; the lone last digit of 9万8 takes the place below 万."""
    if all(len(digits) == 1 for digits in re.findall(r"\d+", text)):
        chinese = parse_chinese("".join("零一二三四五六七八九"[int(c)] if c.isdecimal() else c for c in text))
        if chinese is not None:
            return chinese  # 3亿6千8百万
    parts = re.findall(r"(\d+)(亿|千万|百万|万|千|百)?", text)
    value = sum((Decimal(digits) * _scale(unit) for digits, unit in parts), Decimal(0))
    digits, unit = parts[-1]
    if not unit and len(digits) == 1:
        value += Decimal(digits) * (_scale(parts[-2][1]) // 10 - 1)
    return value


def _scale(unit: str) -> int:
    scale = 1
    for char in unit:
        scale *= _SMALL.get(char) or _LARGE[char]
    return scale


def _trailing_grain(value: Decimal) -> Decimal:
    """The place of the last non-zero digit: 100 for 700, 1 for 747."""
    grain = Decimal(1)
    if value >= _TOO_LARGE or value != value.to_integral_value() or value == 0:
        return grain
    while value % (grain * 10) == 0:
        grain *= 10
    return grain
