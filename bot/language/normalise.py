"""Fold a message to one plain form: half-width, Simplified, lower case, no emoji, known separators."""

from __future__ import annotations

import re
import unicodedata

from bot.language.script import to_simplified

#: what every separator becomes; a space is a weaker pause than punctuation but still one
SEPARATOR = "，"
#: a space beside a Latin word: no pause (how many, solar 电站)
JOINER = "_"
STOP = "。"
QUESTION = "？"

# Patterns of steps that few messages need are compiled, and kept, by `re` when they are first used.

_STOPS = r"(?:[?!;。！？；\n\r…]|\.(?!\d))+"
_PAUSES = r"(?<!\d),|,(?!\d)|、+|[，:：/|\\~·\-—–]+(?!\d)|(?<!\d)[-:：]+"
#: a pause that, read again, would be taken for the comma of a number
_BETWEEN_DIGITS = r"(?<=\d)，(?=\d)"
#: pauses and stops up to the last stop
_TO_STOP = "[，。？]*[。？]"
_BRACKETS = r"[()\[\]{}【】]+"
#: “四包”“七长”: two things named, one beside the other
_QUOTED_BESIDE = "[”’」』](?=[“‘「『])"
#: markup, whose names say nothing: <b>, </script>
_TAG = r"</?[A-Za-z][^<>]*>"
_QUOTES = r"[\"'“”‘’「」『』《》〈〉<>*`^#@$￥]+"
_LATIN_SPACE = r"(?<=[a-z]) (?=\S)|(?<=\S) (?=[a-z])"
#: a word character above U+02FF: Chinese, but Greek, Cyrillic and kana as well (a range of all Chinese characters takes
#: re a hundred times as long to compile)
_FAR = r"[^\W\x00-\u02ff]"
#: how the crawled report shows a sound: 鄉(xiāng)村
_PINYIN_NOTE = f"(?<={_FAR})\\([a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*\\)"
#: the number of an item of a list: ①, (一), 1)
_NUMBERING = (
    "[\u2460-\u2487](?![长个类项级重位县村])|[(（][一二三四五六七八九十][)）]|(?<![\\d.])\\d[)）]|(?<![A-Za-z])[A-Ea-e][)）]"
    "|第[一二三四五六七八九1-9][题问][:：,，、]?"
)
#: the number that an exercise leaves out, to be filled in
_BLANK = (
    r"(?:_|＿){2,}(?=[个家户人名位座万亿千元村县处条的%％，。；？]|$)"
    r"|[(（\[【]\s*[)）\]】]\s*(?=[个家户人名位座万亿千元村县处条的%％])|(?<=率)[(（]\s*[)）]"
)
#: 装机(万kW), 收益(亿): the unit that the head of a table is in
_UNIT_OF_HEAD = (
    r"\s*[(（](?![)）])(?:[%％]|([万亿]?[个家户人名座元]?|万?人次|万?(?:千瓦|kW|kw|KW)))[)）](?!\s*[:：]?\s*\d)"
)
_ASKS_NUMBER = "多少|几|幾"
#: … and 1、 or 一、 where what is said begins, of which a list has at least two: 示范点是 6、对吧 claims a figure
_ITEM = (
    "(?<![^\\s，,。；;：:？?])(?:[1-9]|[一二三四五六七八九])[、.．]"
    "\\s*(?![\\d一二两三四五六七八九十百千万亿个座家户人名])"
)
_PLAIN = re.compile(r"(?:[\u4e00-\u9fff0-9%]|\.(?=[0-9]))+[?？。]?")
#: what those steps read in numbers and Chinese characters as well
_SAYS_NUMBER = re.compile(
    "[过過]半|之[间間]|[县縣村户戶人][和及与與].*[数數]|第[1-9][题題问問]|[0-9一二两兩三四五六七八九十][到至]"
)
#: 4到5亿, 100~130个: what the second number is counted in, the first is as well
_RANGE = (
    r"(\d[\d.]*|[一二两三四五六七八九十]+)(?:到|至|~|～|—|–|-)(\d[\d.]*|[一二两三四五六七八九十]+)"
    r"([百千]?[万亿]|%|％|成)?(?=([个座户人名家元]?))"
)
#: 在4亿和5亿之间
_BETWEEN = r"(?<=[\d百千万亿%％成个座户人名家元])[和与跟同](?=[\d一二两三四五六七八九十][^，。？,.?]{0,8}之间)"
#: 99%+: that, and more
_AND_MORE = r"(?<=[\d%万亿])\s*\+(?=\s*(?:$|[^\w\s]|[对吧吗]))"
_PLUS = r"\s*\+\s*"
_REPEATED_SPACE = r"\s+"
#: 住 院 报 销: each character by itself
_SPACED = f"(?:{_FAR} ){{2,}}{_FAR}(?!{_FAR})"
#: the sounds that Taiwanese readers type for the little words they stand for, and a frame that looks like 口
_FOR_WORDS = str.maketrans(dict(zip("ㄉㄇㄋㄅㄌㄚㄛㄟㄧㄏ囗", "的吗呢吧了啊哦诶一哈口", strict=True)) | {"瓩": "千瓦"})
#: characters each behind a mark of its own (危。房。改。造)
_CHOPPED = f"(?:{_FAR}[。.·…~\\-]){{3,}}{_FAR}(?!{_FAR})"
_MARKS = "[。.·…~\\-]"
#: 过半 names a number
_OVER_HALF = "(?<![通经超])过半(?![年天个小导决路径票])数?"
#: 元/户
_PER = "(元|块|千瓦)/(户|人次|座|个|人)"
#: 有 747 個村: a number set off from the characters around it, which is no pause
_SET_OFF = (
    f"(?<={_FAR}) ?(\\d[\\d.]*) ?(?=[个座户人名位家村县处条项所间棵次万亿千元](?!数))"
    f"|(?<={_FAR}) (\\d[\\d.]*%)"
    f"|(?<={_FAR}) (\\d[\\d.]*) (?={_FAR})(?![村县户人]数)"
)
#: 4.8 million: as Chinese counts
_ENGLISH_SCALE = r"(?<=\d)\s*(hundred million|million|billion|thousand)(?![a-z])"
#: 100 thousand: 10万, unlike 102.470 thousand
_TENS_OF_THOUSANDS = r"(?<![\d.])([1-9]\d*)0\s*thousand(?![a-z])"
_SCALES = {"hundred million": "亿", "million": "百万", "billion": "十亿", "thousand": "千"}
#: 县、村数: what the last says is said of all
_SHARED_COUNT = "(?<![少几责导持么些个])[县村户人](?=(?:[、和及与][县村户人])+数)"
_UNGROUPED = r"(?<=\d),(?=\d)"
#: 995‰
_PER_MILLE = r"(\d[\d.]*)\s*‰"
_DIGIT_GROUPS = r"(?<=\d),(?=\d{3}(?!\d))"
#: emoji, pictographs, control, private-use, unassigned and surrogate characters; % and + are kept
_DROPPED = frozenset({"So", "Sk", "Cc", "Cf", "Co", "Cn", "Cs", "Mn", "Me", "Sc"})


