"""A question after others in the same message: what it leaves out, and what a refusal before it refuses as well."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.understanding.clause import Clause
from bot.understanding.conversation import Conversation
from bot.understanding.decide import COMPLETE_CONFIDENCE, Decider
from bot.understanding.decision import Finding
from bot.understanding.matcher import Matcher
from bot.understanding.query import Query, concepts_of, question_of
from bot.understanding.told import Told

#: kinds of question whose answer is one of several
_WHICH = frozenset({"which", "who", "where", "name"})
#: facts asked for before from which a total may be of all of them
_SEVERAL = 2
#: confidence from which what was left open is told of the topic before
_OF_TOPIC = 60.0


class FurtherQuestions:
    """Finds what a question gets that isn't the first of its message."""

    def __init__(self, intents: Intents, matcher: Matcher, decider: Decider, told: Told, report: Report) -> None:
        self._intents = intents
        self._matcher = matcher
        self._decider = decider
        self._told = told
        self._report = report

    def find(self, query: Query, findings: Sequence[Finding]) -> list[Finding]:
        """A question after others in the same message."""
        before = findings[-1]
        if summed := self._of_all_told(query, findings):
            return summed
        complete = self._complete(query)
        unknown = len(findings) == 1 and self._is_of_unknown(before, query.clause)
        if unknown and (not complete or self._names_measure(query.clause)):
            return []
        asked = before.question.ask.kind if before.question and before.rule == "guard" else ""
        only_calls = query.question.ask.kind == "number" and len(query.clause.concepts) <= 1
        if asked in ("name", "who") and only_calls:
            return []  # 市长叫什么，电话多少
        if self._asks_of_the_first(before, query.clause):
            return []  # 收入最高的村是哪个，分了多少
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
        same = self._same_of_another(query, before) if before.kind == "answer" else []
        found = same or complete or self._decider.decide(query, Conversation())
        unmatched = all(f.kind == "abstain" and f.reason == "unmatched" for f in found)  # …几个站，一共多大
        open_ = [f.kind for f in found] == ["clarify"] or (unmatched and not self._matcher.says_of_what(query.clause))
        if open_ and before.kind == "answer":
            found = self._of_topic_before(query, before) or found
        if open_ and before.kind == "abstain" and before.reason == "unit":
            found = self._of_thing_before(query, before) or found
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
            words = tuple(token.text for token in query.clause.tokens if token.values("concept"))  # 一共
            return [Finding("abstain", "added", reason="rate", words=words, confidence=80.0, clause=query.clause)]
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
        alone = query._replace(question=question_of(query.clause, query.question.ask, frozenset()), around=())
        found = self._decider.decide(alone, Conversation(facts=before.targets, said=said))
        sure = all(f.kind == "answer" and f.confidence >= _OF_TOPIC for f in found)
        return found if sure and self._is_of_topic(before, found) else []

    def _of_thing_before(self, query: Query, refused: Finding) -> list[Finding]:
        """新型经营主体投了多少钱，带了多少户: of what was named before; [] if nothing was."""
        own = refused.question.own if refused.question else frozenset[str]()
        things = tuple(frozenset({name}) for name in own if self._matcher.names_thing([name]))
        if not things or self._matcher.names_thing(query.clause.concept_names):
            return []
        question = query.question._replace(groups=(*things, *query.question.groups))
        found = self._decider.decide(query._replace(question=question), Conversation())
        return found if all(f.kind == "answer" or f.reason == "unit" for f in found) else []

    def _same_of_another(self, query: Query, before: Finding) -> list[Finding]:
        """旅游呢, behind 光伏带动了几户: the same as was asked before it, of what it names; [] if there is none."""
        if not (query.clause.is_elliptical and self._matcher.names_thing(query.clause.concept_names)):
            return []
        asked = before.question
        counts = tuple(sorted(self._report.facts[id].counts for id in before.targets))
        said = Conversation(facts=before.targets, said=tuple(sorted(asked.own)) if asked else (), counts=counts)
        alone = query._replace(question=question_of(query.clause, query.question.ask, frozenset()), around=())
        found = self._decider.decide(alone, said)
        alike = all(
            f.kind == "answer" and {self._report.facts[id].counts for id in f.targets} <= {*counts} for f in found
        )
        return found if alike else []

    def _is_of_topic(self, before: Finding, found: Sequence[Finding]) -> bool:
        topics = self._report.topics_of(*before.targets)
        return all(f.kind == "answer" and topics & self._report.topics_of(f.targets[0]) for f in found)

    def _asks_of_the_first(self, refused: Finding, clause: Clause) -> bool:
        """Whether a measure is asked for of the one that comes first, which the report doesn't tell."""
        asked = refused.clause.ask.kind if refused.clause else ""
        which = refused.rule == "guard" and refused.reason == "rate" and asked in _WHICH
        sums = any(self._intents.concepts[name].computes == "sum" for name in clause.concept_names)  # 装机一共多大
        return which and not (sums or "home" in clause.marks or self._matcher.names_thing(clause.concept_names))

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
        names = self._matcher.says_of_what(clause) and self._matcher.names_thing(
            clause.concept_names
        )  # 收益 names a measure
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
        found = self._decider.decide(query._replace(question=alone), Conversation())
        names = ask.kind == "quantity" and self._matcher.names_thing(query.clause.concept_names)  # 三类危房的总户数
        asks = (ask.interrogative or names) and ask.kind not in ("", "who", "why", "overview")
        complete = asks and all(f.kind == "answer" and f.confidence >= COMPLETE_CONFIDENCE for f in found)
        return found if complete else []


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
