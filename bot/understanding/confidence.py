"""Make confidence mean something: 90 and more only for a message that was understood in every word.

A score tells how well a paraphrase fits; it knows nothing of what was left over. What makes an answer less sure,
whatever its score, is listed here.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.clause import Clause
from bot.understanding.decision import Finding

#: characters from which a message says more than a question
_LONG = 30
#: the most that an answer with any doubt gets (0 to 100)
DOUBTFUL = 89.0
#: steps that fill in what a message leaves out, or read more than one question out of it
_GUESSING_RULES = frozenset(
    {"follow_up", "recalled", "coordinated", "compute_on", "comparison", "claim_on", "claim_in_words", "rivals", "pick"}
)


def calibrated(findings: Sequence[Finding], clauses: Sequence[Clause]) -> list[Finding]:
    """The findings, none of them surer than what was read allows.

    `replay --sweep` and a test on the question sets show what share of the answers with 90 or more is right.
    """
    claims = any("claim" in clause.marks for clause in clauses)
    doubtful = (
        len(findings) > 1
        or sum(len(clause.text) for clause in clauses) > _LONG
        or _says_more_than_one_number(clauses)
        or any(clause.unknown for clause in clauses)
        or any(_is_doubtful(finding) for finding in findings)
        or any(claims and finding.verdict is None for finding in findings)
    )
    if not doubtful:
        return list(findings)
    return [f._replace(confidence=min(f.confidence, DOUBTFUL)) if f.kind == "answer" else f for f in findings]


def _says_more_than_one_number(clauses: Sequence[Clause]) -> bool:
    """25.6万人里有18.15万人, 户数人数一起报: whether there may be more to it than one answer tells."""
    units = {value for c in clauses for token in c.tokens for value in token.values("quantity")} - {"any"}
    return len(units) > 1 or sum(len(clause.mentions) for clause in clauses) > 1


def _is_doubtful(finding: Finding) -> bool:
    """Whether it rests on a guess, or on more than its question."""
    if finding.kind != "answer":
        return False
    if finding.rule in _GUESSING_RULES:
        return True
    question = finding.question
    if question is None:
        return False
    # What was said around the question may mean another one, and who asks without a question word may ask for more.
    return bool(question.context) or not (question.ask.kind or finding.verdict is not None)
