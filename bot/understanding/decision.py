"""The record of how a message was understood: what was decided for each question in it, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from bot.understanding.candidates import Candidate, Question
from bot.understanding.clause import Clause, Mention

Kind = Literal["answer", "overview", "clarify", "abstain", "chat"]

#: confidence in what is left of a choice
_LEFT = 60.0


class Finding(NamedTuple):
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


class Decision(NamedTuple):
    """How a whole message was understood.

    `named`: the two things that it, or a message before, names in order, and of which it says 前者 or 后者.
    """

    message: str
    normalised: str
    findings: tuple[Finding, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    named: tuple[str, ...] = ()


def but_for(found: Finding, others: Sequence[Finding]) -> Finding:
    """有劳动能力的人 beside 已就业的人: of what one of several may be, the only one that no other is."""
    taken = {target for other in others for target in other.targets}
    left = tuple(option for option in found.options if option not in taken)
    if found.kind != "clarify" or len(left) != 1 or len(left) == len(found.options):
        return found
    return found._replace(kind="answer", rule="coordinated", targets=left, options=(), confidence=_LEFT)
