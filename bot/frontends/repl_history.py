"""The questions typed before: in a file of the user's own, or only in memory where there can't be one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from prompt_toolkit.history import FileHistory, History, InMemoryHistory

#: characters beyond which an input (a pasted document, say) isn't worth keeping on disk
LONGEST_KEPT = 2000


def state_folder() -> Path:
    """The platform's folder for what a program remembers. Raises RuntimeError where the user has no home."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
        default = "AppData/Local"
    elif sys.platform == "darwin":
        base, default = "", "Library/Application Support"
    else:
        base, default = os.environ.get("XDG_STATE_HOME", ""), ".local/state"
    # The XDG specification has relative paths ignored.
    folder = Path(base) if Path(base).is_absolute() else Path.home() / default
    return folder / "reportbot"


def open_history() -> History:
    """The history of earlier sessions; one in memory where the file can't be written. Never raises."""
    try:
        path = state_folder() / "history"
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        with path.open("ab"):
            pass
    except (OSError, RuntimeError):
        return InMemoryHistory()
    return _Forgiving(path)


class _Forgiving(FileHistory):
    """A file that may fail or vanish under way (disk full, say) without stopping the conversation."""

    def load_history_strings(self) -> Iterable[str]:
        try:
            return super().load_history_strings()
        except OSError:
            return []

    def store_string(self, string: str) -> None:
        if len(string) > LONGEST_KEPT:
            return
        try:
            super().store_string(string)
        except OSError:
            return
