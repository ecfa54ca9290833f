"""Long polling: from the first connection to an orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from typing import Any

from telegram import BotCommand
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.assistant import Assistant
from bot.frontends.telegram.application import App, build_application
from bot.frontends.telegram.handlers import UPDATE_TYPES
from bot.frontends.telegram.logs import describe
from bot.frontends.telegram.settings import Settings, StartError

#: seconds that Telegram may keep a request for updates waiting for one
_POLL_SECONDS = 30
#: seconds before connecting is tried again, doubling up to the second number
_RETRY_SECONDS = (1.0, 30.0)
#: seconds that setting the menu may hold up the start (Telegram may ask to wait for hours)
_MENU_SECONDS = 10.0

log = logging.getLogger(__name__)


async def poll(assistant: Assistant, settings: Settings) -> None:
    """Answer updates until SIGTERM or SIGINT; those already fetched are still answered.

    Raises StartError when Telegram doesn't take the token (any more), or a webhook is set.
    """
    request = _UpdatesRequest()
    application = build_application(assistant, settings, request)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        if await _before(stop, _start(application, assistant)) and await _before(stop, request.rejected.wait()):
            raise StartError("telegram.rejected")
    except InvalidToken as error:
        raise StartError("telegram.rejected") from error
    finally:
        await _end(application)


class _UpdatesRequest(HTTPXRequest):
    """Notices a token revoked while the bot runs, at which the library's polling dies without a word."""

    def __init__(self) -> None:
        super().__init__(connection_pool_size=1, connect_timeout=10, read_timeout=20, pool_timeout=10)
        self.rejected = asyncio.Event()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, body = await super().do_request(*args, **kwargs)
        if status in (401, 404):
            self.rejected.set()
        return status, body


async def _before(stop: asyncio.Event, work: Any) -> bool:
    """Whether the work was done before the stop came, which cancels it. Raises what the work raises."""
    tasks = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    if tasks[0] not in done:
        return False
    tasks[0].result()
    return True


async def _start(application: App, assistant: Assistant) -> None:
    await _connect(application)
    log.info("已连接 Telegram：@%s", application.bot.username)
    await _set_menu(application, assistant)
    await application.start()
    if application.updater is None:
        raise ValueError("an application without an updater can't poll")
    await application.updater.start_polling(
        timeout=_POLL_SECONDS,
        bootstrap_retries=-1,
        allowed_updates=UPDATE_TYPES,
        error_callback=_polling_failed,
    )
    log.info("开始接收消息（长轮询）")


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
    # Polling would delete it, and with it silence the program that it was set for.
    if webhook.url:
        raise StartError("telegram.webhook_set")


async def _set_menu(application: App, assistant: Assistant) -> None:
    """Show the commands in Telegram's menu. The bot works without it, so failing is only logged."""
    commands = [BotCommand(name, assistant.wording(f"telegram.menu.{name}")) for name in ("topics", "help", "privacy")]
    try:
        await asyncio.wait_for(application.bot.set_my_commands(commands), _MENU_SECONDS)
    except (TelegramError, TimeoutError) as error:
        log.warning("没能设置命令菜单：%s", describe(error))


def _polling_failed(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.error("另有程序在用同一个令牌接收消息（409）。同一时间只能有一个在运行，请停掉其中一个。")
    else:
        log.warning("接收消息出错（%s），会接着试", describe(error))


async def _end(application: App) -> None:
    if application.updater is not None and application.updater.running:
        # It raises once more what the polling died of.
        with contextlib.suppress(InvalidToken):
            await application.updater.stop()
    if application.running:
        await application.stop()
    await application.shutdown()
    log.info("已停止")
