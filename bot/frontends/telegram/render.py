"""A reply as Telegram's HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.reply.model import Block, Choices, Quote, Reply, Statement

#: what Telegram takes in one message, in UTF-16 units of the text that is left when the tags are parsed
MESSAGE_LIMIT = 4096
_CUT = "……"


def to_html(reply: Reply, limit: int = MESSAGE_LIMIT) -> str:
    """The blocks of a reply, a line or more each: figures bold, sentences of the report as block quotes.

    Choices show only their lead: they become buttons. Blocks that no longer fit into `limit` UTF-16 units
    are left out, and an overlong first block is cut short; both end in an ellipsis.
    """
    parts: list[str] = []
    room = limit
    for index, block in enumerate(reply.blocks):
        # Until the last block there must be room left for the ellipsis on a line of its own.
        reserve = 0 if index == len(reply.blocks) - 1 else _length(_CUT) + 1
        used = _length(_shown(block)) + (1 if parts else 0)
        if used + reserve > room:
            parts.append(_CUT if parts else _block(_shorten(block, room)))
            break
        parts.append(_block(block))
        room -= used
    return "\n".join(parts)


def _block(block: Block) -> str:
    if isinstance(block, Quote):
        return f"<blockquote>{_bold(block.text, block.highlights)}</blockquote>\n——{escape(block.source)}"
    if isinstance(block, Statement):
        return _bold(block.text, [(block.start, block.end)])
    return escape(_shown(block))


def _shown(block: Block) -> str:
    """What is left of the block's HTML once Telegram has parsed it."""
    if isinstance(block, Quote):
        return f"{block.text}\n——{block.source}"
    return block.lead if isinstance(block, Choices) else block.text


def _bold(text: str, spans: Sequence[tuple[int, int]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if at <= start < end <= len(text):
            parts += [escape(text[at:start]), "<b>", escape(text[start:end]), "</b>"]
            at = end
    return "".join([*parts, escape(text[at:])])


def _shorten(block: Block, room: int) -> Block:
    text = block.lead if isinstance(block, Choices) else block.text
    # Every character counted as two units: short enough, whatever it is.
    keep = max((room - _length(_shown(block)) + _length(text) - _length(_CUT)) // 2, 0)
    text = text[:keep] + _CUT
    return block._replace(lead=text) if isinstance(block, Choices) else block._replace(text=text)


def _length(text: str) -> int:
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text)