def normalise(message: str) -> str:
    """The message in NFKC, Simplified and lower case, its pauses as ，, its stops as 。, emoji gone.

    A space between Chinese words is a pause as well; beside a Latin word it becomes JOINER.
    """
    if _PLAIN.fullmatch(message) and not _SAYS_NUMBER.search(message):  # the other steps would change nothing
        return to_simplified(message.translate(_FOR_WORDS)).replace("?", QUESTION)
    text = message if re.search(_ASKS_NUMBER, message) else re.sub(_UNIT_OF_HEAD, _asked_in_unit, message)
    text = re.sub(_NUMBERING, SEPARATOR, re.sub(_BLANK, "多少", text))
    if len(re.findall(_ITEM, text)) > 1:
        text = re.sub(_ITEM, SEPARATOR, text)
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(_TAG, SEPARATOR, text)
    text = "".join(char for char in text if char in "\n\r\t" or unicodedata.category(char) not in _DROPPED)
    text = re.sub(_PINYIN_NOTE, "", to_simplified(text.translate(_FOR_WORDS)).lower().replace(JOINER, " "))
    text = re.sub(_SPACED, lambda spaced: spaced[0].replace(" ", ""), text)
    text = re.sub(_CHOPPED, lambda chopped: re.sub(_MARKS, "", chopped[0]), text)
    text = re.sub(_UNGROUPED, SEPARATOR, re.sub(_DIGIT_GROUPS, "", text))  # 1912,4212 are two
    text = re.sub(_SET_OFF, lambda number: number[1] or number[2] or number[3], text)
    text = re.sub(_BRACKETS, SEPARATOR, re.sub(_QUOTES, "", re.sub(_QUOTED_BESIDE, "和", text)))
    text = re.sub(_PER_MILLE, r"千分之\1", text)
    text = re.sub(_OVER_HALF, "超过一半", text)
    text = re.sub(_PER, r"每\2\1", text)
    text = re.sub(_SHARED_COUNT, lambda unit: f"{unit[0]}数", text)
    text = re.sub(_RANGE, _spelt_out, re.sub(_BETWEEN, "到", text))
    text = re.sub(_ENGLISH_SCALE, lambda scale: _SCALES[scale[1]], re.sub(_TENS_OF_THOUSANDS, r"\1万", text))
    text = re.sub(_PLUS, "+", re.sub(_AND_MORE, "以上", text)).replace("=", "是").replace("&", "和")  # 三重保障=A+B
    text = re.sub(_STOPS, lambda stops: QUESTION if set("?？") & set(stops[0]) else STOP, text)
    text = re.sub(_TO_STOP, lambda stops: QUESTION if QUESTION in stops[0] else STOP, re.sub(_PAUSES, SEPARATOR, text))
    text = re.sub(_BETWEEN_DIGITS, f"{SEPARATOR} ", text)
    return re.sub(_LATIN_SPACE, JOINER, re.sub(_REPEATED_SPACE, " ", text).strip())


def _asked_in_unit(head: re.Match[str]) -> str:
    """多少万kW for (万kW), 百分之几 for (%)."""
    return f"多少{head[1]}" if head[1] else "百分之几"


def _spelt_out(numbers: re.Match[str]) -> str:
    """4亿到5亿 for 4到5亿; as it is where neither a scale nor a unit says that it is a range (010-65363056)."""
    least, most, scale = numbers[1], numbers[2], numbers[3] or ""
    return f"{least}{scale}到{most}{scale}" if scale or numbers[4] else numbers[0]
