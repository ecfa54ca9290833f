"""Questions, commands and other messages in a private chat."""

from __future__ import annotations

from typing import Any

import pytest

from bot.frontends.telegram.flood import MOST_MESSAGES
from tests.telegram.fake_api import FakeTelegram
from tests.telegram.people import Person


def test_answer_has_the_figure_in_bold_and_the_sentence_as_a_quote(person: Person) -> None:
    answer = person.ask("光伏扶贫电站有多少个")
    assert "975个" in answer.texts("bold")
    (quote,) = answer.texts("blockquote")
    assert quote.startswith("全市累计建成并网光伏扶贫电站975个130万千瓦")
    assert "河北日报" in answer.text


def test_clarify_offers_buttons_that_answer_the_question(telegram: FakeTelegram, person: Person) -> None:
    question = person.message(text="带动了多少户增收")
    offer = person.ask("带动了多少户增收")
    assert len(offer.buttons) >= 2
    assert [label.split(".")[0] for label in offer.buttons] == [str(n + 1) for n in range(len(offer.buttons))]
    chosen = next(data for data in offer.buttons.values() if data.endswith(":solar.households"))
    before = person.press(offer, chosen, question)
    answer = person.reply_to(question["message_id"])
    assert "10.69万户" in answer.texts("bold")
    assert "text" not in telegram.wait_for_call("answerCallbackQuery", before).parameters


def test_a_choice_can_also_be_typed(person: Person) -> None:
    offer = person.ask("带动了多少户增收")
    second = list(offer.buttons.values())[1].partition(":")[2]
    figures = {"solar": "10.69万户", "tourism": "17989户", "industry": "3.11万户"}
    assert figures[second.partition(".")[0]] in person.ask("2").text


def test_people_have_conversations_of_their_own(telegram: FakeTelegram, person: Person) -> None:
    person.ask("带动了多少户增收")
    assert "户" not in "".join(Person(telegram).ask("2").texts("bold"))


def test_what_the_report_does_not_say_gets_the_nearest_facts_as_buttons(person: Person) -> None:
    reply = person.ask("承德有多少贫困村脱贫")
    assert not reply.texts("bold")
    assert reply.buttons


def test_pressing_works_when_the_question_is_gone(telegram: FakeTelegram, person: Person) -> None:
    offer = person.ask("带动了多少户增收")
    person.press(offer, "cs:solar.households")
    assert "10.69万户" in person.reply_to(offer.message["message_id"]).texts("bold")


def test_start_greets(person: Person) -> None:
    assert "/topics" in person.ask("/start").text


@pytest.mark.parametrize("payload", ["solar-stations", "solar"])
def test_start_with_a_link_to_a_fact_or_topic_answers_it(person: Person, payload: str) -> None:
    assert "975个" in person.ask(f"/start {payload}").text


@pytest.mark.parametrize("payload", ["solar-gone", "nothing", "-", "x" * 64])
def test_start_with_an_unknown_link_says_so(person: Person, payload: str) -> None:
    reply = person.ask(f"/start {payload}")
    assert "链接" in reply.text
    assert not reply.texts("bold")


@pytest.mark.parametrize("command", ["/help", "/privacy", "/nonsense", "/help@ReportTestBot"])
def test_every_command_gets_a_reply(person: Person, command: str) -> None:
    assert person.ask(command).text


def test_a_traditional_telegram_gets_traditional_texts(telegram: FakeTelegram) -> None:
    assert "報告" in Person(telegram, language="zh-hant").ask("/start").text


@pytest.mark.parametrize(
    "text",
    [
        "😀😀👩‍👩‍👧",
        "<b>光伏扶贫电站</b>有多少个 & <script>alert(1)</script> </blockquote>",
        "&lt;b&gt; {subject} %s \\ \u202e \x00 */_`[",
        "光伏扶贫电站有多少个" * 10_000,
        "啊" * 100_000,
        "\n",
    ],
    ids=["emoji", "html", "escapes", "long question", "long noise", "blank"],
)
def test_any_text_gets_a_reply_that_telegram_takes(person: Person, text: str) -> None:
    assert person.ask(text).text


@pytest.mark.parametrize(
    "content",
    [
        {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}},
        {
            "sticker": {
                "file_id": "f",
                "file_unique_id": "u",
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        },
        {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], "caption": "这张图的说明"},
    ],
    ids=["voice", "sticker", "photo"],
)
def test_what_is_not_text_gets_one_line(person: Person, content: dict[str, Any]) -> None:
    assert "文字" in person.reply_to(person.send(**content)).text


def test_an_album_gets_one_line(telegram: FakeTelegram, person: Person) -> None:
    photo = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], "media_group_id": "7"}
    before = len(telegram.calls)
    for _ in range(3):
        person.send(**photo)
    person.ask("/help")
    assert len(telegram.calls[before:]) == 2


def test_channel_posts_service_messages_and_edited_commands_are_ignored(telegram: FakeTelegram, person: Person) -> None:
    text = "光伏扶贫电站有多少个"
    channel = {"id": -100200, "type": "channel", "title": "频道"}
    before = len(telegram.calls)
    telegram.deliver(edited_message=person.message(text="/start") | {"edit_date": 2})
    telegram.deliver(channel_post={"message_id": 5, "date": 1, "chat": channel, "text": text})
    person.send(message_auto_delete_timer_changed={"message_auto_delete_time": 86400})
    person.send(pinned_message=person.message(text=text))
    person.ask(text)
    assert len(telegram.calls[before:]) == 1


def test_too_many_requests_are_made_again_when_telegram_says(telegram: FakeTelegram, person: Person) -> None:
    before = len(telegram.calls)
    telegram.fail("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    assert "975个" in person.ask("光伏扶贫电站有多少个").text
    assert [call.error and call.error[0] for call in telegram.calls[before:]] == [429, None]


def test_a_failure_gets_the_user_one_kind_line_and_the_bot_goes_on(telegram: FakeTelegram, person: Person) -> None:
    telegram.fail("sendMessage", 502, "Bad Gateway")
    assert "抱歉" in person.ask("光伏扶贫电站有多少个").text
    assert "975个" in person.ask("光伏扶贫电站有多少个").text


def test_somebody_who_blocked_the_bot_is_let_be(telegram: FakeTelegram, person: Person) -> None:
    before = len(telegram.calls)
    telegram.fail("sendMessage", 403, "Forbidden: bot was blocked by the user")
    person.send(text="光伏扶贫电站有多少个")
    assert "975个" in Person(telegram).ask("光伏扶贫电站有多少个").text
    assert len(telegram.calls[before:]) == 2


def test_who_asks_more_than_a_person_can_is_told_once(telegram: FakeTelegram, person: Person) -> None:
    before = len(telegram.calls)
    for _ in range(MOST_MESSAGES + 10):
        person.send(text="光伏扶贫电站有多少个")
    other = Person(telegram)
    assert "975个" in other.ask("光伏扶贫电站有多少个").text
    mine = [call for call in telegram.calls[before:] if call.parameters.get("chat_id") == str(person.id)]
    assert len(mine) == MOST_MESSAGES + 1
    assert "太快" in mine[-1].text
