"""A webhook process, and what is asked of it beside what Telegram posts."""

from __future__ import annotations

import contextlib
import socket
from http.client import HTTPConnection
from pathlib import Path

from bot.frontends.telegram.webhook import PATH, SECRET_HEADER
from tests.telegram.bot_process import BotProcess
from tests.telegram.fake_api import FakeTelegram

WEB = ("-m", "bot", "telegram", "--webhook")


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


class Web:
    """`reportbot telegram --webhook` against a fake Bot API; `url` is what Telegram is told, by default its own."""

    def __init__(self, telegram: FakeTelegram, folder: Path, port: int = 0, url: str = "", **variables: str) -> None:
        self.port = port or free_port()
        url = url or f"http://127.0.0.1:{self.port}"
        self.bot = BotProcess(telegram.base_url, folder, WEB, PORT=str(self.port), WEBHOOK_URL=url, **variables)

    def request(self, body: bytes, secret: str = "", path: str = PATH, method: str = "POST") -> tuple[int, bytes]:
        """The status and body of the response."""
        headers: dict[str, str | bytes] = {SECRET_HEADER: secret.encode(), "Content-Type": "application/json"}
        with contextlib.closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.read()
