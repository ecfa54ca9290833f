"""The record of how a message was understood: what was decided for each question in it, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.understanding.candidates import Candidate, Question
from bot.understanding.clause import Clause, Mention

Kind = Literal["answer", "overview", "clarify", "abstain", "chat"]


@dataclass(frozen=True)
class Finding:
    """What was decided for one question.

    `rule` names the step that decided. `reason` and `words` say what is missing when the question is refused
    (e.g. "place", ("承德",)). `targets` are fact ids (a topic id for an overview, a small talk's name for chat);
    `options` are fact ids to offer. `verdict` is True for a claim that holds, False for one that doesn't.
    """

    kind: Kind
    rule: str
    targets: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    confidence: float = 0.0
    reason: str = ""
    words: tuple[str, ...] = ()
    verdict: bool | None = None
    mention: Mention | None = None
    clause: Clause | None = None
    question: Question | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Decision:
    """How a whole message was understood."""

    message: str
    normalised: str
    findings: tuple[Finding, ...] = field(default=())
    corrections: tuple[tuple[str, str], ...] = ()
