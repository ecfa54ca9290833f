"""One fake Bot API and one bot for the tests of conversations; others start their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.telegram.bot_process import BotProcess
from tests.telegram.fake_api import FakeTelegram
from tests.telegram.people import Person


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeTelegram]:
    """A fake Bot API whose updates a running bot answers."""
    telegram = FakeTelegram()
    bot = BotProcess(telegram.base_url, tmp_path_factory.mktemp("bot"))
    try:
        bot.wait_until_polling(telegram)
        yield telegram
    finally:
        bot.end()
        telegram.close()


@pytest.fixture
def telegram(served: FakeTelegram) -> Iterator[FakeTelegram]:
    """The shared fake Bot API; whatever Telegram would have rejected fails the test."""
    yield served
    assert served.violations == []


@pytest.fixture
def person(telegram: FakeTelegram) -> Person:
    """Somebody new, in a private chat with the bot."""
    return Person(telegram)


@pytest.fixture
def own_telegram() -> Iterator[FakeTelegram]:
    """A fake Bot API for one test, without a bot."""
    telegram = FakeTelegram()
    yield telegram
    telegram.close()
    assert telegram.violations == []


@pytest.fixture
def own_bot(own_telegram: FakeTelegram, tmp_path: Path) -> Iterator[BotProcess]:
    """A bot for one test, started."""
    bot = BotProcess(own_telegram.base_url, tmp_path)
    yield bot
    bot.end()
