"""Inline mode: what `@bot …` offers in other chats."""

from __future__ import annotations

from typing import Any

import pytest

from tests.telegram.fake_api import FakeTelegram
from tests.telegram.people import Person


def search(telegram: FakeTelegram, person: Person, query: str) -> dict[str, Any]:
    """What the bot answers an inline query with."""
    before = len(telegram.calls)
    asked = {"id": str(telegram.new_id()), "from": person.user, "query": query, "offset": ""}
    telegram.deliver(inline_query=asked)
    return telegram.wait_for_call("answerInlineQuery", before).parameters


def test_facts_are_offered_the_likeliest_first(telegram: FakeTelegram, person: Person) -> None:
    found = search(telegram, person, "光伏电站有多少个")
    first = found["results"][0]
    assert first["id"] == "solar.stations"
    assert "975个" in first["title"]
    text = first["input_message_content"]["message_text"]
    assert "<b>975个</b>" in text
    assert "<blockquote>全市累计建成并网光伏扶贫电站" in text


def test_a_single_word_finds_its_topic(telegram: FakeTelegram, person: Person) -> None:
    found = {result["id"] for result in search(telegram, person, "光伏")["results"]}
    assert {"solar.stations", "solar.capacity", "solar.income", "solar.households"} <= found


@pytest.mark.parametrize("query", ["唐山有多少光伏电站", "明天天气怎么样"])
def test_what_the_report_does_not_say_is_said_first(telegram: FakeTelegram, person: Person, query: str) -> None:
    first = search(telegram, person, query)["results"][0]
    assert "没有说" in first["title"]
    assert "<b>" not in first["input_message_content"]["message_text"]


def test_the_button_leads_into_the_private_chat(telegram: FakeTelegram, person: Person) -> None:
    button = search(telegram, person, "光伏")["button"]
    assert "/topics" in person.ask(f"/start {button['start_parameter']}").text


def test_an_empty_query_offers_something_of_every_topic(telegram: FakeTelegram, person: Person) -> None:
    found = search(telegram, Person(telegram, language="zh-hant"), "")
    topics = {result["id"].partition(".")[0] for result in found["results"]}
    assert len(topics) > 12
    assert found["is_personal"] == "true"
    assert any("貧困" in result["title"] for result in found["results"])


def test_the_same_query_may_be_answered_from_the_cache(telegram: FakeTelegram, person: Person) -> None:
    found = search(telegram, person, "太陽能電站")
    assert int(found["cache_time"]) > 0
    assert found.get("is_personal", "false") == "false"
    assert "電站" in found["results"][0]["title"]


@pytest.mark.parametrize("query", ["😀" * 100, "光" * 256, "<b>", "\u202e747", "村"])
def test_any_query_gets_results_that_telegram_takes(telegram: FakeTelegram, person: Person, query: str) -> None:
    assert "results" in search(telegram, person, query)
