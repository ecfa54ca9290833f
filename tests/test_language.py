"""Normalising, cutting into words, and reading misspelt words by their sound."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.homophones import Homophones
from bot.language.lexicon import Lexicon, Meaning
from bot.language.normalise import normalise
from bot.language.script import is_traditional, to_simplified
from tests.make_pinyin import TABLE, table

WORDS = ("贫困村", "贫困", "村", "搬迁", "光伏", "电站", "危房", "就业")
LEXICON = Lexicon([((Meaning("concept", word),), [word]) for word in (*WORDS, "hi")])


@pytest.mark.parametrize(
    ("message", "plain"),
    [
        ("９８１５７人", "98157人"),
        ("幾多人搬遷咗?", "几多人搬迁咗？"),
        ("光伏😀电站🚒", "光伏电站"),
        ("“四包”、《七长》", "四包，七长"),
        ("Solar PROJECT 光伏 电站", "solar_project_光伏 电站"),
        ("1,743个", "1743个"),
        ("搬遷 102,470 人、入住率 95.5%", "搬迁102470人，入住率95.5%"),  # a number set off by spaces
        ("是 1912 與 4212 嗎", "是1912与4212吗"),
        ("户数 1912 人数 4212", "户数 1912 人数 4212"),
        ("电站（  ）座", "电站多少座"),  # what an exercise leaves out
        ("总投资____的项目", "总投资多少的项目"),
        ("4.8 million", "4.8百万"),
        ("a)电站数 b)户数", "，电站数 ，户数"),
        ("第一题：电站几个", "，电站几个"),
        ("多少？！", "多少？"),
        ("幾百萬瓩", "几百万千瓦"),  # plain Chinese, which most steps pass over
        ("贫困人囗多少?", "贫困人口多少？"),
        ("4.8亿和5亿之间", "4.8亿到5亿之间"),
        ("鄉(xiāng)村旅遊（lǚ yóu）", "乡村旅游，lǚ_yóu，"),
        ("\u200b\x00 \n", "。"),
    ],
)
def test_normalise(message: str, plain: str) -> None:
    assert normalise(message) == plain


@given(st.text(max_size=200))
def test_normalise_is_stable_and_drops_what_nobody_reads(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert not [c for c in once if unicodedata.category(c) in ("Cc", "Cs", "So", "Co")]


@given(st.text(alphabet=st.sampled_from("贫困村搬迁光伏电站危房就业 ，。hia多少123万"), max_size=40))
def test_segmenting_loses_nothing(text: str) -> None:
    tokens = LEXICON.segment(text)
    assert "".join(token.text for token in tokens) == text
    assert [token.start for token in tokens] == [0, *(token.end for token in tokens)][: len(tokens)]


def test_the_longest_known_word_wins() -> None:
    assert [t.text for t in LEXICON.segment("光伏贫困村")] == ["光伏", "贫困村"]


def test_latin_words_stand_alone() -> None:
    assert [t.is_unknown for t in LEXICON.segment("hi")] == [False]
    assert all(t.is_unknown for t in LEXICON.segment("which"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("平困村", "贫困村"), ("般迁", "搬迁"), ("光福", "光伏"), ("为房", "危房"), ("电占", "电站"), ("贫昆", "贫困")],
)
def test_homophones(typed: str, meant: str) -> None:
    corrections = Homophones(lambda: WORDS).corrections(typed, LEXICON.segment(typed))
    assert [t.text for t in LEXICON.segment(typed, corrections)] == [meant]


@pytest.mark.parametrize(("typed", "meant"), [("贪困村", "贫困村"), ("贫囚村", "贫困村"), ("电钻", "电站")])
def test_lookalikes(typed: str, meant: str) -> None:
    corrections = Homophones(lambda: WORDS).corrections(typed, LEXICON.segment(typed))
    assert [t.text for t in LEXICON.segment(typed, corrections)] == [meant]


def test_rarer_words_are_only_read_where_one_character_is_wrong() -> None:
    homophones = Homophones(lambda: WORDS, lambda: ["残疾人"])
    assert homophones.corrections("残急人", LEXICON.segment("残急人")) == {(0, 3): "残疾人"}
    assert homophones.corrections("惨急人", LEXICON.segment("惨急人")) == {}


def test_a_word_of_another_sound_is_left_alone() -> None:
    assert Homophones(lambda: WORDS).corrections("苹果村", LEXICON.segment("苹果村")) == {}


def test_the_pinyin_table_is_what_pypinyin_says() -> None:
    assert TABLE.read_text(encoding="utf-8") == table()


def test_script() -> None:
    assert is_traditional("幾多人搬遷")
    assert not is_traditional("多少人搬迁")
    assert to_simplified("搬遷人口") == "搬迁人口"


@pytest.mark.parametrize(
    ("text", "simplified"),
    [("跟著搬遷", "跟着搬迁"), ("靠著旅遊", "靠着旅游"), ("著名", "著名"), ("名著", "名著"), ("显著", "显著")],
)
def test_what_goes_on_is_folded_and_a_famous_work_is_not(text: str, simplified: str) -> None:
    assert normalise(text) == simplified
