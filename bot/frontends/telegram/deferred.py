"""Calls of the Bot API that travel back in the webhook's response instead of a request of their own.

Of the calls made while an update is handled, the last that may be deferred is: sending it needs no second request,
and Telegram executes it exactly when it takes the response as the receipt of the update.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from telegram.request import HTTPXRequest, RequestData

#: calls whose result nobody waits for. An edit isn't among them: when Telegram refuses it, a new message is sent.
DEFERRABLE = frozenset({"sendMessage", "answerCallbackQuery", "answerInlineQuery"})
#: calls that must not come before the one held back
_AFTER = frozenset({"sendPhoto"})
_FINE = range(200, 300)
#: what a call returns before it is made; the library takes it for a message too
_DONE = b'{"ok": true, "result": true}'


@dataclass
class _Held:
    """A call not made yet: what is needed to make it, or to write it into a response."""

    method: str
    arguments: dict[str, Any]


@dataclass
class Deferred:
    """Holds the last deferrable call of an update."""

    held: _Held | None = None

    @property
    def body(self) -> str:
        """The response's body that makes the call, "" if there is none to make."""
        if self.held is None:
            return ""
        data: RequestData | None = self.held.arguments["request_data"]
        parameters = data.parameters if data is not None else {}
        return json.dumps({"method": self.held.method, **parameters}, ensure_ascii=False)


_slot: ContextVar[Deferred | None] = ContextVar("deferred", default=None)


@contextmanager
def deferring() -> Iterator[Deferred]:
    """Hold back the last deferrable call of what is handled inside."""
    deferred = Deferred()
    token = _slot.set(deferred)
    try:
        yield deferred
    finally:
        _slot.reset(token)


@contextmanager
def at_once() -> Iterator[None]:
    """Make the calls inside right away: their result is needed, such as the number of a message sent."""
    token = _slot.set(None)
    try:
        yield
    finally:
        _slot.reset(token)


class DeferringRequest(HTTPXRequest):
    """Makes calls over HTTP, but for the one that is held back."""

    async def do_request(self, url: str, method: str, **arguments: Any) -> tuple[int, bytes]:  # type: ignore[override]
        slot = _slot.get()
        name = url.rpartition("/")[2]
        if slot is None or not (name in DEFERRABLE or name in _AFTER):
            return await super().do_request(url, method, **arguments)
        if slot.held is not None:
            status, body = await super().do_request(**slot.held.arguments)
            # It was answered as done already: that it wasn't must come of this call, which is made again with it.
            if status not in _FINE and slot.held.method != "answerCallbackQuery":
                return status, body
            slot.held = None
        if name in _AFTER:
            return await super().do_request(url, method, **arguments)
        slot.held = _Held(name, {"url": url, "method": method, **arguments})
        return 200, _DONE
