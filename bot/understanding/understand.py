"""From a message to findings.

The steps, in order: empty or too long; a pick from a choice; 还有呢 and 你确定吗; small talk; a comparison; then
for each question of the message: things joined by 和, a claim about what was just said, a bare figure, a claim, a
question by itself, a question that leans on the conversation. The first step that decides wins, and its name is
what `--explain` shows. Of a message of several sentences, each is then read by itself, as a turn of its own, and that
is what counts where it answers more than the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.language.choices import without_choices
from bot.language.lexicon import Token
from bot.language.normalise import normalise
from bot.understanding.again import Again
from bot.understanding.as_meant import as_meant
from bot.understanding.asking import Asking
from bot.understanding.attribution import without_speakers
from bot.understanding.bare_figure import BareFigures
from bot.understanding.besides import rest_refused
from bot.understanding.both_ways import asked_whether
from bot.understanding.claimed_sums import ClaimedSums
from bot.understanding.claims_on_said import ClaimsOnSaid
from bot.understanding.clause import SHARE, Clause
from bot.understanding.compare import Comparisons
from bot.understanding.computed import Computed
from bot.understanding.confidence import calibrated
from bot.understanding.conversation import Conversation
from bot.understanding.coordinate import Coordination
from bot.understanding.decide import Decider
from bot.understanding.decision import Decision, Finding
from bot.understanding.ellipsis import Ellipsis
from bot.understanding.examples import without_examples
from bot.understanding.figure_claims import FigureClaims
from bot.understanding.figure_facts import FigureFacts
from bot.understanding.follow_up import FollowUps
from bot.understanding.former import named_in_order, named_instead, things_named
from bot.understanding.gaps import as_number
from bot.understanding.heading import (
    after_frame,
    as_asked_of_each,
    as_counted_of_each,
    with_counted_subject,
    with_thing_measured,
)
from bot.understanding.inquirers import without_inquirers
from bot.understanding.judge import ANSWER_SCORE, Judge
from bot.understanding.located import without_whereabouts
from bot.understanding.matcher import Matcher
from bot.understanding.measures import Measures
from bot.understanding.members import MemberClaims
from bot.understanding.message import Reader
from bot.understanding.offers import Offers
from bot.understanding.out_of import as_all, as_share
from bot.understanding.own_story import without_own_story
from bot.understanding.paired import in_pairs, joined_by_plus, listed_before
from bot.understanding.picks import Picks
from bot.understanding.places import (
    asks_of_each,
    is_of_neighbour,
    named_beside_home,
    refused,
    refused_instead,
    without_home,
    without_places,
)
from bot.understanding.query import (
    concepts_of,
    question_of,
)
from bot.understanding.questions import Questions
from bot.understanding.recalled import Recalled
from bot.understanding.resumed import Resumed
from bot.understanding.rewritten import Rewritten
from bot.understanding.sentences import asking_sentences
from bot.understanding.several_claims import SeveralClaims
from bot.understanding.small_talk import SmallTalker
from bot.understanding.spelling import Speller
from bot.understanding.told import Told
from bot.understanding.unasked import with_measure_asked
from bot.understanding.untold_parts import UntoldParts
from bot.understanding.verdicts import Verdicts
from bot.understanding.which_figure import WhichFigure

#: characters of a message that are read; more is no question
MAX_MESSAGE = 600
#: characters from which a message tells a story, whatever it wonders
_STORY = 80
#: marks of a clause that changes what was asked before it
_TAKES_BACK = frozenset({"correction", "except", "dismiss"})
#: sentences that are worth reading one after the other
_SEVERAL = 2
#: what is said in brackets between others
_ASIDE = re.compile(r"(?<=\w)[（(]([^（）()]{4,})[)）](?=\w)")
#: confidence that what each of them finds must reach
_SURE = 60.0
#: … and where they contradict what the whole message seems to ask
_SURER = 80.0


class Understander:
    """Decides what each message wants."""

    def __init__(self, intents: Intents, report: Report, answer_score: float = ANSWER_SCORE) -> None:
        self._intents = intents
        self._report = report
        self._reader = Reader(intents)
        self._speller = Speller(intents)
        self._matcher = Matcher(intents, report)
        judge = Judge(self._matcher, report, intents.grammar, answer_score)
        figures = FigureFacts(intents, self._matcher, report)
        self._bare_figures = BareFigures(figures, report, intents)
        sums = ClaimedSums(intents.grammar, self._matcher, figures, report)
        claims = FigureClaims(intents, self._matcher, judge, figures, sums, report)
        said_claims = ClaimsOnSaid(intents, self._matcher, claims, figures, report)
        coordination = Coordination(intents, self._matcher, judge, figures, report)
        self._members = MemberClaims(intents, self._matcher, report)
        self._comparisons = Comparisons(intents, self._matcher, judge, report)
        self._picks = Picks(intents, report)
        self._computed = Computed(intents, self._matcher, judge, figures, report)
        self._again = Again(intents, self._matcher, report)
        follow_ups = FollowUps(intents, self._matcher, judge, self._computed, report)
        ellipsis = Ellipsis(intents, self._matcher, judge, self._computed, report)
        told = Told(intents, self._matcher, judge, figures, report)
        decider = Decider(
            intents,
            self._matcher,
            judge,
            self._bare_figures,
            claims,
            Verdicts(intents, self._matcher, judge, figures, report),
            said_claims,
            follow_ups,
            ellipsis,
            Resumed(intents, self._matcher, judge, report),
            self._computed,
            told,
            UntoldParts(intents, self._matcher, figures, report),
            report,
        )
        asking = Asking(intents, report, claims, coordination)
        self._questions = Questions(
            intents,
            self._matcher,
            decider,
            asking,
            coordination,
            Measures(intents, judge, coordination, report),
            SeveralClaims(intents, self._matcher, claims, sums, report),
            self._bare_figures,
            follow_ups,
            ellipsis,
            told,
            report,
        )
        self._recalled = Recalled(intents, self._reader, self._matcher, figures, report)
        self._rewritten = Rewritten(intents, self._reader, self._matcher, figures, report)
        self._which_figure = WhichFigure(self._matcher, figures)
        self._small_talk = SmallTalker(intents)
        self._offers = Offers(intents, self._matcher, figures)

    def with_answer_score(self, answer_score: float) -> Understander:
        """The same with another threshold (score, 0 to 100) from which facts are stated."""
        return Understander(self._intents, self._report, answer_score)

    def understand(self, message: str, conversation: Conversation) -> Decision:
        """Decide; the conversation is read, not changed."""
        if len(message) > MAX_MESSAGE:
            return Decision(message, "", (Finding("abstain", "too_long", reason="too_long", confidence=100.0),))
        asked = without_choices(message)
        if asked != message:
            return self.understand(asked, conversation)._replace(message=message)
        normalised = normalise(message)
        plain = normalised.strip("，。？ ")
        if not plain:
            return Decision(message, normalised, (Finding("abstain", "empty", reason="empty", confidence=100.0),))
        if decided := self._without_aside(message, conversation) or self._of_things_named(message, conversation):
            return decided
        finding = self._picks.pick(plain, conversation) or self._again.phrase(plain, conversation)
        finding = finding or self._picks.of_member(plain, conversation)
        if finding:
            return Decision(message, normalised, (finding,))
        verbatim = self._bare_figures.verbatim(plain)
        if verbatim:
            return Decision(message, normalised, (verbatim,))
        if one := self._picks.one_of_several(plain, conversation):
            fact, rest = one
            if not self._comparisons.compares_both(self._speller.words(rest)[0]):
                return self.understand(rest, Conversation(facts=(fact,)))._replace(message=message)
        pointed = self._recalled.pointed(normalised, conversation)
        text = asked_whether(pointed.rest if pointed else normalised, self._intents)
        tokens, corrections = self._speller.words(text)
        words = self._intents.follow_ups
        tokens = without_inquirers(tokens, self._intents.grammar)
        tokens = as_all(as_number(tokens, self._intents.grammar), self._intents)
        named = things_named(tokens, words.get("first", ()), words.get("last", ()))
        tokens = named_in_order(tokens, words.get("first", ()), words.get("last", ()))
        tokens = as_asked_of_each(in_pairs(listed_before(tokens, self._matcher)), self._matcher)
        tokens = as_counted_of_each(tokens, self._matcher, self._intents.grammar.how_many)
        tokens = with_thing_measured(tokens, self._matcher, self._intents.grammar.how_many)
        tokens = with_counted_subject(tokens, self._matcher, self._intents.grammar.done)
        tokens = with_measure_asked(tokens, self._intents, self._reader)
        findings = self._as_share(plain, tokens, conversation)
        findings = findings or self._by_sentences(tokens, self._read(plain, tokens, conversation), conversation)
        findings = self._of_each_added(tokens, findings, conversation)
        findings = self._within_frame(tokens, findings)
        findings = self._recalled.narrowed(pointed, tokens, findings, conversation) if pointed else findings
        if pointed and (told := self._recalled.leads_on(tokens, findings)):
            findings = self._read(plain, tokens, Conversation(facts=(told,)))
        findings = self._offers.beside(findings, conversation)
        return Decision(message, normalised, tuple(findings), corrections, named)

    def _of_things_named(self, message: str, conversation: Conversation) -> Decision | None:
        """后者呢, after 龙头企业和新型经营主体，前者有多少家: asked of the thing that it points at."""
        if not conversation.named:
            return None
        words = self._intents.follow_ups
        first, last = words.get("first", frozenset()), words.get("last", frozenset())
        text = normalise(message)
        meant = named_instead(text, conversation.named, first, last)
        if meant == text or things_named(self._speller.words(text)[0], first, last):
            return None
        decided = self.understand(meant, conversation.but(named=()))
        return decided._replace(message=message, named=decided.named or conversation.named)

    def _without_aside(self, message: str, conversation: Conversation) -> Decision | None:
        """三拨危房（省里派的、筛出来的…）总共多少户: without what brackets hold, where that only explains."""
        aside = _ASIDE.search(message)
        if aside is None:
            return None
        clauses = self._reader.clauses(self._speller.words(normalise(aside[1]))[0])
        says = any(c.guards or c.ask.kind or c.mentions or c.marks or c.has_question_word for c in clauses)
        names = all(c.concepts for c in clauses) and len(clauses) > 1
        if says or not names:
            return None
        rest = self.understand(f"{message[: aside.start()]}{message[aside.end() :]}", conversation)
        sure = all(f.kind == "answer" and f.confidence >= _SURER and f.verdict is None for f in rest.findings)
        told = [self._report.facts[id] for f in rest.findings for id in f.targets if id in self._report.facts]
        sums = sure and all(fact.is_sum for fact in told)  # 投资（光伏、旅游）多少 asks of parts
        return rest._replace(message=message) if sums else None

    def _read(self, plain: str, tokens: Sequence[Token], conversation: Conversation) -> list[Finding]:
        """What is found for these words of a message."""
        grammar = self._intents.grammar
        tokens = without_whereabouts(tokens, grammar)
        meant = without_examples(without_speakers(tokens, grammar.says, grammar.writes, grammar.insists))
        clauses = without_own_story(self._reader.clauses(meant), grammar, self._matcher.names_subject)
        if not clauses:
            return [Finding("abstain", "unmatched", reason="unmatched", confidence=60.0)]
        finding = self._again.quote(tokens, conversation) or self._talk(plain, clauses, conversation)
        others = named_beside_home(tokens)
        of_each = asks_of_each(tokens)
        if others:
            clauses = [without_places(c, others) if of_each else without_home(c) for c in clauses]
        clauses = [without_home(c) if is_of_neighbour(c, grammar.possessives) else c for c in clauses]
        finding = finding or self._members.rest(tokens, conversation)
        finding = finding or self._members.check(meant, conversation) or self._rewritten.check(meant)
        finding = finding or self._comparisons.compare(meant, conversation)
        finding = finding or self._bare_figures.of_choice(clauses)
        findings = [finding] if finding else self._again.others(tokens, conversation)
        findings = findings or self._computed.parts(tokens, conversation)
        denied = concepts_of([clause for clause in clauses if "except" in clause.marks])
        findings = findings or self._which_figure.find(clauses) or self._questions.listed(clauses)
        findings = findings or self._questions.find(as_meant(clauses, grammar), conversation, denied)
        findings = refused_instead(clauses, rest_refused(tokens, findings, self._matcher, self._intents, self._report))
        return [*calibrated(findings, clauses), *([refused(others)] if others and of_each else [])]

    def _as_share(self, plain: str, tokens: Sequence[Token], conversation: Conversation) -> list[Finding]:
        """十个劳动力里有七个就业了: what is found for the share that this is; [] where no share is surely meant."""
        share = as_share(tokens, self._intents.grammar)
        found = self._read(plain, share, conversation) if share else []
        told = [id for f in found for id in f.targets]
        sure = all(f.kind == "answer" and f.confidence >= _SURER for f in found)
        named = {name for token in share for name in token.values("concept") if self._matcher.weights[name] > 1}
        of_these = all(named <= self._matcher.known[id] for id in told)  # 十个电站里有七个并网了
        shares = bool(told) and all(self._report.facts[id].counts == SHARE for id in told)
        return found if sure and of_these and shares else []

    def _of_each_added(
        self, tokens: Sequence[Token], findings: list[Finding], conversation: Conversation
    ) -> list[Finding]:
        """龙头企业加新型主体一共带动多少人: each of the two, or that it isn't told, where no fact is their sum."""
        joined = joined_by_plus(tokens, self._matcher, self._intents.grammar.plus)
        told = [self._report.facts[id] for f in findings for id in f.targets if f.kind == "answer"]
        known = len(told) > 1 or any(fact.is_sum or fact.members for fact in told)
        if joined is None or known or any(f.verdict is not None for f in findings):
            return findings
        found = self._read("".join(token.text for token in joined), joined, conversation)
        if len({id for f in found if f.kind == "answer" for id in f.targets}) > 1:
            return found
        ids = tuple(fact.id for fact in told)
        untold = Finding(
            "abstain", "match", options=ids, reason="unmatched", confidence=_SURE, clause=findings[0].clause
        )
        return [untold] if told else findings

    def _within_frame(self, tokens: Sequence[Token], findings: list[Finding]) -> list[Finding]:
        """就业这块，有劳动能力的多少: 就业 says of which topic it is asked, and isn't what is asked for."""
        rest = after_frame(tokens, self._intents.grammar.frames, self._intents.grammar.told_back)
        told = [id for f in findings for id in f.targets]
        if not rest or any(f.kind != "answer" or f.verdict is not None for f in findings) or not told:
            return findings
        found = self._read("".join(token.text for token in rest), rest, Conversation())
        sure = len(found) == len(findings) and all(f.kind == "answer" and f.confidence >= _SURER for f in found)
        inside = sure and self._report.topics_of(*told) >= self._report.topics_of(*(f.targets[0] for f in found))
        return found if inside else findings

    def _by_sentences(
        self, tokens: Sequence[Token], findings: list[Finding], conversation: Conversation
    ) -> list[Finding]:
        """…有975个，对吗？装机多少？: its sentences read one by one, where that answers more than the whole."""
        sentences = asking_sentences(tokens, self._intents.grammar.whether_endings)
        if len(sentences) < _SEVERAL or sum(len(token.text) for token in tokens) > _STORY:
            return findings
        takes_back = any(not clause.marks.isdisjoint(_TAKES_BACK) for clause in self._reader.clauses(tokens))
        text = "".join(token.text for token in tokens)
        if takes_back or any(word in text for word in self._intents.grammar.wants):
            return findings  # 带动了多少户？打错了，是多少人
        found: list[Finding] = []
        for sentence in sentences:
            plain = "".join(token.text for token in sentence).strip("，。？ ")
            next_ = self._read(plain, sentence, conversation)
            if sentence is not sentences[-1] and _only_takes_in(sentence, next_, conversation):
                continue
            found += next_
            answered = [f for f in next_ if f.kind == "answer"]
            said = answered[-1].question if answered else None
            conversation = Conversation(
                facts=tuple(id for f in answered for id in f.targets),
                said=tuple(sorted(said.own)) if said else (),
                counts=tuple(sorted(said.ask.counts or ())) if said else (),
            )
        return found if _answers_more(found, findings) else findings

    def _talk(self, plain: str, clauses: Sequence[Clause], conversation: Conversation) -> Finding | None:
        """Small talk; but 叫什么名字啊 after an answer asks for the names of what it told of."""
        finding = self._small_talk.talk(plain, clauses)
        names = any(clause.ask.kind == "name" for clause in clauses)
        return None if names and conversation.facts and not self._intents.grammar.addresses(plain) else finding

    def nearest(self, message: str) -> tuple[str, ...]:
        """The facts that have to do with a message, the likeliest first, without deciding for one."""
        normalised = normalise(message[:MAX_MESSAGE])
        tokens, _ = self._speller.words(normalised)
        whole = self._reader.whole(tokens)
        if not whole.concepts:
            return ()
        ranked = self._matcher.rank(question_of(whole, whole.ask, frozenset()))
        return tuple(c.target for c in ranked if c.is_fact and c.topical > 0)


def _answers_more(found: Sequence[Finding], whole: Sequence[Finding]) -> bool:
    """Whether the sentences, read one by one, answer all that the message as a whole does, and more.

    More is another fact, or a verdict on one. Surer answers may leave out what the whole seems to ask.
    """
    before, now = ({id for f in fs if f.kind == "answer" for id in f.targets} for fs in (whole, found))
    if any(f.kind != "answer" or f.confidence < _SURE for f in found):
        return False
    surer = len(before) < len(now) and all(f.confidence >= _SURER for f in found)
    checks = any(f.verdict is not None for f in found) and all(f.verdict is None for f in whole)
    return before < now or surer or (checks and before == now)


def _only_takes_in(sentence: Sequence[Token], found: Sequence[Finding], conversation: Conversation) -> bool:
    """哦，是人次 in 哦，是人次。那平均一次给多少钱: whether it only says again what was told before the question."""
    words = (token for token in sentence if not (token.values("filler") or token.is_separator))
    begins = next(words, sentence[0])
    return bool(begins.values("equals")) and all(
        f.kind == "answer" and f.verdict is None and {*f.targets} <= {*conversation.facts} for f in found
    )
