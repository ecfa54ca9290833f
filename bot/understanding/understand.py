"""From a message to findings.

The steps, in order: empty or too long; a pick from a choice; 还有呢 and 你确定吗; small talk; then for each
question of the message: things joined by 和, a bare figure, a claim, a question by itself, a question that
leans on the conversation. The first step that decides wins, and its name is what `--explain` shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.language.homophones import Homophones
from bot.language.lexicon import Token
from bot.language.normalise import normalise
from bot.understanding.conversation import Conversation
from bot.understanding.decision import Decision, Finding
from bot.understanding.figure_steps import FigureSteps
from bot.understanding.follow_up import FollowUps
from bot.understanding.judge import Judge
from bot.understanding.matcher import Matcher
from bot.understanding.message import Ask, Clause, Reader
from bot.understanding.query import Query, as_meant, concepts_of, joined, question_of
from bot.understanding.small_talk import SmallTalker

#: characters of a message that are read; more is no question
MAX_MESSAGE = 600
#: confidence that each of several things joined by 和 must reach to be answered by itself
COORDINATED_CONFIDENCE = 75.0
#: confidence from which an answer is not bent by the conversation
COMPLETE_CONFIDENCE = 90.0


class Understander:
    """Decides what each message wants."""

    def __init__(self, intents: Intents, report: Report) -> None:
        self._intents = intents
        self._report = report
        self._reader = Reader(intents)
        self._homophones = Homophones(intents.lexicon.words())
        self._matcher = Matcher(intents, report)
        self._judge = Judge(self._matcher, report)
        self._figures = FigureSteps(intents, self._matcher, self._judge, report)
        self._follow_ups = FollowUps(intents, self._matcher, self._judge, report)
        self._small_talk = SmallTalker(intents)

    def understand(self, message: str, conversation: Conversation) -> Decision:
        """Decide; the conversation is read, not changed."""
        if len(message) > MAX_MESSAGE:
            return Decision(message, "", (Finding("abstain", "too_long", reason="too_long", confidence=100.0),))
        normalised = normalise(message)
        plain = normalised.strip("，。？ ")
        if not plain:
            return Decision(message, normalised, (Finding("abstain", "empty", reason="empty", confidence=100.0),))
        finding = self._follow_ups.pick(plain, conversation) or self._follow_ups.phrase(plain, conversation)
        if finding:
            return Decision(message, normalised, (finding,))
        tokens, corrections = self._segment(normalised)
        clauses = self._reader.clauses(tokens)
        if not clauses:
            nothing = Finding("abstain", "unmatched", reason="unmatched", confidence=60.0)
            return Decision(message, normalised, (nothing,), corrections)
        finding = self._small_talk.talk(plain, clauses)
        findings = [finding] if finding else self._questions(as_meant(clauses), conversation)
        return Decision(message, normalised, tuple(findings), corrections)

    def _segment(self, normalised: str) -> tuple[list[Token], tuple[tuple[str, str], ...]]:
        """The words of a message, and what was read as something else: (as typed, as read)."""
        tokens = self._intents.lexicon.segment(normalised)
        if not any(token.is_unknown for token in tokens):
            return tokens, ()
        corrections = self._homophones.corrections(normalised, tokens)
        if not corrections:
            return tokens, ()
        tokens = self._intents.lexicon.segment(normalised, corrections)
        typed = ((normalised[t.start : t.end], t.text) for t in tokens)
        return tokens, tuple(pair for pair in typed if pair[0] != pair[1])

    def _questions(self, clauses: Sequence[Clause], conversation: Conversation) -> list[Finding]:
        asking = self._asking(clauses)
        if not asking:
            # No question word: the message as a whole asks (光伏 装机), or several things joined by 和.
            clauses = [c for c in clauses if c.says_something] or clauses
            found = self._coordinated(clauses[-1], clauses[:-1], frozenset())
            found = found or self._claimed_together(clauses)
            if found:
                return found
            telling = [c for c in clauses if c.concepts or c.mentions or "claim" in c.marks]
            clauses = asking = [joined(telling or clauses)]
        findings: list[Finding] = []
        context: frozenset[str] = frozenset()
        around: list[Clause] = []
        for number, clause in enumerate(clauses):
            if clause not in asking:
                around.append(clause)
                context |= clause.concept_names
                continue
            found = self._coordinated(clause, around, context)
            if not found:
                if clause is asking[-1]:
                    around += clauses[number + 1 :]
                    context |= concepts_of(clauses[number + 1 :])
                ask = clause.ask if clause.ask.kind else self._implied(clause, asking)
                # 几多户？几多人？: what was asked before is all that such a question has to go by.
                share = 0.5 if findings and clause.only_asks else 0.25
                query = Query(clause, tuple(around), question_of(clause, ask, context, context_share=share))
                found = self._decide(query, conversation if not findings else Conversation())
            findings += found
            around = []
            context |= clause.concept_names
        return findings

    def _asking(self, clauses: Sequence[Clause]) -> list[Clause]:
        """The clauses that ask something; after a question, an ellipsis (…，按时完成没 / …和资金) asks as well."""
        asking = [c for c in clauses if (c.ask.kind and c.has_content) or self._is_question(c)]
        asking = asking or [c for c in clauses if c.ask.kind][:1]
        if not asking:
            return []
        first, last = clauses.index(asking[0]), clauses.index(asking[-1])
        return [c for n, c in enumerate(clauses) if c in asking or (n > first and self._asks_on(c, listed=n < last))]

    @staticmethod
    def _is_question(clause: Clause) -> bool:
        """国家级示范点？ asks by its question mark alone."""
        return clause.is_question and clause.tells and "claim" not in clause.marks and not clause.mentions

    def _asks_on(self, clause: Clause, *, listed: bool) -> bool:
        if not clause.concepts or "claim" in clause.marks:
            return False
        # 安置项目数、入住率、园区数: between two that are asked for, a measure is asked for as well.
        measure = "比例" in self._follow_ups.counted(clause) if listed else self._joins(clause)
        return clause.is_elliptical or (measure and bool(self._follow_ups.counted(clause)))

    def _implied(self, clause: Clause, asking: Sequence[Clause]) -> Ask:
        """What …和资金 asks after a question: the amount of what it names."""
        counts = self._follow_ups.counted(clause)
        return Ask("quantity", counts) if counts and len(asking) > 1 and self._joins(clause) else clause.ask

    def _joins(self, clause: Clause) -> bool:
        """Whether 和 or the like stands before the clause."""
        return clause.joined_by in self._intents.connectives

    def _coordinated(self, clause: Clause, around: Sequence[Clause], context: frozenset[str]) -> list[Finding]:
        """专班和电站各有多少个: one question word for several things, each answered; [] if it isn't that."""
        before = [c for c in around if c.concepts and not c.ask.kind and not c.mentions]
        parts = before if len(before) > 1 and not clause.tells else [*before, clause]
        distributes = any("distributor" in c.marks for c in (clause, *around))
        if len(parts) < 2 or not (distributes or self._joins(clause)):
            return []
        if clause.mentions or "claim" in clause.marks or any(part.guards for part in (*parts, clause)):
            return []
        whole = joined(parts)
        single = self._judge.judge(Query(whole, (), question_of(whole, clause.ask, frozenset())))
        if single.kind == "answer" and not distributes and self._report.facts[single.targets[0]].formula:
            return []  # 贫困村和非贫困村加起来: one sum of both
        findings = [self._part(part, clause, parts, context) for part in parts]
        sure = distributes or all(f.confidence >= COORDINATED_CONFIDENCE for f in findings)
        if not sure or any(f.kind != "answer" for f in findings) or len({f.targets for f in findings}) < len(parts):
            return []
        return findings

    def _claimed_together(self, clauses: Sequence[Clause]) -> list[Finding]:
        """深度贫困县5个、深度贫困村99个，对吗: several claims in one message, each checked; [] if it isn't that."""
        claims = [c for c in clauses if c.mentions and c.concepts]
        if len(claims) < 2 or not any("claim" in c.marks for c in clauses):
            return []
        found: list[Finding] = []
        for claim in claims:
            others = concepts_of([c for c in clauses if c is not claim])
            stated = replace(claim, marks={*claim.marks, "claim"})
            for context in (frozenset[str](), others):
                checked = self._figures.claims(Query(stated, (), question_of(stated, stated.ask, context)))
                if checked:
                    break
            found += [replace(f, clause=claim) for f in checked]
        return found if len(found) >= len(claims) else []

    def _part(self, part: Clause, clause: Clause, parts: Sequence[Clause], context: frozenset[str]) -> Finding:
        asks = [part.ask if part.ask.kind else clause.ask]
        counted = self._follow_ups.counted(part)
        if counted and asks[0].kind in ("", "quantity") and not (part is clause and asks[0].explicit):
            # The unit may be the one asked for (各多少户) or that of the thing itself (村子和人数).
            asks = [ask for ask in asks if ask.explicit] + [Ask("quantity", counted)]
        others = concepts_of([other for other in parts if other is not part])
        # The other things fill in what the part leaves out, but don't speak for or against a fact.
        found = [
            self._judge.judge(
                Query(part, (), question_of(part, ask, context | others, context_share=0.0)), rule="coordinated"
            )
            for ask in asks
        ]
        return replace(max(found, key=lambda f: (f.kind == "answer", f.confidence)), clause=part)

    def _decide(self, query: Query, conversation: Conversation) -> list[Finding]:
        bare = self._figures.bare_figure(query)
        findings = [bare] if bare else self._figures.claims(query) or [self._ask(query, conversation)]
        return [replace(f, clause=query.clause, question=f.question or query.question) for f in findings]

    def _ask(self, query: Query, conversation: Conversation) -> Finding:
        query, excluded = self._told(query)
        alone = self._judge.judge(query, excluded=excluded)
        complete = alone.kind == "answer" and alone.confidence >= COMPLETE_CONFIDENCE
        if complete or alone.reason in ("place", "time"):
            return alone
        followed = self._follow_ups.follow(query, excluded, conversation)
        # A refusal that says what is missing is worth more than one that only found nothing.
        said_more = alone.kind == "answer" or alone.reason not in ("", "unmatched")
        if followed and (followed.kind != "abstain" or not said_more):
            return followed
        return alone

    def _told(self, query: Query) -> tuple[Query, frozenset[str]]:
        """A figure that is told (那1912户…有多少人) isn't asked for; it says which part of the report is meant."""
        owners = {fact.id for mention in query.mentions for fact in self._figures.owners(mention)}
        if not owners or query.clause.ask.kind != "quantity":
            return query, frozenset()
        meant = owners | {
            fact.id for fact in self._report.facts.values() if fact.formula and set(fact.formula.operands) <= owners
        }
        context = query.question.context.union(*(self._matcher.fullest.get(id, frozenset()) for id in meant))
        return replace(query, question=replace(query.question, context=context)), frozenset(owners)
