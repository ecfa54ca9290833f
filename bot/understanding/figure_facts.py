"""Which facts have a figure that a message names, rounded or not, and whether one is denied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from bot.knowledge.intents import Intents
from bot.knowledge.model import Fact, Report
from bot.language.figures import find_figures
from bot.language.lexicon import Token
from bot.language.normalise import normalise
from bot.understanding.claims import supports
from bot.understanding.clause import TELLING_FIGURE, WHO_AND_WHERE, Clause, Mention
from bot.understanding.matcher import Matcher
from bot.understanding.query import Query, concepts_of

#: how far from a computed figure (as a share of it) the one that is shown for it may be
_AS_SHOWN = Decimal("0.001")
#: what a rate and the rest of it make together
_WHOLE = 100
#: the relations that are the opposite of a bound
_TURNED = {"above": frozenset({"below", "at_most"}), "below": frozenset({"above", "at_least"})}
#: the place of the last digit from which a figure is a rounded one
_ROUNDS = 1000
#: what begins a figure that is reached: 上千
_REACHING = "上"


class FigureFacts:
    """Holds the figures of a message against those of the report."""

    def __init__(self, intents: Intents, matcher: Matcher, report: Report) -> None:
        self._intents = intents
        self._grammar = intents.grammar
        self._matcher = matcher
        with_value = [fact for fact in report.facts.values() if fact.value is not None]
        #: the facts whose figure the report states, and those whose figure is computed
        self.stated = [fact for fact in with_value if fact.formula is None]
        self.computed = [fact for fact in with_value if fact.formula is not None]

    def owners(self, mention: Mention) -> list[Fact]:
        """The facts whose figure this is."""
        return [fact for fact in self.stated if fact.value == mention.figure.value and self.same_unit(fact, mention)]

    def told(self, query: Query, mention: Mention) -> list[Fact]:
        """The facts whose figure a question tells on the way (那四十六万多人里头…), rounded or not."""
        said_in = next((c for c in query.around if mention in c.mentions), query.clause)
        whole = said_of_whole(said_in)
        within = whole is not said_in or any(token.values("within") for token in query.clause.tokens)
        if mention.unit in self._grammar.kinds and mention.figure.value < TELLING_FIGURE:
            return []  # 三种危房 tells no figure
        owners = self.owners(mention) or (self.nearly(whole, mention) if within else [])
        owners = owners or [fact for fact in self.computed if self.rounds_to(fact, mention)]
        return [fact for fact in owners if mention.figure.value >= TELLING_FIGURE or self._suits_any(fact, query)]

    def _suits_any(self, fact: Fact, query: Query) -> bool:
        """Whether the question names something of the fact: 三种危房 tells nothing of 三重保障."""
        named = concepts_of([query.clause, *query.around])
        return any(self._matcher.weights[name] > 1 for name in named & self._matcher.fullest.get(fact.id, frozenset()))

    def names_of(self, fact: Fact, clause: Clause) -> bool:
        """Whether the clause names something of the fact, and not only what is counted (80个专班 aren't 80家企业)."""
        named = clause.concept_names & self._matcher.fullest.get(fact.id, frozenset())
        return any(self._matcher.weights[name] > 1 for name in named)

    def names_only_deeds(self, clause: Clause, fact: Fact) -> bool:
        """Whether the clause says something, and nothing but what is done for those that the fact counts."""
        known = clause.concept_names <= self._matcher.known[fact.id]
        return clause.tells and known and not self._matcher.names_thing(clause.concept_names)

    def rounds_to(self, fact: Fact, mention: Mention) -> bool:
        """Whether a computed fact is shown as this figure (508, 17.8%)."""
        shown = [Mention(figure, "", frozenset(), "") for figure in find_figures(normalise(fact.figure))]
        return any(m.figure.value == mention.figure.value for m in shown) and self.same_unit(fact, mention)

    @staticmethod
    def same_unit(fact: Fact, mention: Mention) -> bool:
        """Whether the fact counts what the figure counts (or may count)."""
        is_percent = fact.unit == "%"
        return is_percent == mention.figure.is_percent and (not mention.counts or fact.counts in mention.counts)

    def suits(self, fact: Fact, clause: Clause, mention: Mention) -> bool:
        """Whether the words beside a figure suit the fact that has it."""
        known = self._matcher.known.get(fact.id, frozenset())
        return all(group & known or self._is_unit(group, mention) for group in clause.concepts)

    def suits_but_for_units(self, fact: Fact, clause: Clause) -> bool:
        """Whether the fact knows all that is named beside whom a figure may count (17989户还是17989人)."""
        known = self._matcher.known.get(fact.id, frozenset())
        return all(
            group & known or any(self._intents.concepts[name].counts in WHO_AND_WHERE for name in group)
            for group in clause.concepts
        )

    def only_computes(self, clause: Clause) -> bool:
        """除以, 加: whether a clause names nothing but what is to be computed."""
        return all(self._matcher.adds_up(group) or self._matcher.computes_more(group) for group in clause.concepts)

    def computes_of_units(self, clause: Clause) -> bool:
        """加 and 户 of 4795加5819多少户: whether a clause names nothing but that, and what is counted."""
        units = (frozenset(n for n in group if self._matcher.weights[n] > 1) for group in clause.concepts)
        return all(not g or self._matcher.adds_up(g) or self._matcher.computes_more(g) for g in units)

    def adds_up(self, clause: Clause) -> bool:
        """Whether a clause asks for a sum (加, unlike 除以)."""
        return any(self._matcher.adds_up(group) for group in clause.concepts)

    def divides(self, clause: Clause) -> bool:
        """摊到每个项目头上: whether a clause asks for an average or a share."""
        return any(self._matcher.computes_more(group) for group in clause.concepts)

    def _is_unit(self, group: frozenset[str], mention: Mention) -> bool:
        return any(self._intents.concepts[name].counts in mention.counts for name in group)

    def is_plain(self, clause: Clause, mention: Mention) -> bool:
        """Nothing telling beside the figure but its unit."""
        return all(
            self._is_unit(group, mention) or max(self._matcher.weights[name] for name in group) <= 1
            for group in clause.concepts
        )

    def nearly(self, clause: Clause, mention: Mention) -> list[Fact]:
        """The facts that a rounded figure (十万出头) may mean."""
        if not mention.is_open_ended and not clause.relations:
            return []
        figure = mention.figure
        return [
            fact
            for fact in self.stated
            if self.same_unit(fact, mention)
            and self.suits(fact, clause, mention)
            and abs((fact.value or 0) - figure.value) <= figure.value / 5
            and self.holds(fact, mention, clause.relations)
        ]

    def rounded(self, mention: Mention) -> list[Fact]:
        """62万, 4.2万人: the facts that a figure of at least two digits, said in 万 or 亿, is a rounding of."""
        figure = mention.figure
        if figure.is_percent or figure.grain < _ROUNDS or figure.value < figure.grain * TELLING_FIGURE:
            return []
        near = (fact for fact in self.stated if self.same_unit(fact, mention))
        return [
            fact for fact in near if supports(fact.value or Decimal(0), figure.value, figure.grain, (), open_ended="")
        ]

    def holds(self, fact: Fact, mention: Mention, relations: Sequence[str]) -> bool:
        """Whether the figure, as rounded as it was said, is the fact's."""
        figure = mention.figure
        if fact.value is None or not (self.same_unit(fact, mention) or _is_bare_share(fact, mention)):
            return False
        said = mention.relations or frozenset(relations) - mention.not_its - {"exactly"}  # 我刚好听说…
        if turns(fact, said):
            return False
        if fact.formula and not fact.is_sum:
            said -= {"exactly"}  # a share is only shown rounded
        scale = self._intents.unit_scales.get(mention.unit, Decimal(1))
        if fact.formula and not (fact.is_sum or said or mention.open_ended):  # 70.9%, of what is 70.8984…
            rounded = max(figure.grain * scale / 2, fact.value * _AS_SHOWN)
            return abs(fact.value - figure.value * scale) <= rounded
        return supports(
            fact.value, figure.value * scale, figure.grain * scale, said - {fact.bound}, open_ended=mention.open_ended
        )

    def is_true(self, fact: Fact, clause: Clause, mention: Mention, relations: Sequence[str]) -> bool:
        """Whether what is said of the figure, or denied of it, is so of the fact."""
        if fact.value is not None and tells_rest(fact, clause, mention):
            return self.holds(fact._replace(value=_WHOLE - fact.value), mention, relations)  # 自己只掏6%
        if self._is_short_of(clause, mention):
            return self.holds(fact, mention._replace(relations=frozenset({"below"}), open_ended=""), relations)
        return self.holds(fact, mention, relations) != self.is_negated(clause, mention)

    def _is_short_of(self, clause: Clause, mention: Mention) -> bool:
        """没有一千个: says that there are fewer."""
        at = clause.place_of(mention) or 0
        at -= at > 1 and clause.tokens[at - 1].text in self._grammar.has  # 没有到一千个
        before = clause.tokens[at - 1] if at else None
        if before is None or not (before.values("none") or before.values("undone")):
            return False
        return not mention.is_open_ended or mention.text[0] in _REACHING  # 没上千

    def is_negated(self, clause: Clause, mention: Mention) -> bool:
        """光伏电站没有975个: whether the figure is denied rather than claimed."""
        # 不是才八成吗 and 难道不是才八成 claim what they deny, and so does 不是一千个嘛，对不对.
        at = clause.place_of(mention) or 0
        asks_back = clause.tokens[0].text in self._grammar.asks_back_at_start
        asks_back = asks_back or any(t.text in self._grammar.asks_back_at_end for t in clause.tokens[at:])
        asks_back = asks_back or any(token.text in self._grammar.asks_back for token in clause.tokens)
        claims = any(t.values("claim") or t.text in self._grammar.instead for t in clause.tokens[at:])
        asks_back = asks_back or (clause.is_question and not claims)  # 不是33个？, unlike 不是33个吧？
        negated, before = False, clause.tokens[0]
        for token in clause.tokens:
            turned = token.values("equals") and not before.values("not")  # 不是四级是五级
            before = token
            if token.figure is mention.figure:
                return negated
            if asks_back and token.values("not"):
                return False
            if token.figure or turned or token.text in self._grammar.instead:
                negated = False  # 不是900个，而是975个
            elif (token.values("not") or token.values("none")) and not token.values("relation"):
                negated = True  # but 没到十万 says how many
        return False

    @staticmethod
    def is_near(value: Decimal, query: Query, mention: Mention) -> bool:
        """光伏带动十万多人: whether the number would be right, whatever it counts."""
        figure, open_ended = mention.figure, mention.open_ended
        return supports(value, figure.value, figure.grain, query.relations, open_ended=open_ended)


def cannot_be(fact: Fact, mention: Mention) -> bool:
    """Whether a figure says nothing of a fact: a list has no share (3.68亿里大病保险占一半), 1200 is no percentage."""
    listed = bool(fact.members and mention.counts) and fact.counts not in mention.counts
    return listed or (fact.unit == "%" and not mention.figure.is_percent and mention.figure.value > _WHOLE)


def tells_rest(fact: Fact, clause: Clause, mention: Mention) -> bool:
    """自己只掏6%, 94%是自己掏的: whether a figure is said to be what the fact's share leaves of 100 %."""
    at = clause.place_of(mention) or 0
    begin = next((n + 1 for n in range(at - 1, -1, -1) if clause.tokens[n].figure), 0)
    behind = clause.tokens[at + 1 :]
    said = clause.tokens[begin:at] + (behind if behind and behind[0].values("equals") else [])
    return fact.tells_rest("".join(token.text for token in said))


def turns(fact: Fact, relations: Iterable[str]) -> bool:
    """不高于10%, of what is above it: whether a claim turns a bound round."""
    return not _TURNED.get(fact.bound, frozenset()).isdisjoint(relations)


def said_of_whole(clause: Clause) -> Clause:
    """四十多万喝上好水的人 in …里面贫困的是多少: what a clause says of the whole that it asks a part of."""
    within = next((n for n, token in enumerate(clause.tokens) if _is_within(token)), 0)
    if not within:
        return clause
    groups = sum(bool(token.values("concept")) for token in clause.tokens[:within])
    return clause.but(tokens=clause.tokens[:within], concepts=clause.concepts[:groups])


def _is_within(token: Token) -> bool:
    """里头, and 里有, unlike 有."""
    return bool(token.values("within")) or (bool(token.values("contains")) and len(token.text) > 1)


def _is_bare_share(fact: Fact, mention: Mention) -> bool:
    """入住率九十九点五: a share said without %."""
    return fact.unit == "%" and not mention.counts and not mention.figure.is_percent and mention.figure.value <= 100


def denies_behind(clause: Clause, mention: Mention) -> bool:
    """Whether what is said of what a figure counts is denied."""
    at = clause.place_of(mention)
    if at is None:
        return False
    says = next((n for n in range(at, len(clause.tokens)) if clause.tokens[n].values("equals")), None)
    if says is not None and not any(token.values("not") for token in clause.tokens[at : says + 2]):
        return False  # 是累计数而不是一年的: first it is said what it is
    behind = clause.tokens[at + 1 : -1]
    threes = zip(clause.tokens[at:], clause.tokens[at + 1 :], clause.tokens[at + 2 :], strict=False)
    denies = any(
        token.values("not")
        and not token.values("relation")
        and not (mention.counts & {*before.values("concept")} and {*then.values("concept")} & WHO_AND_WHERE)
        for before, token, then in threes
    )  # …，是村不是户 denies nothing
    return denies and not any(token.figure for token in behind)
