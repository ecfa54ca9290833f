"""Claims that lean on what was just stated: 是不是9万, 按人算是三万多吧, 村子是474个？"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.knowledge.intents import Intents
from bot.knowledge.model import Fact, Report
from bot.language.lexicon import Token
from bot.understanding.claims_of_all import ClaimsOfAll
from bot.understanding.clause import TELLING_FIGURE, UNCOUNTABLE, WHO_AND_WHERE, Clause, Mention
from bot.understanding.decision import Finding
from bot.understanding.figure_claims import FigureClaims
from bot.understanding.figure_facts import FigureFacts
from bot.understanding.matcher import Matcher
from bot.understanding.query import Query, counted_by

#: figures of which each is claimed of what was told in its unit
_SEVERAL = 2
#: all that a claim of a figure says which names nothing
_ABOUT_FIGURE = ("not", "equals", "filler", "claim")
#: weight from which a concept names one fact
_NAMES_ONE = 5
#: kinds of word that stand beside a unit in 不会是户数吧
_BESIDE_UNIT = ("equals", "not", "undone_next", "filler", "claim")
#: what a number may be taken to count
_UNITS = WHO_AND_WHERE | UNCOUNTABLE
#: ends 有个, by which people point at a number they remember
_ONE = "个"
#: how many times a fact's figure one may be that is claimed of it
_NEAR = Decimal("1.5")
#: the most that a share can be (percent)
_WHOLE = 100


class ClaimsOnSaid:
    """The step that checks a figure against the facts that were stated last, or against what belongs to them."""

    def __init__(
        self, intents: Intents, matcher: Matcher, claims: FigureClaims, figures: FigureFacts, report: Report
    ) -> None:
        self._intents = intents
        self._matcher = matcher
        self._claim_steps = claims
        self._figures = figures
        self._of_all = ClaimsOfAll(intents, matcher, figures, report)
        self._report = report

    def check(
        self, query: Query, said: Sequence[Fact], before: Sequence[str] = (), computed: Fact | None = None
    ) -> Finding | None:
        """The finding for a claim about one of the facts `said`, or about one of its topic in the unit claimed.

        `before`: the facts that were stated before those.
        `computed`: what the message asks to compute over them (平均一人次六百块吧), which it is about then.
        """
        clause = query.clause
        if not said or not clause.mentions or clause.guards or self._claim_steps.asks_otherwise(query):
            return None
        claimed = [mention for mention in clause.mentions if not self._figures.is_negated(clause, mention)]
        mention = (claimed or clause.mentions)[-1]
        unit = self._unit(clause, mention)
        if not self._claims(query, unit):
            return None
        if self._is_of_another(clause, mention, said, before) or self._tells_of_figure(clause, mention, said):
            return None
        if "home" in clause.marks and any(self._matcher.weights[name] > 1 for name in clause.concept_names):
            return None  # 全市贫困人口是25.6万吧, after how many were moved, says itself of whom
        if len(said) == 1 and said[0].members and not clause.tells and not mention.figure.is_percent:
            holds = mention.figure.value == len(said[0].members)  # 一共七位，对吧
            return Finding("answer", "claim_on", (said[0].id,), confidence=85.0, verdict=holds, mention=mention)
        if computed is None and self._matcher.computes_more(clause.concept_names) and not self._is_told(clause, said):
            return None
        fact = computed or self._meant(query, mention, unit, said)
        if fact is None:
            return None
        holds = self._figures.holds(fact, mention, query.relations) or _has_digits(fact, clause, mention)
        other_unit = unit and unit <= _UNITS and fact.counts not in {*unit, ""} and not mention.figure.is_percent
        if other_unit and fact in said:
            named = frozenset(name for name in clause.concept_names if self._matcher.weights[name] > 1)
            if mention.figure.value != fact.value and named - self._matcher.known[fact.id]:
                return None  # 花了八个亿是不是, after a number of projects
            holds = False  # 户数写的98157, of people
        at = clause.place_of(mention) or 0
        asks_back = any(token.text in self._intents.grammar.asks_back_on_said for token in clause.tokens[at:])
        if not asks_back and not claimed:
            holds = not holds  # 没有9万吧 denies; 不是9万吗 asks
        if holds and (share := self._of_all.only_a_share(clause, fact)):
            return share  # 那46.68万全是贫困人口
        if holds and not query.clause.ask.kind and any(self._is_other_thing(group, fact) for group in clause.concepts):
            plain = mention.figure.value == fact.value and not query.relations
            copulas = self._intents.grammar.copulas
            equates = any(t.values("equals") or t.values("not") or t.text[-1] in copulas for t in clause.tokens)
            if plain and not equates:
                # 32715人都脱贫了吧
                return Finding("abstain", "claim_on", options=(fact.id,), reason="unmatched", confidence=75.0)
            holds = False  # 那4.8亿元总归是乡村旅游挣的吧, after 光伏
        return Finding("answer", "claim_on", (fact.id,), confidence=85.0, verdict=holds, mention=mention)

    def _tells_of_figure(self, clause: Clause, mention: Mention, said: Sequence[Fact]) -> bool:
        """那25.6万是全市所有人吗, after those at work: whether another fact's figure is what something is said of."""
        at = clause.place_of(mention)
        if at is None or not all(token.values("filler") for token in clause.tokens[:at]):
            return False
        behind = next((t for t in clause.tokens[at + 1 :] if not (self._unit_named(t) or t.values("classifier"))), None)
        if behind is None or behind.text not in self._intents.grammar.copulas:
            return False
        topics = self._report.topics_of(*(fact.id for fact in said))
        owners = (fact for fact in self._figures.owners(mention) if fact not in said)
        return mention.figure.value >= TELLING_FIGURE and any(owner.topic in topics for owner in owners)

    def each(self, query: Query, said: Sequence[Fact], before: Sequence[Fact]) -> list[Finding]:
        """33个县7个村，写反了吧, after both: each figure checked against what was told in its unit; else []."""
        clause = query.clause
        units = frozenset().union(*(mention.counts for mention in clause.mentions))
        plain = all(group & units for group in clause.concepts) and not (clause.guards or clause.relations)
        if len(clause.mentions) < _SEVERAL or not query.is_claim or not plain:
            return []
        found: list[Finding] = []
        for mention in clause.mentions:
            counted = [[fact for fact in facts if fact.counts in mention.counts] for facts in (said, before)]
            like = next((facts for facts in counted if facts), [])
            if len(like) != 1:
                return []
            holds = self._figures.is_true(like[0], clause, mention, ())
            told = Finding("answer", "claim_on", (like[0].id,), confidence=85.0, verdict=holds, mention=mention)
            found.append(told)
        return found

    def of_another(self, query: Query, said: Sequence[Fact]) -> Finding | None:
        """那新型经营主体也是6.07万咯: the figure told of one thing is claimed of another, counted in the same unit."""
        clause = query.clause
        if len(said) != 1 or len(clause.mentions) != 1 or clause.guards or query.clause.ask.kind:
            return None
        (fact,), (mention,) = said, clause.mentions
        named = frozenset(name for name in clause.concept_names if self._matcher.weights[name] > 1)
        other = self._matcher.names_thing(named - self._matcher.known[fact.id])
        at = clause.place_of(mention) or 0
        before = {name for token in clause.tokens[:at] for name in token.values("concept")}
        if not other or not named & before or any(token.values("not") for token in clause.tokens):
            return None  # 32715人都脱贫了吧 says something of those counted
        if mention.figure.value != fact.value or (mention.counts and fact.counts not in mention.counts):
            return None
        alike = (f for f in self._report.facts.values() if f.counts == fact.counts and f.formula is None)
        meant = [f for f in alike if named <= self._matcher.known[f.id]]
        if len(meant) != 1:
            return None
        holds = self._figures.is_true(meant[0], clause, mention, query.relations)
        return Finding("answer", "claim_on", (meant[0].id,), confidence=85.0, verdict=holds, mention=mention)

    def of_figure_alone(self, query: Query, said: Sequence[Fact], options: Sequence[str]) -> Finding | None:
        """不是600吗, after 94%; 是4.8亿吧, after a choice: a bare figure is claimed of what was told.

        `options`: the facts offered last, of which the figure must be one where nothing was told since.
        """
        clause = query.clause
        only = all(token.figure or any(map(token.values, _ABOUT_FIGURE)) for token in clause.tokens)
        says = only and any(token.values("not") or token.values("equals") for token in clause.tokens)
        denies = self._figures.is_negated(clause, clause.mentions[0]) if clause.mentions else False
        asks = clause.tokens[-1].text in self._intents.grammar.asks_back_on_said
        if not (says and asks) or len(clause.mentions) != 1 or clause.mentions[0].unit or denies or query.around:
            return None
        mention = clause.mentions[0]
        if len(said) == 1 and said[0].value is not None:
            return Finding("answer", "claim_on", (said[0].id,), confidence=80.0, verdict=False, mention=mention)
        offered = [fact for id in options if (fact := self._report.facts.get(id)) and fact.value is not None]
        if said or len(offered) < _SEVERAL:
            return None
        true = [fact for fact in offered if self._figures.holds(fact, mention, query.relations)]
        if len(true) == 1:
            return Finding("answer", "claim_on", (true[0].id,), confidence=80.0, verdict=True, mention=mention)
        return Finding("clarify", "rivals", options=tuple(fact.id for fact in offered), confidence=80.0)

    def of_refused(self, query: Query, refused: Sequence[str], said: Sequence[Fact]) -> Finding | None:
        """有3000吗, after 工资多少: a bare figure of what was just refused is claimed of nothing told before.

        `refused`: what the question was about that the report doesn't tell, if that was the last one.
        """
        clause = query.clause
        whether = (
            query.is_claim or clause.is_question or clause.tokens[-1].text in self._intents.grammar.whether_endings
        )
        names = any(self._matcher.weights[name] > 1 for name in clause.concept_names)
        if not (refused and whether and len(clause.mentions) == 1) or names or clause.ask.kind or query.around:
            return None
        owned = set(self._figures.owners(clause.mentions[0])) - {*said}  # 不是有个26.9亿吗
        if owned or any(fact.counts in clause.mentions[0].counts for fact in said):
            return None
        ids = tuple(fact.id for fact in said)
        return Finding("abstain", "claim_on", options=ids, reason="unmatched", confidence=75.0)

    def of_untold(self, query: Query, options: Sequence[str]) -> Finding | None:
        """94%吧, after 门诊报销多少: a figure that is claimed of what was just refused, and of nothing else.

        `options`: the facts that were offered beside the refusal.
        """
        clause = query.clause
        whether = clause.is_question or clause.tokens[-1].text in self._intents.grammar.whether_endings
        claims = (query.is_claim or whether) and len(clause.mentions) == 1
        names = any(self._matcher.weights[name] > 1 for name in clause.concept_names)
        remembers = any(token.values("not") for token in clause.tokens)  # 不是有个26.9亿吗
        if not claims or names or remembers or clause.ask.kind or clause.guards or query.around:
            return None
        return Finding("abstain", "claim_on", options=tuple(options), reason="unmatched", confidence=75.0)

    def of_overview(self, query: Query, topic: str | None, said: Sequence[Fact]) -> Finding | None:
        """没到十万吧, after how the relocation went: a bare figure is claimed of the only one near it there."""
        clause = query.clause
        names = any(self._matcher.weights[name] > 1 for name in clause.concept_names)
        bare = query.is_claim and len(clause.mentions) == 1 and not (names or clause.unknown or query.around)
        asks = clause.ask.interrogative and clause.ask.kind
        if said or not topic or not bare or clause.guards or asks:
            return None
        mention = clause.mentions[0]
        of_topic = [f for f in self._report.facts.values() if f.value and self._report.topics_of(f.id) == {topic}]
        alike = [f for f in of_topic if self._figures.same_unit(f, mention) and _is_near(f, mention)]
        true = [f for f in alike if self._figures.holds(f, mention, query.relations)]
        if len(alike) != 1 and len(true) != 1:
            return None
        meant = true[0] if len(alike) > 1 else alike[0]
        verdict = meant in true and not self._figures.is_negated(clause, mention)
        return Finding("answer", "claim_on", (meant.id,), confidence=80.0, verdict=verdict, mention=mention)

    def of_no_sum(self, query: Query, said: Sequence[Fact]) -> Finding | None:
        """两样加埋有冇十五万人, 平均一个县二十来个村吧: claimed of what was told, of which nothing is computed."""
        clause = query.clause
        computes = self._matcher.computes_more
        units = all(self._matcher.weights[name] <= 1 or computes([name]) for name in clause.concept_names)
        claims = clause.mentions and computes(clause.concept_names) and units and not clause.guards
        if not said or not claims or self._is_told(clause, said):
            return None
        ids = tuple(fact.id for fact in said)
        return Finding("abstain", "compute_on", options=ids, reason="unmatched", confidence=75.0)

    def denied(self, query: Query, said: Sequence[Fact]) -> Finding | None:
        """都是县级领导牵头的吧, after the task forces: whether a word denies what was just stated."""
        clause = query.clause
        claims = query.is_claim or (clause.is_question and not clause.is_elliptical)
        asks = clause.ask.kind or self._intents.grammar.asks(clause.text)  # 是哪个区跟他们结对呢
        if not claims or asks or any(token.values("not") for token in clause.tokens):
            return None
        denied = [
            fact
            for fact in said
            if fact.is_denied_by(clause.stated)
            and not fact.is_denied_in_turn(clause.stated, self._intents.grammar.denying)  # 没全报吧
            and (clause.concept_names & self._matcher.known[fact.id] or not clause.concepts)  # 我怎么听说只有六长
            and not any(self._names_other(token, fact) for token in clause.tokens)
        ]
        ids = tuple(fact.id for fact in denied)
        return Finding("answer", "claim_on", ids, confidence=80.0, verdict=False) if len(ids) == 1 else None

    def of_unit(self, query: Query, said: Sequence[Fact]) -> Finding | None:
        """不会是户数吧, after 98157: whether what was told is counted in what is claimed of it."""
        clause, grammar = query.clause, self._intents.grammar
        claims = query.is_claim or clause.is_question or clause.tokens[-1].text in grammar.whether_endings
        numbers = [fact for fact in said if fact.value is not None]
        if len(numbers) != 1 or clause.mentions or not claims:
            return None
        units = [(token, unit) for token in clause.tokens if (unit := self._unit_named(token))]
        beside = [token for token in clause.tokens if not any(token is named for named, _ in units)]
        before = clause.tokens[: clause.tokens.index(units[0][0])] if len(units) == 1 else []
        is_ = any(token.values("equals") or token.values("not") for token in before)  # unlike 换成人数是？
        if len(units) != 1 or not is_ or not all(any(map(token.values, _BESIDE_UNIT)) for token in beside):
            return None
        holds = numbers[0].counts in units[0][1]
        # 不是人数吧, unlike 不是人数吗 and 难道不是人数吗
        turned = any(token.text in grammar.asks_back for token in beside)
        denies = any(token.values("not") for token in beside) and query.is_claim and not turned
        return Finding("answer", "claim_on", (numbers[0].id,), confidence=85.0, verdict=holds is not denies)

    def _unit_named(self, token: Token) -> frozenset[str]:
        """What 户数 or 人 counts; empty for 多少户, and for what counts nothing."""
        if self._intents.grammar.asks_number(token.text):
            return frozenset()
        concepts = self._intents.concepts
        named = (name for name in token.values("concept") if name == concepts[name].counts)  # unlike 非贫困村
        return frozenset({*token.values("quantity"), *named}) & _UNITS

    @staticmethod
    def _is_told(clause: Clause, said: Sequence[Fact]) -> bool:
        """合计26.9亿元, after the total: whether the figure was told, or what was told is computed."""
        values = {mention.figure.value for mention in clause.mentions}
        return any(fact.formula or fact.value in values for fact in said)

    def _names_other(self, token: Token, fact: Fact) -> bool:
        """四包, after the task forces: a thing that the fact isn't about, and that denies nothing of it."""
        named = frozenset(token.values("concept")) - self._matcher.fullest.get(fact.id, frozenset())
        tells = any(self._matcher.weights[name] >= _NAMES_ONE for name in named)
        return tells and not fact.is_denied_by(token.text)

    def _is_of_another(self, clause: Clause, mention: Mention, said: Sequence[Fact], before: Sequence[str]) -> bool:
        """1020？, or 那1090个没错吧 of what was told before: whether the figure is another fact's own.

        So it is of 62.04万是人头数 after what was computed of it.
        """
        owners = {fact.id for fact in self._figures.owners(mention)} - {fact.id for fact in said}
        operands = {operand for fact in said if fact.formula for operand in fact.formula.operands}
        ends = clause.text.endswith(tuple(self._intents.grammar.asks_if_there))
        has = any(t.values("contains") and t.text.endswith(_ONE) for t in clause.tokens)  # 不是有个二十六亿九吗
        asks_for_it = (ends or has) and self._figures.is_plain(clause, mention)  # 4212这个有没有
        ids = {fact.id for fact in said}
        parts = {part for part, whole in self._report.wholes.items() if whole in ids}  # 其中有8.3万贫困人口吧
        near = {*operands, *before, *parts}
        return bool(owners) and (len(clause.tokens) == 1 or asks_for_it or bool(owners & near))

    def _is_other_thing(self, group: frozenset[str], fact: Fact) -> bool:
        """Whether a word names a thing that the fact says nothing of."""
        return self._matcher.names_thing(group) and group.isdisjoint(self._matcher.known[fact.id])

    def _claims(self, query: Query, unit: frozenset[str]) -> bool:
        clause = query.clause
        if clause.ask.kind == "what" and not query.is_claim:
            return False
        denied = any(token.values("not") for token in clause.tokens)
        asks = clause.is_question and not clause.is_elliptical  # 1020呢？ asks what it is
        if clause.is_elliptical and not clause.tells and any(m.is_open_ended for m in clause.mentions):
            return True  # 9.9万多呢
        writes = self._intents.grammar.writes
        says = (token.values("equals") or token.text in writes for token in clause.tokens)
        particles = self._intents.grammar.particles | self._intents.grammar.whether_endings
        ends = clause.tokens[-1].text in particles and not clause.is_elliptical  # 八百个嘛
        concludes = clause.tokens[0].values("equals") or any(m.is_open_ended for m in clause.mentions)  # 九百多个
        counts = bool(unit) or any(m.unit or m.is_open_ended for m in clause.mentions)
        states = counts and not clause.tells and bool(ends or concludes or any(says))  # 人数写的98175
        return bool(query.is_claim or query.relations or denied or asks or states)

    def _unit(self, clause: Clause, mention: Mention) -> frozenset[str]:
        """What the clause says that its figure counts: 人 in 按人算是三万多; empty if it doesn't."""
        if clause.ask.explicit and clause.ask.counts:
            return clause.ask.counts
        return counted_by(clause, self._intents) or mention.counts

    def _meant(self, query: Query, mention: Mention, unit: frozenset[str], said: Sequence[Fact]) -> Fact | None:
        numbers = [fact for fact in said if fact.value is not None]
        told = [fact for fact in numbers if fact.value == mention.figure.value >= TELLING_FIGURE]
        if len(told) == 1:
            return told[0]  # 是8.3万户吧, after 8.3万人
        if unit and numbers and not any(fact.counts in unit for fact in numbers):
            # 那就是四成左右, after two numbers of people: only a share of these is meant
            bare = mention.figure.is_percent and not query.clause.tells
            siblings = self._shares_of(said) if mention.figure.is_percent else []
            siblings = siblings or ([] if bare else self._siblings(unit, numbers))
            if siblings:
                return siblings[0] if len(siblings) == 1 else None
        suits = [fact for fact in numbers if self._figures.suits(fact, query.clause, mention)]
        like = [fact for fact in suits if self._figures.same_unit(fact, mention)]
        like = [fact for fact in like if fact.counts in unit] or like  # 户数不是两万五吗, after households and people
        if mention.figure.is_percent and not like:
            like = suits = self._shares_of(said)  # 也就是占不到两成: of what was stated, the share
        if not like and not mention.figure.is_percent and mention.figure.value > _WHOLE:
            suits = [fact for fact in suits if fact.unit != "%"]  # 那18万多是…, after a share
        return (like or suits)[0] if len(like or suits) == 1 else None

    def _siblings(self, unit: frozenset[str], said: Sequence[Fact]) -> list[Fact]:
        """The facts in that unit which have most in common with what was stated, in its topic."""
        topics = self._report.topics_of(*(fact.id for fact in said))
        around = frozenset().union(*(self._matcher.fullest.get(fact.id, frozenset()) for fact in said))
        shared = {
            fact.id: self._matcher.weight(self._matcher.shares(fact.id, around))
            for fact in self._report.facts.values()
            if fact.topic in topics and fact.value is not None and fact.counts in unit
        }
        most = max(shared.values(), default=0)
        return [self._report.facts[id] for id, weight in shared.items() if weight == most > 0]

    def _shares_of(self, facts: Sequence[Fact]) -> list[Fact]:
        """The shares that are computed over any of the facts."""
        ids = {fact.id for fact in facts}
        computed = (fact for fact in self._report.facts.values() if fact.formula and fact.unit == "%")
        return [fact for fact in computed if fact.formula and ids & set(fact.formula.operands)]


def _has_digits(fact: Fact, clause: Clause, mention: Mention) -> bool:
    """是不是130, after 130万千瓦: whether the digits told are claimed, and no scale or unit behind them."""
    at = clause.place_of(mention)
    digits = clause.tokens[at].text if at is not None else ""
    plain = digits.isascii() and len(digits) > 1 and not mention.unit
    return plain and fact.figure.startswith((f"{digits}万", f"{digits}亿"))


def _is_near(fact: Fact, mention: Mention) -> bool:
    """Whether a figure may be meant for a fact's: nobody takes one for much more, or for much less."""
    value, claimed = fact.value or 0, mention.figure.value
    return bool(value and claimed) and max(value, claimed) < min(value, claimed) * _NEAR
