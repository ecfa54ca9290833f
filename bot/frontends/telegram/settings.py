"""What the Telegram bot takes from the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT_BASE_URL = "https://api.telegram.org/bot"


class StartError(Exception):
    """The bot can't run as it is set up; `wording` names the text that says why and what to do."""

    def __init__(self, wording: str) -> None:
        super().__init__(wording)
        self.wording = wording


@dataclass(frozen=True)
class Settings:
    """The bot's token, and the address that the token and a method name are appended to."""

    token: str = field(repr=False)
    base_url: str = DEFAULT_BASE_URL


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in TELEGRAM_BOT_TOKEN and TELEGRAM_API_BASE_URL.

    Raises StartError for a token that is missing or can't be one, and for an address that isn't http(s).
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
    return Settings(token, base_url)
