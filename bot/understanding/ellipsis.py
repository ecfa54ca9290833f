"""旅游的呢: what was asked before, of something else."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.language.lexicon import Token
from bot.understanding import talked_about
from bot.understanding.candidates import Question
from bot.understanding.clause import MONEY, SHARE, UNCOUNTABLE, WHO, Ask
from bot.understanding.computed import Computed
from bot.understanding.conversation import Conversation
from bot.understanding.decision import Finding
from bot.understanding.judge import Judge
from bot.understanding.matcher import Matcher
from bot.understanding.query import Query, counted_by
from bot.understanding.short_questions import asks_whether, only_names

#: how much fitting what was said before counts for the rank
_SAID_SHARE = 0.5
#: what is counted of things, rather than the things themselves
_OF_THINGS = UNCOUNTABLE | WHO
#: weight from which a concept names a thing
_NAMES = 3


class Ellipsis:
    """The step for a thing named, of which the measure asked for before is wanted."""

    def __init__(self, intents: Intents, matcher: Matcher, judge: Judge, computed: Computed, report: Report) -> None:
        self._intents = intents
        self._matcher = matcher
        self._judge = judge
        self._computed = computed
        self._report = report

    def find(self, query: Query, conversation: Conversation) -> Finding | None:
        """旅游的呢: the same measure of something else; after an overview, the overview of something else."""
        clause = query.clause
        if (
            not (clause.is_elliptical or only_names(clause, self._intents.grammar))
            or asks_whether(clause, self._intents.grammar)
            or clause.ask.kind
            or not clause.tells
            or clause.mentions
            or clause.guards
            or self._computed.only_adds_up(clause)
        ):
            return None
        if conversation.topic and not conversation.facts:
            found = self._judge.judge(query._replace(question=query.question._replace(ask=Ask("overview"))))
            return found if found.kind == "overview" else None
        if each := self._each_measure(query, conversation):
            return each
        average = self._is_average_of_other(query, conversation)
        counts = self._counted(conversation) if average else conversation.counts or self._counted(conversation)
        if conversation.lacking_counts and not counted_by(clause, self._intents):
            counts = conversation.lacking_counts  # 那住院的呢, after 门诊的报销比例
        if not (conversation.facts and counts):
            return None
        ask = Ask("quantity", frozenset(counts), explicit=True)
        said = conversation.lacking or conversation.said
        context = query.question.context | frozenset(said) | self._done(conversation)
        question = query.question._replace(ask=ask, context=context, context_share=_SAID_SHARE)
        within = bool(clause.tokens[0].values("within"))  # 其中贫困的呢
        of_said = talked_about.facts(conversation, self._report) if within else None
        found = self._judge.judge(
            query._replace(question=question), rule="follow_up", excluded=frozenset(conversation.facts), only=of_said
        )
        if found.kind != "answer" or not talked_about.facts(conversation, self._report).issuperset(found.targets):
            people = all(self._matcher.names_counted(group) for group in clause.concepts)
            if people and {*counts} == {SHARE}:  # 贫困户呢, after 报销几成: no share of others
                options = conversation.facts
                return found._replace(kind="abstain", rule="unit", reason="unmatched", targets=(), options=options)
        named = MONEY in counted_by(clause, self._intents)  # 产业扶贫投资呢
        if found.kind == "answer" and not named and self._pays_otherwise(found, counts, conversation):
            return found._replace(kind="abstain", rule="unit", reason="unmatched", targets=(), options=found.targets)
        if average and not (found.kind == "answer" and self._report.facts[found.targets[0]].formula):
            return found._replace(kind="abstain", rule="unit", reason="unit", words=counts, targets=())
        own = counted_by(clause, self._intents)
        if found.kind == "answer" and own & UNCOUNTABLE and own.isdisjoint(counts):
            return None  # 收入呢, after how many things: names a measure of its own
        # 够得上国家级示范点的呢, after a question of how many things there are, asks how many of these there are.
        of_it = len(clause.tokens) > 1 and self._says_of_it(clause.tokens[-2]) and bool({*counts} & _OF_THINGS)
        if found.kind != "answer" and not of_it and own and own.isdisjoint(counts):
            # 安置项目呢 after 产业园有几个: how many of these.
            asked = question._replace(ask=Ask("quantity", own, explicit=True))
            anew = self._judge.judge(
                query._replace(question=asked), rule="follow_up", excluded=frozenset(conversation.facts)
            )
            if anew.kind == "answer" and talked_about.facts(conversation, self._report).issuperset(anew.targets):
                return anew
        if found.kind != "answer" and (again := self._told_again(query, question, conversation)):
            return again
        if found.kind != "answer" and not of_it and (refused := self._in_other_unit(query, question, found)):
            return refused
        if found.kind == "answer" or not of_it:
            return found if found.kind == "answer" else None
        # 新型经营主体的呢 asks for just the measure that was asked for before.
        return found._replace(kind="abstain", rule="unit", reason="unit", words=tuple(sorted(counts)))

    def _told_again(self, query: Query, question: Question, conversation: Conversation) -> Finding | None:
        """光伏的呢, after how many households were helped was picked of 光伏: the same once more."""
        if not self._matcher.names_thing(question.own) or {*conversation.said} & question.own:
            return None
        told = frozenset(conversation.facts)
        found = self._judge.judge(query._replace(question=question), rule="follow_up", only=told)
        foreign = any(self._matcher.is_foreign(id, question.own) for id in found.targets)
        return found if found.kind == "answer" and not foreign else None

    def _pays_otherwise(self, found: Finding, counts: Sequence[str], conversation: Conversation) -> bool:
        """光伏的呢, after 总投资: whether what is found tells of other money than was asked for."""
        concepts, weights = self._intents.concepts, self._matcher.weights
        paid = {n for n in conversation.said if n in concepts and concepts[n].counts == MONEY and weights[n] > 1}
        known = frozenset().union(*(self._matcher.known[id] for id in found.targets))
        money = {MONEY} == {*counts} == {self._report.facts[id].counts for id in found.targets}
        return money and bool(paid) and paid.isdisjoint(known)

    def _each_measure(self, query: Query, conversation: Conversation) -> Finding | None:
        """乡村旅游的呢, after how many households and people another thing helped: both of it."""
        facts = [self._report.facts[id] for id in conversation.facts]
        if (
            len({fact.counts for fact in facts}) < len(facts)
            or len({fact.topic for fact in facts}) != 1
            or len(facts) < 2
        ):
            return None
        each = [self.find(query, conversation.but(facts=(fact.id,), counts=(fact.counts,))) for fact in facts]
        found = [f for f in each if f is not None and f.kind == "answer" and len(f.targets) == 1]
        ids = tuple(dict.fromkeys(f.targets[0] for f in found))
        same = {self._report.facts[id].counts for id in ids} == {fact.counts for fact in facts}
        return found[0]._replace(targets=ids) if same and len(ids) == len(facts) else None

    def _in_other_unit(self, query: Query, question: Question, found: Finding) -> Finding | None:
        """光伏呢, after how many people another thing helped: the report tells only of how many households."""
        counts = question.ask.counts or frozenset()
        said = counted_by(query.clause, self._intents)  # 光伏的户呢
        if not counts < WHO or said or not self._matcher.names_thing(question.own):
            return None
        other = question._replace(ask=Ask("quantity", WHO - counts, explicit=True))
        near = self._judge.judge(query._replace(question=other), rule="follow_up")
        if near.kind != "answer" or self._matcher.is_foreign(near.targets[0], question.own):
            return None
        words = tuple(sorted(counts))
        return found._replace(kind="abstain", rule="unit", reason="unit", words=words, targets=(), options=near.targets)

    def _is_average_of_other(self, query: Query, conversation: Conversation) -> bool:
        """那旅游呢 after 一户能分多少钱: whether the average or share just computed is asked for of another thing."""
        facts = [self._report.facts[id] for id in conversation.facts]
        computed = len(facts) == 1 and facts[0].is_ratio
        if counted_by(query.clause, self._intents) & UNCOUNTABLE:
            return False  # 住院的报销比例呢 names its own measure
        return computed and self._matcher.is_foreign(facts[0].id, query.question.own)

    def _counted(self, conversation: Conversation) -> tuple[str, ...]:
        """What the facts stated last count, where all count the same: asked for before it was claimed or corrected."""
        counts = {self._report.facts[fact].counts for fact in conversation.facts}
        return tuple(counts) if len(counts) == 1 and "" not in counts else ()

    def _says_of_it(self, token: Token) -> bool:
        """的, and 带的: what is asked for is the same measure, and not how many there are."""
        possessives, names = self._intents.grammar.possessives, token.values("concept")
        does = bool(names) and not any(self._intents.concepts[name].counts for name in names)
        weak = all(self._matcher.weights[name] < _NAMES for name in names)
        return token.text in possessives or (does and weak and token.text[-1] in possessives)

    def _done(self, conversation: Conversation) -> frozenset[str]:
        """受益 of what was stated last: what is said of it, and names no thing."""
        fullest = (self._matcher.fullest.get(fact, frozenset()) for fact in conversation.facts)
        return frozenset(name for names in fullest for name in names if self._matcher.weights[name] < _NAMES)
