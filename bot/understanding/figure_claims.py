"""Claims of figures (800个村脱贫了吧): do they hold?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.knowledge.intents import Intents
from bot.knowledge.model import Fact, Report
from bot.understanding.candidates import Question, best_of, confidence
from bot.understanding.claimed_sums import ClaimedSums
from bot.understanding.claims import supports
from bot.understanding.claims_in_words import ClaimsInWords, is_vague, swaps
from bot.understanding.claims_of_all import ClaimsOfAll
from bot.understanding.clause import (
    REMAINING,
    SIZED,
    TELLING_FIGURE,
    UNCOUNTABLE,
    WHO,
    WHO_AND_WHERE,
    Ask,
    Clause,
    Mention,
)
from bot.understanding.decision import Finding
from bot.understanding.figure_facts import (
    FigureFacts,
    cannot_be,
    denies_behind,
    said_of_whole,
    tells_rest,
)
from bot.understanding.figure_meaning import FigureMeaning
from bot.understanding.figure_order import stands_before
from bot.understanding.figure_owners import FigureOwners
from bot.understanding.figures_together import FiguresTogether
from bot.understanding.judge import Judge
from bot.understanding.matcher import Matcher
from bot.understanding.no_others import says_no_others
from bot.understanding.query import Query
from bot.understanding.short_questions import describes_thing

#: whom the report counts, all of which a claim may mistake for one another
_COUNTED = WHO_AND_WHERE | {"人次"}
#: weight from which a concept that a fact knows says that a share is claimed of it
_NAMES = 3
#: confidence from which one of several claims is affirmed
_HARDLY = 60.0
#: tokens behind a figure among which its denial stands: its unit, and what counts it
_UNIT_AND_DENIAL = 3
#: the relations of the two figures of a range
_RANGE = (frozenset({"at_least"}), frozenset({"at_most"}))


class FigureClaims:
    """The step that checks statements, figure by figure; those without any it leaves to ClaimsInWords."""

    def __init__(
        self,
        intents: Intents,
        matcher: Matcher,
        judge: Judge,
        figures: FigureFacts,
        sums: ClaimedSums,
        report: Report,
    ) -> None:
        self._intents = intents
        self._grammar = intents.grammar
        self._matcher = matcher
        self._judge = judge
        self._figures = figures
        self._together = FiguresTogether(intents, matcher, figures, report)
        self._owners = FigureOwners(intents, matcher, judge, figures, report)
        self._report = report
        self._meaning = FigureMeaning(intents, matcher, report)
        self._in_words = ClaimsInWords(intents, matcher, judge, figures, report)
        self._of_all = ClaimsOfAll(intents, matcher, figures, report)
        self._sums = sums

    def check(self, query: Query) -> list[Finding]:
        """Statements to check against the report: one finding per figure claimed, what is wrong first."""
        mentions = query.mentions
        if self._names_by_question(query.clause) and not query.is_claim:
            return []  # 18个专班分别负责哪些领域
        if not query.is_claim and describes_thing(query.clause.tokens, self._intents):
            return []
        if not (mentions or query.is_claim) or self.asks_otherwise(query):
            # 这篇转自人民日报？, and as a statement
            asks_whether = query.clause.is_question or query.clause.is_elliptical or query.clause.tells
            denied = self._in_words.denied_by_list(query) if asks_whether and not mentions else None
            return [denied] if denied and not query.clause.ask.kind else []
        if len(mentions) > 1 and not query.is_claim:
            return []
        if not query.clause.concepts and all(m.figure.value < TELLING_FIGURE for m in mentions) and mentions:
            return []  # 不是7个吗: of what was said, or of nothing
        if len(mentions) == 1 and self._counts_kinds(query.clause, mentions[0]):
            return []  # 三种危房合计呢
        if query.is_claim and (denied := self._denied_of_owner(query)):
            return [denied]
        if query.is_claim and (true := self._of_all.denied(query.clause)):
            return [true]
        if query.is_claim and len(mentions) > 1 and (apart := self._together.holds_other(query.clause)):
            return [Finding("abstain", "claim", options=tuple(apart), reason="unmatched", confidence=70.0)]
        if query.is_claim and len(mentions) > 1 and (told := self._together.all_told(query.clause)):
            return told
        claimed = [self._counted_as_said(query.clause, mention) for mention in self._claimed_figures(query)]
        found = [
            (self._together.stated(query, mention) if len(claimed) > 1 else None) or self._claim(query, mention)
            for mention in claimed
        ]
        found = [self._meaning.kept(query.clause, f) if f and f.verdict else f for f in found]
        found = [self._as_denied(query.clause, f) if f else f for f in found]
        found = [self._as_all(query.clause, f) if f and f.verdict else f for f in found]
        found = self._together.told_in_order(query.clause, found)
        if len(claimed) > 1:  # 项目119个，只交付了99.5%: what is hardly the fact isn't affirmed beside others
            found = [f if f and (not f.verdict or f.confidence >= _HARDLY) else None for f in found]
        if None in found and not any(f and f.verdict is False for f in found):
            found = []  # 18.15万人中有一半去了北京: what can't be checked isn't made true by what can
        remains = any(reason == REMAINING for reason, _ in query.clause.guards)
        if not mentions or (remains and not found and all(m.figure.is_percent for m in mentions)):  # 还有一多半没改
            found = [self._in_words.check(query) or self._in_words.denied_by_list(query)]
        if len(found) > 1 and self._together.untold(query.clause, [f for f in found if f]):
            return []  # 26.9亿元投了975个电站
        several = [f for f in found if f and f.verdict] if len(claimed) > 1 else []
        if any(self._judge.unanswered_guards(query, f.targets[0]) for f in several):
            return []  # 报销94%，门诊也是94%吗
        checked = sorted((f for f in found if f), key=lambda f: f.verdict is not False)
        if of_sum := self._sums.of_several(query.clause, checked):
            return of_sum
        if not checked and not query.clause.ask.kind and (false := self._of_all.of_figure(query.clause)):
            return [false]  # 46.68万人都是贫困人口吗
        if len(checked) == 1 and checked[0].verdict:
            return self._held_against_all(query, checked[0])
        ranges = len(checked) > 1 and all(f.mention and f.mention.relations in _RANGE for f in checked)
        return checked[:1] if ranges else checked  # 在七百到八百之间 is wrong where one of the two is

    def _held_against_all(self, query: Query, found: Finding) -> list[Finding]:
        """What comes of a figure that is right, where something is said of all of those counted (都是农家乐)."""
        clause, fact = query.clause, self._report.facts[found.targets[0]]
        untold = Finding("abstain", "claim", options=found.targets, reason="unmatched", confidence=70.0)
        if self._judge.is_of_other_topic(query, fact.id):
            return [untold]  # 龙头企业带动6.07万人就业
        if self._of_all.says_itself(clause, fact):
            return [found]
        # 4795户延误了
        denied = self._of_all.only_a_share(clause, fact) or self._in_words.denied_of_all(clause, fact.id)
        does = self._does_untold(clause, found, fact) or self._of_all.says_what_they_are(clause)  # 帮10.69万户盖了房
        return [denied] if denied else [untold] if does else [found]

    def _does_untold(self, clause: Clause, found: Finding, fact: Fact) -> bool:
        """Whether something that the fact doesn't know is said to have been done by or to those counted."""
        at = clause.place_of(found.mention) if found.mention else None
        if at is None or fact.counts not in WHO or fact.formula is not None:
            return False
        behind = clause.tokens[at + 1 :]
        pause = next((n + 1 for n, (t, then) in enumerate(pairwise(behind)) if t.end < then.start), len(behind))
        said = [token for token in behind[:pause] if not token.values("claim")]
        names = (frozenset(token.values("concept")) for token in said)
        foreign = any(self._matcher.names_matter(n) and n.isdisjoint(self._matcher.known[fact.id]) for n in names)
        return foreign or any("uncounted" in token.meanings for token in said)

    def _as_all(self, clause: Clause, found: Finding) -> Finding:
        """危房只有9754户: refuted, where that is right of a part of a sum of which the claim names no one part."""
        fact = self._report.facts[found.targets[0]]
        whole = self._sums.beyond(fact, clause) if says_no_others(clause.tokens, self._grammar) else None
        return found._replace(targets=(whole.id, fact.id), verdict=False) if whole else found

    def _as_denied(self, clause: Clause, found: Finding) -> Finding:
        """10.69万户不是旅游带的吧: the opposite of what is found, where a figure is denied to be of what follows."""
        at = clause.place_of(found.mention) if found.mention else None
        if at is None or found.verdict is None or clause.tokens[-1].text in self._grammar.whether_endings:
            return found
        behind = clause.tokens[at + 1 :]
        denied = next((n for n, token in enumerate(behind[:_UNIT_AND_DENIAL]) if token.values("not")), None)
        if denied is None:
            return found
        named = [token.values("concept") for token in behind[denied:] if token.values("concept")]
        of_another = len(found.targets) > 1  # told beside the fact that has the figure
        if of_another and not found.verdict and named:
            return found._replace(verdict=True)
        # denies_behind has seen to 975个不是光伏电站吧.
        if not of_another and found.verdict and any(map(self._matcher.names_thing, named)):
            return found._replace(verdict=False)
        return found

    def _names_by_question(self, clause: Clause) -> bool:
        """Whether a word of the report's things holds the question word (哪些领域)."""
        return any(token.values("concept") and self._grammar.asks(token.text) for token in clause.tokens)

    def _counts_kinds(self, clause: Clause, mention: Mention) -> bool:
        """Whether a figure only says of how many kinds a sum is asked for."""
        kinds = mention.unit in self._grammar.kinds and mention.figure.value < TELLING_FIGURE
        return kinds and any(self._intents.concepts[name].computes == "sum" for name in clause.concept_names)

    def _denied_of_owner(self, query: Query) -> Finding | None:
        """119个安置项目还有一半没完工: the figure is right, and what is said of it is what its fact denies."""
        for mention in query.mentions:
            for fact in self._figures.owners(mention):
                beside = self._report.said_in_words_with(fact)
                remains = [
                    f for f in (fact, *beside) for reason, word in query.clause.guards if f.is_denied_by(word, reason)
                ]
                remains = [f for f in remains if not f.is_denied_in_turn(query.clause.stated, self._grammar.denying)]
                remains = remains or ([fact] if self._meaning.says_undone(query.clause, fact) else [])
                if (
                    mention.figure.value >= TELLING_FIGURE
                    and remains
                    and self._figures.suits(fact, query.clause, mention)
                ):
                    denied = (remains[0].id,)
                    return Finding("answer", "claim", denied, confidence=80.0, verdict=False, mention=mention)
        return None

    def _counted_as_said(self, clause: Clause, mention: Mention) -> Mention:
        """62.04万是救助的户数吧, 园区124家: a number that names no unit of its own counts what the claim calls it."""
        ask = clause.ask
        named = ask.kind == "quantity" and ask.explicit and not ask.interrogative
        open_ = not mention.counts or not mention.unit  # 户数4.8亿: so large a number is only guessed to be money
        at = clause.place_of(mention) or 0
        before, behind = clause.tokens[at - 1 : at], clause.tokens[at + 1 :]
        things = {self._intents.concepts[name].counts for token in before for name in token.values("concept")} - {""}
        ends = mention.unit in self._intents.classifiers and not any(token.values("concept") for token in behind)
        facts = {fact.counts for fact in self._figures.stated}  # 124亩 is no number of parks
        if ends and (mention.counts - WHO) & facts and things and things.isdisjoint(mention.counts | UNCOUNTABLE | WHO):
            return mention._replace(counts=frozenset(things))  # 园区124家
        return mention._replace(counts=ask.counts) if named and ask.counts and open_ else mention

    def _claimed_figures(self, query: Query) -> list[Mention]:
        """The figures to check: not those of the whole (25.6万人里有…), nor the number of kinds (三种危房两万户)."""
        clause = query.clause
        mentions = clause.mentions or query.mentions
        if len(mentions) < 2:
            return mentions
        whole = said_of_whole(clause)
        before = {id(token.figure) for token in whole.tokens} if whole is not clause else set[int]()
        said_of = [m for m in mentions if id(m.figure) in before]
        told = [m for m in said_of if self._may_be_whole(m, [other for other in mentions if other not in said_of])]
        told += [m for m in mentions if self._is_bound(m, mentions, query.relations)]
        kinds = [m for m in mentions if m.figure.value < TELLING_FIGURE and m.unit in self._grammar.kinds]
        return [m for m in mentions if m not in told and m not in kinds] or mentions

    def _may_be_whole(self, mention: Mention, parts: Sequence[Mention]) -> bool:
        """Whether a figure is told of what the others may be part of: not 98157人里有18.15万人就业, told elsewhere."""
        sums = [f for f in self._figures.computed if f.is_sum and self._figures.rounds_to(f, mention)]
        parted = {fact.id for part in parts for fact in self._figures.owners(part)}
        if any(f.formula and not parted.isdisjoint(f.formula.operands) for f in sums):
            return True  # 508个村里有192个是非贫困村
        told = {fact.sentence for fact in self._figures.owners(mention)}
        elsewhere = {fact.sentence for part in parts for fact in self._figures.owners(part)}
        return bool(told) and (not elsewhere or not told.isdisjoint(elsewhere))

    def _is_bound(self, mention: Mention, others: Sequence[Mention], relations: Sequence[str]) -> bool:
        """贫困发生率超10%的村合计五百来个: whether a percentage only says which are meant."""
        if not mention.figure.is_percent:
            return False
        bounds = [fact for fact in self._figures.owners(mention) if fact.bound and fact.bound in relations]
        # 99个深度贫困村的发生率高于10%: those that the report tells of before it aren't the ones that it bounds.
        beside = [fact for other in others for fact in self._figures.owners(other)]
        return any(not any(stands_before(fact, bound) for fact in beside) for bound in bounds)

    @staticmethod
    def asks_otherwise(query: Query) -> bool:
        """Whether a question word asks for something else than whether the claim holds."""
        ask = query.clause.ask
        if ask.kind == "how":
            return not (query.is_claim and query.clause.mentions)  # 咋 closes a Cantonese statement
        if query.is_claim and is_vague(query.clause):
            return False
        if ask.kind == "quantity" and not ask.interrogative:
            return not query.is_claim and not _is_said_of_number(query.clause)
        return ask.kind not in ("", "what", "yesno")

    def _claim(self, query: Query, mention: Mention) -> Finding | None:
        clause = query.clause
        if not query.is_claim and self._meaning.is_to_be_divided(clause, mention):
            return None
        for question in self._claimed(query, mention):
            ranked = [c for c in self._matcher.rank(question) if not c.is_overview]
            best = best_of(ranked)
            if best is not None and self._judge.is_sure(best, ranked):
                break
            if holding := self._owners.only_one_holding(query, mention, best, ranked):
                return holding
        else:
            return self._owners.in_other_unit(query, mention)
        if best.is_unanswered:
            return None
        best = self._owners.fitting_as_well(mention, best, ranked) or best
        fact = self._report.facts[best.target]
        if fact.value is None or self._judge.unanswered_guards(query, best.target):
            return None
        shared = self._matcher.shares(fact.id, query.question.own)
        foreign = mention.figure.is_percent and max(map(self._matcher.weights.__getitem__, shared), default=0) < _NAMES
        if foreign or cannot_be(fact, mention):
            return None  # 九成电站并网了: no share of stations is told
        otherwise = mention.counts and not (mention.figure.is_percent or fact.counts in mention.counts)
        if otherwise and bool(mention.counts & _COUNTED) != (fact.counts in _COUNTED):
            # 产业园请了三万搬迁户: nothing that people can be counted in; 主体帮到9.1万户, of which people are told
            return self._owners.in_other_unit(query, mention)
        if owner := self._owners.meant(query, mention, best):
            targets = (owner.id, best.target)
            return Finding("answer", "claim", targets, confidence=85.0, verdict=False, mention=mention)
        holds = self._figures.is_true(fact, clause, mention, query.relations)
        # 18个专班由省级领导牵头, 119个项目并没有全部完工
        denied = (
            (self._denies(fact, clause.stated) and not tells_rest(fact, clause, mention))
            or denies_behind(clause, mention)
            or swaps(fact, clause.text, self._grammar.copulas | self._grammar.done_by)
        )
        holds = holds and not denied
        negated = any(token.values("not") for token in clause.tokens)
        if fact.value == 0 and mention.figure.is_percent and not (denied or negated):
            # 辍学率低于5%: none of them is no share of them
            figure, open_ended = mention.figure, mention.open_ended
            holds = supports(fact.value, figure.value, figure.grain, query.relations, open_ended=open_ended)
        if holds and self._meaning.does_otherwise(clause, mention, fact):
            return None
        if not holds and (meant := self._owners.without_unit(query, mention, fact)):
            return Finding("answer", "claim", (meant.id,), confidence=80.0, verdict=True, mention=mention)
        whole = None if holds or denied else self._sums.held_by_whole(fact, clause, mention)
        if whole:
            return Finding("answer", "claim", (whole.id,), confidence=80.0, verdict=True, mention=mention)
        owners = [] if holds else [owner.id for owner in self._figures.owners(mention) if owner.id != fact.id]
        if mention.figure.value < TELLING_FIGURE and len(owners) > 1:
            owners = []
        if not holds and not owners and mention.figure.value >= TELLING_FIGURE:
            # 配套园区119个: of the same topic, what there are 119 of is something else
            same = (f for f in self._figures.stated if f.value == mention.figure.value and f.topic == fact.topic)
            owners = [f.id for f in same if f is not fact and f.unit != "%"]
        return Finding(
            "answer",
            "claim",
            (fact.id, *owners[:1]),
            confidence=confidence(best, ranked),
            verdict=holds,
            mention=mention,
            question=question,
            candidates=tuple(ranked[:6]),
        )

    def _denies(self, fact: Fact, words: str) -> bool:
        """Whether the words hold one that denies the fact, and isn't denied itself (累计4.8亿，不是一年的)."""
        return fact.is_denied_by(words) and not fact.is_denied_in_turn(words, self._grammar.denying)

    def _is_told_beside(self, clause: Clause, mention: Mention) -> bool:
        """Whether another figure in the clause is that of a fact it is said of."""
        others = [other for other in clause.mentions if other.figure.value != mention.figure.value]
        return any(self._figures.suits(fact, clause, other) for other in others for fact in self._figures.owners(other))

    def _claimed(self, query: Query, mention: Mention) -> Iterator[Question]:
        """What a figure may be claimed of, in the order to try."""
        counted = mention.counts or self._counted_before(query.clause, mention)
        counted = counted or self._counted_by_owner(query, mention)
        ask = Ask("quantity", counted or None, explicit=bool(mention.counts), uncounted=not mention.unit)
        question = query.question._replace(ask=ask)
        yield question
        if mention.figure.is_percent:
            # 受益群众里贫困人口不足两成: a share is claimed, though no word says so.
            yield question._replace(groups=(*question.groups, self._matcher.ratios))
        if ask.explicit and not self._is_told_beside(query.clause, mention):
            # 光伏带动了10.69万人: nothing counts that, but what is claimed about may be known by another unit.
            # Of 18个专班不到两百人, what has the other figure isn't what has this one.
            yield question._replace(ask=Ask())

    def _counted_by_owner(self, query: Query, mention: Mention) -> frozenset[str]:
        """9.1万是龙头企业带的: what the one fact counts that has a number of which no unit is named."""
        named = {c.counts for c in map(self._intents.concepts.get, query.question.own | query.question.context) if c}
        units = named & SIZED  # 10.69万是光伏收益吧 says what it counts
        if units or len(query.mentions) > 1 or mention.figure.value < TELLING_FIGURE:
            return frozenset()
        owners = self._figures.owners(mention)
        return frozenset({owners[0].counts}) if len(owners) == 1 and owners[0].counts else frozenset()

    def _counted_before(self, clause: Clause, mention: Mention) -> frozenset[str]:
        """带动的贫困人口接近9万: what a number without unit counts."""
        counts: frozenset[str] = frozenset()
        for token in clause.tokens:
            if token.figure is mention.figure:
                break
            names = token.values("concept")
            counts = frozenset(self._intents.concepts[n].counts for n in names) - {""} or counts
        return counts


def _is_said_of_number(clause: Clause) -> bool:
    """数量为18个 tells a number, 因1743个主体受益的人口规模 asks for one."""
    kinds = [
        "number" if token.figure else "word" for token in clause.tokens if token.figure or token.values("quantity")
    ]
    return kinds[-1:] == ["number"]
