"""Whether a question names a thing that a fact knows nothing of: 双基工程投了多少资金."""

from __future__ import annotations

from collections.abc import Set

from bot.understanding.matcher import Matcher
from bot.understanding.query import Query

#: facts of the report as a whole
_OVERALL = "overall."


class OtherThings:
    """Holds what a question names, and what the clauses before it do, against what a fact knows."""

    def __init__(self, matcher: Matcher, purposes: frozenset[str]) -> None:
        """`purposes`: what begins a clause that only says what something is for (为了让搬来的人有活干，…)."""
        self._matcher = matcher
        self._purposes = tuple(purposes)
        #: what the report is about as a whole
        self._general = frozenset().union(*(matcher.fullest[id] for id in matcher.fullest if id.startswith(_OVERALL)))

    def named(self, query: Query, target: str) -> bool:
        """双基工程投了多少资金: whether one of the things that the question names is unknown to the target."""
        return any(self._is_other(group, target) for group in query.question.groups)

    def of_other_topic(self, query: Query, target: str) -> bool:
        """龙头企业带动了多少人就业: whether a thing is named that belongs to another topic than the target's.

        What stands before a pause (光有房不行，得有活干，…) may be said around the question.
        """
        tokens = query.clause.tokens
        begins = max((n + 1 for n in range(len(tokens) - 1) if tokens[n].end < tokens[n + 1].start), default=0)
        counted = next((n for n, t in enumerate(tokens) if t.figure or t.values("quantity")), len(tokens))
        said = [(n, frozenset(t.values("concept"))) for n, t in enumerate(tokens) if not t.values("claim")]
        # What the whole report is about may stand before a number; behind it, it is what was done: 带动17989户脱贫.
        groups = [g for n, g in said if n >= begins and g and (n > counted or not g & self._general)]
        return any(self._matcher.names_matter(g) and self._matcher.is_off_topic(target, g) for g in groups)

    def before(self, query: Query, target: str) -> bool:
        """公司跟村结对那个活动，多少家公司参加: whether all that the clauses before name is unknown to the target.

        What the whole report is about (听说脱贫了，搬了多少人) is no other thing.
        """
        if self._matcher.names_thing(query.question.own):
            return False
        said = [clause for clause in query.subjects() if not clause.text.startswith(self._purposes)]
        if any(clause.guards for clause in said) and not self._matcher.says_of_what(query.clause):
            return True  # 给穷学生的助学金，一共发下去多少
        things = [group for clause in said for group in clause.concepts if self._matcher.names_thing(group)]
        things = [group for group in things if not group & self._general]
        return bool(things) and all(self._is_other(group, target) for group in things)

    def _is_other(self, group: Set[str], target: str) -> bool:
        """Whether a word names a thing that the target doesn't know, be it with what it counts (救助金)."""
        things = {name for name in group if self._matcher.names_thing([name])}
        plain = bool(things) and not self._matcher.says_deed(group - things)
        return plain and all(self._matcher.is_foreign(target, {name}) for name in things)
