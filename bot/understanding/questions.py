"""The questions of a message, in order: things joined by 和 share one, what one leaves out those before it say."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.understanding.asking import Asking
from bot.understanding.bare_figure import BareFigures
from bot.understanding.clause import WHO_AND_WHERE, Clause
from bot.understanding.conversation import Conversation
from bot.understanding.coordinate import Coordination
from bot.understanding.decide import Decider
from bot.understanding.decision import Finding
from bot.understanding.each_of_said import EachOfSaid
from bot.understanding.ellipsis import Ellipsis
from bot.understanding.follow_up import FollowUps
from bot.understanding.further import FurtherQuestions
from bot.understanding.matcher import Matcher
from bot.understanding.measures import Measures
from bot.understanding.query import STOPS, Query, concepts_of, question_of
from bot.understanding.several_claims import SeveralClaims
from bot.understanding.together import Together
from bot.understanding.told import Told
from bot.understanding.whole_message import as_a_whole

#: how much fitting what was said before counts for the rank; more of a question that says nothing else (几多人？)
_SHARE, _SHARE_OF_UNIT = 0.25, 0.5


class _Reading:
    """A message as it is read: its clauses, those of them that ask, and what was read so far.

    `denied`: the concepts that it says it isn't about. So far: what came of it, the concepts named, the clauses since
    the last question, and the places that the last question was about, where it wasn't the report's own.
    """

    def __init__(self, clauses: Sequence[Clause], asking: Sequence[Clause], denied: frozenset[str]) -> None:
        self.clauses = clauses
        self.asking = asking
        self.denied = denied
        self.findings: list[Finding] = []
        self.context: frozenset[str] = frozenset()
        self.around: list[Clause] = []
        self.elsewhere: list[tuple[str, str]] = []

    @property
    def told(self) -> Conversation:
        """What was answered, as a conversation that the next question continues."""
        return Conversation(facts=tuple(id for f in self.findings if f.kind == "answer" for id in f.targets))


class Questions:
    """Finds what each question of a message gets."""

    def __init__(
        self,
        intents: Intents,
        matcher: Matcher,
        decider: Decider,
        asking: Asking,
        coordination: Coordination,
        measures: Measures,
        several_claims: SeveralClaims,
        bare_figures: BareFigures,
        follow_ups: FollowUps,
        ellipsis: Ellipsis,
        told: Told,
        report: Report,
    ) -> None:
        self._intents = intents
        self._report = report
        self._matcher = matcher
        self._decider = decider
        self._asking = asking
        self._coordination = coordination
        self._measures = measures
        self._several_claims = several_claims
        self._bare_figures = bare_figures
        self._each_of_said = EachOfSaid(matcher, decider, follow_ups, ellipsis, report)
        self._further = FurtherQuestions(intents, matcher, decider, told, report)
        self._together = Together(matcher, decider)

    def listed(self, clauses: Sequence[Clause]) -> list[Finding]:
        """What each measure of a list gets (站数、千瓦数、收益、户数); [] if the message is no list."""
        takes_back = any(not clause.marks.isdisjoint(("except", "correction")) for clause in clauses)
        return [] if takes_back else self._measures.listed(clauses)

    def find(self, clauses: Sequence[Clause], conversation: Conversation, denied: frozenset[str]) -> list[Finding]:
        """What each question gets, in order; `denied` are the concepts that the message says it isn't about."""
        told = [self._report.facts[id] for id in conversation.facts]
        found = self._measures.listed(clauses) or self._bare_figures.each(clauses, told)
        if found := found or self._each_of_said.named(clauses, conversation):
            return found
        asking, leans = self._asking.clauses(clauses), bool(conversation.facts)
        if not any(c.ask.interrogative and c.ask.kind for c in asking) and (
            found := self._several_claims.check(clauses, leans=leans) or self._measures.apart(clauses)
        ):
            return found  # 救助62万多人次、花掉约3.7亿，对吗, 光伏装机，旅游户数
        if not asking:
            stated = {"claim"} if self._asking.tells(clauses) else set()
            # No question word: the message as a whole asks (光伏 装机), or several things joined by 和.
            clauses = [c for c in clauses if c.says_something] or clauses
            found = self._coordination.things(clauses[-1], clauses[:-1], frozenset())
            if found := found or self._several_claims.check(clauses, stated=bool(stated), leans=leans):
                return found
            whole = as_a_whole(clauses)
            clauses = asking = [whole.but(marks=whole.marks | stated)]
        reading = _Reading(clauses, asking, denied)
        for number, said in enumerate(clauses):
            clause = said if said.joined_by in STOPS else _also_there(said, reading.elsewhere)
            away = said in asking and "home" not in clause.marks
            reading.elsewhere = [guard for guard in clause.guards if away and guard[0] == "place"]
            if said in asking:
                reading.findings += self._asked(number, clause, reading, conversation)
                reading.around = []
            else:
                checked = self._several_claims.beside(said, clauses[number + 1 :])
                reading.findings += checked
                reading.around += [] if checked else [clause]
            reading.context |= clause.concept_names
        return self._of_one_topic(reading.findings)

    def _of_one_topic(self, findings: list[Finding]) -> list[Finding]:
        """总投资多少，项目多少个: what may be of several topics is of the one that the other questions are of."""
        told = [id for f in findings if f.kind == "answer" and f.verdict is None for id in f.targets]
        topics = self._report.topics_of(*told)
        if len(topics) != 1:
            return findings
        first, *rest = (self._meant_of(f, topics, told) for f in findings)
        return [self._untold_of(first, topics, told), *rest]

    def _untold_of(self, first: Finding, topics: set[str], told: Sequence[str]) -> Finding:
        """多少户 in 多少户、多少人脱贫: what opens a list without a name is of what the list is of, or isn't told."""
        asks = first.kind == "clarify" and first.clause is not None and first.clause.only_asks
        if not asks or any(self._report.topics_of(id) & topics for id in first.options):
            return first
        units = tuple(sorted(first.clause.ask.counts or ())) if first.clause else ()
        return first._replace(kind="abstain", reason="unit", words=units, options=tuple(told), confidence=80.0)

    def _meant_of(self, found: Finding, topics: set[str], told: Sequence[str]) -> Finding:
        """What a question that may be of several topics is, where one of `topics` is meant and isn't told by others.

        Whom something is done for, and where, may be another's of the topic (新型经营主体几个？带动多少户？).
        """
        meant = [id for id in found.options if self._report.topics_of(id) & topics]
        counts = {self._report.facts[id].counts for id in meant}
        asks = found.clause is not None and found.clause.ask.kind == "quantity" and not found.clause.marks
        one = found.kind == "clarify" and len(meant) == 1 < len(found.options) and meant[0] not in told
        plain = one and asks and counts.isdisjoint(WHO_AND_WHERE)
        return found._replace(kind="answer", targets=tuple(meant), options=()) if plain else found

    def _asked(self, number: int, clause: Clause, reading: _Reading, conversation: Conversation) -> list[Finding]:
        """What the question of one clause gets."""
        if total := self._coordination.total(clause, reading.around):
            return total
        things = self._things(clause, reading, conversation)
        if found := self._coordination.added(things, clause, reading.around):
            return found
        query = self._query(number, clause, reading)
        # 龙头企业和新型经营主体各有多少，又各带了多少人: the second of each that was just asked of.
        found = self._each_of_said.asked(query, reading.told if reading.findings else conversation)
        if not found and reading.findings:
            found = self._number_of_unnamed(query, reading.findings[-1]) or self._further.find(query, reading.findings)
        elif not found:
            found = self._decider.decide(query, conversation)
        found = self._together.read(query, found) or found
        found = self._coordination.all_of(found, (clause, *query.around)) or found
        if reading.told.facts and all(f.kind == "abstain" and f.reason == "unit" for f in found):
            found = self._added_to_the_last(query, conversation) or found
        if self._is_told(clause, found, reading.findings):
            return []
        return self._coordination.added(found, clause, query.around)

    def _things(self, clause: Clause, reading: _Reading, conversation: Conversation) -> list[Finding]:
        """What each thing of a list gets; 贫困村和非贫困村各几个, after 双基: of those that were told or offered."""
        things = self._coordination.things(clause, reading.around, reading.context)
        ids = conversation.facts or conversation.options
        if not ids or not reading.around or (things and all(f.kind == "answer" for f in things)):
            return things
        told = frozenset().union(*(self._matcher.fullest[id] for id in ids))
        of_told = self._coordination.things(clause, reading.around, reading.context | told)
        topics = self._report.topics_of(*ids)
        same = all(f.kind == "answer" and self._report.topics_of(*f.targets) <= topics for f in of_told)
        return of_told if same and of_told else things

    def _number_of_unnamed(self, query: Query, before: Finding) -> list[Finding]:
        """一共几家, after 龙头企业都有哪些, which isn't told: how many there are; else []."""
        if before.kind != "abstain" or before.reason not in ("which", "name") or before.question is None:
            return []
        found = self._decider.decide(query, Conversation(unnamed=tuple(sorted(before.question.own))))
        return found if found[0].kind == "answer" and found[0].rule == "follow_up" else []

    def _added_to_the_last(self, query: Query, conversation: Conversation) -> list[Finding]:
        """加旅游户数一共多少, after 光伏户数: what it names, and that nothing adds the two up; else []."""
        sums = [group for group in query.clause.concepts if self._matcher.adds_up(group)]
        if not sums or not self._matcher.names_thing(query.clause.concept_names):
            return []
        plain = query.clause.but(concepts=[g for g in query.clause.concepts if g not in sums])
        asked = query._replace(clause=plain, question=question_of(plain, query.question.ask, frozenset()))
        told = self._decider.decide(asked, conversation)
        word = max((name for group in sums for name in group), key=self._matcher.weights.__getitem__)  # 合计, for 加
        refused = Finding("abstain", "added", reason="rate", words=(word,), confidence=80.0, clause=query.clause)
        return [*told, refused] if all(finding.kind == "answer" for finding in told) else []

    def _is_told(self, clause: Clause, found: Sequence[Finding], before: Sequence[Finding]) -> bool:
        """光伏总体怎样？尤其想知道装机: whether an overview asked for before tells what is wanted of it most."""
        most = any(token.text in self._intents.grammar.especially for token in clause.tokens[:2])
        topics = {f.targets[0] for f in before if f.kind == "overview"}
        of_it = all(f.kind == "answer" and all(topics & self._report.topics_of(id) for id in f.targets) for f in found)
        return (most and bool(topics) and of_it) or self._belongs_to_computed(clause, found, before)

    def _belongs_to_computed(self, clause: Clause, found: Sequence[Finding], before: Sequence[Finding]) -> bool:
        """…平均规模，多少千瓦; 一共几个？贫困村和非贫困村都算: the unit of what was just computed, or what of."""
        last = before[-1] if before else None
        fact = self._report.facts[last.targets[0]] if last and last.kind == "answer" and last.targets else None
        if fact is None or fact.formula is None or "distributor" in clause.marks:
            return False
        if any(token.values("within") for token in clause.tokens):
            return False  # 其中非贫困村
        if clause.ask.kind:
            counts = (
                clause.ask.counts == frozenset({fact.counts}) and clause.ask.explicit and clause.joined_by not in STOPS
            )
            units = all(self._intents.concepts[name].counts == fact.counts for name in clause.concept_names)
            return counts and units and clause.only_asks
        parts, asks = fact.formula.operands, clause.is_elliptical or clause.is_question or clause.mentions
        return fact.is_sum and not asks and all(f.kind == "answer" and {*f.targets} <= {*parts} for f in found)

    def _query(self, number: int, clause: Clause, reading: _Reading) -> Query:
        """A question with all of the message that has to do with it."""
        around, context, behind = reading.around, reading.context, reading.clauses[number + 1 :]
        if reading.clauses[number] is reading.asking[-1]:
            around, context = [*around, *behind], context | concepts_of(behind)
        elif (
            behind
            and not self._matcher.names_subject(context | concepts_of(around))
            and (clause.only_asks or self._says_of_which(behind[0]))
        ):
            context |= self._said_of_both(behind[0])
        ask = self._asking.asked_by(clause, around, reading.asking)
        # 几多户？几多人？: what was asked before is all that such a question has to go by.
        share = _SHARE_OF_UNIT if reading.findings and clause.only_asks else _SHARE
        if self._turns_to_another(clause):
            around = [c.but(mentions=[]) for c in around]
        # 坝上几个县光伏分了多少: without a pause between them, one place is meant.
        near = reading.clauses[number - 1].guards if number and not clause.joined_by else []
        placed = clause.but(guards=[*near, *clause.guards]) if near else clause
        question = question_of(clause, ask, context, context_share=share)
        return Query(placed, tuple(around), question, reading.denied)

    def _turns_to_another(self, clause: Clause) -> bool:
        """非四类呢 in 危房9754户。非四类呢？: whether what was told before it is told of another thing."""
        grammar = self._intents.grammar
        ends = clause.tokens[-1].text in grammar.elliptical_endings - grammar.whether_endings
        return ends and clause.tells and not (clause.ask.kind or clause.mentions)

    def _says_of_which(self, following: Clause) -> bool:
        """总投资多少的产业项目有几个: whether the next begins with what the question before it is about."""
        return not following.joined_by and following.tokens[0].text in self._intents.grammar.possessives

    def _said_of_both(self, following: Clause) -> frozenset[str]:
        """脱贫 in 几多村、几多人脱贫: what the second of two questions says of the first as well."""
        concepts = self._intents.concepts
        return frozenset(name for name in following.concept_names if not concepts[name].counts)


def _also_there(clause: Clause, elsewhere: Sequence[tuple[str, str]]) -> Clause:
    """康保搬了多少人，入住率多高: what is asked next in a sentence is asked of the same place."""
    asks = clause.ask.interrogative and clause.ask.kind
    if not (asks and elsewhere) or "home" in clause.marks or any(reason == "place" for reason, _ in clause.guards):
        return clause
    return clause.but(guards=[*clause.guards, *elsewhere])
