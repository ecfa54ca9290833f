"""Whether another process fetches updates with the same token: only one may."""

from __future__ import annotations

from telegram import Bot
from telegram.error import Conflict

from bot.frontends.telegram.settings import StartError

#: seconds in which another poller, whom this request throws off, comes back and throws this one off
_LISTEN_SECONDS = 3


async def refuse_if_polled(bot: Bot) -> None:
    """Raises StartError when somebody else polls. Confirms no update.

    Of two requests for updates Telegram ends the older one with a conflict. Whoever polls asks again at once, and
    so ends this one. Updates that wait are returned at once: then nobody fetches them.
    """
    try:
        await bot.get_updates(timeout=_LISTEN_SECONDS)
    except Conflict as error:
        raise StartError("telegram.polled_elsewhere") from error
