"""Whose figure a claimed one is, where the fact that is claimed about has another."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.intents import Intents
from bot.knowledge.model import Fact, Report
from bot.understanding.candidates import Candidate
from bot.understanding.clause import TELLING_FIGURE, Ask, Mention
from bot.understanding.decision import Finding
from bot.understanding.figure_facts import FigureFacts, denies_behind
from bot.understanding.judge import Judge
from bot.understanding.matcher import Matcher
from bot.understanding.query import Query

#: weighted share of a claim that each of several facts must know to be what it may be about
_TOPICAL = 0.75
#: … and the one that it is about though it is wrong of all of them
_SURELY_TOPICAL = 0.95
#: share of the best's rank from which another fact may be what is claimed about as well
_AS_WELL = 0.75
#: … and from which hardly less
_HARDLY_LESS = 0.93
#: rank by which the best must lead when what is claimed is wrong of all that fit
_AHEAD = 4.0
#: words from the first among which 是 stands in 4.8亿不就是…
_COPULA = 3
#: characters by which a word for what isn't told begins with a thing (旅游收入)
_TOPIC = 2


class FigureOwners:
    """Looks for the fact that a claimed figure belongs to."""

    def __init__(self, intents: Intents, matcher: Matcher, judge: Judge, figures: FigureFacts, report: Report) -> None:
        self._intents = intents
        self._matcher = matcher
        self._judge = judge
        self._figures = figures
        self._report = report

    def of_sibling(self, query: Query, facts: Sequence[str]) -> Fact | None:
        """3.11万户是新型经营主体带动的: the one fact whose figure was said of another thing that does the same."""
        topics = {self._report.facts[id].topic for id in facts}
        told = [m for m in query.mentions if m.counts and m.figure.value >= TELLING_FIGURE]
        owners = [fact for mention in told for fact in self._figures.owners(mention)]
        if len(owners) != 1 or len(query.mentions) != 1:
            return None
        return owners[0] if owners[0].topic in topics or self._does_the_same(query, owners[0]) else None

    def of_first(self, query: Query) -> Fact | None:
        """4.8亿不就是旅游收入吗: the one fact that has the figure which is said to be another thing's."""
        clause = query.clause
        tokens = [token for token in clause.tokens if not token.values("filler")]
        is_ = any(token.values("equals") for token in tokens[1:_COPULA]) and not any(t.values("not") for t in tokens)
        if not is_ or tokens[0].figure is None or len(clause.mentions) != 1 or clause.ask.kind or not query.is_claim:
            return None
        value = clause.mentions[0].figure.value
        owners = [fact for fact in self._figures.owners(clause.mentions[0]) if fact.value == value >= TELLING_FIGURE]
        if len(owners) != 1:
            return None
        # 旅游 of 旅游收入: what the report doesn't tell of the very thing may be so.
        words = (word for reason, word in clause.guards if reason == "measure")
        named = [frozenset(self._intents.lexicon.segment(word[:_TOPIC])[0].values("concept")) for word in words]
        named += clause.concepts  # 3.68亿是修房子的钱吧
        other = any(
            self._matcher.names_thing(names) and self._matcher.is_foreign(owners[0].id, names) for names in named
        )
        return owners[0] if other else None

    def _does_the_same(self, query: Query, owner: Fact) -> bool:
        """9.1万人是光伏带动的: whether all that is said but the thing's name is known of the fact."""
        telling = [group for group in query.clause.concepts if any(self._matcher.weights[n] > 1 for n in group)]
        deeds = [group for group in telling if not self._matcher.names_thing(group)]
        return bool(deeds) and all(group & self._matcher.fullest[owner.id] for group in deeds)

    def without_unit(self, query: Query, mention: Mention, fact: Fact) -> Fact | None:
        """龙头企业带动6.07万: of what a number without unit is said to be, the fact that has it; else None."""
        clause, fullest = query.clause, self._matcher.fullest
        at = clause.place_of(mention) or 0
        behind = any(token.values("concept") for token in clause.tokens[at + 1 :])  # 带动的10.69万，单位是人
        if mention.counts or mention.unit or mention.figure.value < TELLING_FIGURE or behind:
            return None
        done = next(
            (n for t in reversed(clause.tokens[:at]) if (n := frozenset(t.values("concept")))), frozenset[str]()
        )
        if any(self._intents.concepts[name].counts for name in done) or self._matcher.names_thing(done):
            return None  # 龙头企业6.07万
        owners = (f for f in self._figures.owners(mention) if self._figures.suits(f, clause, mention))
        own = [owner for owner in owners if owner.topic == fact.topic and done & fullest[owner.id]]
        denied = any(owner.is_denied_by(clause.stated) for owner in own) or denies_behind(clause, mention)
        return own[0] if len(own) == 1 and not denied else None

    def in_other_unit(self, query: Query, mention: Mention) -> Finding | None:
        """98157户脱贫: the figure is right, but counts something else."""
        if not mention.counts or query.guards:
            return None
        suited = [
            fact
            for fact in self._figures.stated
            if self._figures.suits(fact, query.clause, mention) and fact.unit != "%"
        ]
        owners = [fact for fact in suited if fact.value == mention.figure.value >= TELLING_FIGURE]
        owners = [fact for fact in owners if self._figures.names_of(fact, query.clause)]
        if not owners and mention.is_open_ended:
            owners = [
                fact for fact in suited if fact.value is not None and self._figures.is_near(fact.value, query, mention)
            ]
        if len(owners) != 1 or owners[0].counts in mention.counts:
            return None
        # 带动户数是32715户: what the same sentence tells in this unit comes first
        told = (f for f in self._figures.stated if f.sentence and f.sentence is owners[0].sentence)
        beside = [f.id for f in told if f.counts in mention.counts]
        targets = (*(beside if len(beside) == 1 else ()), owners[0].id)
        return Finding("answer", "claim", targets, confidence=85.0, verdict=False, mention=mention)

    def fitting_as_well(self, mention: Mention, best: Candidate, ranked: Sequence[Candidate]) -> Candidate | None:
        """5819户危房已经改造: the one whose very figure is claimed, if what is said fits it as well."""
        fact = self._report.facts.get(best.target)
        if fact is None or fact.formula is not None or not mention.unit:
            return None
        near = best.rank * _HARDLY_LESS
        alike = (c for c in ranked if c.is_fact and c.accepts and c.rank > near and c.explained >= best.explained)
        said = [(c, self._report.facts[c.target]) for c in alike]
        owners = [c for c, f in said if f.sentence is fact.sentence and f.value == mention.figure.value]
        return owners[0] if len(owners) == 1 and best not in owners else None

    def only_one_holding(
        self, query: Query, mention: Mention, best: Candidate | None, ranked: Sequence[Candidate]
    ) -> Finding | None:
        """四千来个穷人的喝水问题搞定了: of several facts that fit as well, the one of which the claim is true."""
        if best is None or best.is_unanswered or query.guards or self._figures.is_negated(query.clause, mention):
            return None
        if not self._judge.is_sure(best, [best]):
            return None
        near = best.rank * _AS_WELL
        rivals = [c for c in ranked if c.accepts and c.is_fact and c.rank > near and c.topical >= _TOPICAL]
        true = [f for c in rivals if self._figures.holds(f := self._report.facts[c.target], mention, query.relations)]
        true = true or self._sum_of(rivals, mention, query.relations)
        others = max((c.rank for c in rivals if c is not best), default=0.0)
        leads = best.rank - others >= _AHEAD and best.is_fact and best.topical > _SURELY_TOPICAL
        if not true and leads and mention in query.clause.mentions:
            # 惠及群众超过五十万: wrong of every fact that fits; the one that fits best tells the true figure.
            fact = self._report.facts[best.target]
            if fact.value is not None and self._figures.same_unit(fact, mention):
                return Finding("answer", "claim", (fact.id,), confidence=70.0, verdict=False, mention=mention)
        if len(true) != 1:
            return None
        denied = true[0].is_denied_by(query.clause.stated) or denies_behind(query.clause, mention)
        return Finding("answer", "claim", (true[0].id,), confidence=75.0, verdict=not denied, mention=mention)

    def _sum_of(self, rivals: Sequence[Candidate], mention: Mention, relations: Sequence[str]) -> list[Fact]:
        """倾斜的村有508个: the sum of all the facts that fit as well, if the claim is true of it; else none."""
        parts = {c.target for c in rivals}
        sums = (f for f in self._figures.computed if f.formula and f.is_sum and {*f.formula.operands} == parts)
        return [fact for fact in sums if self._figures.holds(fact, mention, relations)]

    def meant(self, query: Query, mention: Mention, best: Candidate) -> Fact | None:
        """巩固提升完成了618个县: the fact that has the figure, where it fits better but for the unit."""
        if not mention.counts or mention.figure.value < TELLING_FIGURE:
            return None
        ranks = {c.target: c.rank for c in self._matcher.rank(query.question._replace(ask=Ask()))}
        owners = [
            fact
            for fact in self._figures.stated
            if fact.value == mention.figure.value
            and fact.counts not in mention.counts
            and fact.unit != "%"
            and ranks.get(fact.id, 0.0) > ranks.get(best.target, 0.0)
        ]
        return owners[0] if len(owners) == 1 else None
