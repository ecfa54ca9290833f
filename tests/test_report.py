"""The sentences and figures are the report's own, word for word."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from pathlib import Path

import opencc
import pytest

from bot.assistant import Assistant

RAW = (Path(__file__).parent / "fixtures" / "raw.txt").read_text(encoding="utf-8")
#: pinyin in brackets behind a character: 責(zé)
PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]+\)")
WIDENED = str.maketrans(",:;", "，：；")
#: the link to further reading at the end of the page: no sentence of the report
TRAILER = "延伸阅读"


def clean(crawled: str) -> str:
    """The three transformations that facts.yaml declares, and no more."""
    simplified: str = opencc.OpenCC("t2s").convert(PINYIN.sub("", crawled))
    return simplified.translate(WIDENED)


def emended(assistant: Assistant) -> str:
    text = RAW
    for _, crawled, reads in assistant.report.emendations:
        assert text.count(crawled) == 1
        text = text.replace(crawled, reads)
    return text


def test_the_sentences_are_the_whole_report_word_for_word(assistant: Assistant) -> None:
    sentences = "".join(sentence.text for sentence in assistant.report.sentences.values())
    assert sentences + TRAILER == clean(emended(assistant)).replace("\n", "")


def test_paragraphs_are_the_reports_lines(assistant: Assistant) -> None:
    lines = clean(emended(assistant)).splitlines()
    for sentence in assistant.report.sentences.values():
        assert assistant.report.paragraph_text(sentence.paragraph) == lines[sentence.paragraph]


def test_one_character_was_lost_and_is_declared(assistant: Assistant) -> None:
    assert "?" in RAW
    assert [reads for _, _, reads in assistant.report.emendations] == ["因学致贫"]


def test_every_stated_figure_stands_in_its_sentence_and_in_the_raw_report(assistant: Assistant) -> None:
    raw = clean(emended(assistant))
    for fact in assistant.report.facts.values():
        if fact.formula is None:
            assert fact.sentence is not None
            assert fact.figure in fact.sentence.text
            assert fact.sentence.text in raw


def test_punctuation_is_full_width(assistant: Assistant) -> None:
    for sentence in assistant.report.sentences.values():
        narrow = {c for c in sentence.text if c in ",;:()?!"}
        assert not narrow, sentence.id
        assert unicodedata.is_normalized("NFC", sentence.text)


@pytest.mark.parametrize(
    ("fact", "value", "unit"),
    [
        ("health.aided_visits", 620400, "人次"),
        ("health.reimbursement_rate", 94, "%"),
        ("solar.capacity", 1_300_000, "千瓦"),
        ("industry.investment", 2_690_000_000, "元"),
        ("education.dropouts", 0, "人"),
        ("industry.entity_people", 91_000, "人"),
        ("overall.villages_lifted", 747, "个"),
    ],
)
def test_values_can_be_compared(assistant: Assistant, fact: str, value: int, unit: str) -> None:
    assert assistant.report.facts[fact].value == Decimal(value)
    assert assistant.report.facts[fact].unit == unit


@pytest.mark.parametrize(
    ("fact", "figure"),
    [
        ("derived.housing_total", "20368户"),
        ("derived.employment_rate", "70.9%"),
        ("derived.water_poor_share", "17.8%"),
        ("derived.aid_per_visit", "593元"),
        ("derived.solar_income_per_household", "4490元"),
        ("derived.capacity_per_station", "1333千瓦"),
        ("derived.investment_per_project", "247万元"),
        ("derived.infrastructure_total", "508个"),
    ],
)
def test_derived_figures_are_computed(assistant: Assistant, fact: str, figure: str) -> None:
    assert assistant.report.facts[fact].figure == figure


def test_a_derived_reply_shows_its_formula_and_whose_sum_it_is(assistant: Assistant) -> None:
    reply = assistant.fact_reply("derived.solar_income_per_household").text
    assert "4.8亿元 ÷ 10.69万户 ≈ 4490元" in reply
    assert "机器人" in reply
    assert "报告没有直接" in reply


def test_every_fact_is_stated_with_its_sentence(assistant: Assistant) -> None:
    for fact in assistant.report.facts.values():
        text = assistant.fact_reply(fact.id).text
        assert fact.figure in text
        if fact.sentence:
            assert fact.sentence.text in text
