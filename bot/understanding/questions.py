"""The questions of a message, in order: things joined by 和 share one, what one leaves out those before it say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.understanding.asking import Asking
from bot.understanding.bare_figure import BareFigures
from bot.understanding.clause import Clause
from bot.understanding.conversation import Conversation
from bot.understanding.coordinate import Coordination
from bot.understanding.decide import COMPLETE_CONFIDENCE, Decider
from bot.understanding.decision import Finding
from bot.understanding.follow_up import FollowUps
from bot.understanding.matcher import Matcher
from bot.understanding.query import STOPS, Query, concepts_of, joined, question_of
from bot.understanding.several_claims import SeveralClaims
from bot.understanding.told import Told

#: facts stated before from which 分别 asks of each
_SEVERAL = 2
#: unknown characters from which a clause that names a newspaper is chatter
_CHATTER = 2
#: confidence from which what was left open is told of the topic before
_OF_TOPIC = 60.0
#: confidence that 各是多少 asks for what was just told
_AGAIN = 80.0
#: what a question found by itself that is worth reading it together with the clauses around it
_READ_AGAIN = frozenset({"unmatched", "unit", "unknown_head", "rivals", "vague"})


class Questions:
    """Finds what each question of a message gets."""

    def __init__(
        self,
        intents: Intents,
        matcher: Matcher,
        decider: Decider,
        asking: Asking,
        coordination: Coordination,
        several_claims: SeveralClaims,
        bare_figures: BareFigures,
        follow_ups: FollowUps,
        told: Told,
        report: Report,
    ) -> None:
        self._intents = intents
        self._matcher = matcher
        self._decider = decider
        self._asking = asking
        self._coordination = coordination
        self._several_claims = several_claims
        self._bare_figures = bare_figures
        self._follow_ups = follow_ups
        self._told = told
        self._report = report

    def listed(self, clauses: Sequence[Clause]) -> list[Finding]:
        """What each measure of a list gets (站数、千瓦数、收益、户数); [] if the message is no list."""
        takes_back = any(not clause.marks.isdisjoint(("except", "correction")) for clause in clauses)
        return [] if takes_back else self._coordination.measures(clauses)

    def find(self, clauses: Sequence[Clause], conversation: Conversation, denied: frozenset[str]) -> list[Finding]:
        """What each question gets, in order; `denied` are the concepts that the message says it isn't about."""
        found = self._coordination.measures(clauses) or self._bare_figures.each(clauses)
        if found := found or self._each_followed(clauses, conversation):
            return found
        asking = self._asking.clauses(clauses)
        if not any(c.ask.interrogative and c.ask.kind for c in asking) and (
            found := self._several_claims.check(clauses) or self._coordination.apart(clauses)
        ):
            return found  # 救助62万多人次、花掉约3.7亿，对吗, 光伏装机，旅游户数
        if not asking:
            stated = {"claim"} if self._asking.tells(clauses) else set()
            # No question word: the message as a whole asks (光伏 装机), or several things joined by 和.
            clauses = [c for c in clauses if c.says_something] or clauses
            found = self._coordination.things(clauses[-1], clauses[:-1], frozenset())
            if found := found or self._several_claims.check(clauses, stated=bool(stated)):
                return found
            whole = _as_a_whole(clauses)
            clauses = asking = [replace(whole, marks=whole.marks | stated)]
        findings: list[Finding] = []
        context: frozenset[str] = frozenset()
        around: list[Clause] = []
        elsewhere: list[tuple[str, str]] = []
        for number, said in enumerate(clauses):
            clause = said if said.joined_by in STOPS else _also_there(said, elsewhere)
            away = said in asking and "home" not in clause.marks
            elsewhere = [guard for guard in clause.guards if away and guard[0] == "place"]
            if said not in asking:
                checked = self._several_claims.beside(said, clauses[number + 1 :])
                findings += checked
                around += [] if checked else [clause]
                context |= clause.concept_names
                continue
            found = self._coordination.added(self._coordination.things(clause, around, context), clause, around)
            if not found:
                if said is asking[-1]:
                    around += clauses[number + 1 :]
                    context |= concepts_of(clauses[number + 1 :])
                following = clauses[number + 1] if number + 1 < len(clauses) else None
                if following and not (around or context) and (clause.only_asks or self._says_of_which(following)):
                    context |= self._said_of_both(following)
                ask = self._asking.asked_by(clause, around, asking)
                # 几多户？几多人？: what was asked before is all that such a question has to go by.
                share = 0.5 if findings and clause.only_asks else 0.25
                # 坝上几个县光伏分了多少: without a pause between them, one place is meant.
                around = [replace(c, mentions=[]) for c in around] if self._turns_to_another(clause) else around
                near = clauses[number - 1].guards if number and not clause.joined_by else []
                placed = replace(clause, guards=[*near, *clause.guards]) if near else clause
                query = Query(placed, tuple(around), question_of(clause, ask, context, context_share=share), denied)
                # 龙头企业和新型经营主体各有多少，又各带了多少人: the second of each that was just asked of.
                just = Conversation(facts=tuple(id for f in findings if f.kind == "answer" for id in f.targets))
                found = self._each_of_said(query, just if findings else conversation)
                if not found:
                    found = self._further(query, findings) if findings else self._decider.decide(query, conversation)
                found = self._as_one(query, found) or found
                found = self._coordination.all_of(found, (clause, *around)) or found
                found = self._coordination.added(found, clause, around)
            findings += found
            around = []
            context |= clause.concept_names
        return findings

    def _each_of_said(self, query: Query, conversation: Conversation) -> list[Finding]:
        """它们分别带动了多少人, after two things: the same of each; [] if it isn't that."""
        clause = query.clause
        names = self._matcher.names_thing(query.question.own)
        alike = len({self._report.facts[id].counts for id in conversation.facts}) == 1
        of_each = "distributor" in clause.marks or (alike and clause.is_elliptical and clause.only_asks)  # …，户数呢
        if not of_each or len(conversation.facts) < _SEVERAL or names or query.around:
            return []
        if not (clause.concepts or clause.ask.explicit or clause.guards or clause.unknown or clause.mentions):
            return [Finding("answer", "sure", (fact,), confidence=_AGAIN, clause=clause) for fact in conversation.facts]
        alone = replace(query.question, context=frozenset())
        asked = replace(query, clause=replace(clause, marks=clause.marks - {"distributor"}), question=alone)
        each = [Conversation(facts=(fact,)) for fact in conversation.facts]
        followed = (self._follow_ups.follow(asked, frozenset(), of_one) for of_one in each)
        for found in (
            [f for of_one in each for f in self._decider.decide(asked, of_one)],
            # 又各带了多少贫困人口: what could stand by itself leans on each all the same.
            [replace(f, clause=clause) for f in followed if f is not None],
        ):
            whole = len(found) == len(each) == len({f.targets for f in found})
            if whole and all(f.kind == "answer" for f in found):
                return found
        return []

    def _each_followed(self, clauses: Sequence[Clause], conversation: Conversation) -> list[Finding]:
        """旅游跟龙头企业呢: the measure asked for before, of each of several things; [] if it isn't that."""
        if len(clauses) == 1 or not clauses[-1].is_elliptical:
            return []
        each = [replace(clause, is_elliptical=True) for clause in clauses]
        queries = [Query(clause, (), question_of(clause, clause.ask, frozenset())) for clause in each]
        found = [self._follow_ups.ellipsis(query, conversation) for query in queries]
        known = [replace(f, clause=query.clause) for f, query in zip(found, queries, strict=True) if f is not None]
        whole = len(known) == len(clauses) == len({f.targets for f in known})
        return known if whole and all(f.kind == "answer" for f in known) else []

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

    def _further(self, query: Query, findings: Sequence[Finding]) -> list[Finding]:
        """A question after others in the same message."""
        before = findings[-1]
        if summed := self._of_all_told(query, findings):
            return summed
        complete = self._complete(query)
        unknown = len(findings) == 1 and self._is_of_unknown(before, query.clause)
        if unknown and (not complete or self._names_measure(query.clause)):
            return []
        if not complete and _rests_on_refusal(before, query.clause):
            return []  # 哪家带的户最多，带了几户: what isn't told of the one isn't told of its figure
        leans = before.rule == "follow_up" or (query.clause.only_asks and query.clause.ask.kind == "quantity")
        if not complete and leans and before.kind == "answer":
            # 佢哋带动到几多户，几多人: what the first leans on, the second leans on as well.
            said = tuple(sorted(before.question.own)) if before.question else ()
            found = self._decider.decide(query, Conversation(facts=before.targets, said=said))
            answered = all(f.kind == "answer" for f in found)
            near = self._of_topic_before(query, before) if answered and not self._is_of_topic(before, found) else []
            return near or found  # 带动几户几个人: of the same as the households
        found = complete or self._decider.decide(query, Conversation())
        unmatched = all(f.kind == "abstain" and f.reason == "unmatched" for f in found)  # …几个站，一共多大
        open_ = [f.kind for f in found] == ["clarify"] or (unmatched and not self._names_thing(query.clause))
        if open_ and before.kind == "answer":
            found = self._of_topic_before(query, before) or found
        if self._is_of_computed(before, found):
            found = self._of_topic_before(query, before) or found
        if any(self._leaves_refused(query, before, finding) for finding in found):
            return []
        stated = Conversation(facts=before.targets if before.kind == "answer" else ())
        found = [self._told.of_said(query, finding, stated) for finding in found]  # 里面都开了什么厂
        return [self._told.of_other_topic(query, finding, stated) for finding in found]

    def _of_all_told(self, query: Query, findings: Sequence[Finding]) -> list[Finding]:
        """贫困村几个、非贫困村几个、总共几个: what is computed over all that was asked before; [] if nothing is.

        Refused where only some of what would be computed was asked: two kinds of three make no total.
        """
        told = tuple(id for f in findings if f.kind == "answer" for id in f.targets)
        computing = all(self._intents.concepts[name].computes for name in query.clause.concept_names)
        if len(told) < _SEVERAL or query.around or not (query.clause.concepts and computing):
            return []
        found = self._decider.decide(query, Conversation(facts=told[-1:], earlier=told[:-1]))
        if any(f.kind != "answer" for f in found):
            return []
        formulas = [self._report.facts[id].formula for f in found for id in f.targets]
        if any(formula is None or not {*formula.operands} <= {*told} for formula in formulas):
            return [
                Finding(
                    "abstain", "added", reason="rate", words=(query.clause.text,), confidence=80.0, clause=query.clause
                )
            ]
        return found

    def _is_of_computed(self, before: Finding, found: Sequence[Finding]) -> bool:
        """…占几成，贫困人口具体多少: whether what was computed of two facts is followed by a third."""
        if before.kind != "answer" or [f.kind for f in found] != ["answer"] or len(before.targets) != 1:
            return False
        formula = self._report.facts[before.targets[0]].formula
        if formula is None or found[0].targets[0] in formula.operands:
            return False
        asked = self._report.facts[found[0].targets[0]]
        sentences = {self._report.facts[operand].sentence for operand in formula.operands}
        return asked.sentence in sentences

    def _of_topic_before(self, query: Query, before: Finding) -> list[Finding]:
        """…示范点几家、带动多少户: of what a question leaves open, that of the topic before it; [] if there is none."""
        said = tuple(sorted(before.question.own)) if before.question else ()
        alone = replace(query, question=question_of(query.clause, query.question.ask, frozenset()), around=())
        found = self._decider.decide(alone, Conversation(facts=before.targets, said=said))
        sure = all(f.kind == "answer" and f.confidence >= _OF_TOPIC for f in found)
        return found if sure and self._is_of_topic(before, found) else []

    def _is_of_topic(self, before: Finding, found: Sequence[Finding]) -> bool:
        topics = {topic for target in before.targets for topic in self._report.topics_of(target)}
        return all(f.kind == "answer" and topics & self._report.topics_of(f.targets[0]) for f in found)

    def _leaves_refused(self, query: Query, refused: Finding, found: Finding) -> bool:
        """乡村旅游接待多少游客，收入多少: whether what only names a measure is answered of another thing."""
        things = refused.question.own if refused.question else frozenset[str]()
        if refused.rule != "guard" or found.kind != "answer" or self._matcher.names_thing(query.clause.concept_names):
            return False
        return self._matcher.is_foreign(
            found.targets[0], frozenset(n for n in things if self._matcher.names_thing([n]))
        )

    def _is_of_unknown(self, refused: Finding, clause: Clause) -> bool:
        """扶贫车间开了几个，带动几人: whether a question leans on one of what the report knows nothing of."""
        concepts, weights = self._intents.concepts, self._matcher.weights
        named = concepts.keys() & refused.question.own if refused.question else concepts.keys()
        known = any(weights[name] > 1 and not concepts[name].verb for name in named)
        names = self._names_thing(clause) and self._matcher.names_thing(clause.concept_names)  # 收益 names a measure
        return refused.rule == "guard" and not (known or names)

    def _names_measure(self, clause: Clause) -> bool:
        """收益多少: whether nothing is named but what is counted, of whatever it may be."""
        concepts = self._intents.concepts
        measures = (any(concepts[n].counts and not concepts[n].verb for n in group) for group in clause.concepts)
        return bool(clause.concepts) and all(measures)

    def _complete(self, query: Query) -> list[Finding]:
        """A further question that needs nothing of those before it (村脱贫了几个，人脱贫了几个); [] if it does."""
        ask = query.question.ask
        alone = question_of(query.clause, ask, concepts_of(query.around))
        found = self._decider.decide(replace(query, question=alone), Conversation())
        names = ask.kind == "quantity" and self._matcher.names_thing(query.clause.concept_names)  # 三类危房的总户数
        asks = (ask.interrogative or names) and ask.kind not in ("", "who", "why", "overview")
        complete = asks and all(f.kind == "answer" and f.confidence >= COMPLETE_CONFIDENCE for f in found)
        return found if complete else []

    def _as_one(self, query: Query, found: Sequence[Finding]) -> list[Finding]:
        """那八十家企业帮扶增收，按户算是多少: one sentence of what by halves found nothing; [] if that doesn't help."""
        telling = [c for c in query.around if c.concepts or c.mentions]
        if not telling or any(f.rule not in _READ_AGAIN and not self._is_foreign(f) for f in found):
            return []
        # 饮水巩固提升，惠及几户: of what is foreign to the answer, the report has no such figure.
        of_it = [telling[0]] == list(query.around) and not (
            telling[0].ask.kind or telling[0].mentions or telling[0].marks
        )
        of_it = of_it and not self._names_thing(query.clause) and all(self._is_foreign(f) for f in found)
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

    def _names_thing(self, clause: Clause) -> bool:
        """Whether it says of what it asks, beyond what is done and what is counted."""
        concepts = self._intents.concepts
        return any(not any(concepts[n].verb or concepts[n].counts for n in group) for group in clause.concepts)


