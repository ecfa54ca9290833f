"""What Telegram shows of the bot before anybody writes: its commands and descriptions, by language."""

from __future__ import annotations

import asyncio
import logging

from telegram import Bot, BotCommand
from telegram.error import BadRequest, TelegramError

from bot.assistant import Assistant
from bot.frontends.telegram.logs import describe
from bot.reply.model import Script

#: in the order shown
COMMANDS = ("topics", "chart", "help", "privacy", "forget")
#: the script for each language of a user's Telegram; "" is every other one
_LANGUAGES: tuple[tuple[str, Script], ...] = (("", "simplified"), ("zh-hans", "simplified"), ("zh-hant", "traditional"))
#: seconds that this may hold up the start (Telegram may ask to wait for hours)
_MOST_SECONDS = 10.0

log = logging.getLogger(__name__)


async def set_menu(bot: Bot, assistant: Assistant) -> None:
    """Set commands and descriptions for every language. The bot works without them, so failing is only logged."""
    try:
        await asyncio.wait_for(_set_all(bot, assistant), _MOST_SECONDS)
    except (TelegramError, TimeoutError) as error:
        log.warning("没能设置命令菜单：%s", describe(error))


async def _set_all(bot: Bot, assistant: Assistant) -> None:
    for language, script in _LANGUAGES:
        try:
            await _set(bot, assistant, language or None, script)
        except BadRequest as error:
            # The documentation speaks of codes of two letters: who takes no others gets one Chinese for all.
            log.warning("Telegram 不接受语言“%s”的菜单：%s", language, describe(error))
            if script == "simplified" and language:
                await _set(bot, assistant, "zh", script)


async def _set(bot: Bot, assistant: Assistant, language: str | None, script: Script) -> None:
    def say(name: str) -> str:
        return assistant.wording(f"telegram.{name}", script, subject=assistant.report.subject)

    await bot.set_my_commands([BotCommand(name, say(f"menu.{name}")) for name in COMMANDS], language_code=language)
    await bot.set_my_description(say("description"), language_code=language)
    await bot.set_my_short_description(say("short_description"), language_code=language)
