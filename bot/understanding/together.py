"""那八十家企业帮扶增收，按户算是多少: what found nothing by halves, read as one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.clause import Clause
from bot.understanding.conversation import Conversation
from bot.understanding.decide import Decider
from bot.understanding.decision import Finding
from bot.understanding.matcher import Matcher
from bot.understanding.query import Query, joined, question_of

#: what a question found by itself that is worth reading it together with the clauses around it
_READ_AGAIN = frozenset({"unmatched", "unit", "unknown_head", "rivals", "vague"})


class Together:
    """The step that reads a question together with the clauses around it."""

    def __init__(self, matcher: Matcher, decider: Decider) -> None:
        self._matcher = matcher
        self._decider = decider

    def read(self, query: Query, found: Sequence[Finding]) -> list[Finding]:
        """那八十家企业帮扶增收，按户算是多少: one sentence of what by halves found nothing; [] if that doesn't help."""
        telling = [c for c in query.around if c.concepts or c.mentions]
        if not telling or any(f.rule not in _READ_AGAIN and not self._is_foreign(f) for f in found):
            return []
        # 饮水巩固提升，惠及几户: of what is foreign to the answer, the report has no such figure.
        of_it = [telling[0]] == list(query.around) and not (
            telling[0].ask.kind or telling[0].mentions or telling[0].marks
        )
        of_it = of_it and not self._matcher.says_of_what(query.clause) and all(self._is_foreign(f) for f in found)
        each = any("distributor" in clause.marks for clause in (*telling, query.clause))
        for begin in range(1 if each else len(telling)):  # of a long story, what stands nearest
            again = self._with(telling[begin:], query)
            refuses = of_it and all(f.reason == "unit" for f in again)
            if refuses or all(f.kind == "answer" for f in again):
                return again
        return []

    def _with(self, near: Sequence[Clause], query: Query) -> list[Finding]:
        """What a question finds when it is read as one sentence with clauses near it."""
        ask = query.question.ask
        whole = joined([*near, query.clause], ask=ask, joined_by=near[0].joined_by)
        return self._decider.decide(Query(whole, (), question_of(whole, ask, frozenset())), Conversation())

    def _is_foreign(self, finding: Finding) -> bool:
        """非重点对象的房子，筛查出多少: whether an answer knows nothing of what was said around its question."""
        if finding.kind != "answer" or finding.rule not in ("match", "follow_up") or finding.question is None:
            return False
        return self._matcher.is_foreign(finding.targets[0], finding.question.context)
