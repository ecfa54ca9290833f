"""`reportbot misses` and `stats` after a server has been used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.replay.question_sets import load_question_sets
from tests.telegram.bot_process import REPOSITORY, BotProcess, environment
from tests.telegram.fake_api import FakeTelegram
from tests.telegram.people import Person


def reportbot(folder: Path, *arguments: str, **variables: str) -> tuple[int, str, str]:
    url = f"sqlite:///{folder / 'state.sqlite3'}"
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=REPOSITORY,
        env=environment("", None) | {"DATABASE_URL": url} | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_what_was_asked_in_vain_becomes_a_question_set(
    own_telegram: FakeTelegram, tmp_path: Path, assistant: Assistant
) -> None:
    bot = BotProcess(own_telegram.base_url, tmp_path, REPORTBOT_KEEP_QUESTIONS_DAYS="30")
    try:
        bot.wait_until_polling(own_telegram)
        person = Person(own_telegram)
        assert "30 天" in person.ask("/privacy").text
        for text in ("唐山有多少个贫困村脱贫", "唐山有多少贫困村脱贫了", "光伏电站亏了多少钱"):
            person.ask(text)
        question = person.message(text="光伏扶贫电站有多少个")
        own_telegram.deliver(message=question)
        answer = person.reply_to(question["message_id"])
        before = person.press(answer, "ds:solar.stations", question)
        own_telegram.wait_for_call("answerCallbackQuery", before)
        assert bot.terminate() == 0
    finally:
        bot.end()
    output = tmp_path / "missed.yaml"
    code, listed, _ = reportbot(tmp_path, "misses", "--output", str(output))
    assert code == 0
    assert listed.splitlines()[:2] == ["2  唐山有多少个贫困村脱贫", "   ~ 唐山有多少贫困村脱贫了"]
    asked = [turn.ask for dialogue in load_question_sets([output], assistant.report) for turn in dialogue]
    assert set(asked) >= {"唐山有多少贫困村脱贫了", "光伏电站亏了多少钱", "光伏扶贫电站有多少个"}
    code, numbers, _ = reportbot(tmp_path, "stats")
    assert code == 0
    assert "abstain 3" in numbers
    assert "👍 0  👎 1" in numbers


def test_without_kept_questions_it_says_how_to_keep_them(tmp_path: Path) -> None:
    code, said, _ = reportbot(tmp_path, "misses")
    assert code == 0
    assert "REPORTBOT_KEEP_QUESTIONS_DAYS" in said


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://nobody:hunter2@127.0.0.1:9/none"])
@pytest.mark.parametrize("command", ["misses", "stats"])
def test_a_database_that_is_none_or_away_is_one_line(tmp_path: Path, url: str, command: str) -> None:
    code, said, errors = reportbot(tmp_path, command, DATABASE_URL=url)
    assert (code, said) == (2, "")
    assert "DATABASE_URL" in errors.splitlines()[-1]
    assert "hunter2" not in errors
    assert "Traceback" not in errors
