"""The signals by which an operator, or a platform, asks a process to stop."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable


def at_stop(act: Callable[[], object]) -> None:
    """Call this, in the running event loop, at SIGTERM and SIGINT instead of dying of them.

    On Windows, whose event loops take no such calls, it does nothing: there Ctrl+C ends the process at once, and what
    it hadn't answered comes again, as after a crash.
    """
    if sys.platform == "win32":
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, act)
