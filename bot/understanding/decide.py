"""One question of a message: about a figure, by itself, or leaning on the conversation."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.intents import Intents
from bot.knowledge.model import Fact, Report
from bot.understanding import talked_about
from bot.understanding.bare_figure import BareFigures
from bot.understanding.claims_on_said import ClaimsOnSaid
from bot.understanding.clause import UNCOUNTABLE, WHO, Clause
from bot.understanding.computed import Computed
from bot.understanding.conversation import Conversation
from bot.understanding.decision import Finding
from bot.understanding.ellipsis import Ellipsis
from bot.understanding.figure_claims import FigureClaims
from bot.understanding.follow_up import FollowUps
from bot.understanding.judge import Judge
from bot.understanding.matcher import Matcher
from bot.understanding.number_claims import number_claim
from bot.understanding.query import STOPS, Query, joined
from bot.understanding.resumed import Resumed
from bot.understanding.short_questions import asks_whether, only_names
from bot.understanding.told import Told
from bot.understanding.untold_parts import UntoldParts
from bot.understanding.verdicts import Verdicts

#: confidence from which an answer is not bent by the conversation
COMPLETE_CONFIDENCE = 80.0
#: weight from which a concept names a thing
_NAMES = 3
#: characters by which what is denied is what was offered before (改完了还是没改完)
_BOTH = 2
#: what is counted of things, rather than the things themselves
_OF_THINGS = UNCOUNTABLE | WHO
#: what a refusal lacks of what was told before, rather than of another place or time
_OF_IT = frozenset({"rate", "measure", "remaining", "unit", "population", "who", "why", "which", "name", "where"})


class Decider:
    """The steps for one question; the first that decides wins."""

    def __init__(
        self,
        intents: Intents,
        matcher: Matcher,
        judge: Judge,
        bare_figures: BareFigures,
        claims: FigureClaims,
        verdicts: Verdicts,
        said_claims: ClaimsOnSaid,
        follow_ups: FollowUps,
        ellipsis: Ellipsis,
        resumed: Resumed,
        computed: Computed,
        told: Told,
        untold_parts: UntoldParts,
        report: Report,
    ) -> None:
        self._intents = intents
        self._matcher = matcher
        self._judge = judge
        self._bare_figures = bare_figures
        self._claims = claims
        self._verdicts = verdicts
        self._said_claims = said_claims
        self._follow_ups = follow_ups
        self._ellipsis = ellipsis
        self._resumed = resumed
        self._computed = computed
        self._told = told
        self._untold_parts = untold_parts
        self._report = report

    def decide(self, query: Query, conversation: Conversation) -> list[Finding]:
        """What one question gets."""
        query = self._of_thing_named(query)
        picked = (
            self._resumed.of_home(query, conversation)
            or self._resumed.home_or_else(query, conversation)
            or self._resumed.number_of_unnamed(query, conversation)
            or self._resumed.by_name(query, conversation)
        )
        findings = [picked] if picked else self._on_figures(query, conversation)
        findings = findings or [self._verdicts.judged(query, self._ask(query, conversation))]
        findings = [self._told.of_others(query, f, conversation) for f in findings]
        findings = [self._computed.divided_as_asked(query, f, conversation) for f in findings]
        findings = [self._of_what_is_untold(query, f, conversation) for f in findings]
        findings = [self._near_what_was_told(query, f, conversation) for f in findings]
        findings = [self._without_verdict(query, f, conversation) for f in findings]
        return [f._replace(clause=query.clause, question=f.question or query.question) for f in findings]

    def _of_thing_named(self, query: Query) -> Query:
        """新型经营主体呢，带动几户: what names no thing is asked of the one right before it, whatever was told."""
        if not query.around or query.clause.joined_by in STOPS:
            return query
        clause, before = query.clause, query.around[-1]
        leads = before.is_elliptical and before.tokens[0].start < clause.tokens[0].start
        asks = clause.ask.kind == "quantity" and clause.ask.interrogative
        says = before.ask.kind or before.mentions or before.guards or self._matcher.names_thing(clause.concept_names)
        if not (leads and asks and self._may_have(before)) or says:
            return query
        whole = joined([before, query.clause], ask=query.clause.ask, joined_by=before.joined_by)
        question = query.question._replace(groups=tuple(whole.concepts))
        return query._replace(clause=whole, around=query.around[:-1], question=question)

    def _without_verdict(self, query: Query, found: Finding, conversation: Conversation) -> Finding:
        """省级还是国家级 asks, and claims neither; 是国家级的吗, after companies, is claimed of no other thing.

        今年搬迁102470人 is neither so nor not, where the report counts all years together.
        """
        tokens, told = query.clause.tokens, conversation.facts
        dated = bool(found.targets) and (
            found.verdict is not None or (found.rule == "follow_up" and not conversation.refused)
        )  # 今年呢, unlike 那今年呢 after another year
        if dated and (year := self._untold_parts.only_this_year(query.clause, found.targets)):
            refused = found._replace(kind="abstain", rule="told", reason="population", words=(year,), verdict=None)
            return refused._replace(targets=(), options=found.targets)
        if denied := self._told_is_other(query, found, told):
            return denied
        if found.verdict is None or found.mention is not None:
            return found
        at = next((n for n, t in enumerate(tokens) if t.text in self._intents.grammar.alternatives), 0)
        behind = tokens[at + 1 :]
        denying = "".join(self._intents.grammar.denying)
        rest = "".join(token.text for token in behind).lstrip(denying)
        said = "".join(token.text for token in tokens[:at])
        still = bool(behind) and behind[0].text[0] in denying and rest[:_BOTH] not in said  # 项目还是没完工
        if at and behind and not (still or tokens[-1].values("claim")):
            return found._replace(verdict=None)
        asks = tokens[-1].text in self._intents.grammar.whether_endings
        leans = asks and bool(tokens[0].values("equals")) and bool(told) and not query.around
        if leans and found.verdict and not {*found.targets} & {*told}:
            return found._replace(kind="abstain", reason="unmatched", verdict=None, targets=(), options=told)
        return found

    def _told_is_other(self, query: Query, found: Finding, told: Sequence[str]) -> Finding | None:
        """是产业投资吧, after what 4.8亿 is: whether what was just told is taken for another fact."""
        clause, grammar = query.clause, self._intents.grammar
        ends = clause.tokens[-1].text in (grammar.particles | grammar.whether_endings) - grammar.possessives
        of_one = len(told) == 1 and found.kind == "answer" and len(found.targets) == 1 and found.targets != tuple(told)
        plain = not (query.around or clause.mentions or clause.ask.kind or clause.guards)
        begin = next((token for token in clause.tokens if not token.values("filler")), clause.tokens[0])  # 也是…
        if not (ends and of_one and plain and begin.values("equals")):
            return None
        if len(clause.tokens) > 1 and clause.tokens[-2].text[-1] in grammar.possessives:
            # 是国家级的吧 says what they are like: nothing that another fact tells of others.
            untold = found._replace(kind="abstain", reason="unmatched", verdict=None, targets=(), options=tuple(told))
            return untold if found.verdict else None
        fact, other = self._report.facts[told[0]], self._report.facts[found.targets[0]]
        counted = fact.value is not None and other.value is not None and fact.counts != other.counts
        foreign = counted or self._matcher.is_foreign(fact.id, query.question.own)
        if not foreign or (fact.value is not None and fact.value == other.value):
            return None
        return Finding("answer", "claim_on", (fact.id,), confidence=80.0, verdict=False)

    def _may_have(self, clause: Clause) -> bool:
        """Whether a thing is named that may have figures: 光伏, 电站, unlike 户 and 钱, which may be of any."""
        concepts = (self._intents.concepts[name] for name in clause.concept_names)
        return any(self._matcher.weights[c.name] > 1 and not c.verb and c.counts not in _OF_THINGS for c in concepts)

    def _of_what_is_untold(self, query: Query, found: Finding, conversation: Conversation) -> Finding:
        """那收益呢, after 旅游收入多少, which isn't told: another topic's measure is none of what was asked of."""
        clause = query.clause
        leans = conversation.untold and clause.is_elliptical and not (query.around or clause.mentions)
        leans = leans and not conversation.refused and found.rule in ("follow_up", "match", "pick")
        if not leans or found.kind != "answer" or found.verdict is not None:
            return found
        near = self._report.topics_of(*conversation.options)
        topics = talked_about.topics(conversation, self._report) | (near if len(near) == 1 else set())
        said = {name for name in conversation.lacking if self._matcher.names_matter((name,))}
        of_it = all(said & self._matcher.known[id] for id in found.targets)  # 搬迁花多少钱, 入住率呢
        if of_it or self._report.topics_of(*found.targets) & topics:
            return found
        measures = {self._report.facts[id].counts for id in found.targets} <= UNCOUNTABLE
        if self._matcher.names_thing(clause.concept_names) or not (len(clause.concepts) == 1 and measures):
            return found
        options = found.targets
        return found._replace(kind="abstain", rule="told", reason="unmatched", targets=(), options=options)

    def _near_what_was_told(self, query: Query, found: Finding, conversation: Conversation) -> Finding:
        """自己要掏多少, after 报几成: a refusal that has nothing near offers what it leans on."""
        names = query.clause.mentions or self._matcher.names_subject(
            query.clause.concept_names
        )  # unlike 钱是国家出的吗
        leans = found.kind == "abstain" and not (found.options or names)
        if not leans or found.reason not in _OF_IT or len(conversation.facts) != 1:
            return found
        return found._replace(options=conversation.facts)

    def _on_figures(self, query: Query, conversation: Conversation) -> list[Finding]:
        """The steps that start from a figure in the message; [] if none decides."""
        if chosen := self._bare_figures.chosen(query):
            return [chosen]
        if number := number_claim(query, self._report, self._matcher):
            return [number]
        if total := self._computed.with_figure(query, conversation):
            return [total]
        said = [self._report.facts[id] for id in conversation.facts]
        if conversation.untold and not said and (untold := self._said_claims.of_untold(query, conversation.options)):
            return [untold]
        if held := self._said_claims.of_overview(query, conversation.topic, said):
            return [held]
        computed = self._computed.on_said(query.clause, conversation) if said and query.mentions else None
        if computed and not query.is_claim and self._counts_parts(query, computed):
            return [Finding("answer", "compute_on", (computed,), confidence=90.0)]
        if judged := self._said_claims.of_another(query, said) or self._said_claims.denied(query, said):
            return [judged]
        if counted := self._said_claims.of_unit(query, said):
            return [counted]
        if each := self._said_claims.each(query, said, [self._report.facts[id] for id in conversation.before]):
            return each
        if not computed and (nothing := self._said_claims.of_no_sum(query, said)):
            return [nothing]
        of_these = self._report.facts[computed] if computed else None
        about = self._said_claims.check(query, said, conversation.before, of_these)
        otherwise = said and not {*conversation.counts} & {fact.counts for fact in said}  # 多少人, after households
        refused = conversation.lacking or (conversation.counts if otherwise else ())
        if about and (untold := self._said_claims.of_refused(query, refused, said)):
            return [untold]
        alone = self._said_claims.of_figure_alone(query, said, conversation.options)
        if alone and not (about and {*about.targets} & {*conversation.facts}):
            return [alone]
        if about and (not query.clause.tells or about.kind == "abstain"):
            return [about]
        if query.clause.tells and not query.clause.ask.kind and (claimed := self._checked(query, said)):
            known = about is not None and query.clause.concept_names <= self._matcher.known[about.targets[0]]
            names = any(self._matcher.weights[name] >= _NAMES for name in query.clause.concept_names)
            leans = (not names and not self._has_owner(claimed)) or (about and self._leans(about, claimed))
            leans = leans or (about and self._is_true_of_sum(query, about, claimed))
            return [about] if about and known and leans else claimed
        bare = None if computed else self._bare_figures.find(query)  # 三项加一块儿
        if bare:
            return [self._of_what_was_said(bare, said)]
        claimed = self._checked(query, said)
        if claimed and about and self._is_of_said(query, claimed):
            return [about]
        if not (claimed or about) and (reckoned := self._bare_figures.reckoned(query)):
            return [reckoned]
        return claimed or ([about] if about else [])

    def _of_what_was_said(self, bare: Finding, said: Sequence[Fact]) -> Finding:
        """人数呢，三万多, after households: of the facts that may have such a figure, the one that goes with these."""
        topics = self._report.topics_of(*(fact.id for fact in said))
        meant = tuple(id for id in bare.options if self._report.topics_of(id) & topics)
        if bare.kind != "clarify" or len(meant) != 1:
            return bare
        return bare._replace(kind="answer", rule="claim_on", targets=meant, options=(), verdict=True)

    def _counts_parts(self, query: Query, computed: str) -> bool:
        """那三项全算上呢: whether the only figure is of how many facts the computed one is made."""
        formula = self._report.facts[computed].formula
        figures = [m.figure.value for m in query.mentions if m.unit in self._intents.grammar.kinds]
        only = formula is not None and figures == [len(formula.operands)] and len(query.mentions) == 1
        return only and not query.relations

    def _is_true_of_sum(self, query: Query, about: Finding, claimed: Sequence[Finding]) -> bool:
        """改造危房逾两万户, after the sum of three: whether it holds, and names no one of those that were added up."""
        fact = self._report.facts[about.targets[0]]
        if fact.formula is None or not fact.is_sum or not about.verdict or self._has_owner(claimed):
            return False
        known = (self._matcher.known[id] for id in fact.formula.operands)
        return all(f.verdict is False for f in claimed) and all(query.clause.concept_names <= names for names in known)

    def _checked(self, query: Query, said: Sequence[Fact]) -> list[Finding]:
        """A claim checked; 它们的总投资是26.9亿吗, after 电站, is refused: another thing's figure is claimed of it."""
        claimed = self._claims.check(query)
        points = any(token.text in self._intents.grammar.points_back for token in query.clause.tokens)
        points = points and not any(clause.concepts for clause in query.around)  # 换成教育。他们拿什么系统核对
        topics = self._report.topics_of(*(fact.id for fact in said))
        told = self._report.topics_of(*(id for f in claimed for id in f.targets))
        if not (claimed and topics and points) or topics & told:
            return claimed
        ids = tuple(fact.id for fact in said)
        return [Finding("abstain", "claim_on", reason="unmatched", options=ids, confidence=70.0)]

    def _is_of_said(self, query: Query, claimed: Sequence[Finding]) -> bool:
        """带动的户数是三万多户, after 旅游: whether a claim names only deeds, and no fact has its very figure."""
        facts = [(f.mention, self._report.facts[f.targets[0]]) for f in claimed if f.mention]
        exact = any(mention.figure.value == fact.value for mention, fact in facts)
        return bool(facts) and not exact and not self._matcher.names_thing(query.clause.concept_names)

    def _has_owner(self, claimed: Sequence[Finding]) -> bool:
        """带动9.1万户: whether the figure is a fact's, though it counts something else there."""
        denied = (f for f in claimed if f.verdict is False and f.mention is not None and len(f.targets) == 1)
        return any(f.mention and self._report.facts[f.targets[0]].value == f.mention.figure.value for f in denied)

    def _leans(self, about: Finding, claimed: Sequence[Finding]) -> bool:
        """带动的户数是三万多户吧: whether a claim is about what was stated rather than about another topic."""
        topics = self._report.topics_of(about.targets[0])
        return bool(claimed) and not any(topics & self._report.topics_of(f.targets[0]) for f in claimed if f.targets)

    def _ask(self, query: Query, conversation: Conversation) -> Finding:
        query, excluded = self._told.read(query)
        if anew := self._told.asked_anew(query, excluded):
            return anew
        alone = self._told.of_told(query, excluded, self._judge.judge(query, excluded=excluded))
        alone = self._told.of_whole(query, self._untold_parts.of_part(query, alone))
        alone = self._follow_ups.of_last(query, self._told.of_said(query, alone, conversation), conversation)
        whether = asks_whether(query.clause, self._intents.grammar)
        leans = query.clause.is_elliptical or (
            bool(conversation.facts) and only_names(query.clause, self._intents.grammar)
        )
        elliptical = leans and not query.clause.ask.kind and not whether
        complete = alone.kind == "answer" and alone.confidence >= COMPLETE_CONFIDENCE and not elliptical
        if complete and self._told.leaves_topic(query, alone, conversation):
            followed = self._follow_ups.follow(query, excluded, conversation)
            return followed or alone
        if complete or alone.rule == "told" or alone.reason in ("place", "time"):
            return alone
        followed = self._ellipsis.find(query, conversation)
        if followed:
            return self._told.of_other_topic(query, followed, conversation)
        if alone.rule == "unanswered" and query.clause.tells and query.clause.ask.kind:
            return alone  # 贫困学生总共几万: known not to be told, whatever was said before
        followed = self._follow_ups.follow(query, excluded, conversation)
        followed = followed and self._untold_parts.of_part(
            query, self._follow_ups.of_last(query, followed, conversation)
        )
        if followed and self._computed.is_other_share(query.clause, followed, conversation):
            return followed._replace(
                kind="abstain", rule="compute_on", reason="rate", targets=(), options=conversation.facts
            )
        sums = any(self._matcher.adds_up(group) for group in query.clause.concepts)
        if followed and sums and alone.rule == "needs" and {*followed.targets} <= {*conversation.facts}:
            return alone  # 全市一共多少建档立卡贫困人口, after how many of them work: that again is no answer
        topic = alone.kind == "overview" and alone.confidence >= COMPLETE_CONFIDENCE
        if followed and followed.kind != "answer" and topic:
            return alone  # 教育呢, after 电站几个: a topic named in full that doesn't answer what was asked before
        if followed and alone.kind == "clarify" and self._repeats(followed, alone, query, conversation):
            return alone
        if (
            followed
            and alone.kind == "clarify"
            and followed.kind != "answer"
            and self._names_other(query, conversation)
        ):
            return alone  # 经营主体多少个, after villages
        # A refusal that says what is missing is worth more than one that only found nothing.
        said_more = alone.kind == "answer" or alone.reason not in ("", "unmatched")
        if followed and (followed.kind != "abstain" or not said_more or followed.rule == "compute_on"):
            return followed
        return self._told.of_other_topic(query, alone, conversation) if elliptical else alone

    def _names_other(self, query: Query, conversation: Conversation) -> bool:
        """Whether the question names a thing, or what is counted of things, that was none of what was told last."""
        concepts = self._intents.concepts
        own = frozenset(
            n
            for n in query.question.own
            if n in concepts and concepts[n].counts not in _OF_THINGS and not concepts[n].computes
        )
        told = conversation.facts or tuple(f.id for f in self._report.topic_facts(conversation.topic or ""))
        return bool(told) and all(self._matcher.is_foreign(id, own) for id in told)

    def _repeats(self, followed: Finding, alone: Finding, query: Query, conversation: Conversation) -> bool:
        """那重点倾斜的村又有多少, after 99 villages: whether other facts are meant than the one told already."""
        new = query.question.own - frozenset(conversation.said)
        told = {*followed.targets} <= {*conversation.facts} and not {*followed.targets} & {*alone.options}
        return followed.kind == "answer" and told and self._matcher.names_thing(new)
