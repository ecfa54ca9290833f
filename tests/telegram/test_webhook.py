"""The webhook over real HTTP: answers in the response, deliveries twice, and who may not start."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.frontends.telegram.webhook import MOST_BYTES
from tests.telegram.bot_process import BotProcess
from tests.telegram.fake_api import TOKEN, FakeTelegram
from tests.telegram.people import Person, bot_mention
from tests.telegram.web import WEB, Web


@pytest.fixture
def web(own_telegram: FakeTelegram, tmp_path: Path) -> Iterator[Web]:
    served = Web(own_telegram, tmp_path)
    served.bot.wait_until_ready(served.port)
    yield served
    served.bot.end()


def test_an_answer_travels_back_in_the_response(own_telegram: FakeTelegram, web: Web) -> None:
    answer = Person(own_telegram).ask("光伏扶贫电站有多少个")
    assert "975个" in answer.texts("bold")
    assert answer.inline
    assert answer.links


def test_conversations_choices_and_inline_queries_work(own_telegram: FakeTelegram, web: Web) -> None:
    person = Person(own_telegram)
    person.ask("光伏扶贫电站有多少个")
    assert "10.69万户" in person.ask("那户数呢").texts("bold")
    offer = person.ask("带动了多少户增收")
    before = person.press(offer, "cs:tourism.households")
    own_telegram.wait_for_call("answerCallbackQuery", before)
    assert "17989户" in own_telegram.wait_for_call("sendMessage", before).texts("bold")
    before = len(own_telegram.calls)
    own_telegram.deliver(
        inline_query={"id": str(own_telegram.new_id()), "from": person.user, "query": "光伏", "offset": ""}
    )
    assert own_telegram.wait_for_call("answerInlineQuery", before).inline


def test_browsing_edits_in_place(own_telegram: FakeTelegram, web: Web) -> None:
    topics = (person := Person(own_telegram)).ask("/topics")
    shown = own_telegram.wait_for_call("editMessageText", person.press(topics, "ts:solar"))
    assert shown.parameters["message_id"] == str(topics.message["message_id"])


def test_an_edited_question_in_a_group_edits_its_answer(own_telegram: FakeTelegram, web: Web) -> None:
    member = Person(own_telegram, group=-1000000 - own_telegram.new_id())
    question = member.message(text=f"光伏扶贫电站有多少个 {bot_mention()}")
    own_telegram.deliver(message=question)
    answer = member.reply_to(question["message_id"])
    assert not answer.inline
    before = len(own_telegram.calls)
    mention = member.message(text=f"光伏带动多少户 {bot_mention()}")
    own_telegram.deliver(edited_message=mention | {"message_id": question["message_id"], "edit_date": 2})
    edited = own_telegram.wait_for_call("editMessageText", before)
    assert edited.parameters["message_id"] == str(answer.message["message_id"])
    assert "10.69万户" in edited.texts("bold")


def test_a_question_edited_twice_gets_one_new_answer(own_telegram: FakeTelegram, web: Web) -> None:
    person = Person(own_telegram)
    question = person.message(text="光伏扶贫电站有多少个")
    own_telegram.deliver(message=question)
    person.reply_to(question["message_id"])
    before = len(own_telegram.calls)
    own_telegram.deliver(edited_message=question | {"text": "光伏带动多少户", "edit_date": 2})
    answer = own_telegram.wait_for_call("sendMessage", before)
    assert "10.69万户" in answer.texts("bold")
    own_telegram.deliver(edited_message=question | {"text": "旅游带动多少户", "edit_date": 3})
    edited = own_telegram.wait_for_call("editMessageText", before)
    assert edited.parameters["message_id"] == str(answer.message["message_id"])


def test_an_update_delivered_twice_is_answered_once(own_telegram: FakeTelegram, web: Web) -> None:
    update = {"update_id": 77, "message": Person(own_telegram).message(text="光伏扶贫电站有多少个")}
    body, secret = json.dumps(update).encode(), own_telegram.webhook_secret
    status, answer = web.request(body, secret)
    assert status == 200
    assert json.loads(answer)["method"] == "sendMessage"
    assert web.request(body, secret) == (200, b"")


def test_only_telegram_may_post(own_telegram: FakeTelegram, web: Web) -> None:
    secret = own_telegram.webhook_secret
    update = json.dumps({"update_id": 78, "message": Person(own_telegram).message(text="光伏")}).encode()
    assert web.request(update, "")[0] == 403
    assert web.request(update, secret[:-1] + "é")[0] == 403
    assert web.request(update, secret, "/elsewhere")[0] == 404
    assert web.request(update, secret, method="GET")[0] == 405
    assert web.request(b" " * (MOST_BYTES + 1), secret)[0] == 413
    for body in (b"", b"{", b"[]", b'{"update_id": "x"}', b"\xff", b"null"):
        assert web.request(body, secret)[0] == 400
    assert web.request(update, secret)[0] == 200


def test_health_and_metrics(own_telegram: FakeTelegram, web: Web) -> None:
    Person(own_telegram).ask("光伏扶贫电站有多少个")
    Person(own_telegram).ask("承德有多少贫困村脱贫")
    assert web.request(b"", path="/healthz", method="GET") == (200, b"ready")
    numbers = web.request(b"", path="/metrics", method="GET")[1].decode()
    assert 'reportbot_updates_total{kind="message",outcome="answer"} 1.0' in numbers
    assert 'reportbot_updates_total{kind="message",outcome="abstain"} 1.0' in numbers
    assert "reportbot_update_seconds_bucket" in numbers


def test_it_is_not_ready_before_telegram_is_reached(tmp_path: Path) -> None:
    down = FakeTelegram()
    down.close()
    web = Web(down, tmp_path)
    try:
        web.bot.wait_for_output("连不上 Telegram")
        assert web.request(b"", path="/healthz", method="GET")[0] == 503
        assert web.bot.terminate() == 0
    finally:
        web.bot.end()


def test_the_log_has_one_line_an_update_and_no_text(own_telegram: FakeTelegram, web: Web) -> None:
    person = Person(own_telegram)
    person.ask("光伏扶贫电站有多少个")
    person.ask("/help")
    assert web.bot.terminate() == 0
    lines = [line for line in web.bot.output.splitlines() if "update=" in line]
    assert len(lines) == 2
    assert "kind=message outcome=answer" in lines[0]
    for text in (TOKEN.partition(":")[2], "光伏扶贫电站", own_telegram.webhook_secret):
        assert text not in web.bot.output


def test_another_webhook_is_not_taken_over(own_telegram: FakeTelegram, tmp_path: Path) -> None:
    own_telegram.webhook_url = "https://example.org/hook"
    web = Web(own_telegram, tmp_path)
    assert web.bot.process.wait(20) == 2
    assert "webhook" in web.bot.output.splitlines()[-1]
    assert own_telegram.webhook_url == "https://example.org/hook"


def test_a_webhook_does_not_disable_a_poller(own_telegram: FakeTelegram, own_bot: BotProcess, tmp_path: Path) -> None:
    own_bot.wait_until_polling(own_telegram)
    web = Web(own_telegram, tmp_path)
    assert web.bot.process.wait(20) == 2
    assert "长轮询" in web.bot.output.splitlines()[-1]
    assert not own_telegram.webhook_url
    assert "975个" in Person(own_telegram).ask("光伏扶贫电站有多少个").text


def test_a_second_poller_does_not_start(own_telegram: FakeTelegram, own_bot: BotProcess, tmp_path: Path) -> None:
    own_bot.wait_until_polling(own_telegram)
    second = BotProcess(own_telegram.base_url, tmp_path)
    assert second.process.wait(20) == 2
    assert "长轮询" in second.output.splitlines()[-1]
    assert "975个" in Person(own_telegram).ask("光伏扶贫电站有多少个").text


@pytest.mark.parametrize(
    ("name", "value"), [("WEBHOOK_URL", ""), ("WEBHOOK_URL", "bot.example.org"), ("PORT", "x"), ("PORT", "0")]
)
def test_a_webhook_without_port_or_address_is_one_line(
    own_telegram: FakeTelegram, tmp_path: Path, name: str, value: str
) -> None:
    variables = {"WEBHOOK_URL": "https://example.org", "PORT": "1"} | {name: value}
    bot = BotProcess(own_telegram.base_url, tmp_path, WEB, **variables)
    assert bot.process.wait(20) == 2
    (line,) = bot.output.splitlines()
    assert name in line


def test_without_its_database_it_answers_without_memory(own_telegram: FakeTelegram, tmp_path: Path) -> None:
    web = Web(own_telegram, tmp_path, DATABASE_URL="postgresql://nobody:hunter2@127.0.0.1:9/none")
    try:
        web.bot.wait_until_ready(web.port)
        person = Person(own_telegram)
        assert "975个" in person.ask("光伏扶贫电站有多少个").texts("bold")
        assert "10.69万户" not in person.ask("那户数呢").texts("bold")
        assert "没能删除" in person.ask("/forget").text
        assert "数据库连不上" in web.bot.output
        assert "hunter2" not in web.bot.output
    finally:
        web.bot.end()


def test_a_picture_that_cannot_be_sent_costs_nobody_the_answer(own_telegram: FakeTelegram, web: Web) -> None:
    own_telegram.fail("sendPhoto", 400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    person = Person(own_telegram)
    assert "10.69万户" in person.ask("光伏和旅游哪个带动的户数多").texts("bold")
    person.ask("/help")
    assert not any("抱歉" in call.text for call in own_telegram.calls)


def test_an_answer_before_a_picture_is_made_again_when_telegram_says(own_telegram: FakeTelegram, web: Web) -> None:
    own_telegram.fail("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    person = Person(own_telegram)
    before = len(own_telegram.calls)
    assert "10.69万户" in person.ask("光伏和旅游哪个带动的户数多").texts("bold")
    own_telegram.wait_for_call("sendPhoto", before)
