"""The bot as a python-telegram-bot application, however its updates reach it."""

from __future__ import annotations

from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import AIORateLimiter, Application, Defaults
from telegram.request import BaseRequest, HTTPXRequest

from bot.frontends.telegram.handlers import Handlers
from bot.frontends.telegram.observe import NoMetrics, kind_of, observed
from bot.frontends.telegram.settings import Settings
from bot.state.store import Store

App = Application[Any, Any, Any, Any, Any, Any]
#: how often a call that Telegram answered with "too many requests" is made again, after the time it asked for
_RETRIES = 5


def build_application(handlers: Handlers, settings: Settings, request: BaseRequest | None = None) -> App:
    """The application with all handlers, not yet initialized; where updates come from is left to the caller.

    `request` makes the calls of the Bot API, by default over HTTP.
    """
    application: App = (
        Application.builder()
        .token(settings.token)
        .base_url(settings.base_url)
        .updater(None)
        .request(request or HTTPXRequest(connect_timeout=10, read_timeout=20, write_timeout=20, pool_timeout=10))
        .defaults(Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)))
        # Rates of 0: Telegram says when it is too much, and throttling ahead of that slows everybody down.
        .rate_limiter(AIORateLimiter(overall_max_rate=0, group_max_rate=0, max_retries=_RETRIES))
        .build()
    )
    handlers.add_to(application)
    return application


async def handle(application: App, store: Store, update: Update, *, alone: bool = False) -> bool:
    """Handle an update unless it is handled already; False while another process is at it.

    `alone`: no other process can be at it, so that what was begun and not ended was begun before a crash.
    """
    claim = await store.claim(update.update_id, alone=alone)
    if not claim.is_ours:
        return claim.answer is not None
    async with store.together():
        with observed(update.update_id, kind_of(update), NoMetrics()) as seen:
            await application.process_update(update)
        await store.handled(update.update_id, outcome=seen.outcome)
    return True
