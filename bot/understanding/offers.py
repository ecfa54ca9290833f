"""What is offered where the report doesn't say, and nothing near was found.

旅游收入 is one word for what the report doesn't tell, and still says that 旅游 is meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.intents import Intents
from bot.understanding.candidates import Question
from bot.understanding.clause import Ask
from bot.understanding.conversation import Conversation
from bot.understanding.decision import Finding
from bot.understanding.figure_facts import FigureFacts
from bot.understanding.matcher import Matcher
from bot.understanding.query import OFF_TOPIC

#: facts offered at most
_OFFERED = 3
#: reasons for which something else of the same is refused (承德呢)
_ELSEWHERE = frozenset({"place", "ours", "time"})


class Offers:
    """Finds the facts nearest to what was refused by its words alone."""

    def __init__(self, intents: Intents, matcher: Matcher, figures: FigureFacts) -> None:
        self._intents = intents
        self._matcher = matcher
        self._figures = figures

    def beside(self, findings: list[Finding], conversation: Conversation) -> list[Finding]:
        """The findings; where the one and only is a refusal that offers nothing of what it speaks of, with what is."""
        found = findings[0] if len(findings) == 1 else None
        if found is None or found.kind != "abstain" or found.reason == OFF_TOPIC or found.clause is None:
            return findings
        groups = self._named_within([word for _, word in found.clause.guards])
        named = any(map(self._matcher.names_matter, found.clause.concepts))  # 新型主体就是合作社那类吧，有几个
        if found.options and (named or any(self._matcher.knows(id, groups) for id in found.options)):
            return findings
        if groups:
            question = Question(groups, Ask())
            near = [c for c in self._matcher.rank(question) if c.is_fact and c.topical > 0]
            said = found.question._replace(groups=(*found.question.groups, *groups)) if found.question else None
            return [found._replace(options=tuple(c.target for c in near[:_OFFERED]), question=said)]
        if not found.options and found.clause.mentions:  # 26.9亿谁出的
            having = dict.fromkeys(fact.id for m in found.clause.mentions for fact in self._figures.owners(m))
            return [found._replace(options=tuple(having)[:_OFFERED])]
        if found.reason in _ELSEWHERE and found.clause.is_elliptical:
            return [found._replace(options=conversation.facts[:_OFFERED])]
        return findings

    def _named_within(self, words: Sequence[str]) -> tuple[frozenset[str], ...]:
        """The things that are named by a part of words for what the report doesn't tell."""
        groups = [frozenset(names) for word in words for names in self._intents.lexicon.within(word, "concept")]
        matters = tuple(group for group in groups if self._matcher.names_matter(group))
        return matters or tuple(group for group in groups if all(map(self._measures, group)))

    def _measures(self, name: str) -> bool:
        """投入 in 扶贫总投入, unlike 钱."""
        concept = self._intents.concepts[name]
        return bool(concept.counts) and not concept.computes and self._matcher.weights[name] > 1
