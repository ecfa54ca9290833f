"""`reportbot telegram`."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable

from bot.assistant import Assistant
from bot.frontends.telegram.logs import set_up_logging
from bot.frontends.telegram.polling import poll
from bot.frontends.telegram.settings import Settings, StartError, read_settings
from bot.state.database import DatabaseError, open_database
from bot.state.grouped import GroupedDatabase
from bot.state.store import Store

#: replies kept for those who ask what others asked
_REPLIES_KEPT = 512

log = logging.getLogger(__name__)


def run(assistant: Assistant, *, webhook: bool) -> int:
    """Run the bot until it is told to stop.

    0 after an orderly stop; 2, and one line on standard error, when it can't run as it is set up; 1 when it broke.
    """
    try:
        settings = read_settings(os.environ, webhook=webhook)
        set_up_logging(settings.token)
        with asyncio.Runner(loop_factory=_fast_loop() if webhook else None) as runner:
            runner.run(_serve(assistant, settings, webhook=webhook))
    except StartError as error:
        print(assistant.wording(error.wording), file=sys.stderr)
        return 2
    except Exception:
        # Left to Python, the traceback could show the token; the log strikes it out.
        log.exception("Telegram 机器人意外中止")
        return 1
    return 0


async def _serve(assistant: Assistant, settings: Settings, *, webhook: bool) -> None:
    assistant = assistant.with_kept_replies(_REPLIES_KEPT)
    store = open_store(assistant, settings)
    run = _webhook() if webhook else poll
    await store.open()
    expiring = asyncio.create_task(store.keep_expiring())
    try:
        await run(assistant, store, settings)
    finally:
        expiring.cancel()
        await asyncio.gather(expiring, return_exceptions=True)
        await store.close()


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The event loop of the extra, where it is installed (it isn't made for Windows)."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def _webhook() -> Callable[[Assistant, Store, Settings], Awaitable[None]]:
    """Its packages are an extra. Raises StartError when they aren't there."""
    try:
        from bot.frontends.telegram.webhook import serve
    except ImportError as error:
        raise StartError("telegram.no_webhook") from error
    return serve


def open_store(assistant: Assistant, settings: Settings) -> Store:
    """The store that the settings name, not yet connected. Raises StartError for one that can't be used here."""
    try:
        database = GroupedDatabase(open_database(settings.database_url))
    except DatabaseError as error:
        raise StartError("telegram.bad_database_url") from error
    seconds = 60 * assistant.context_minutes
    return Store(database, settings.token, context_seconds=seconds, questions_kept=settings.questions_kept)
