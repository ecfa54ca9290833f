"""Tell how a reply came about."""

from __future__ import annotations

from bot.reply.model import Reply


def explain(reply: Reply) -> str:
    """The decision behind a reply, as lines of text."""
    return f"{reply.outcome} {reply.confidence}"
