"""Messages that lean on what was said before: 还有呢, 你确定吗, 那户数呢, 加起来呢."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from bot.knowledge.grammar import Grammar
from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.language.lexicon import Token
from bot.understanding.candidates import Question
from bot.understanding.clause import UNCOUNTABLE, WHO, Ask, Clause
from bot.understanding.computed import Computed, number_of
from bot.understanding.conversation import Conversation
from bot.understanding.decision import Finding
from bot.understanding.judge import Judge
from bot.understanding.matcher import Matcher
from bot.understanding.query import REMAINING, Query, counted_by

#: unknown characters from which a message is no mere follow-up
_TOO_MUCH_NEW = 4
#: how much fitting what was said before counts for the rank
_SAID_SHARE = 0.5
#: characters of a message that may name one of the facts offered
_PICK_LENGTH = 12
#: what is counted of things, rather than the things themselves
_OF_THINGS = UNCOUNTABLE | WHO
#: characters around a doubt that change nothing (这数你能打包票吗)
_AROUND = 3
#: weight from which a concept names a thing
_NAMES = 3
#: weight from which what is counted names a fact of its own
_NAMES_ONE = 5
#: characters, and words, of a question that is nothing but a name
_NAME_CHARACTERS, _NAME_CONCEPTS = 6, 1
#: weighted share of a message that a fact offered must know to be picked, where another knows all of it
_NAMED = 0.75
#: facts offered beside a refusal
_OFFERED = 3
#: confidence from which a message that names none of the facts offered asks anew
_SURE = 80.0


def only_names(clause: Clause, grammar: Grammar) -> bool:
    """龙头企业？, 龙头企业的: a name and a question mark, or of what the measure asked for before is wanted."""
    ends = clause.is_question or (bool(clause.tokens) and clause.tokens[-1].text in grammar.possessives)
    said = sum(len(token.text) for token in clause.tokens[:-1] if not token.values("filler"))  # 我要龙头企业的
    short = len(clause.text) <= _NAME_CHARACTERS or said < _NAME_CHARACTERS
    return ends and short and len(clause.concepts) <= _NAME_CONCEPTS


def _leaves_out(clause: Clause) -> bool:
    """那没落实的呢: whether it asks of those of whom it isn't so."""
    return any(token.values("undone") for token in clause.tokens[:-1])


