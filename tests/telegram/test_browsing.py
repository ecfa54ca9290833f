"""/topics, and buttons that lead nowhere (any more)."""

from __future__ import annotations

import pytest

from tests.telegram.fake_api import FakeTelegram
from tests.telegram.people import Person


def test_browsing_down_to_a_fact_and_back_edits_one_message(telegram: FakeTelegram, person: Person) -> None:
    shown = topics = person.ask("/topics")
    seen = []
    for end in (":solar", ":solar.stations", ":solar", ":"):
        data = next(data for data in shown.buttons.values() if data.endswith(end))
        before = person.press(shown, data)
        shown = telegram.wait_for_call("editMessageText", before)
        telegram.wait_for_call("answerCallbackQuery", before)
        assert shown.parameters["message_id"] == str(topics.message["message_id"])
        seen.append(shown)
    assert "975个" in seen[1].texts("bold")
    assert seen[1].texts("blockquote")
    assert len(seen[0].buttons) > 2
    assert (seen[2].text, seen[2].buttons) == (seen[0].text, seen[0].buttons)
    assert (seen[3].text, seen[3].buttons) == (topics.text, topics.buttons)


def test_every_fact_of_the_report_is_reachable(telegram: FakeTelegram, person: Person) -> None:
    topics, facts = person.ask("/topics"), 0
    for data in topics.buttons.values():
        before = person.press(topics, data)
        topic = telegram.wait_for_call("editMessageText", before)
        for fact in list(topic.buttons.values())[:-1]:
            before = person.press(topic, fact)
            assert telegram.wait_for_call("editMessageText", before).text
            facts += 1
    assert facts > 60


def test_a_fact_browsed_to_is_what_a_follow_up_is_about(telegram: FakeTelegram, person: Person) -> None:
    topics = person.ask("/topics")
    before = person.press(topics, "fs:solar.stations")
    telegram.wait_for_call("editMessageText", before)
    assert "4.8亿元" in person.ask("收益呢").text


def test_a_button_pressed_twice_is_no_error(telegram: FakeTelegram, person: Person) -> None:
    topics = person.ask("/topics")
    data = next(iter(topics.buttons.values()))
    first = telegram.wait_for_call("editMessageText", person.press(topics, data))
    before = person.press(first, data)
    assert "not modified" in str(telegram.wait_for_call("editMessageText", before).error)
    person.ask("/help")
    assert [call.method for call in telegram.calls[before:]] == [
        "answerCallbackQuery",
        "editMessageText",
        "sendMessage",
    ]


@pytest.mark.parametrize("data", ["cs:solar.gone", "fs:solar.gone", "ts:gone", "xs:solar", "solar.stations", "cs", "∞"])
def test_a_button_for_what_is_no_more_says_so(telegram: FakeTelegram, person: Person, data: str) -> None:
    before = person.press(person.ask("/topics"), data)
    note = telegram.wait_for_call("answerCallbackQuery", before)
    assert "/topics" in note.parameters["text"]
    assert note.parameters["show_alert"] == "true"
    person.ask("/help")
    assert [call.method for call in telegram.calls[before:]] == ["answerCallbackQuery", "sendMessage"]


def test_a_button_of_a_message_too_old_to_edit_sends_a_new_one(telegram: FakeTelegram, person: Person) -> None:
    old = {"chat": person.chat, "message_id": 3, "date": 0}
    telegram.deliver(callback_query=person.query(old, "fs:solar.stations"))
    assert "975个" in person.reply_to(3).text


def test_an_answer_comes_even_when_the_press_is_too_old_to_acknowledge(telegram: FakeTelegram, person: Person) -> None:
    topics = person.ask("/topics")
    telegram.fail("answerCallbackQuery", 400, "Bad Request: query is too old and response timeout expired")
    before = person.press(topics, "fs:solar.stations")
    assert "975个" in telegram.wait_for_call("editMessageText", before).text


def test_buttons_go_on_in_the_script_of_the_question(telegram: FakeTelegram, person: Person) -> None:
    offer = person.ask("帶動了多少戶增收")
    chosen = next(data for data in offer.buttons.values() if data.endswith(":solar.households"))
    person.press(offer, chosen)
    assert "貧困戶" in person.reply_to(offer.message["message_id"]).text
