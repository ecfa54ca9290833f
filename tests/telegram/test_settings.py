"""What is read from the environment."""

from __future__ import annotations

from bot.frontends.telegram.settings import read_database_url


def test_two_bots_on_one_machine_have_a_database_each() -> None:
    urls = {read_database_url({"TELEGRAM_BOT_TOKEN": token}) for token in ("1:a", "2:a")}
    assert len(urls) == 2
    assert all(url.startswith("sqlite:////") for url in urls)
    assert not any(":a" in url for url in urls)


def test_a_database_that_is_named_is_used() -> None:
    assert read_database_url({"DATABASE_URL": "postgres://host/name"}) == "postgres://host/name"
