"""The standard streams, made safe for Chinese, and text made safe for a terminal. Shared by `ask` and the REPL."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator

_ESCAPE_SEQUENCE = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor moves
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC and other strings: titles
    r"|\x1b[ -/]*[0-~]?"
)
_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
_NOT_SURROGATE_ESCAPE = "[\ud800-\udc7f\udd00-\udfff]"


def prepare_output() -> None:
    """Let stdout and stderr take any text: UTF-8 where the locale's encoding has no Chinese, and never an error."""
    for stream in (sys.stdout, sys.stderr):
        # Not so for None (a closed stream) or what a caller put in its place.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=stream.encoding if _holds_chinese(stream.encoding) else "utf-8")
            stream.reconfigure(errors="replace")


def use_utf8_output() -> None:
    """Write UTF-8 to stdout whatever the locale: what JSON is exchanged in."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")


def abandon_stdout() -> None:
    """Let the rest of stdout go nowhere, after its reader went away: else the interpreter complains at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def piped_lines() -> Iterator[str]:
    """Every line of standard input as it arrives, without its line end: UTF-8, bytes that aren't replaced by U+FFFD.

    Only a line feed ends a line, so that the answers match the lines another program counts.
    """
    if sys.stdin is None:  # closed by the caller
        return
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace", newline="\n")
    for line in sys.stdin:
        yield line.rstrip("\r\n")


def well_formed(text: str) -> str:
    """The text without lone surrogates, which nothing can print.

    They stand for argument bytes the locale couldn't decode: read as UTF-8 here, U+FFFD where they aren't that either.
    """
    text = re.sub(_NOT_SURROGATE_ESCAPE, "\ufffd", text)
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def printable(text: str) -> str:
    """The text without escape sequences, control characters (but tab and newline) and overrides of direction."""
    return re.sub(_CONTROL, "", re.sub(_ESCAPE_SEQUENCE, "", well_formed(text)))


def _holds_chinese(encoding: str) -> bool:
    try:
        "光「」——".encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
