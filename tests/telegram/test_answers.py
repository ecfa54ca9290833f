"""What an answer offers beyond itself: its context, links, feedback, the next facts; and questions edited later."""

from __future__ import annotations

import pytest

from tests.telegram.fake_api import FakeTelegram
from tests.telegram.people import Person

QUESTION = "光伏扶贫电站有多少个"


def test_an_answer_leads_to_its_paragraph(telegram: FakeTelegram, person: Person) -> None:
    answer = person.ask(QUESTION)
    before = person.press(answer, "xs:solar.stations")
    context = telegram.wait_for_call("sendMessage", before)
    (paragraph,) = context.texts("blockquote")
    assert paragraph.startswith("光伏产业成为“铁杆庄稼”。")
    assert paragraph.endswith("实现增收。")
    assert "975个" in context.texts("bold")


def test_an_answer_leads_to_the_next_facts_of_its_topic(person: Person) -> None:
    answer = person.ask(QUESTION)
    following = [data for label, data in answer.buttons.items() if label.startswith("→")]
    assert following == ["cs:solar.capacity", "cs:solar.income"]


def test_an_answer_can_be_shared_as_a_link_that_opens_it(person: Person) -> None:
    (link,) = person.ask(QUESTION).links.values()
    assert link.endswith("https://t.me/ReportTestBot?start=solar-stations")
    assert "975个" in person.ask(f"/start {link.rpartition('=')[2]}").text


@pytest.mark.parametrize(("data", "thanks"), [("us:solar.stations", "谢谢"), ("ds:solar.stations", "不满意")])
def test_feedback_is_thanked_for_without_a_box(telegram: FakeTelegram, person: Person, data: str, thanks: str) -> None:
    before = person.press(person.ask(QUESTION), data)
    note = telegram.wait_for_call("answerCallbackQuery", before)
    assert thanks in note.parameters["text"]
    assert note.parameters.get("show_alert", "false") == "false"


def test_an_edited_question_edits_its_answer(telegram: FakeTelegram, person: Person) -> None:
    question = person.message(text=QUESTION)
    telegram.deliver(message=question)
    answer = person.reply_to(question["message_id"])
    before = len(telegram.calls)
    telegram.deliver(edited_message=question | {"text": "光伏带动多少户", "edit_date": 2})
    edited = telegram.wait_for_call("editMessageText", before)
    assert edited.parameters["message_id"] == str(answer.message["message_id"])
    assert "10.69万户" in edited.texts("bold")


def test_an_edited_question_that_had_no_answer_gets_one(telegram: FakeTelegram, person: Person) -> None:
    question = person.message(text=QUESTION)
    telegram.deliver(edited_message=question | {"edit_date": 2})
    assert "975个" in person.reply_to(question["message_id"]).text


def test_forgetting_makes_a_follow_up_meaningless(person: Person) -> None:
    person.ask(QUESTION)
    assert "10.69万户" in person.ask("那户数呢").texts("bold")
    assert "删除" in person.ask("/forget").text
    assert "10.69万户" not in person.ask("那户数呢").texts("bold")


def test_privacy_says_what_is_kept_and_how_to_delete_it(person: Person) -> None:
    text = person.ask("/privacy").text
    assert "10 分钟" in text
    assert "/forget" in text
    assert "提问本身不保存" in text
