"""The bot as a python-telegram-bot application, however its updates reach it."""

from __future__ import annotations

from typing import Any

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.ext import AIORateLimiter, Application, Defaults
from telegram.request import BaseRequest

from bot.assistant import Assistant
from bot.frontends.telegram.handlers import Handlers
from bot.frontends.telegram.settings import Settings

App = Application[Any, Any, Any, Any, Any, Any]
#: how often a call that Telegram answered with "too many requests" is made again, after the time it asked for
_RETRIES = 5


def build_application(assistant: Assistant, settings: Settings, updates_request: BaseRequest) -> App:
    """The application with all handlers, not yet initialized. `updates_request` fetches the updates."""
    application: App = (
        Application.builder()
        .token(settings.token)
        .base_url(settings.base_url)
        .get_updates_request(updates_request)
        .connect_timeout(10)
        .read_timeout(20)
        .write_timeout(20)
        .pool_timeout(10)
        .defaults(Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)))
        # Rates of 0: Telegram says when it is too much, and throttling ahead of that slows everybody down.
        .rate_limiter(AIORateLimiter(overall_max_rate=0, group_max_rate=0, max_retries=_RETRIES))
        .build()
    )
    Handlers(assistant).add_to(application)
    return application
