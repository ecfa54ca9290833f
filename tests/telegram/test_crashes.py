"""Webhook processes killed at random moments under load: no message stays unanswered, none is answered twice."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.frontends.telegram.webhook import PATH, SECRET_HEADER
from tests.postgres import postgres_url
from tests.telegram.fake_api import FakeTelegram
from tests.telegram.web import Web

MESSAGES = 2_000
#: posts in flight at once, as Telegram would open connections
CONNECTIONS = 20
#: seconds between two kills, at random in between
KILL_EVERY = (0.3, 1.2)
#: kills that the load must outlast for the test to say anything
FEWEST_KILLS = 5
QUESTIONS = ("光伏扶贫电站有多少个", "承德有多少贫困村脱贫", "/help", "带动了多少户增收", "你好")


class Deliverer:
    """Posts updates until each is taken, as Telegram does, to whichever process answers."""

    def __init__(self, ports: list[int], secret: str) -> None:
        self._urls = itertools.cycle(f"http://127.0.0.1:{port}{PATH}" for port in ports)
        self._secret = secret
        self.answers: Counter[int] = Counter()
        self.again = 0

    async def deliver_all(self, updates: list[dict[str, Any]]) -> None:
        waiting = asyncio.Queue[dict[str, Any]]()
        for update in updates:
            waiting.put_nowait(update)
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
            await asyncio.gather(*(self._work(session, waiting) for _ in range(CONNECTIONS)))

    async def _work(self, session: aiohttp.ClientSession, waiting: asyncio.Queue[dict[str, Any]]) -> None:
        while not waiting.empty():
            update = waiting.get_nowait()
            while not await self._post(session, update):
                self.again += 1
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.1)  # the load lasts longer than a kill and a start

    async def _post(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> bool:
        try:
            async with session.post(next(self._urls), json=update, headers={SECRET_HEADER: self._secret}) as response:
                body = await response.read()
        except (aiohttp.ClientError, TimeoutError):
            return False
        if response.status != 200:
            return False
        if body and json.loads(body)["method"] == "sendMessage":
            self.answers[update["update_id"]] += 1
        return True


class Killer:
    """Kills one process after the other with SIGKILL, and starts it again."""

    def __init__(self, telegram: FakeTelegram, folder: Path, processes: int, **variables: str) -> None:
        self._telegram, self._folder, self._variables = telegram, folder, variables
        self.webs = [self._start(0) for _ in range(processes)]
        self.kills = 0

    def _start(self, port: int) -> Web:
        return Web(self._telegram, self._folder, port, url="http://127.0.0.1:1", **self._variables)

    @property
    def ports(self) -> list[int]:
        return [web.port for web in self.webs]

    async def kill_until_cancelled(self, dice: random.Random) -> None:
        for number in itertools.cycle(range(len(self.webs))):
            await asyncio.sleep(dice.uniform(*KILL_EVERY))
            web = self.webs[number]
            web.bot.process.kill()
            web.bot.process.wait()
            self.kills += 1
            self.webs[number] = self._start(web.port)
            await asyncio.to_thread(self.webs[number].bot.wait_until_ready, web.port)

    def end(self) -> None:
        for web in self.webs:
            web.bot.end()


@pytest.mark.parametrize(("database", "processes"), [("sqlite", 1), ("postgres", 2)])
def test_no_message_is_lost_or_answered_twice(
    own_telegram: FakeTelegram, tmp_path: Path, request: pytest.FixtureRequest, database: str, processes: int
) -> None:
    url = f"sqlite:///{tmp_path / 'shared.sqlite3'}" if database == "sqlite" else postgres_url(request)
    killer = Killer(own_telegram, tmp_path, processes, DATABASE_URL=url)
    try:
        for web in killer.webs:
            web.bot.wait_until_ready(web.port)
        deliverer = Deliverer(killer.ports, own_telegram.webhook_secret)
        asyncio.run(_under_fire(killer, deliverer))
    finally:
        killer.end()
    assert killer.kills >= FEWEST_KILLS
    assert deliverer.again > 0
    directly = Counter(c.parameters["reply_parameters"]["message_id"] for c in own_telegram.calls if c.shown)
    assert not directly
    assert set(deliverer.answers.values()) == {1}
    assert len(deliverer.answers) == MESSAGES


async def _under_fire(killer: Killer, deliverer: Deliverer) -> None:
    killing = asyncio.create_task(killer.kill_until_cancelled(random.Random(7)))
    try:
        await deliverer.deliver_all([_update(number) for number in range(1, MESSAGES + 1)])
    finally:
        killing.cancel()
        await asyncio.gather(killing, return_exceptions=True)


def _update(number: int) -> dict[str, Any]:
    """A message of one of many people."""
    person = {"id": 1000 + number, "is_bot": False, "first_name": "用户", "language_code": "zh-hans"}
    chat = {"id": 1000 + number, "type": "private", "first_name": "用户"}
    text = QUESTIONS[number % len(QUESTIONS)]
    message: dict[str, Any] = {"message_id": number, "date": 1, "chat": chat, "from": person, "text": text}
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return {"update_id": number, "message": message}