def _also_there(clause: Clause, elsewhere: Sequence[tuple[str, str]]) -> Clause:
    """康保搬了多少人，入住率多高: what is asked next in a sentence is asked of the same place."""
    asks = clause.ask.interrogative and clause.ask.kind
    if not (asks and elsewhere) or "home" in clause.marks or any(reason == "place" for reason, _ in clause.guards):
        return clause
    return replace(clause, guards=[*clause.guards, *elsewhere])


def _as_a_whole(clauses: Sequence[Clause]) -> Clause:
    """What a message without a question says: of what is only chatter, nothing."""
    home = any("home" in c.marks for c in clauses)
    telling = [c for c in clauses if c.concepts or c.mentions or "claim" in c.marks or (not home and _limits(c))]
    told = any(c.mentions and any(token.values("equals") for token in c.tokens) for c in telling)
    # 4.8亿元是光伏的收益，不是救助的支出: what it isn't either is no claim of the figure.
    telling = [c for c in telling if not told or c.mentions or not c.tokens[0].values("not")]
    last = clauses[-1]
    judges = all(why == "opinion" for why, _ in last.guards) and any(c.mentions for c in telling)
    if not home and last.guards and last not in telling and not judges:  # but …五家吧？也太少了
        telling.append(last)  # 那七个带长字的，谁说了算: what a message ends in is what it wants
    return joined([_as_comment(c) for c in telling] if len(telling) > 1 else telling or clauses)


