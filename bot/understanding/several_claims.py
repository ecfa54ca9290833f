"""Several claims in one message (深度贫困县5个、深度贫困村99个，对吗): each checked."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.understanding.claimed_sums import ClaimedSums
from bot.understanding.clause import UNCOUNTABLE, WHO, WHO_AND_WHERE, Clause
from bot.understanding.decision import Finding
from bot.understanding.figure_claims import FigureClaims
from bot.understanding.matcher import Matcher
from bot.understanding.query import LONG_STORY, Query, concepts_of, joined, question_of

#: confidence that a claim before a question must reach to be told of
_SURE = 80.0


class SeveralClaims:
    """The step that checks each of several claims."""

    def __init__(
        self, intents: Intents, matcher: Matcher, claims: FigureClaims, sums: ClaimedSums, report: Report
    ) -> None:
        self._intents = intents
        self._report = report
        self._matcher = matcher
        self._claims = claims
        self._sums = sums

    def check(self, clauses: Sequence[Clause], *, stated: bool = False, leans: bool = False) -> list[Finding]:
        """深度贫困县5个、深度贫困村99个，对吗: several claims in one message, each checked; [] if it isn't that.

        `stated`: the message claims, though no word says so. `leans`: something was told before, of which a claim that
        names nothing (才四千来人？) may be.
        """
        claims = [c for c in clauses if c.mentions and (c.concepts or _names_unit(c))]
        if leans and any(c.is_question and not c.tells for c in claims):
            return []
        words = [c for c in clauses if len(c.concepts) > 1 and not (c.mentions or c.ask.kind or c.guards)]
        # 转自河北日报，登在产业经济信息网，对吗
        if not (claims or len(words) > 1) or not (stated or any("claim" in c.marks for c in clauses)):
            return []
        if parts := self._sums.parts(clauses) or self._sums.added(clauses):
            return parts
        found = self._each(clauses, [c for c in clauses if c in claims or c in words]) if words else []
        sure = all(f.verdict is not None and f.confidence >= _SURE for f in found)
        if found and sure and self._in_words(found, words):
            return found  # 成立了18个专班，四级书记一起抓
        if len(claims) < 2:
            return []
        if by_thing := self._each(clauses, self._by_thing(claims)):
            return by_thing
        # 电站975个、装机130万千瓦、带动10.69万人: each by itself, where all are of one topic.
        found = self._each(clauses, claims)
        return found if len({self._report.facts[id].topic for f in found for id in f.targets}) == 1 else []

    def _only_measures(self, claim: Clause) -> bool:
        """总投资还不到二十亿: whether nothing is named but what may be measured of whatever was named before."""
        return all(self._intents.concepts[name].counts in UNCOUNTABLE for name in claim.concept_names)

    def _in_words(self, found: Sequence[Finding], words: Sequence[Clause]) -> bool:
        """Whether what names no figure is claimed of facts that say something in words."""
        return all(self._report.facts[id].answers for f in found if f.clause in words for id in f.targets)

    def _each(self, clauses: Sequence[Clause], claims: Sequence[Clause]) -> list[Finding]:
        """What comes of each claim; [] if one of them can't be checked."""
        found: list[Finding] = []
        for number, claim in enumerate(claims):
            others = concepts_of([c for c in clauses if c is not claim])
            clause = claim.but(marks={*claim.marks, "claim"})
            checked: list[Finding] = []
            contexts = (frozenset[str](), others)
            around = [*claims[:number], *(c for c in clauses if not c.mentions)]  # …，龙头企业带动的
            things = any(not self._says_only_of_whom(group) for c in around for group in c.concepts)
            of_whom = things and all(map(self._says_only_of_whom, claim.concepts))
            of_another = of_whom or self._only_measures(claim)
            for context in reversed(contexts) if of_another else contexts:
                if not checked:
                    checked = self._claims.check(Query(clause, (), question_of(clause, clause.ask, context)))
                topics = self._report.topics_of(*(id for f in found for id in f.targets))
                foreign = (f for f in checked if f.targets and self._matcher.is_foreign(f.targets[0], context))
                if of_whom and context and any(not topics & self._report.topics_of(f.targets[0]) for f in foreign):
                    checked = []  # 电站975座，贫困人口98157: of people that the stations have nothing to do with
            if not checked:
                return []
            found += [f._replace(clause=claim) for f in checked]
        return found

    def beside(self, clause: Clause, following: Sequence[Clause]) -> list[Finding]:
        """我记得旅游带动32715人，那是多少户: what comes of a claim right before a question; [] if it isn't that."""
        claims = "claim" in clause.marks and clause.mentions and clause.tells and not clause.ask.kind
        # …，这里头贫困的有多少 only says of what a part is asked for, and a story claims nothing.
        within = any(token.values("within") for token in following[0].tokens) if following else False
        if not claims or within or sum(len(c.text) for c in (clause, *following)) > LONG_STORY:
            return []
        found = self._claims.check(Query(clause, (), question_of(clause, clause.ask, frozenset())))
        sure = all(f.verdict is not None and f.confidence >= _SURE for f in found)
        return [f._replace(clause=clause) for f in found] if sure else []

    def _says_only_of_whom(self, group: frozenset[str]) -> bool:
        """贫困人口, 户, 增收: what may be said of whatever helps them."""
        named = [self._intents.concepts[name] for name in group]
        return all(c.counts in WHO or not (c.counts or self._matcher.names_thing({c.name})) for c in named)

    def _by_thing(self, claims: Sequence[Clause]) -> list[Clause]:
        """80家龙头企业带动3.11万户、6.07万人: what names no thing of its own is claimed of the one before it."""
        told: list[Clause] = []
        for claim in claims:
            linked = claim.joined_by in self._intents.connectives
            plain = told and not linked and all(map(_tells_plainly, (told[-1], claim)))
            plain = plain and all(mention.counts for mention in told[-1].mentions)  # 惠及群众46.68万，贫困人口8.3万
            units = plain and all(group <= WHO_AND_WHERE for group in told[-1].concepts)  # 七个县、三十三个村的饮水
            if plain and (units or all(map(self._says_only_of_whom, claim.concepts))):
                told[-1] = joined([told[-1], claim], joined_by=told[-1].joined_by)
            else:
                told.append(claim)
        return told


def _names_unit(claim: Clause) -> bool:
    """户数10.69万: whether it says no more than what the figure counts."""
    return claim.ask.explicit and bool(claim.ask.counts) and not claim.ask.interrogative


def _tells_plainly(claim: Clause) -> bool:
    """Whether its figures are said as they are: neither shares, nor of a part, nor more or less than so many."""
    shares = any(m.figure.is_percent or m.is_open_ended for m in claim.mentions)
    within = "within" in claim.marks or bool(claim.tokens[0].values("within"))  # 其中8.3万是贫困人口
    return not (shares or claim.relations or within)
