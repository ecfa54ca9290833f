"""A reply as structure, not text: each frontend renders the same blocks in its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from bot.understanding.decision import Decision

Outcome = Literal["answer", "overview", "clarify", "abstain", "chat"]
Verdict = Literal["supported", "refuted"]
Script = Literal["simplified", "traditional"]


class Paragraph(NamedTuple):
    """Plain words."""

    text: str


class Statement(NamedTuple):
    """A fact said in words; text[start:end] is its figure (start == end where it can't be pointed at)."""

    fact: str
    text: str
    start: int
    end: int


class Quote(NamedTuple):
    """A sentence of the report, word for word; `highlights` are (start, end) of the figures asked for."""

    text: str
    highlights: tuple[tuple[int, int], ...]
    source: str


class Choice(NamedTuple):
    """Something the user can pick: a fact id and its label."""

    id: str
    label: str


class Choices(NamedTuple):
    """Numbered from 1 in every frontend; `lead` introduces them."""

    lead: str
    items: tuple[Choice, ...]


Block = Paragraph | Statement | Quote | Choices


class Reply(NamedTuple):
    """What the bot says to one message. The fields up to `matched` are those of the JSON contract."""

    ask: str
    outcome: Outcome
    blocks: tuple[Block, ...]
    facts: tuple[str, ...] = ()
    verdict: Verdict | None = None
    topic: str | None = None
    options: tuple[str, ...] = ()
    confidence: float = 0.0
    matched: str | None = None
    script: Script = "simplified"
    decision: Decision | None = None

    @property
    def text(self) -> str:
        """The whole reply as plain text."""
        return "\n".join(_plain(block) for block in self.blocks)

    def as_json(self) -> dict[str, object]:
        """The object that `reportbot ask --json` prints."""
        return {
            "ask": self.ask,
            "outcome": self.outcome,
            "facts": list(self.facts),
            "verdict": self.verdict,
            "topic": self.topic,
            "options": list(self.options),
            "confidence": self.confidence,
            "matched": self.matched,
            "reply": self.text,
        }


def _plain(block: Block) -> str:
    if isinstance(block, Quote):
        return f"「{block.text}」——{block.source}"
    if isinstance(block, Choices):
        return "\n".join([block.lead, *(f"{n}. {item.label}" for n, item in enumerate(block.items, 1))])
    return block.text
