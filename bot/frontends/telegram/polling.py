"""Long polling: from the first connection to an orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable
from typing import TypeVar

from telegram import Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.assistant import Assistant
from bot.frontends.telegram.application import App, build_application, handle
from bot.frontends.telegram.handlers import UPDATE_TYPES, Handlers
from bot.frontends.telegram.logs import describe
from bot.frontends.telegram.menu import set_menu
from bot.frontends.telegram.settings import Settings, StartError
from bot.frontends.telegram.sole import is_polled
from bot.frontends.telegram.stopping import at_stop
from bot.state.store import Store

T = TypeVar("T")

#: seconds that Telegram may keep a request for updates waiting for one
_POLL_SECONDS = 30
#: seconds before something that failed is tried again, doubling up to the second number
_RETRY_SECONDS = (1.0, 30.0)

log = logging.getLogger(__name__)


async def poll(assistant: Assistant, store: Store, settings: Settings) -> None:
    """Answer updates until SIGTERM or SIGINT; the one in hand is still answered.

    Raises StartError when Telegram doesn't take the token (any more), or a webhook is set.
    """
    application = build_application(Handlers(assistant, store), settings)
    stop = asyncio.Event()
    at_stop(stop.set)
    try:
        if await _before(stop, _start(application, assistant)) is not None:
            await _answer(application, store, stop)
    except InvalidToken as error:
        raise StartError("telegram.rejected") from error
    finally:
        await application.shutdown()
        log.info("已停止")


async def _answer(application: App, store: Store, stop: asyncio.Event) -> None:
    """Fetch updates and handle them one by one. The offset moves only past handled ones.

    What isn't handled is therefore delivered again, after a crash as well.
    """
    offset: int | None = None
    wait, longest = _RETRY_SECONDS
    while not stop.is_set():
        try:
            updates = await _before(stop, _fetch(application, offset, _POLL_SECONDS))
            wait = _RETRY_SECONDS[0]
        except InvalidToken:
            raise
        except TelegramError as error:
            _complain(error)
            await _before(stop, asyncio.sleep(_seconds(error, wait)))
            wait = min(wait * 2, longest)
            continue
        for update in updates or ():
            if stop.is_set():
                break
            await handle(application, store, update, alone=True)
            offset = update.update_id + 1
    if offset is not None:
        with contextlib.suppress(TelegramError):
            await _fetch(application, offset, 0)


async def _fetch(application: App, offset: int | None, seconds: int) -> tuple[Update, ...]:
    updates: tuple[Update, ...] = await application.bot.get_updates(
        offset=offset, timeout=seconds, allowed_updates=UPDATE_TYPES
    )
    return updates


async def _before(stop: asyncio.Event, work: Awaitable[T]) -> T | None:
    """What the work returns, None if the stop came before, which cancels it. Raises what the work raises."""
    task, stopped = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    await asyncio.wait((task, stopped), return_when=asyncio.FIRST_COMPLETED)
    if not task.done():
        task.cancel()
    stopped.cancel()
    await asyncio.gather(task, stopped, return_exceptions=True)
    return None if task.cancelled() else task.result()


async def _start(application: App, assistant: Assistant) -> bool:
    await _connect(application)
    log.info("已连接 Telegram：@%s", application.bot.username)
    await set_menu(application.bot, assistant)
    log.info("开始接收消息（长轮询）")
    return True


async def _connect(application: App) -> None:
    """Reach Telegram, however long it takes."""
    wait, longest = _RETRY_SECONDS
    while True:
        try:
            await application.initialize()
            webhook = await application.bot.get_webhook_info()
        except NetworkError as error:
            log.warning("连不上 Telegram（%s），%g 秒后再试", describe(error), wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, longest)
        else:
            break
    # Fetching would fail as long as it is set; deleting it would silence the program that it was set for.
    if webhook.url:
        raise StartError("telegram.webhook_set")
    if await is_polled(application.bot):
        raise StartError("telegram.polled_elsewhere")


def _complain(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.error("另有程序在用同一个令牌接收消息（409）。同一时间只能有一个在运行，请停掉其中一个。")
    else:
        log.warning("接收消息出错（%s），会接着试", describe(error))


def _seconds(error: TelegramError, wait: float) -> float:
    """How long to wait before the next try: as long as Telegram says, if it does."""
    if not isinstance(error, RetryAfter):
        return wait
    asked = error.retry_after
    return float(asked) if isinstance(asked, int | float) else asked.total_seconds()
