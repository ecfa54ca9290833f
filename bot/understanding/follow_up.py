"""What was said before fills in what a question leaves out: 那户数呢, 加起来呢, 都弄好了没."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.language.figures import parse_chinese
from bot.language.lexicon import Token
from bot.understanding import talked_about
from bot.understanding.clause import REMAINING, UNCOUNTABLE, WHO, Ask, Clause
from bot.understanding.computed import Computed
from bot.understanding.conversation import Conversation
from bot.understanding.decision import Finding
from bot.understanding.judge import Judge
from bot.understanding.matcher import Matcher
from bot.understanding.query import Query, counted_by
from bot.understanding.short_questions import asks_whether, leaves_out

#: unknown characters from which a message is no mere follow-up
_TOO_MUCH_NEW = 4
#: how much fitting what was said before counts for the rank
_SAID_SHARE = 0.5
#: what is counted of things, rather than the things themselves
_OF_THINGS = UNCOUNTABLE | WHO
#: weight from which what is counted names a fact of its own
_NAMES_ONE = 5
#: confidence from which things are told that were only asked for by 个
_LIKELY = 70.0
#: what the members of a list may be asked for as
_PEOPLE = "人"
#: kinds of word that don't say what is asked for
_SAYS_NOTHING = ("filler", "equals", "quantity", "there", "classifier", "contains")
#: facts offered beside a refusal
_OFFERED = 3


class FollowUps:
    """The step for a question that leans on what was told."""

    def __init__(self, intents: Intents, matcher: Matcher, judge: Judge, computed: Computed, report: Report) -> None:
        self._intents = intents
        self._matcher = matcher
        self._judge = judge
        self._report = report
        self._computed = computed

    def follow(self, query: Query, excluded: frozenset[str], conversation: Conversation) -> Finding | None:
        """What was said before fills in what this question leaves out."""
        clause = query.clause
        if not (conversation.facts or conversation.options or conversation.topic or conversation.lacking):
            return None
        if sum(len(word) for word in clause.unknown) > _TOO_MUCH_NEW:
            return None
        if self._names_unheard_of(clause):
            return Finding("abstain", "follow_up", reason="unmatched", options=conversation.facts, confidence=70.0)
        if self._names_nothing(query):
            conversation = self._of_thing_asked(conversation)
        if listed := self._number_of_list(query, conversation):
            return listed
        if summed := self._summed(query, conversation):
            return summed
        reaches = any(token.text in self._intents.grammar.reaches for token in clause.tokens)
        if reaches and clause.unknown and not (clause.tells or clause.mentions):
            return None  # 那些人有没有回去
        if self._asks_figure_again(query, conversation):
            return self._figure_again(query, conversation)
        asked = self._filled_in(query, conversation)
        if not asks_whether(clause, self._intents.grammar) and (part := self._computed.part(asked, conversation)):
            return part
        asserts = "claim" in clause.marks and not clause.ask.kind  # 都改完了吧
        if (asserts or asks_whether(clause, self._intents.grammar)) and not query.mentions and conversation.facts:
            whether = asked._replace(question=asked.question._replace(ask=query.question.ask))
            if told := self._whether(whether, excluded, conversation):
                return told
        if clause.is_elliptical and clause.concepts and conversation.facts and not (clause.ask.kind or query.mentions):
            told = self._whether(query, excluded, conversation)
            if told and self._matcher.fullest[told.targets[0]] >= query.question.own:
                return told  # 工期呢, after numbers
        if self._asks_of_whole(query, conversation):
            return None
        if each := self._of_each_one(query, conversation):
            return each
        ask = asked.question.ask
        units = all(self._is_unit(group) for group in clause.concepts)
        if ask.kind == "quantity" and ask.counts and units and conversation.facts and not query.mentions:
            return self._same_topic(asked, conversation)
        if conversation.options and not conversation.facts:
            picked = self._judge.judge(asked, rule="follow_up", excluded=excluded, only=frozenset(conversation.options))
            counted = counted_by(clause, self._intents)  # 光伏的钱呢 asks for none of the households offered
            if picked.kind == "answer" and (not counted or self._report.facts[picked.targets[0]].counts in counted):
                return self._of_thing_said(asked, picked, excluded, conversation)
        found = self._judge.judge(asked, rule="follow_up", excluded=excluded)
        around = talked_about.facts(conversation, self._report)
        if found.kind == "answer" and conversation.facts and not around.issuperset(found.targets):
            # 它们带动多少人: of what was talked about, where that says it as well.
            near = self._judge.judge(asked, rule="follow_up", excluded=excluded, only=around)
            if near.kind == "answer" and not self._matcher.is_foreign(near.targets[0], query.question.own):
                return near
            if near.kind == "clarify" and not self._matcher.names_thing(clause.concept_names):
                return near  # 带动多少, after operators of 旅游: households or people
        found = self._of_thing_said(asked, found, excluded, conversation)
        divides = bool(self._matcher.ratios & clause.concept_names)
        if found.reason == "unit" and divides and conversation.facts:
            # 每户平均多少钱, after what an average station is: the average of what was talked about, in this unit.
            counts = query.question.ask.counts or frozenset()
            counted = frozenset(id for id in around if (f := self._report.facts[id]).is_ratio and f.counts in counts)
            near = self._judge.judge(asked, rule="follow_up", excluded=excluded, only=counted)
            if near.kind == "answer" and self._matcher.known[near.targets[0]] >= query.question.own:
                return near
        if found.kind == "answer" and any(self._matcher.is_foreign(id, query.question.own) for id in found.targets):
            return None  # 旅游收入 isn't what 光伏 brings in
        if found.kind == "answer" and conversation.facts and not (query.question.own or around & {*found.targets}):
            # 具体是哪四类 names nothing: it isn't asked of another topic
            kind, options = query.question.ask.kind or "unmatched", conversation.facts
            return found._replace(kind="abstain", reason=kind, targets=(), options=options, confidence=80.0)
        return self._of_told(query, found, conversation)

    def _of_thing_said(
        self, asked: Query, found: Finding, excluded: frozenset[str], conversation: Conversation
    ) -> Finding:
        """那给我户数就行, after a refusal of what 旅游 brings in: of 旅游, if nothing else is named."""
        said = conversation.said or conversation.lacking or conversation.refused
        things = frozenset(name for name in said if self._matcher.names_thing([name]))
        names = self._matcher.names_thing(asked.clause.concept_names)
        if found.kind not in ("answer", "clarify") or conversation.facts or not things or names:
            return found
        if not any(self._matcher.is_foreign(id, things) for id in found.targets or found.options):
            return found
        of_it = frozenset(id for id in self._report.facts if not self._matcher.is_foreign(id, things))
        return self._judge.judge(asked, rule="follow_up", excluded=excluded, only=of_it)

    def _number_of_list(self, query: Query, conversation: Conversation) -> Finding | None:
        """一共几个, after 七长: the list told last, which shows how many it names; else None."""
        clause, grammar = query.clause, self._intents.grammar
        told = self._report.facts[conversation.facts[0]] if len(conversation.facts) == 1 else None
        counts = any(t.values("classifier") or t.text[-1] in grammar.kinds for t in clause.tokens)
        others = any("uncounted" in token.meanings for token in clause.tokens)  # 管了多少个学生
        asks = clause.ask.kind == "quantity" and clause.ask.interrogative and counts
        people = clause.concept_names == {_PEOPLE}  # 包括几个人
        names = not people and any(not self._matcher.adds_up(group) for group in clause.concepts)
        if (
            told is None
            or not told.members
            or not asks
            or names
            or others
            or clause.mentions
            or clause.guards
            or clause.unknown
        ):
            return None
        return Finding("answer", "follow_up", (told.id,), confidence=80.0)

    def _summed(self, query: Query, conversation: Conversation) -> Finding | None:
        """平均每户呢, 加起来呢, 那没落实的呢: what is computed of what was told, or that nothing is; else None."""
        clause = query.clause
        if whole := self._computed.whole_of(clause, conversation):
            return whole._replace(question=query.question)
        if computed := self._computed.on_said(clause, conversation):
            return Finding("answer", "compute_on", (computed,), confidence=90.0, question=query.question)
        if (
            conversation.facts
            and clause.is_elliptical
            and not asks_whether(clause, self._intents.grammar)
            and leaves_out(clause, self._intents.grammar)
        ):
            left_out = Finding("abstain", "guard", reason=REMAINING, words=(clause.text,), confidence=85.0)
            return left_out._replace(options=conversation.facts)
        anew = clause.ask.explicit and not (clause.ask.counts or frozenset()) & {*conversation.counts}
        last = self._computed.last_alike(clause, conversation)
        several = conversation.several if len(conversation.several) > 1 else last
        of_several = self._computed.adds_up_several(clause, several)
        if not of_several and (anew or not self._computed.only_adds_up(clause)):
            return None
        if not several and self._asks_number_of_told(clause, conversation):
            return Finding("answer", "follow_up", conversation.facts, confidence=85.0, question=query.question)
        asks = clause.ask.interrogative or not any(parse_chinese(token.text) for token in clause.tokens)  # 两个加起来
        counts_things = asks and any(token.values("classifier") for token in clause.tokens)
        uncounted = all(self._report.facts[id].counts in UNCOUNTABLE for id in conversation.facts)
        if counts_things and uncounted and conversation.facts and (things := self._things(query, conversation)):
            return things
        # 加起来呢, where nothing adds up what was stated
        options = several if of_several else self._last_alike(conversation)
        words = tuple(t.text for t in clause.tokens if self._matcher.adds_up(frozenset(t.values("concept"))))
        return Finding("abstain", "compute_on", options=options, reason="rate", words=words, confidence=80.0)

    def _asks_number_of_told(self, clause: Clause, conversation: Conversation) -> bool:
        """总共几个来着, after 专班由谁牵头: whether the number of the things told last is asked for."""
        told = self._report.facts[conversation.facts[0]] if len(conversation.facts) == 1 else None
        units = [self._intents.classifiers[name] for token in clause.tokens for name in token.values("classifier")]
        asks = clause.ask.kind == "quantity" and clause.ask.interrogative and bool(units)
        if told is None or told.value is None or told.counts in _OF_THINGS:
            return False
        return asks and all(told.counts in counted or "any" in counted for counted in units)

    def _things(self, query: Query, conversation: Conversation) -> Finding | None:
        """一共多少个, after how much money: the things of what was talked about, if it has them."""
        around = (self._report.facts[id] for id in talked_about.facts(conversation, self._report))
        things = [f for f in around if f.value is not None and not f.formula and f.counts not in _OF_THINGS]
        context = query.question.context | self._said(conversation)
        question = query.question._replace(context=context, context_share=_SAID_SHARE)
        only = frozenset(fact.id for fact in things)
        found = self._judge.judge(query._replace(question=question), rule="follow_up", only=only) if only else None
        return found if found and found.kind == "answer" and found.confidence >= _LIKELY else None

    def _last_alike(self, conversation: Conversation) -> tuple[str, ...]:
        """What was told last, and before it, if it counts the same, what was told just before."""
        last = {self._report.facts[id].counts for id in conversation.facts}
        alike = [id for id in conversation.before[-1:] if self._report.facts[id].counts in last]
        return (*alike, *conversation.facts)

    def _asks_of_whole(self, query: Query, conversation: Conversation) -> bool:
        """全市有几个县, after 深度贫困县: whether all there are in the place are asked for, in the unit told."""
        clause, ask = query.clause, query.question.ask
        counts = ask.counts or frozenset()
        told = [self._report.facts[id] for id in conversation.facts]
        units = all(self._is_unit(group) or self._matcher.adds_up(group) for group in clause.concepts)
        whole = "home" in clause.marks or any(map(self._matcher.adds_up, clause.concepts))  # 一共几个县
        return bool(told) and whole and ask.explicit and units and all(fact.counts in counts for fact in told)

    def _of_each_one(self, query: Query, conversation: Conversation) -> Finding | None:
        """一个多少千瓦, after how many stations there are: the average, or that none is told."""
        clause, ask = query.clause, query.clause.ask
        one = clause.tokens[0].text in self._intents.grammar.each_one and len(conversation.facts) == 1
        asks = ask.kind == "quantity" and ask.interrogative and ask.counts and not clause.mentions
        told = self._report.facts[conversation.facts[0]] if one else None
        if told is None or not asks or told.value is None or told.counts in (ask.counts or ()):
            return None
        foreign = frozenset(n for n in query.question.own if self._matcher.names_thing([n]))
        ratios = [
            f.id for f in self._report.facts.values() if f.is_ratio and f.formula and told.id in f.formula.operands
        ]
        found = [id for id in ratios if self._report.facts[id].counts in (ask.counts or ())]
        if len(found) == 1 and not self._matcher.is_foreign(found[0], foreign):
            return Finding("answer", "follow_up", (found[0],), confidence=85.0, question=query.question)
        return Finding(
            "abstain", "follow_up", reason="rate", words=(clause.tokens[0].text,), options=(told.id,), confidence=75.0
        )

    def _figure_again(self, query: Query, conversation: Conversation) -> Finding:
        """The fact told last; refused where what was asked since (还剩多少) isn't told, and is asked for again."""
        ids, options = conversation.facts, conversation.options
        if not options or (len(options) > 1 and {*ids} <= {*options}):  # one of several offered was picked
            return Finding("answer", "follow_up", ids, confidence=85.0, question=query.question)
        return Finding(
            "abstain", "follow_up", options=ids, confidence=85.0, reason="unmatched", question=query.question
        )

    def _asks_figure_again(self, query: Query, conversation: Conversation) -> bool:
        """那到底是多少: whether nothing is named, and the one fact told last is asked for again."""
        clause, ask = query.clause, query.clause.ask
        told = self._report.facts[conversation.facts[0]] if len(conversation.facts) == 1 else None
        asks = ask.kind == "quantity" and ask.interrogative and self._names_nothing(query)
        units = [self._intents.classifiers[name] for token in clause.tokens for name in token.values("classifier")]
        counted = [*units, ask.counts] if ask.counts is not None else units
        return bool(told and told.value is not None and asks and all(told.counts in counts for counts in counted))

    def _names_unheard_of(self, clause: Clause) -> bool:
        """井呢, 镇呢: whether all that is named is something of which the report counts nothing."""
        foreign = clause.unknown or any("uncounted" in token.meanings for token in clause.tokens)
        known = [t for t in clause.tokens if t.values("concept") and "uncounted" not in t.meanings]
        asks = clause.ask.kind or clause.mentions or clause.marks
        return clause.is_elliptical and bool(foreign) and not (known or asks)

    def _of_thing_asked(self, conversation: Conversation) -> Conversation:
        """那多少, after 安置项目124个吗: without the parks that there are 124 of, as they weren't asked for."""
        asked, known = {*conversation.said}, self._matcher.known
        fits = [
            len(asked & known.get(id, frozenset())) + (self._report.facts[id].counts in conversation.counts)
            for id in conversation.facts
        ]
        # In 光伏和旅游, 旅游 is the thing that was asked for last.
        first = bool(fits) and fits[0] == max(fits)
        return conversation.but(facts=conversation.facts[:1]) if asked and first else conversation

    def _names_nothing(self, query: Query) -> bool:
        """那到底是多少, 几个: whether no word says what is asked for."""
        return not query.around and all(map(self._says_nothing, query.clause.tokens))

    def _says_nothing(self, token: Token) -> bool:
        """那, 有, 几, 个, 户: whether a word doesn't say what is asked for."""
        names = token.values("concept")
        unit = bool(names) and all(n == self._intents.concepts[n].counts for n in names)  # unlike 贫困户 and 项目
        nothing = any(map(token.values, _SAYS_NOTHING)) and not token.values("uncounted")
        return nothing or (unit and token.text in names)

    def _filled_in(self, query: Query, conversation: Conversation) -> Query:
        """钱呢 asks for money, 旅游的呢 what was asked before: a question with what was said before around it."""
        ask = query.question.ask
        if ask.kind in ("", "what") and not asks_whether(query.clause, self._intents.grammar):
            counts = counted_by(query.clause, self._intents) or frozenset(conversation.counts)
            ask = Ask("quantity", counts) if counts else ask
        context = query.question.context | self._said(conversation)
        asked = query.question._replace(context=context, ask=ask, context_share=_SAID_SHARE)
        return query._replace(question=asked)

    def _whether(self, query: Query, excluded: frozenset[str], conversation: Conversation) -> Finding | None:
        """全部都弄好了没: whether something is so is told by what is no number, where the topic has it; else None."""
        around = talked_about.facts(conversation, self._report)
        words = frozenset(id for id in around if self._report.facts[id].value is None)
        told = self._judge.judge(query, rule="follow_up", excluded=excluded, only=words)
        if told.kind == "answer":
            return told
        undone = [word for reason, word in query.guards if reason == REMAINING]
        denied = [id for id in words if all(self._report.facts[id].is_denied_by(w, REMAINING) for w in undone)]
        if not undone or len(undone) < len(query.guards) or len(denied) != 1:
            return None
        return Finding("answer", "follow_up", (denied[0],), confidence=80.0, question=query.question)  # 还有一批没改完

    def _measures_otherwise(self, clause: Clause, targets: Sequence[str], conversation: Conversation) -> bool:
        """光伏的, after 投资多少: whether another amount than the one asked for is all that is told of the thing."""
        concepts, weights = self._intents.concepts, self._matcher.weights
        said = (concepts[name] for name in conversation.said if name in concepts)
        amounts = frozenset(c.name for c in said if c.counts in UNCOUNTABLE and not c.verb and weights[c.name] > 1)
        if not amounts or counted_by(clause, self._intents) or clause.ask.counts:
            return False
        counts = {concepts[name].counts for name in amounts}
        return any(self._report.facts[id].counts in counts and self._matcher.is_foreign(id, amounts) for id in targets)

    def _of_told(self, query: Query, found: Finding, conversation: Conversation) -> Finding:
        """What a question that leans on the conversation gets, kept to what was told."""
        groups, weights = query.clause.concepts, self._matcher.weights
        sums = any(self._matcher.adds_up(group) and max(weights[name] for name in group) > 1 for group in groups)
        if sums and found.kind == "answer" and {*found.targets} <= {*conversation.facts, *conversation.before}:
            # 两边带的人加起来呢: nothing adds up what was told
            options = conversation.facts if {*found.targets} <= {*conversation.facts} else found.targets
            return found._replace(kind="abstain", rule="compute_on", reason="unmatched", targets=(), options=options)
        if found.kind == "clarify" and self._matcher.names_thing(query.question.own):
            # 我要深度贫困的那个: of what is left to choose, the one that knows all that is named.
            named = [id for id in found.options if query.question.own <= self._matcher.fullest.get(id, frozenset())]
            if len(named) == 1:
                found = found._replace(kind="answer", rule="follow_up", targets=(named[0],), options=())
        if found.kind == "answer" and self._measures_otherwise(query.clause, found.targets, conversation):
            return found._replace(kind="abstain", reason="unmatched", targets=(), options=found.targets)
        about = talked_about.topics(conversation, self._report)
        if found.kind == "clarify" and found.options and about and not about & self._report.topics_of(found.options[0]):
            # 总共花多少经费 after a question of villages: of what was talked about, it isn't told.
            offered = conversation.facts or tuple(f.id for f in self._report.topic_facts(conversation.topic or ""))
            return found._replace(kind="abstain", reason="unmatched", options=offered[:_OFFERED], confidence=70.0)
        return found

    def of_last(self, query: Query, found: Finding, conversation: Conversation) -> Finding:
        """摊到每座电站呢, after the income: refused where nothing is computed of what was told last."""
        if not (
            query.clause.is_elliptical and found.kind == "answer" and self._averages_other(found, query, conversation)
        ):
            return found
        return found._replace(kind="abstain", reason="unmatched", targets=(), options=conversation.facts)

    def _averages_other(self, found: Finding, query: Query, conversation: Conversation) -> bool:
        fact = self._report.facts[found.targets[0]]
        if fact.formula is None or fact.is_sum or not conversation.facts or query.clause.ask.of_size:
            return False  # 平均每座电站多大呢 says what it is an average of
        concepts = self._intents.concepts
        of_it = all(concepts[n].computes or concepts[n].counts for n in query.clause.concept_names)
        told = {*conversation.facts}
        return of_it and fact.id not in told and told.isdisjoint(fact.formula.operands)

    def _is_unit(self, group: frozenset[str]) -> bool:
        """户, 贫困户, 钱, unlike 非贫困村, which few facts count."""
        counts = any(self._intents.concepts[name].counts for name in group)
        return counts and all(self._matcher.weights[name] < _NAMES_ONE for name in group)

    def _same_topic(self, asked: Query, conversation: Conversation) -> Finding:
        """那是多少人: of what was talked about, and nothing else."""
        words = tuple(sorted(asked.question.ask.counts or ()))
        around = talked_about.facts(conversation, self._report)
        counting = frozenset(id for id in around if self._report.facts[id].counts in words)
        found = self._judge.judge(asked, rule="follow_up", only=counting or around)
        concepts = self._intents.concepts
        # 那产业扶贫呢, and then 总投资多少: what was named goes before what the fact told of it is about.
        things = {name for name in conversation.said if self._matcher.names_thing([name])}
        named = frozenset(
            name
            for name in things or self._said(conversation)
            if name in concepts and not (concepts[name].counts or concepts[name].computes)
        )
        # 经营主体几个 after how many sites: what names the things itself asks of no others.
        counts_things = set(words).isdisjoint(_OF_THINGS)
        foreign = found.kind == "answer" and not counts_things and self._matcher.is_foreign(found.targets[0], named)
        counted = any(self._report.facts[id].counts in words for id in (*found.targets, *found.options))
        if found.kind != "abstain" and counted and not foreign:
            return found
        # 花了多少钱 after 报几成: not what is asked of it, but what its topic has in this unit is offered.
        other = found.targets if found.kind == "answer" and counted else ()
        nearest = (*other, *(fact for fact in conversation.facts if fact not in other))[:_OFFERED]
        return found._replace(kind="abstain", rule="unit", reason="unit", words=words, targets=(), options=nearest)

    def _said(self, conversation: Conversation) -> frozenset[str]:
        said = frozenset(conversation.said)
        for fact in conversation.facts:
            said |= self._matcher.fullest.get(fact, frozenset())
        if conversation.topic:
            said |= self._intents.context.get(conversation.topic, frozenset())
        return said