def _as_comment(clause: Clause) -> Clause:
    """板书没写错吧老师, 这也太少了吧: what only comments on a claim, without the words that are no part of it."""
    if clause.concepts or clause.mentions or "claim" not in clause.marks:
        return clause
    kept = [guard for guard in clause.guards if guard[0] in ("place", "time", "ours", "media")]
    return replace(clause, guards=kept, unknown=[])


def _limits(clause: Clause) -> bool:
    """今年比去年多了多少: whether a clause says which figure is meant, though it names nothing."""
    chatter = sum(len(word) for word in clause.unknown) >= _CHATTER  # 新闻联播口吻我都会背了
    return any(
        reason in ("place", "time", "ours", "rate", "remaining", "population") or (reason == "media" and not chatter)
        for reason, _ in clause.guards
    )


def _rests_on_refusal(refused: Finding, clause: Clause) -> bool:
    """Whether a question that says too little by itself follows one that the report doesn't answer.

    起电站的成本几多，起咗几多个: what isn't measured doesn't change which thing is meant.
    """
    rests = refused.rule == "kind" or (refused.rule == "unit" and not (clause.tells or clause.ask.explicit))
    # 折成人呢，是多少人 asks the same again.
    same = refused.question is not None and refused.question.ask.counts == clause.ask.counts
    rests = rests or (refused.rule == "unit" and clause.only_asks and same)
    rests = rests or (refused.rule == "guard" and refused.reason not in ("measure", "opinion"))
    return refused.kind == "abstain" and rests and "home" not in clause.marks
