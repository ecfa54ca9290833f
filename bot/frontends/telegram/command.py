"""`reportbot telegram`."""

from __future__ import annotations

import asyncio
import logging
import os
import sys

from bot.assistant import Assistant
from bot.frontends.telegram.logs import set_up_logging
from bot.frontends.telegram.polling import poll
from bot.frontends.telegram.settings import StartError, read_settings

log = logging.getLogger(__name__)


def run(assistant: Assistant, *, webhook: bool) -> int:
    """Run the bot until it is told to stop.

    0 after an orderly stop; 2, and one line on standard error, when it can't run as it is set up; 1 when it broke.
    """
    try:
        if webhook:
            raise StartError("telegram.no_webhook")
        settings = read_settings(os.environ)
        set_up_logging(settings.token)
        asyncio.run(poll(assistant, settings))
    except StartError as error:
        print(assistant.wording(error.wording), file=sys.stderr)
        return 2
    except Exception:
        # Left to Python, the traceback could show the token; the log strikes it out.
        log.exception("Telegram 机器人意外中止")
        return 1
    return 0