class FollowUps:
    """The steps that read the conversation."""

    def __init__(self, intents: Intents, matcher: Matcher, judge: Judge, computed: Computed, report: Report) -> None:
        self._intents = intents
        self._matcher = matcher
        self._judge = judge
        self._report = report
        self._computed = computed

    @cached_property
    def _doubts(self) -> frozenset[str]:
        """Words that doubt: looked up when somebody follows up, which a single question never does."""
        return self._intents.lexicon.words_of("claim")

    @cached_property
    def _fillers(self) -> frozenset[str]:
        return self._intents.lexicon.words_of("filler")

    @cached_property
    def _times(self) -> frozenset[str]:
        """Words for another time than the report's."""
        return frozenset(word for word, why in self._intents.lexicon.meanings_of("guard").items() if "time" in why)

    @cached_property
    def _quotes(self) -> frozenset[str]:
        return self._intents.lexicon.words_of("quote")

    def phrase(self, plain: str, conversation: Conversation) -> Finding | None:
        """还有呢 tells the rest of the topic, 你确定吗 repeats the last answer."""
        bare = plain.replace(" ", "").replace("，", "").replace("。", "").replace("？", "")
        if conversation.topic and not conversation.facts and bare in self._intents.follow_ups.get("more", ()):
            return Finding("overview", "more", (conversation.topic,), confidence=100.0)
        if not (conversation.facts or conversation.topic):
            return None
        sure = self._intents.follow_ups.get("sure", frozenset())
        parts = [part for part in plain.replace("。", "，").replace("？", "，").split("，") if part]
        nearly = any(len(said) > _AROUND and said in bare and len(bare) <= len(said) + _AROUND for said in sure)
        repeats = self._intents.follow_ups.get("again", frozenset())
        again = bare in repeats or (
            any(part in repeats for part in parts)
            and all(part in repeats or part in self._fillers or part in self._intents.grammar.asking for part in parts)
        )  # 慢点，再报一遍; 多少？再说一遍
        if again or nearly or bare in sure or all(part in sure or part in self._doubts for part in parts):
            if conversation.topic and not conversation.facts:
                return Finding("overview", "sure", (conversation.topic,), confidence=100.0)
            return Finding("answer", "sure", conversation.facts, confidence=100.0)
        if not conversation.facts:
            return None
        if bare in self._intents.follow_ups.get("more", ()):
            return Finding("overview", "more", (conversation.facts[0].partition(".")[0],), confidence=100.0)
        return None

    def quote(self, tokens: Sequence[Token], conversation: Conversation) -> Finding | None:
        """原话发我看下, 出自哪句: the last answer again, which quotes its sentence."""
        said = [token for token in tokens if not token.is_separator]
        quotes = [token for token in said if any(word in token.text for word in self._quotes)]
        only = all(token.text in self._quotes for token in quotes)  # 原文, unlike 出处资讯
        others = [token for token in said if token not in quotes] if only else said
        telling = any(token.values(kind) for token in others for kind in ("concept", "quantity", "guard", "claim"))
        telling = telling or (only and any(token.values("ask") for token in others))
        unknown = sum(len(token.text) for token in said if token.is_unknown)
        if not quotes or telling or unknown > 1 or any(token.figure for token in said):
            return None
        if not conversation.facts:
            # 原文呢, where nothing was told
            return Finding("abstain", "quote", reason="unmatched", confidence=60.0) if only and others else None
        return Finding("answer", "quote", conversation.facts, confidence=100.0)

    def others(self, tokens: Sequence[Token], conversation: Conversation) -> list[Finding]:
        """其余两类呢: the facts of one sentence that count the same, as many as are asked for; [] if it isn't that."""
        beside = any(token.values("others") for token in tokens)
        number = next((n for token in tokens if (n := number_of(token)) is not None), None)
        telling = any(token.values(kind) for token in tokens for kind in ("guard", "claim", "compare"))
        if not beside or number is None or telling or len(conversation.facts) != 1:
            return []
        said = self._report.facts[conversation.facts[0]]
        told = {said.id, *conversation.before} if number == 1 else {said.id}  # 剩下那一类, after two of three
        same = [
            fact.id
            for fact in self._report.facts.values()
            if fact.id not in told and fact.counts == said.counts and fact.sentence is said.sentence is not None
        ]
        if len(same) > number > 0:
            return [Finding("clarify", "rivals", options=tuple(same), confidence=80.0)]
        if len(same) != number:
            return []
        return [Finding("answer", "others", (id,), confidence=85.0) for id in same]

    def ellipsis(self, query: Query, conversation: Conversation) -> Finding | None:
        """旅游的呢: the same measure of something else; after an overview, the overview of something else."""
        clause = query.clause
        if (
            not (clause.is_elliptical or only_names(clause, self._intents.grammar))
            or self.asks_whether(clause)
            or clause.ask.kind
            or not clause.tells
            or clause.mentions
            or clause.guards
            or self._computed.only_adds_up(clause)
        ):
            return None
        if conversation.topic and not conversation.facts:
            found = self._judge.judge(replace(query, question=replace(query.question, ask=Ask("overview"))))
            return found if found.kind == "overview" else None
        if each := self._each_measure(query, conversation):
            return each
        average = self._is_average_of_other(query, conversation)
        counts = self._counted(conversation) if average else conversation.counts or self._counted(conversation)
        if not (conversation.facts and counts):
            return None
        ask = Ask("quantity", frozenset(counts), explicit=True)
        context = query.question.context | frozenset(conversation.said) | self._done(conversation)
        question = replace(query.question, ask=ask, context=context, context_share=_SAID_SHARE)
        of_said = self._around(conversation) if clause.tokens[0].values("within") else None  # 其中贫困的呢
        found = self._judge.judge(
            replace(query, question=question), rule="follow_up", excluded=frozenset(conversation.facts), only=of_said
        )
        if average and not (found.kind == "answer" and self._report.facts[found.targets[0]].formula):
            return replace(found, kind="abstain", rule="unit", reason="unit", words=counts, targets=())
        own = counted_by(clause, self._intents)
        # 够得上国家级示范点的呢, after a question of how many things there are, asks how many of these there are.
        of_it = len(clause.tokens) > 1 and self._says_of_it(clause.tokens[-2]) and bool({*counts} & _OF_THINGS)
        if found.kind != "answer" and not of_it and own and own.isdisjoint(counts):
            # 安置项目呢 after 产业园有几个: how many of these.
            asked = replace(question, ask=Ask("quantity", own, explicit=True))
            anew = self._judge.judge(
                replace(query, question=asked), rule="follow_up", excluded=frozenset(conversation.facts)
            )
            if anew.kind == "answer" and self._is_of(anew.targets, conversation.facts):
                return anew
        if found.kind != "answer" and not of_it and (refused := self._in_other_unit(query, question, found)):
            return refused
        if found.kind == "answer" or not of_it:
            return found if found.kind == "answer" else None
        # 新型经营主体的呢 asks for just the measure that was asked for before.
        return replace(found, kind="abstain", rule="unit", reason="unit", words=tuple(sorted(counts)))

    def _each_measure(self, query: Query, conversation: Conversation) -> Finding | None:
        """乡村旅游的呢, after how many households and people another thing helped: both of it."""
        facts = [self._report.facts[id] for id in conversation.facts]
        if (
            len({fact.counts for fact in facts}) < len(facts)
            or len({fact.topic for fact in facts}) != 1
            or len(facts) < 2
        ):
            return None
        each = [self.ellipsis(query, replace(conversation, facts=(fact.id,), counts=(fact.counts,))) for fact in facts]
        found = [f for f in each if f is not None and f.kind == "answer" and len(f.targets) == 1]
        ids = tuple(dict.fromkeys(f.targets[0] for f in found))
        same = {self._report.facts[id].counts for id in ids} == {fact.counts for fact in facts}
        return replace(found[0], targets=ids) if same and len(ids) == len(facts) else None

    def _in_other_unit(self, query: Query, question: Question, found: Finding) -> Finding | None:
        """光伏呢, after how many people another thing helped: the report tells only of how many households."""
        counts = question.ask.counts or frozenset()
        said = counted_by(query.clause, self._intents)  # 光伏的户呢
        if not counts < WHO or said or not self._matcher.names_thing(question.own):
            return None
        other = replace(question, ask=Ask("quantity", WHO - counts, explicit=True))
        near = self._judge.judge(replace(query, question=other), rule="follow_up")
        if near.kind != "answer" or self._matcher.is_foreign(near.targets[0], question.own):
            return None
        words = tuple(sorted(counts))
        return replace(found, kind="abstain", rule="unit", reason="unit", words=words, targets=(), options=near.targets)

    def _is_average_of_other(self, query: Query, conversation: Conversation) -> bool:
        """那旅游呢 after 一户能分多少钱: whether the average or share just computed is asked for of another thing."""
        facts = [self._report.facts[id] for id in conversation.facts]
        computed = len(facts) == 1 and facts[0].formula is not None and not facts[0].is_sum
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

    def of_home(self, query: Query, conversation: Conversation) -> Finding | None:
        """那张家口呢 after a question of another place, or 那今年呢: the same of the report's own."""
        clause = query.clause
        sums = (all(self._intents.concepts[n].computes == "sum" for n in group) for group in clause.concepts)
        says = not all(sums) or clause.mentions or clause.guards or clause.unknown or clause.ask.kind
        leans = clause.is_elliptical or not clause.concepts  # 那全市的总有吧
        this_year = any(token.text in self._intents.grammar.this_year for token in clause.tokens)
        home = "home" in clause.marks or (this_year and not self._times.isdisjoint(conversation.refused))
        if says or not (leans and home and conversation.refused):
            return None
        groups = tuple(frozenset({name}) for name in conversation.refused if name in self._intents.concepts)
        ask = Ask(
            "quantity", frozenset(conversation.refused_counts) or None, explicit=bool(conversation.refused_counts)
        )
        asked = replace(query.question, groups=groups, ask=ask)
        found = self._judge.judge(replace(query, question=asked))
        return replace(found, rule="follow_up") if found.kind == "answer" else None

    def by_name(self, query: Query, conversation: Conversation) -> Finding | None:
        """龙头企业的: the one of the facts offered that the words suit best."""
        clause = query.clause
        if conversation.facts or clause.ask.kind or clause.mentions or clause.guards or not clause.concepts:
            return None
        if len(clause.text) > _PICK_LENGTH or sum(len(word) for word in clause.unknown) > 1:
            return None
        own = query.question.own
        # 深度贫困县呢 asks anew, 龙头企业的 picks.
        counted = counted_by(clause, self._intents) if clause.is_elliptical else frozenset[str]()
        options = [id for id in conversation.options if not counted or self._report.facts[id].counts in counted]
        shared = {id: self._matcher.weight(self._matcher.shares(id, own)) for id in options}
        best = max(shared.values(), default=0)
        picked = [id for id, weight in shared.items() if weight == best > 0]
        if len(picked) != 1 or self._matcher.is_foreign(picked[0], own):
            return None  # 旅游 收入 is no pick of what 光伏 brings in
        if best < _NAMED * self._matcher.weight(own):
            alone = self._judge.judge(query)
            if alone.kind == "answer" and alone.confidence >= _SURE:
                return None  # 版权电话 asks for something else than what was offered
        return Finding("answer", "pick", (picked[0],), confidence=88.0)

    def asks_whether(self, clause: Clause) -> bool:
        """都弄完没, 还有辍学的吗: asks for no figure."""
        grammar = self._intents.grammar
        said = [t for t in clause.tokens if t.text in grammar.whether_endings or t.text not in grammar.particles]
        done = clause.is_question and clause.text.endswith(tuple(grammar.done))  # 都改完了？
        return bool(said) and (done or said[-1].text in grammar.whether_endings)

    def follow(self, query: Query, excluded: frozenset[str], conversation: Conversation) -> Finding | None:
        """What was said before fills in what this question leaves out."""
        clause = query.clause
        if not (conversation.facts or conversation.options or conversation.topic):
            return None
        if sum(len(word) for word in clause.unknown) > _TOO_MUCH_NEW:
            return None
        if summed := self._summed(query, conversation):
            return summed
        reaches = any(token.text in self._intents.grammar.reaches for token in clause.tokens)
        if reaches and clause.unknown and not (clause.tells or clause.mentions):
            return None  # 那些人有没有回去
        asked = self._filled_in(query, conversation)
        if not self.asks_whether(clause) and (part := self._computed.part(asked, conversation)):
            return part
        asserts = "claim" in clause.marks and not clause.ask.kind  # 都改完了吧
        if (asserts or self.asks_whether(clause)) and not query.mentions and conversation.facts:
            whether = replace(asked, question=replace(asked.question, ask=query.question.ask))
            if told := self._whether(whether, excluded, conversation):
                return told
        ask = asked.question.ask
        units = all(self._is_unit(group) for group in clause.concepts)
        if ask.kind == "quantity" and ask.counts and units and conversation.facts and not query.mentions:
            return self._same_topic(asked, conversation)
        if conversation.options and not conversation.facts:
            picked = self._judge.judge(asked, rule="follow_up", excluded=excluded, only=frozenset(conversation.options))
            counted = counted_by(clause, self._intents)  # 光伏的钱呢 asks for none of the households offered
            if picked.kind == "answer" and (not counted or self._report.facts[picked.targets[0]].counts in counted):
                return picked
        found = self._judge.judge(asked, rule="follow_up", excluded=excluded)
        if found.kind == "answer" and conversation.facts and not self._is_of(found.targets, conversation.facts):
            # 它们带动多少人: of what was talked about, where that says it as well.
            near = self._judge.judge(asked, rule="follow_up", excluded=excluded, only=self._around(conversation))
            if near.kind == "answer":
                return near
        if found.kind == "answer" and any(self._matcher.is_foreign(id, query.question.own) for id in found.targets):
            return None  # 旅游收入 isn't what 光伏 brings in
        return self._of_told(query, found, conversation)

    def _summed(self, query: Query, conversation: Conversation) -> Finding | None:
        """平均每户呢, 加起来呢, 那没落实的呢: what is computed of what was told, or that nothing is; else None."""
        clause = query.clause
        if computed := self._computed.on_said(clause, conversation):
            return Finding("answer", "compute_on", (computed,), confidence=90.0, question=query.question)
        if conversation.facts and clause.is_elliptical and not self.asks_whether(clause) and _leaves_out(clause):
            left_out = Finding("abstain", "guard", reason=REMAINING, words=(clause.text,), confidence=85.0)
            return replace(left_out, options=conversation.facts)
        anew = clause.ask.explicit and not (clause.ask.counts or frozenset()) & {*conversation.counts}
        of_several = self._computed.adds_up_several(clause, conversation.several)
        if not of_several and (anew or not self._computed.only_adds_up(clause)):
            return None
        # 加起来呢, where nothing adds up what was stated
        options = conversation.several if of_several else conversation.facts
        return Finding("abstain", "compute_on", options=options, reason="unmatched", confidence=80.0)

    def _filled_in(self, query: Query, conversation: Conversation) -> Query:
        """钱呢 asks for money, 旅游的呢 what was asked before: a question with what was said before around it."""
        ask = query.question.ask
        if ask.kind in ("", "what") and not self.asks_whether(query.clause):
            counts = counted_by(query.clause, self._intents) or frozenset(conversation.counts)
            ask = Ask("quantity", counts) if counts else ask
        context = query.question.context | self._said(conversation)
        return replace(query, question=replace(query.question, context=context, ask=ask, context_share=_SAID_SHARE))

    def _whether(self, query: Query, excluded: frozenset[str], conversation: Conversation) -> Finding | None:
        """全部都弄好了没: whether something is so is told by what is no number, where the topic has it; else None."""
        words = frozenset(id for id in self._around(conversation) if self._report.facts[id].value is None)
        told = self._judge.judge(query, rule="follow_up", excluded=excluded, only=words)
        if told.kind == "answer":
            return told
        undone = [word for reason, word in query.guards if reason == REMAINING]
        denied = [id for id in words if all(self._report.facts[id].is_denied_by(w, REMAINING) for w in undone)]
        if not undone or len(undone) < len(query.guards) or len(denied) != 1:
            return None
        return Finding("answer", "follow_up", (denied[0],), confidence=80.0, question=query.question)  # 还有一批没改完

    def _of_told(self, query: Query, found: Finding, conversation: Conversation) -> Finding:
        """What a question that leans on the conversation gets, kept to what was told."""
        groups, weights = query.clause.concepts, self._matcher.weights
        sums = any(self._matcher.adds_up(group) and max(weights[name] for name in group) > 1 for group in groups)
        if sums and found.kind == "answer" and {*found.targets} <= {*conversation.facts, *conversation.before}:
            # 两边带的人加起来呢: nothing adds up what was told
            options = conversation.facts if {*found.targets} <= {*conversation.facts} else found.targets
            return replace(found, kind="abstain", rule="compute_on", reason="unmatched", targets=(), options=options)
        if found.kind == "clarify" and self._matcher.names_thing(query.question.own):
            # 我要深度贫困的那个: of what is left to choose, the one that knows all that is named.
            named = [id for id in found.options if query.question.own <= self._matcher.fullest.get(id, frozenset())]
            if len(named) == 1:
                return replace(found, kind="answer", rule="follow_up", targets=(named[0],), options=())
        about = self._report.topics_of(found.options[0]) if found.kind == "clarify" and found.options else None
        told = {conversation.topic} if conversation.topic and not conversation.facts else set()
        told = told.union(*(self._report.topics_of(fact) for fact in conversation.facts))
        if about is not None and told and not about & told:
            # 总共花多少经费 after a question of villages: of what was talked about, it isn't told.
            offered = conversation.facts or tuple(f.id for f in self._report.topic_facts(conversation.topic or ""))
            return replace(found, kind="abstain", reason="unmatched", options=offered[:_OFFERED], confidence=70.0)
        return found

    def of_last(self, query: Query, found: Finding, conversation: Conversation) -> Finding:
        """摊到每座电站呢, after the income: refused where nothing is computed of what was told last."""
        if not (
            query.clause.is_elliptical and found.kind == "answer" and self._averages_other(found, query, conversation)
        ):
            return found
        return replace(found, kind="abstain", reason="unmatched", targets=(), options=conversation.facts)

    def _averages_other(self, found: Finding, query: Query, conversation: Conversation) -> bool:
        fact = self._report.facts[found.targets[0]]
        if fact.formula is None or fact.is_sum or not conversation.facts:
            return False
        concepts = self._intents.concepts
        of_it = all(concepts[n].computes or concepts[n].counts for n in query.clause.concept_names)
        told = {*conversation.facts}
        return of_it and fact.id not in told and told.isdisjoint(fact.formula.operands)

    def _is_unit(self, group: frozenset[str]) -> bool:
        """户, 贫困户, 钱, unlike 非贫困村, which few facts count."""
        counts = any(self._intents.concepts[name].counts for name in group)
        return counts and all(self._matcher.weights[name] < _NAMES_ONE for name in group)

    def _is_of(self, targets: Sequence[str], facts: Sequence[str]) -> bool:
        """Whether all targets share a topic with the facts."""
        said = {topic for fact in facts for topic in self._report.topics_of(fact)}
        return all(self._report.topics_of(target) & said for target in targets)

    def _around(self, conversation: Conversation) -> frozenset[str]:
        """The facts of the topics that were talked about."""
        topics = {topic for fact in conversation.facts for topic in self._report.topics_of(fact)}
        return frozenset(id for id in self._report.facts if self._report.topics_of(id) & topics)

    def _same_topic(self, asked: Query, conversation: Conversation) -> Finding:
        """那是多少人: of what was talked about, and nothing else."""
        words = tuple(sorted(asked.question.ask.counts or ()))
        around = self._around(conversation)
        counting = frozenset(id for id in around if self._report.facts[id].counts in words)
        found = self._judge.judge(asked, rule="follow_up", only=counting or around)
        concepts = self._intents.concepts
        named = frozenset(
            name
            for name in self._said(conversation)
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
        nearest = (*other, *(fact for fact in conversation.facts if fact not in other))[:3]
        return replace(found, kind="abstain", rule="unit", reason="unit", words=words, targets=(), options=nearest)

    def _said(self, conversation: Conversation) -> frozenset[str]:
        said = frozenset(conversation.said)
        for fact in conversation.facts:
            said |= self._matcher.fullest.get(fact, frozenset())
        if conversation.topic:
            said |= self._intents.context.get(conversation.topic, frozenset())
        return said
