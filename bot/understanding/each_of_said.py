"""它们分别带动了多少人, 旅游跟龙头企业呢: what is asked of each of several things that were told or are named."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.model import Report
from bot.understanding.clause import Clause
from bot.understanding.conversation import Conversation
from bot.understanding.decide import Decider
from bot.understanding.decision import Finding
from bot.understanding.ellipsis import Ellipsis
from bot.understanding.follow_up import FollowUps
from bot.understanding.matcher import Matcher
from bot.understanding.query import Query, question_of

#: facts stated before from which 分别 asks of each
_SEVERAL = 2
#: kinds of question that what is counted doesn't answer
_OF_NAMES = frozenset({"name", "where", "when", "why", "who"})
#: confidence that 各是多少 asks for what was just told
_AGAIN = 80.0


class EachOfSaid:
    """The steps that ask the same of each of several things, as a conversation left it."""

    def __init__(
        self, matcher: Matcher, decider: Decider, follow_ups: FollowUps, ellipsis: Ellipsis, report: Report
    ) -> None:
        self._matcher = matcher
        self._decider = decider
        self._follow_ups = follow_ups
        self._ellipsis = ellipsis
        self._report = report

    def asked(self, query: Query, conversation: Conversation) -> list[Finding]:
        """它们分别带动了多少人, after two things: the same of each; [] if it isn't that."""
        clause = query.clause
        names = self._matcher.names_thing(query.question.own)
        alike = len({self._report.facts[id].counts for id in conversation.facts}) == 1
        of_each = "distributor" in clause.marks or (alike and clause.is_elliptical and clause.only_asks)  # …，户数呢
        if not of_each or len(conversation.facts) < _SEVERAL or names or query.around:
            return []
        if clause.ask.kind in _OF_NAMES and not any(self._report.facts[id].members for id in conversation.facts):
            # 分别叫什么名字, of what is only counted
            ids, kind = conversation.facts, clause.ask.kind
            return [Finding("abstain", "kind", reason=kind, options=ids, confidence=90.0, clause=clause)]
        if not (clause.concepts or clause.ask.explicit or clause.guards or clause.unknown or clause.mentions):
            return [Finding("answer", "sure", (fact,), confidence=_AGAIN, clause=clause) for fact in conversation.facts]
        alone = query.question._replace(context=frozenset())
        asked = query._replace(clause=clause.but(marks=clause.marks - {"distributor"}), question=alone)
        each = [Conversation(facts=(fact,)) for fact in conversation.facts]
        followed = (self._follow_ups.follow(asked, frozenset(), of_one) for of_one in each)
        for found in (
            [f for of_one in each for f in self._decider.decide(asked, of_one)],
            # 又各带了多少贫困人口: what could stand by itself leans on each all the same.
            [f._replace(clause=clause) for f in followed if f is not None],
        ):
            whole = len(found) == len(each) == len({f.targets for f in found})
            if whole and all(f.kind == "answer" for f in found):
                return found
        return []

    def named(self, clauses: Sequence[Clause], conversation: Conversation) -> list[Finding]:
        """旅游跟龙头企业呢: the measure asked for before, of each of several things; [] if it isn't that."""
        if len(clauses) == 1 or not clauses[-1].is_elliptical:
            return []
        each = [clause.but(is_elliptical=True) for clause in clauses]
        queries = [Query(clause, (), question_of(clause, clause.ask, frozenset())) for clause in each]
        found = [self._ellipsis.find(query, conversation) for query in queries]
        known = [f._replace(clause=query.clause) for f, query in zip(found, queries, strict=True) if f is not None]
        whole = len(known) == len(clauses) == len({f.targets for f in known})
        return known if whole and all(f.kind == "answer" for f in known) else []
