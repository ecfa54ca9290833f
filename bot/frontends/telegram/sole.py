"""Whether another process fetches updates with the same token: only one may."""

from __future__ import annotations

from telegram import Bot
from telegram.error import Conflict

#: seconds in which another poller, whom this request throws off, comes back and throws this one off
LISTEN_SECONDS = 3


async def is_polled(bot: Bot) -> bool:
    """Whether somebody else polls, or listens as this does. Confirms no update.

    Of two requests for updates Telegram ends the older one with a conflict. Whoever polls asks again at once, and
    so ends this one. Updates that wait are returned at once: then nobody fetches them.
    """
    try:
        await bot.get_updates(timeout=LISTEN_SECONDS)
    except Conflict:
        return True
    return False
