"""What the Telegram bot takes from the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

DEFAULT_BASE_URL = "https://api.telegram.org/bot"
_SECONDS_A_DAY = 86_400
_HIGHEST_PORT = 65_535


class StartError(Exception):
    """The bot can't run as it is set up; `wording` names the text that says why and what to do."""

    def __init__(self, wording: str) -> None:
        super().__init__(wording)
        self.wording = wording


@dataclass(frozen=True)
class Settings:
    """The bot's token, the address that the token and a method name are appended to, and where state is kept.

    `questions_kept`: seconds for which the texts of unanswered questions are kept, 0 for not at all. For a webhook
    also the `port` to listen on and the `public_url` under which Telegram reaches it, without a slash at the end.
    """

    token: str = field(repr=False)
    base_url: str = DEFAULT_BASE_URL
    database_url: str = field(default="sqlite://", repr=False)
    questions_kept: float = 0.0
    port: int = 8080
    public_url: str = ""


def read_settings(environment: Mapping[str, str], *, webhook: bool = False) -> Settings:
    """The settings in TELEGRAM_BOT_TOKEN, TELEGRAM_API_BASE_URL, DATABASE_URL and REPORTBOT_KEEP_QUESTIONS_DAYS.

    With `webhook` also those in PORT and WEBHOOK_URL. Raises StartError for a token that is missing or can't be one,
    for an address that isn't http(s), for a database that is no SQLite or PostgreSQL, for days that are no number,
    and for a webhook without a port or an address that Telegram would take.
    """
    # A token copied or read from a file easily comes with a line break.
    token = environment.get("TELEGRAM_BOT_TOKEN", "").strip()
    if not token:
        raise StartError("telegram.no_token")
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]{20,}", token):
        raise StartError("telegram.bad_token")
    base_url = environment.get("TELEGRAM_API_BASE_URL", "").strip() or DEFAULT_BASE_URL
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", base_url):
        raise StartError("telegram.bad_base_url")
    settings = Settings(token, base_url, read_database_url(environment), read_questions_kept(environment))
    if not webhook:
        return settings
    port = environment.get("PORT", "").strip() or str(settings.port)
    if not port.isdecimal() or not 0 < int(port) <= _HIGHEST_PORT:
        raise StartError("telegram.bad_port")
    public_url = environment.get("WEBHOOK_URL", "").strip().rstrip("/")
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", public_url):
        raise StartError("telegram.bad_public_url")
    return replace(settings, port=int(port), public_url=public_url)


def read_database_url(environment: Mapping[str, str]) -> str:
    """DATABASE_URL, by default a file of this bot's own in the user's state folder.

    Update numbers are only unique to one bot, so that two bots must not share a database. Raises StartError for
    another kind of database.
    """
    url = environment.get("DATABASE_URL", "").strip()
    if not url:
        state = Path(environment.get("XDG_STATE_HOME") or Path("~/.local/state").expanduser())
        bot = environment.get("TELEGRAM_BOT_TOKEN", "").strip().partition(":")[0]
        return f"sqlite:///{state / 'reportbot' / f'telegram-{bot}.sqlite3'}"
    if not re.match(r"(sqlite|postgres|postgresql)://", url):
        raise StartError("telegram.bad_database_url")
    return url


def read_questions_kept(environment: Mapping[str, str]) -> float:
    """REPORTBOT_KEEP_QUESTIONS_DAYS in seconds, by default 0. Raises StartError for what is no number of days."""
    days = environment.get("REPORTBOT_KEEP_QUESTIONS_DAYS", "").strip() or "0"
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]+)?", days):
        raise StartError("telegram.bad_days")
    return float(days) * _SECONDS_A_DAY
