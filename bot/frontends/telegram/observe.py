"""What operators see of each update: one line of the log, and numbers. Never a text, never a token."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from telegram import Update

log = logging.getLogger(__name__)

_outcome: ContextVar[str] = ContextVar("outcome", default="ignored")


class Metrics(Protocol):
    """Counts updates."""

    def update(self, kind: str, outcome: str, seconds: float) -> None:
        """One update handled: what kind it was, what came of it, and how long it took."""


class NoMetrics:
    """Counts nothing: the log tells it all."""

    def update(self, kind: str, outcome: str, seconds: float) -> None:
        """Nothing."""


def note_outcome(outcome: str) -> None:
    """What came of the update in hand: an outcome of a reply, or what else the bot did."""
    _outcome.set(outcome)


@dataclass
class Observation:
    """What came of an update, known when it is handled."""

    outcome: str = ""


@contextmanager
def observed(update: int, kind: str, metrics: Metrics) -> Iterator[Observation]:
    """Log and count the update (its number, and what kind it is) that is handled inside."""
    token = _outcome.set("ignored")
    begun = time.perf_counter()
    seen = Observation()
    try:
        yield seen
    except BaseException:
        _outcome.set("failed")
        raise
    finally:
        seconds = time.perf_counter() - begun
        outcome = seen.outcome = _outcome.get()
        log.info("update=%d kind=%s outcome=%s ms=%.1f", update, kind, outcome, 1000 * seconds)
        metrics.update(kind, outcome, seconds)
        _outcome.reset(token)


def kind_of(update: Update) -> str:
    """message, edited_message, callback_query, inline_query, or other."""
    kinds = ("message", "edited_message", "callback_query", "inline_query")
    return next((kind for kind in kinds if getattr(update, kind) is not None), "other")
