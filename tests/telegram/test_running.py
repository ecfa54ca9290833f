"""Starting, stopping, and what a run leaves in its log."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.telegram.bot_process import REPOSITORY, BotProcess, environment
from tests.telegram.fake_api import TOKEN, FakeTelegram
from tests.telegram.people import Person
from tests.telegram.web import free_port


def test_sigterm_lets_a_question_in_flight_be_answered(own_telegram: FakeTelegram, own_bot: BotProcess) -> None:
    own_bot.wait_until_polling(own_telegram)
    own_telegram.delay("sendMessage", 1.0)
    person = Person(own_telegram)
    questions = [person.send(text="光伏扶贫电站有多少个"), person.send(text="乡村旅游经营主体有多少个")]
    own_telegram.wait(lambda: any(c.method == "sendMessage" for c in own_telegram.calls), "sendMessage begun")
    assert own_bot.terminate() == 0
    assert "975个" in person.reply_to(questions[0]).text
    # Whether the second was fetched or not: it is answered now, or will be after the next start.
    answered = [c for c in own_telegram.calls if c.method == "sendMessage" and c.done and not c.error]
    assert len(answered) + len(own_telegram.unconfirmed) == 2


def test_neither_token_nor_messages_reach_the_log(own_telegram: FakeTelegram, own_bot: BotProcess) -> None:
    own_bot.wait_until_polling(own_telegram)
    person = Person(own_telegram)
    person.ask("光伏扶贫电站有多少个")
    person.press(person.ask("带动了多少户增收"), "cs:solar.households")
    own_telegram.fail("sendMessage", 502, "Bad Gateway")
    person.ask("这一条发送失败一次")
    own_telegram.fail("sendMessage", 400, "Bad Request: can't parse entities")
    person.ask("<b>这一条被拒绝一次")
    own_telegram.fail("getUpdates", 500, "Internal Server Error")
    person.ask("这一条之前取更新失败")
    person.ask("这一条很长" * 10_000)
    person.send(photo=[{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], caption="图片的说明文字")
    person.ask("/start solar-stations")
    assert own_bot.terminate() == 0
    assert "502" in own_bot.output or "Bad Gateway" in own_bot.output
    secret = TOKEN.partition(":")[2]
    for text in (secret, *(text[:20] for text in person.written if text and not text.startswith("/"))):
        assert text not in own_bot.output
    assert "Traceback" not in own_bot.output


def test_the_menu_is_set_in_chinese(own_telegram: FakeTelegram, own_bot: BotProcess) -> None:
    own_bot.wait_until_polling(own_telegram)
    commands = {
        c["command"]: c["description"] for c in own_telegram.wait_for_call("setMyCommands").parameters["commands"]
    }
    assert {"topics", "help"} <= commands.keys()


def test_a_menu_that_cannot_be_set_does_not_stop_the_start(own_telegram: FakeTelegram, tmp_path: Path) -> None:
    own_telegram.fail("setMyCommands", 400, "Bad Request: BOT_COMMAND_INVALID")
    bot = BotProcess(own_telegram.base_url, tmp_path)
    try:
        bot.wait_until_polling(own_telegram)
        assert Person(own_telegram).ask("/help").text
    finally:
        bot.end()


def test_two_bots_with_one_token_are_told(own_telegram: FakeTelegram, own_bot: BotProcess) -> None:
    own_bot.wait_until_polling(own_telegram)
    own_telegram.poll_from_elsewhere()
    own_bot.wait_for_output("409")
    assert [line for line in own_bot.output.splitlines() if "同一个令牌" in line]
    assert "975个" in Person(own_telegram).ask("光伏扶贫电站有多少个").text
    assert own_bot.terminate() == 0


def test_it_waits_for_a_network_that_is_down(tmp_path: Path) -> None:
    down = FakeTelegram()
    down.close()
    bot = BotProcess(down.base_url, tmp_path)
    try:
        bot.wait_for_output("连不上 Telegram")
        back = FakeTelegram(down.port)
        try:
            bot.wait_until_polling(back)
            assert bot.terminate() == 0
        finally:
            back.close()
    finally:
        bot.end()


def test_sigterm_ends_the_wait_for_a_network(tmp_path: Path) -> None:
    bot = BotProcess("http://127.0.0.1:9/bot", tmp_path)
    try:
        bot.wait_for_output("连不上 Telegram")
        assert bot.terminate() == 0
        assert "Traceback" not in bot.output
    finally:
        bot.end()


def test_a_webhook_is_not_silently_deleted(own_telegram: FakeTelegram, tmp_path: Path) -> None:
    own_telegram.webhook_url = "https://example.org/hook"
    code, errors = _run(own_telegram.base_url)
    assert code == 2
    assert "webhook" in errors[-1]
    assert own_telegram.webhook_url


def test_a_token_revoked_while_running_ends_the_bot(own_telegram: FakeTelegram, own_bot: BotProcess) -> None:
    own_bot.wait_until_polling(own_telegram)
    own_telegram.fail("getUpdates", 401, "Unauthorized")
    Person(own_telegram).send(text="/help")
    assert own_bot.process.wait(20) == 2
    assert "TELEGRAM_BOT_TOKEN" in own_bot.output.splitlines()[-1]


@pytest.mark.parametrize("token", [None, " ", "not a token", "123456789:short"])
def test_a_missing_or_malformed_token_is_one_line(own_telegram: FakeTelegram, token: str | None) -> None:
    code, errors = _run(own_telegram.base_url, token)
    assert code == 2
    assert len(errors) == 1
    assert "TELEGRAM_BOT_TOKEN" in errors[0]
    assert not own_telegram.calls


def test_a_rejected_token_is_one_line(own_telegram: FakeTelegram) -> None:
    other = "987654321:" + "another_token" * 3
    code, errors = _run(own_telegram.base_url, other)
    assert code == 2
    assert "TELEGRAM_BOT_TOKEN" in errors[-1]
    assert not any("another_token" in line or "Traceback" in line for line in errors)


def test_an_address_that_is_none_is_one_line(own_telegram: FakeTelegram) -> None:
    code, errors = _run("api.telegram.org/bot")
    assert (code, len(errors)) == (2, 1)
    assert "TELEGRAM_API_BASE_URL" in errors[0]


def test_the_procfile_runs_the_worker(own_telegram: FakeTelegram, tmp_path: Path) -> None:
    worker = BotProcess(own_telegram.base_url, tmp_path, ("-m", "honcho", "start", "worker"))
    try:
        worker.wait_until_polling(own_telegram)
        person = Person(own_telegram)
        assert "975个" in person.ask("光伏扶贫电站有多少个").text
        worker.terminate()
        assert "已停止" in worker.output
        assert not own_telegram.unconfirmed
    finally:
        worker.end()


def test_the_procfile_runs_the_web_process(own_telegram: FakeTelegram, tmp_path: Path) -> None:
    port = free_port()
    command = ("-m", "honcho", "start", "web")
    web = BotProcess(own_telegram.base_url, tmp_path, command, PORT=str(port), WEBHOOK_URL=f"http://127.0.0.1:{port}")
    try:
        web.wait_until_ready(port)
        assert "975个" in Person(own_telegram).ask("光伏扶贫电站有多少个").text
        web.terminate()
        assert "已停止" in web.output
    finally:
        web.end()


def _run(base_url: str, token: str | None = TOKEN, *options: str) -> tuple[int, list[str]]:
    """Run the bot to its end: the exit code, and the lines of standard error. Standard output stays empty."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "telegram", *options],
        cwd=REPOSITORY,
        env=environment(base_url, token),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )
    assert done.stdout == ""
    return done.returncode, done.stderr.splitlines()
