"""A limit against those who send more than a person can ask."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from enum import Enum

#: so many messages in so many seconds are answered
MOST_MESSAGES = 20
WINDOW_SECONDS = 60.0
#: speakers watched at once; the one heard of least recently goes first
_SPEAKERS = 10_000


class Admission(Enum):
    """Answer the message; say once that it is too much; or say nothing."""

    WELCOME = "welcome"
    WARN = "warn"
    SILENT = "silent"


class FloodLimit:
    """Counts the messages of each speaker over a sliding window, in this process's memory."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._heard: OrderedDict[str, deque[float]] = OrderedDict()

    def admit(self, speaker: str) -> Admission:
        """What to do about one more message of this speaker."""
        now = self._clock()
        times = self._heard.setdefault(speaker, deque(maxlen=MOST_MESSAGES + 2))
        self._heard.move_to_end(speaker)
        while len(self._heard) > _SPEAKERS:
            self._heard.popitem(last=False)
        while times and now - times[0] > WINDOW_SECONDS:
            times.popleft()
        if len(times) > MOST_MESSAGES:
            return Admission.SILENT
        times.append(now)
        return Admission.WELCOME if len(times) <= MOST_MESSAGES else Admission.WARN
