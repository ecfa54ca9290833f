"""那张家口呢, 龙头企业的: a question that was refused or got a choice, taken up again."""

from __future__ import annotations

from functools import cached_property

from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.understanding.clause import Ask
from bot.understanding.conversation import Conversation
from bot.understanding.decision import Finding
from bot.understanding.judge import Judge
from bot.understanding.matcher import Matcher
from bot.understanding.query import Query, counted_by

#: characters of a message that may name one of the facts offered
_PICK_LENGTH = 12
#: weighted share of a message that a fact offered must know to be picked, where another knows all of it
_NAMED = 0.75
#: confidence from which a message that names none of the facts offered asks anew
_SURE = 80.0


class Resumed:
    """The steps for a message that says what was missing from the question before."""

    def __init__(self, intents: Intents, matcher: Matcher, judge: Judge, report: Report) -> None:
        self._intents = intents
        self._matcher = matcher
        self._judge = judge
        self._report = report

    @cached_property
    def _times(self) -> frozenset[str]:
        """Words for another time than the report's."""
        return frozenset(word for word, why in self._intents.lexicon.meanings_of("guard").items() if "time" in why)

    def _is_time(self, name: str) -> bool:
        """去年, 2018年."""
        return name in self._times or (name[0].isnumeric() and name.endswith("年"))

    def of_home(self, query: Query, conversation: Conversation) -> Finding | None:
        """那张家口呢 after a question of another place, or 那今年呢: the same of the report's own."""
        clause = query.clause
        sums = (all(self._intents.concepts[n].computes == "sum" for n in group) for group in clause.concepts)
        says = not all(sums) or clause.mentions or clause.guards or clause.unknown or clause.ask.kind
        leans = clause.is_elliptical or not clause.concepts  # 那全市的总有吧
        this_year = any(token.text in self._intents.grammar.this_year for token in clause.tokens)
        home = "home" in clause.marks or (this_year and any(map(self._is_time, conversation.refused)))
        if says or not (leans and home and conversation.refused):
            return None
        groups = tuple(frozenset({name}) for name in conversation.refused if name in self._intents.concepts)
        ask = Ask(
            "quantity", frozenset(conversation.refused_counts) or None, explicit=bool(conversation.refused_counts)
        )
        asked = query.question._replace(groups=groups, ask=ask)
        found = self._judge.judge(query._replace(question=asked))
        return found._replace(rule="follow_up") if found.kind == "answer" else None

    def home_or_else(self, query: Query, conversation: Conversation) -> Finding | None:
        """这是全省的还是全市的, after a figure: of the report's own place, as the answer says again."""
        clause = query.clause
        either = any(token.text in self._intents.grammar.alternatives for token in clause.tokens)
        places = {reason for reason, _ in clause.guards} == {"place"}
        compares = any(token.values("compare") for token in clause.tokens)
        said = clause.concepts or clause.mentions or compares or not conversation.facts
        if said or not (either and places and any(token.values("home") for token in clause.tokens)):
            return None
        return Finding("answer", "again", conversation.facts, confidence=85.0)

    def number_of_unnamed(self, query: Query, conversation: Conversation) -> Finding | None:
        """那有几家总该知道吧, after a question for names that the report doesn't tell: how many there are."""
        clause = query.clause
        says = any(not self._matcher.adds_up(group) for group in clause.concepts) or clause.mentions or clause.guards
        asks = clause.ask.kind == "quantity" and not says
        if not (conversation.unnamed and asks) or clause.unknown:
            return None
        concepts = [self._intents.concepts[name] for name in conversation.unnamed if name in self._intents.concepts]
        things = frozenset(c.counts for c in concepts if not c.verb) - {""}
        counts = things & clause.ask.counts if clause.ask.counts else things
        if not counts:
            return None
        ask = Ask("quantity", counts, explicit=True)
        asked = query.question._replace(groups=tuple(frozenset({c.name}) for c in concepts), ask=ask)
        found = self._judge.judge(query._replace(question=asked))
        return found._replace(rule="follow_up") if found.kind == "answer" else None

    def by_name(self, query: Query, conversation: Conversation) -> Finding | None:
        """龙头企业的: the one of the facts offered that the words suit best."""
        clause = query.clause
        grammar = self._intents.grammar
        corrects = any("correction" in c.marks for c in query.around)
        # 不对，是新型经营主体的, after a pick
        another = clause.text.endswith(tuple(grammar.possessives)) or clause.tokens[-1].text in grammar.stands_for
        bare = all(token.values("concept") for token in clause.tokens)  # 旅游, and then 新型主体
        another = another or (bare and self._matcher.names_thing(clause.concept_names))
        again = corrects or another or any(word in clause.text for word in grammar.one_more)
        again = again and {*conversation.facts} <= {*conversation.options}
        if (
            (conversation.facts and not again)
            or clause.ask.kind
            or clause.mentions
            or clause.guards
            or not clause.concepts
        ):
            return None
        said = sum(1 if token.text.isascii() else len(token.text) for token in clause.tokens)  # the solar one please
        if said > _PICK_LENGTH or sum(len(word) for word in clause.unknown) > 1:
            return None
        own = query.question.own
        # 深度贫困县呢 asks anew, 龙头企业的 picks.
        counted = counted_by(clause, self._intents) if clause.is_elliptical else frozenset[str]()
        options = [id for id in conversation.options if not counted or self._report.facts[id].counts in counted]
        computes = any(self._matcher.adds_up(group) or self._matcher.computes_more(group) for group in clause.concepts)
        if not computes:
            options = [id for id in options if not self._report.facts[id].formula] or options
        shared = {id: self._matcher.weight(self._matcher.shares(id, own)) for id in options}
        best = max(shared.values(), default=0)
        picked = [id for id, weight in shared.items() if weight == best > 0]
        if len(picked) != 1 or self._matcher.is_foreign(picked[0], own):
            return None  # 旅游 收入 is no pick of what 光伏 brings in
        if another and picked[0] in conversation.facts:
            return None  # 产业扶贫的, and then 投资的
        unlike = self._report.facts[picked[0]].formula and not computes  # 救助资金呢, after what each visit got
        if best < _NAMED * self._matcher.weight(own) or len(conversation.options) == 1 or unlike:
            alone = self._judge.judge(query)
            if alone.kind == "answer" and alone.confidence >= _SURE and alone.targets != (picked[0],):
                return None  # 版权电话 asks for something else than what was offered
        return Finding("answer", "pick", (picked[0],), confidence=88.0)
