"""Logging that can hold neither the token nor what users write."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

from telegram.error import TelegramError


def set_up_logging(token: str) -> None:
    """Log to standard error from INFO on, with the token struck out wherever it would appear."""
    handler = logging.StreamHandler()
    handler.setFormatter(DiscreetFormatter(token))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.captureWarnings(True)
    # At INFO httpx logs every URL (they hold the token), and the library its own starts and stops.
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # It logs whole answers of the server that aren't JSON: a torn one may hold messages.
    # The error that follows is logged anyway.
    logging.getLogger("telegram.request.BaseRequest").disabled = True


def describe(error: BaseException) -> str:
    """An error in a few words without what it carries, unless those are the words of the Bot API."""
    name = type(error).__name__
    if not isinstance(error, TelegramError):
        return name
    # The library's own wrappers quote what they wrap: a URL with the token, text that didn't encode.
    return f"{name} ({describe(error.__cause__)})" if error.__cause__ else f"{name}: {error.message}"


class DiscreetFormatter(logging.Formatter):
    """Strikes out the token and leaves the values of exceptions out of tracebacks."""

    def __init__(self, token: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = (token, token.partition(":")[2])

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text

    def formatException(  # noqa: N802 - the name is logging's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            # A failed call to the Bot API is no bug of ours: its name is enough.
            if isinstance(error, TelegramError):
                lines.append(describe(error))
                break
            lines += [*(line.rstrip() for line in traceback.format_tb(error.__traceback__)), describe(error)]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)
