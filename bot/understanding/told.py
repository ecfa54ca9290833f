"""Figures that a question tells on the way (98157名换算成家庭，合多少户): of these it asks, and of nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.language.lexicon import Token
from bot.understanding import talked_about
from bot.understanding.clause import MONEY, UNCOUNTABLE, WHO, WHO_AND_WHERE, Ask, Clause
from bot.understanding.conversation import Conversation
from bot.understanding.decision import Finding
from bot.understanding.figure_facts import FigureFacts, said_of_whole
from bot.understanding.figure_order import has_other_doer, told_instead
from bot.understanding.judge import Judge
from bot.understanding.matcher import Matcher
from bot.understanding.query import STOPS, Query, counted_by, question_of
from bot.understanding.short_questions import describes_thing
from bot.understanding.untold_parts import points_back, refused

#: weighted share of what is said of a whole that a fact must know to be the figure of the whole
_WHOLE = 0.8
#: unknown characters that say nothing of which part of a whole is meant
_STRAY = 2

#: words of a whole, of which something is said and which is counted (搬迁的人)
_WHOLE_OF = 2
#: what is counted of people, of whom a fact tells of which kind they are
_PEOPLE = "人"
#: … and where they live
_HOUSEHOLDS = "户"
#: confidence from which a sentence asks for just what another told
_SURE = 90.0
#: things of which each may be asked for
_SEVERAL = 2

#: what some of another number may be, though nothing says so
_OVERLAPPING = WHO | UNCOUNTABLE


class Told:
    """Keeps an answer to what the question, or what was said before it, is about."""

    def __init__(self, intents: Intents, matcher: Matcher, judge: Judge, figures: FigureFacts, report: Report) -> None:
        self._intents = intents
        self._matcher = matcher
        self._judge = judge
        self._figures = figures
        self._report = report

    @cached_property
    def _within(self) -> tuple[str, ...]:
        return tuple(self._intents.lexicon.words_of("within"))

    def of_said(self, query: Query, found: Finding, conversation: Conversation) -> Finding:
        """里面有多少人上班: of what was stated before, and answered by nothing else."""
        tokens = query.clause.tokens
        if beside := self._beside_it(query, found, conversation):
            return beside
        if self._is_done_by_told(query, found, conversation):
            near = (*(conversation.facts or conversation.options), *found.targets)
            return found._replace(kind="abstain", rule="told", reason="unmatched", targets=(), options=near)
        leans = bool(tokens) and (points_back(tokens[0]) or self._points_at_them(tokens))
        leans = leans and not any(clause.concepts or clause.mentions for clause in query.around)
        if not leans or found.kind != "answer" or not conversation.facts:
            return found
        topics = self._report.topics_of(*conversation.facts)
        if tokens[0].values("within") and self._is_whole(found, conversation):
            words = (query.clause.text,)
            options = found.targets
            return found._replace(
                kind="abstain", rule="told", reason="population", words=words, targets=(), options=options
            )
        if all(topics & self._report.topics_of(id) for id in found.targets):
            return found
        if people := self._people_of(query, conversation):
            return found._replace(rule="follow_up", targets=(people,))
        return found._replace(kind="abstain", rule="told", reason="unmatched", targets=(), options=conversation.facts)

    def _is_done_by_told(self, query: Query, found: Finding, conversation: Conversation) -> bool:
        """带动多少人就业, after the parks: whether what was told last is meant to do it, and another topic tells it."""
        told = conversation.facts or conversation.options
        fact = self._report.facts[told[0]] if len(told) == 1 else None
        if fact is None or fact.value is None or fact.counts in WHO_AND_WHERE | UNCOUNTABLE:
            return False
        plain = not (query.around or query.clause.mentions)
        does = query.clause.tokens[0].text in self._intents.grammar.does_good
        topics = self._report.topics_of(fact.id)
        elsewhere = found.kind == "answer" and not any(topics & self._report.topics_of(id) for id in found.targets)
        return plain and does and elsewhere

    def _is_of_another(self, clause: Clause, id: str, conversation: Conversation) -> bool:
        """这些村分布在几个县, after the 618 villages: whether what is found is told of the 33 others."""
        told, facts = self._report.facts[conversation.facts[0]], self._figures.stated
        deeds = clause.concept_names - self._matcher.fullest[told.id] - WHO_AND_WHERE  # 解决的呢
        return (
            not self._matcher.is_foreign(told.id, deeds)
            and told_instead(told, self._report.facts[id], facts) is not None
        )

    def _people_of(self, query: Query, conversation: Conversation) -> str:
        """那些户里是多少口人: the people of the households told last, where their sentence tells both; "" if not."""
        told = [self._report.facts[id] for id in conversation.facts]
        asks = query.question.ask.counts == frozenset({_PEOPLE}) and not self._matcher.names_thing(
            query.clause.concept_names
        )
        if not asks or len(told) != 1 or told[0].counts != _HOUSEHOLDS or not self._only_points_back(query.clause):
            return ""
        of_it = self._matcher.fullest.get(told[0].id, frozenset())
        beside = [f.id for f in self._report.facts.values() if f.sentence is told[0].sentence and f.counts == _PEOPLE]
        same = [id for id in beside if not self._matcher.is_foreign(id, of_it)]
        return same[0] if len(same) == 1 and told[0].sentence is not None else ""

    def _only_points_back(self, clause: Clause) -> bool:
        """那些户里有多少人, unlike 那些户里有多少人搬迁了: whether they are only counted."""
        kinds = {"quantity", "filler", "within", "contains", "equals", "classifier"}
        units = all(group <= WHO for group in clause.concepts)
        points = self._intents.grammar.points_back
        return units and all(
            t.values("concept") or t.text in points or kinds & t.meanings.keys() for t in clause.tokens
        )

    def _beside_it(self, query: Query, found: Finding, conversation: Conversation) -> Finding | None:
        """这个让多少人用上好水了, after 巩固提升了几个村: of what it leans on, where that tells it; else None."""
        tokens, grammar = query.clause.tokens, self._intents.grammar
        leans = len(tokens) > 1 and tokens[0].text in grammar.stands_for and len(conversation.facts) == 1
        does = leans and (tokens[1].text in grammar.done_by or tokens[1].text in grammar.does_good)
        if not does or found.kind != "answer" or query.mentions:
            return None
        said = self._matcher.fullest.get(conversation.facts[0], frozenset())
        around = talked_about.facts(conversation, self._report)
        of_it = frozenset(id for id in around if not self._matcher.is_foreign(id, said))
        if of_it.issuperset(found.targets):
            return None
        known = frozenset().union(*(self._matcher.known[id] for id in of_it))
        groups = tuple(group for group in query.question.groups if group & known)  # 用上 says 解决 of others
        question = query.question._replace(groups=groups, context=query.question.context | said)
        asked = query._replace(question=question)
        near = self._judge.judge(asked, rule="follow_up", only=of_it - {*conversation.facts})
        # What is asked next is asked of it as well.
        named = (frozenset({n}) for n in said if any(self._matcher.is_foreign(id, {n}) for id in found.targets))
        remembered = question._replace(groups=(*groups, *named))
        return near._replace(question=remembered) if near.kind in ("answer", "clarify") else None

    def _is_apart(self, id: str, whole: str) -> bool:
        """Whether one fact is no part of another: a sum holds both, or both count the same and no share is told."""
        part, other = self._report.facts[id], self._report.facts[whole]
        computed = [fact for fact in self._report.facts.values() if fact.formula]
        held = [fact for fact in computed if fact.formula and {id, whole} <= {*fact.formula.operands}]
        if id != whole and any(fact.is_sum for fact in held):
            return True  # 四类重点对象 beside the 9754 households
        if id == whole or part.counts != other.counts or part.counts in _OVERLAPPING:
            return False
        return not held and id not in (other.formula.operands if other.formula else ())

    def of_others(self, query: Query, found: Finding, conversation: Conversation) -> Finding:
        """其中深度贫困的几个, after how many villages: refused where what is found is no part of what was told."""
        tokens = query.clause.tokens
        single = len(found.targets) == 1 == len(conversation.facts) and found.verdict is None
        if found.kind != "answer" or not single:
            return found
        leans = self._points_at_them(tokens) or (found.rule == "follow_up" and not query.around)
        if leans and self._is_of_another(query.clause, found.targets[0], conversation):
            return refused(found, "unmatched", "")
        within = bool(tokens) and bool(tokens[0].values("within"))
        if len(tokens) > 1 and tokens[0].text in self._intents.grammar.stands_for:
            within = points_back(tokens[1])  # 这里头有几个
        of_others = within and (
            self._is_apart(found.targets[0], conversation.facts[0])
            or self._is_same_of_some(query.clause, found, conversation)
        )
        return refused(found, "population", query.clause.text) if of_others else found

    def _is_same_of_some(self, clause: Clause, found: Finding, conversation: Conversation) -> bool:
        """其中贫困人口多少, after how many moved: whether the whole itself is found for a kind of those counted."""
        concepts = self._intents.concepts
        kinds = {n for n in clause.concept_names if concepts[n].counts in WHO_AND_WHERE and n not in WHO_AND_WHERE}
        kinds = {n for n in kinds if not concepts[n].verb}
        part = self._intents.lexicon.segment(self._report.facts[found.targets[0]].sentence_part)
        told = {name for token in part for name in token.values("concept")}  # 带动6.07万贫困人口: all are so
        return found.targets == conversation.facts and bool(kinds) and kinds.isdisjoint(told)

    def _is_whole(self, found: Finding, conversation: Conversation) -> bool:
        """其中贫困人口搬了多少, after how many moved: whether what was told is found, and is no part of more."""
        told = {*found.targets} <= {*conversation.told}
        return told and len(found.targets) == 1 and found.targets[0] not in self._report.wholes

    def leaves_topic(self, query: Query, alone: Finding, conversation: Conversation) -> bool:
        """收入有几个亿, after a question of tourism: whether what only names a measure is answered of another topic."""
        beside = any(clause.concepts or clause.mentions for clause in query.around)
        topics = talked_about.topics(conversation, self._report)
        if not topics or self._matcher.names_thing(query.clause.concept_names) or beside:
            return False
        concepts = self._intents.concepts
        counted = [any(concepts[name].counts == MONEY for name in group) for group in query.clause.concepts]
        weights = self._matcher.weights
        # 建设资金投了多少
        idle = (all(concepts[n].verb or weights[n] <= 1 for n in group) for group in query.clause.concepts)
        only = any(counted) and all(money or idles for money, idles in zip(counted, idle, strict=True))
        return only and not any(topics & self._report.topics_of(id) for id in alone.targets)

    def of_other_topic(self, query: Query, found: Finding, stated: Conversation) -> Finding:
        """电站建了几座，资金投了多少: what was asked just before has no such figure, whatever else has one."""
        if found.kind != "answer" or not self.leaves_topic(query, found, stated):
            return found
        return found._replace(kind="abstain", rule="told", reason="unmatched", targets=(), options=stated.facts)

    def _points_at_them(self, tokens: Sequence[Token]) -> bool:
        """给这些村投了多少: what was spoken of is meant, unlike in 产业扶贫那批项目 and 那些危房."""
        grammar = self._intents.grammar
        at = next((n for n, t in enumerate(tokens[:2]) if t.text in grammar.points_back), None)
        if at is None:
            return False
        named = tokens[: at + (1 if tokens[at].text in grammar.they else 2)]
        return not any(self._matcher.names_thing(token.values("concept")) for token in named)

    def read(self, query: Query) -> tuple[Query, frozenset[str]]:
        """A figure that is told (那1912户…有多少人) isn't asked for; it says which part of the report is meant."""
        owners = {fact.id for mention in query.mentions for fact in self._figures.told(query, mention)}
        counts = frozenset().union(*(m.counts for m in query.clause.mentions if m.is_open_ended))
        named = counted_by(query.clause, self._intents) - counts
        is_open = query.question.ask.kind == "quantity" and query.question.ask.counts is None
        if not owners and counts and is_open and not named:
            # 那三个亿多的医疗救助具体是多少
            ask = query.question.ask._replace(counts=counts, explicit=True)
            return query._replace(question=query.question._replace(ask=ask)), frozenset()
        asks = query.clause.ask.kind == "quantity" or describes_thing(query.clause.tokens, self._intents)
        if not owners or not asks:
            return query, frozenset()
        meant = owners | {fact.id for fact in self._report.facts.values() if fact.is_made_of(owners)}
        context = query.question.context.union(*(self._matcher.fullest.get(id, frozenset()) for id in meant))
        ask = query.question.ask
        if not ask.kind:  # 带动10.69万户的电站: what is described is asked for
            ask = Ask("quantity", counted_by(query.clause, self._intents), explicit=True)
        counts = frozenset(self._report.facts[id].counts for id in owners) - UNCOUNTABLE
        if query.clause.mentions and len(counts) == 1 and ask.counts is None and not ask.uncounted:
            ask = ask._replace(counts=counts, explicit=True)  # 99个村里有几个
        groups = self._without_units(query, ask)
        question = query.question._replace(context=context, ask=ask, groups=groups)
        return query._replace(question=question), frozenset(owners)

    def _without_units(self, query: Query, ask: Ask) -> tuple[frozenset[str], ...]:
        """130万千瓦的电站有几座: what the question names, but for what its figures count, where it asks for more."""
        groups = list(query.question.groups)
        for mention in query.clause.mentions:
            at = query.clause.place_of(mention) or 0
            unit = query.clause.tokens[at + 1 : at + 2]
            things = query.clause.tokens[at + 2 : at + 3] if unit and unit[0].values("classifier") else []
            for token in (*unit, *things):
                names = frozenset(token.values("concept"))
                own = token.text == mention.unit or (token in things and names and self._is_thing(names))
                if own and names in groups and mention.counts.isdisjoint(ask.counts or mention.counts):
                    groups.remove(names)
        return tuple(groups) or query.question.groups

    def _is_thing(self, names: frozenset[str]) -> bool:
        """电站, 主体: neither what is done nor whom, or which places, the report counts."""
        concepts = (self._intents.concepts[name] for name in names)
        return all(not c.verb and c.counts not in WHO_AND_WHERE for c in concepts)

    def asked_anew(self, query: Query, excluded: frozenset[str]) -> Finding | None:
        """747要改成800。贫困村出列多少个: a sentence of its own that asks for just what was told; else None."""
        clause = query.clause
        apart = clause.joined_by in STOPS and not clause.mentions and clause.tokens[:1]
        if not (excluded and apart and clause.tokens[0].values("concept")):
            return None  # 那是修了多少个村
        question = question_of(clause, query.question.ask, frozenset())
        found = self._judge.judge(query._replace(around=(), question=question))
        sure = found.kind == "answer" and found.confidence >= _SURE and {*found.targets} <= excluded
        return found if sure else None

    def of_whole(self, query: Query, found: Finding) -> Finding:
        """搬了家的人当中，后头有人扶一把的有多少: the figure of the whole isn't that of some of it."""
        if found.kind == "clarify":
            return self._without_whole(query, found)
        if found.kind != "answer" or found.rule not in ("match", "follow_up") or found.verdict is not None:
            return found
        (target,) = found.targets if len(found.targets) == 1 else ("",)
        fact = self._report.facts.get(target)
        for whole in query.around:
            if fact is None or not whole.tokens or not self._ends_in_whole(whole) or whole.mentions:
                continue
            ask = Ask("quantity", frozenset({fact.counts}), explicit=True)
            ranked = self._matcher.rank(question_of(whole, ask, frozenset()))
            own = query.clause.concept_names - whole.concept_names
            concepts, weights = self._intents.concepts, self._matcher.weights
            countable = fact.counts not in UNCOUNTABLE
            others = own - self._matcher.fullest.get(target, frozenset())
            kind = countable and any(
                concepts[n].counts == fact.counts and weights[n] > 1 for n in others
            )  # 村里头，贫困村有几个
            unknown = sum(len(word) for word in query.clause.unknown) > _STRAY
            some = kind or unknown or not own <= self._matcher.known[target]
            if ranked and ranked[0].target == target and ranked[0].explained > _WHOLE and some:
                return refused(found, "unmatched", "")
        return found

    def _ends_in_whole(self, clause: Clause) -> bool:
        """…的人当中, …的村里头: whether a clause says out of which whole the next asks."""
        return clause.tokens[-1].text.endswith(self._within)

    def _without_whole(self, query: Query, found: Finding) -> Finding:
        """受惠群众里，单拎出贫困人口: the figure of the whole is no choice."""
        for whole in query.around:
            if not whole.tokens or not self._ends_in_whole(whole):
                continue
            ranked = self._matcher.rank(question_of(whole, query.question.ask, frozenset()))
            rest = tuple(option for option in found.options if not ranked or option != ranked[0].target)
            if len(rest) == 1 < len(found.options):
                return found._replace(kind="answer", rule="match", targets=rest, options=())
        return found

    def _part_of(self, whole: str, counts: frozenset[str] | None) -> str:
        """The only fact that is a part of another and counts what is asked for; "" if there is none."""
        parts = [part for part, of in self._report.wholes.items() if of == whole]
        return parts[0] if len(parts) == 1 and counts and self._report.facts[parts[0]].counts in counts else ""

    def of_told(self, query: Query, owners: frozenset[str], found: Finding) -> Finding:
        """98157名换算成家庭，合多少户: asked of what was told, and answered by nothing else."""
        if len(owners) != 1 or found.kind not in ("answer", "clarify"):
            return found
        (owner,) = owners
        concepts = self._intents.concepts
        named = {name for name in query.clause.concept_names if not concepts[name].counts}
        of_it = bool(query.clause.tokens) and points_back(query.clause.tokens[0])  # 80家企业，其中国家级的几家
        if not query.clause.mentions and not of_it and not named <= self._matcher.known[owner]:
            return found
        within = any("within" in clause.marks for clause in (query.clause, *query.around))
        within = within or said_of_whole(query.clause) is not query.clause
        counts = query.question.ask.counts
        part = self._part_of(owner, counts) if within else ""
        if part and not self._matcher.is_foreign(part, query.clause.concept_names):
            # 46.68万人里，真正贫困的有几个: that of the whole which was told, whatever else there is
            return found if part in found.targets else found._replace(kind="answer", targets=(part,), options=())
        facts = [self._report.facts[id] for id in found.targets]
        if within and any(fact.counts not in counts if counts else fact.members for fact in facts):
            return refused(found, "unmatched", "")  # 3.68亿里，大病保险出了多少
        if within and len(facts) == 1 and self._is_apart(facts[0].id, owner):
            return refused(found, "population", query.clause.text)  # 316个村里面深度贫困村占几个
        done = facts[0] if query.clause.mentions and len(facts) == 1 and facts[0].counts in WHO else None
        if done and has_other_doer(done, self._report.facts[owner], self._figures.stated):
            return refused(found, "unmatched", "")  # 1090个项目带动多少户: it is said of 80 enterprises
        topics = self._report.topics_of(owner)
        telling: frozenset[str] = frozenset()
        if self._report.facts[owner].counts not in UNCOUNTABLE:  # 高于10%的贫困村 names a bound
            telling = frozenset(n for n in self._matcher.fullest[owner] if n in concepts and not concepts[n].counts)
        said = (*found.targets, *found.options)
        meant = tuple(
            id for id in said if topics & self._report.topics_of(id) and not self._matcher.is_foreign(id, telling)
        )
        if meant == said:
            return found
        of_topic = all(topics & self._report.topics_of(id) for id in said)
        if found.kind == "clarify" and len(meant) == 1 and of_topic:
            return found._replace(kind="answer", rule="match", targets=meant, options=())
        units = tuple(sorted(query.question.ask.counts or ()))
        return found._replace(
            kind="abstain",
            rule="told",
            reason="unit" if units else "unmatched",
            words=units,
            targets=(),
            options=(owner,),
            confidence=70.0,
        )
