"""Figures in a message: which fact has it (747), and does a claim about it hold (800个村脱贫了吧)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.knowledge.intents import Intents
from bot.knowledge.model import Fact, Report
from bot.language.normalise import normalise
from bot.understanding.claims import supports
from bot.understanding.clause import Ask, Clause, Mention
from bot.understanding.decision import Finding
from bot.understanding.judge import MAX_OPTIONS, Judge, best_of, confidence
from bot.understanding.matcher import Matcher, Question
from bot.understanding.query import Query, concepts_of

#: unknown characters beside a bare figure that are still taken for chatter
_CHATTER = 8
#: weighted share of a claim in words that must be understood before it is checked
_CLAIM_EXPLAINED = 0.75
#: … and this much of one about a figure that names no figure
_CLAIM_KNOWN = 0.95
#: a smaller figure has too many owners to name one of them as its true owner
_TELLING_FIGURE = 10
#: endings that turn 不是9万 into a question
_ASKS_BACK = ("吗", "么", "嘛", "吧")


class FigureSteps:
    """The steps that start from a figure, or from a claim."""

    def __init__(self, intents: Intents, matcher: Matcher, judge: Judge, report: Report) -> None:
        self._intents = intents
        self._matcher = matcher
        self._judge = judge
        self._facts = [fact for fact in report.facts.values() if fact.value is not None and fact.formula is None]
        self._report = report
        self._by_figure: dict[str, list[str]] = {}
        for fact in report.facts.values():
            self._by_figure.setdefault(normalise(fact.figure), []).append(fact.id)

    def owners(self, mention: Mention) -> list[Fact]:
        """The facts whose figure this is."""
        return [fact for fact in self._facts if fact.value == mention.figure.value and self._same_unit(fact, mention)]

    def verbatim(self, plain: str) -> Finding | None:
        """A message that is nothing but a fact's figure, number or not: 010-65363056, 三位一体."""
        facts = self._by_figure.get(plain, ())
        return Finding("answer", "bare_figure", tuple(facts), confidence=97.0) if len(facts) == 1 else None

    def told(self, query: Query, mention: Mention) -> list[Fact]:
        """The facts whose figure a question tells on the way (那四十六万多人里头…), rounded or not."""
        within = any(token.values("within") for token in query.clause.tokens)
        owners = self.owners(mention) or (self._nearly(query.clause, mention) if within else [])
        return [fact for fact in owners if mention.figure.value >= _TELLING_FIGURE or self._suits_any(fact, query)]

    def _suits_any(self, fact: Fact, query: Query) -> bool:
        """Whether the question names something of the fact: 三种危房 tells nothing of 三重保障."""
        named = concepts_of([query.clause, *query.around])
        return any(self._matcher.weights[name] > 1 for name in named & self._matcher.fullest.get(fact.id, frozenset()))

    @staticmethod
    def _same_unit(fact: Fact, mention: Mention) -> bool:
        is_percent = fact.unit == "%"
        return is_percent == mention.figure.is_percent and (not mention.counts or fact.counts in mention.counts)

    # ---- a figure and nothing else

    def bare_figure(self, query: Query) -> Finding | None:
        """A figure, and no more than the question what it is: which fact has it?"""
        clause, mentions, ask = query.clause, query.mentions, query.clause.ask
        if not mentions or len({m.figure.value for m in mentions}) > 1 or query.is_claim or clause.guards:
            return None
        if "none" in clause.marks or any(c.guards or (c.concepts and not c.mentions) for c in query.around):
            return None
        mention = max(mentions, key=lambda m: bool(m.counts))
        if ask.kind in ("why", "when", "who", "name", "which") or (ask.kind == "quantity" and mention.unit):
            return None  # 5个县是哪几个 asks for their names, 1912户有多少人 for people
        if sum(len(word) for word in clause.unknown) > _CHATTER:
            return None
        owners = [fact for fact in self.owners(mention) if self._suits(fact, clause, mention)]
        if not owners and self._is_plain(clause, mention):
            owners = self._nearly(clause, mention)
            if not owners:
                words = (mention.text,)
                return Finding("abstain", "bare_figure", reason="figure", words=words, confidence=90.0, mention=mention)
        ids = tuple(fact.id for fact in owners)
        if len(ids) == 1:
            return Finding("answer", "bare_figure", ids, confidence=97.0, mention=mention)
        if ids:
            return Finding("clarify", "bare_figure", options=ids[:MAX_OPTIONS], confidence=80.0, mention=mention)
        return None

    def _is_unit(self, group: frozenset[str], mention: Mention) -> bool:
        return any(self._intents.concepts[name].counts in mention.counts for name in group)

    def _suits(self, fact: Fact, clause: Clause, mention: Mention) -> bool:
        """Whether the words beside a figure suit the fact that has it."""
        known = self._matcher.known.get(fact.id, frozenset())
        return all(group & known or self._is_unit(group, mention) for group in clause.concepts)

    def _is_plain(self, clause: Clause, mention: Mention) -> bool:
        """Nothing telling beside the figure but its unit."""
        return all(
            self._is_unit(group, mention) or max(self._matcher.weights[name] for name in group) <= 1
            for group in clause.concepts
        )

    def _nearly(self, clause: Clause, mention: Mention) -> list[Fact]:
        """The facts that a rounded figure (十万出头) may mean."""
        if not mention.is_open_ended and not clause.relations:
            return []
        figure = mention.figure
        return [
            fact
            for fact in self._facts
            if self._same_unit(fact, mention)
            and self._suits(fact, clause, mention)
            and abs((fact.value or 0) - figure.value) <= figure.value / 5
            and self._holds(fact, mention, clause.relations)
        ]

    # ---- claims

    def claims(self, query: Query) -> list[Finding]:
        """Statements to check against the report: one finding per figure claimed, what is wrong first."""
        mentions = query.mentions
        if not (mentions or query.is_claim) or self._asks_otherwise(query):
            return []
        if len(mentions) > 1 and not query.is_claim:
            return []
        found = [
            (self._stated(query, mention) if len(mentions) > 1 else None) or self._claim(query, mention)
            for mention in query.clause.mentions or mentions
        ]
        if not mentions:
            found = [self._claim_in_words(query)]
        return sorted((f for f in found if f), key=lambda f: f.verdict is not False)

    @staticmethod
    def _asks_otherwise(query: Query) -> bool:
        """Whether a question word asks for something else than whether the claim holds."""
        ask = query.clause.ask
        if ask.kind == "how":
            return not (query.is_claim and query.clause.mentions)  # 咋 closes a Cantonese statement
        if query.is_claim and _is_vague(query.clause):
            return False
        if ask.kind == "quantity" and not ask.interrogative:
            return not query.is_claim and not _is_said_of_number(query.clause)
        return ask.kind not in ("", "what", "yesno")

    def about(self, query: Query, facts: Sequence[Fact]) -> Finding | None:
        """是不是9万, 不到27亿吧: a claim about one of the facts that were just stated."""
        clause = query.clause
        claimed = [mention for mention in clause.mentions if not _is_negated(clause, mention)]
        if not clause.mentions or self._asks_otherwise(query) or (clause.ask.kind == "what" and not query.is_claim):
            return None
        mention = (claimed or clause.mentions)[-1]
        denied = any(token.values("not") for token in clause.tokens)
        asks = clause.is_question and not clause.is_elliptical  # 1020呢？ asks what it is
        if not (query.is_claim or query.relations or denied or asks):
            return None
        suits = [fact for fact in facts if fact.value is not None and self._suits(fact, clause, mention)]
        like = [fact for fact in suits if self._same_unit(fact, mention)]
        if mention.figure.is_percent and not like:
            like = self._shares_of(facts)  # 也就是占不到两成: of what was stated, the share
        if len(like or suits) != 1:
            return None
        fact = (like or suits)[0]
        holds = self._holds(fact, mention, query.relations)
        if clause.tokens[-1].text not in _ASKS_BACK and not claimed:
            holds = not holds  # 没有9万吧 denies; 不是9万吗 asks
        return Finding("answer", "claim_on", (fact.id,), confidence=85.0, verdict=holds, mention=mention)

    def _shares_of(self, facts: Sequence[Fact]) -> list[Fact]:
        """The shares that are computed over any of the facts."""
        ids = {fact.id for fact in facts}
        computed = (fact for fact in self._report.facts.values() if fact.formula and fact.unit == "%")
        return [fact for fact in computed if fact.formula and ids & set(fact.formula.operands)]

    def _stated(self, query: Query, mention: Mention) -> Finding | None:
        """80家企业带动3.11万户6.07万人: of several figures, one that the fact it is said of has."""
        if _is_negated(query.clause, mention):
            return None
        units = frozenset().union(*(other.counts for other in query.clause.mentions))
        beside = [
            group
            for group in query.clause.concepts
            if not all(self._intents.concepts[name].counts in units for name in group)
        ]
        owners = [
            fact
            for fact in self.owners(mention)
            if all(group & self._matcher.known.get(fact.id, frozenset()) for group in beside)
        ]
        if len(owners) != 1:
            return None
        return Finding("answer", "claim", (owners[0].id,), confidence=90.0, verdict=True, mention=mention)

    def _claim(self, query: Query, mention: Mention) -> Finding | None:
        clause = query.clause
        for question in self._claimed(query, mention):
            ranked = [c for c in self._matcher.rank(question) if not c.is_overview]
            best = best_of(ranked)
            if best is not None and self._judge.is_sure(best, ranked):
                break
        else:
            return self._other_unit(query, mention)
        if best.is_unanswered:
            return None
        fact = self._report.facts[best.target]
        if "number" in fact.answers:
            holds = mention.text in fact.figure  # 版权电话是010-65363056吧
            return Finding("answer", "claim", (fact.id,), confidence=90.0, verdict=holds, mention=mention)
        if fact.value is None or self._judge.unanswered_guards(query, best):
            return None
        holds = self._holds(fact, mention, query.relations) != _is_negated(clause, mention)
        owners = [] if holds else [owner.id for owner in self.owners(mention) if owner.id != fact.id]
        if mention.figure.value < _TELLING_FIGURE and len(owners) > 1:
            owners = []
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

    def _claimed(self, query: Query, mention: Mention) -> Iterator[Question]:
        """What a figure may be claimed of, in the order to try."""
        counted = mention.counts or self._counted_before(query.clause, mention)
        ask = Ask("quantity", counted or None, explicit=bool(mention.counts), uncounted=not mention.unit)
        question = replace(query.question, ask=ask)
        yield question
        if mention.figure.is_percent:
            # 受益群众里贫困人口不足两成: a share is claimed, though no word says so.
            yield replace(question, groups=(*question.groups, self._matcher.ratios))
        if ask.explicit:
            # 光伏带动了10.69万人: nothing counts that, but what is claimed about may be known by another unit.
            yield replace(question, ask=Ask())

    def _counted_before(self, clause: Clause, mention: Mention) -> frozenset[str]:
        """带动的贫困人口接近9万: what a number without unit counts."""
        counts: frozenset[str] = frozenset()
        for token in clause.tokens:
            if token.figure is mention.figure:
                break
            names = token.values("concept")
            counts = frozenset(self._intents.concepts[n].counts for n in names) - {""} or counts
        return counts

    def _other_unit(self, query: Query, mention: Mention) -> Finding | None:
        """98157户脱贫: the figure is right, but counts something else."""
        if not mention.counts or query.guards:
            return None
        owners = [
            fact
            for fact in self._facts
            if fact.value == mention.figure.value >= _TELLING_FIGURE and self._suits(fact, query.clause, mention)
        ]
        if len(owners) != 1 or owners[0].counts in mention.counts:
            return None
        return Finding("answer", "claim", (owners[0].id,), confidence=85.0, verdict=False, mention=mention)

    def _holds(self, fact: Fact, mention: Mention, relations: Sequence[str]) -> bool:
        figure = mention.figure
        if fact.value is None or not self._same_unit(fact, mention):
            return False
        relations = [relation for relation in relations if relation != fact.bound]
        scale = self._intents.unit_scales.get(mention.unit, Decimal(1))
        return supports(
            fact.value, figure.value * scale, figure.grain * scale, relations, open_ended=mention.open_ended
        )

    def _claim_in_words(self, query: Query) -> Finding | None:
        """七长里有市长，对吧: a claim about a fact that isn't a number."""
        clause = query.clause
        if any(token.values("not") for token in clause.tokens):
            return None  # 七长不包括家长吧: what a denial denies can't be told from its words
        foreign = (*(word for _, word in clause.guards), *clause.unknown)
        question: Question = replace(query.question, ask=Ask(), guards=(), unknown=0)
        ranked = self._matcher.rank(question)
        best = best_of(ranked)
        if best is None or not best.is_fact or best.explained < _CLAIM_EXPLAINED:
            return None
        if not self._judge.is_sure(best, ranked):
            return None
        fact = self._report.facts[best.target]
        verdict: bool
        if any(word in clause.text for word in fact.denied_by) or _swaps(fact, clause.text):
            verdict = False
        elif fact.value == 0:
            if not (clause.marks & {"none", "many"} or _is_vague(clause)):
                return None
            verdict = "many" not in clause.marks and not _is_vague(clause)
        elif not fact.answers and not foreign and best.explained > _CLAIM_KNOWN:
            verdict = True  # 专班由市级领导牵头: all of it is what the paraphrases say
        elif not fact.answers or (foreign and not fact.answers & {"which", "name"}):
            return None
        else:
            verdict = not any(len(word) > 1 for word in foreign)
        return Finding(
            "answer",
            "claim_in_words",
            (fact.id,),
            confidence=min(confidence(best, ranked), 70.0 if foreign else 99.0),
            verdict=verdict,
            words=foreign,
            question=question,
            candidates=tuple(ranked[:6]),
        )


def _is_negated(clause: Clause, mention: Mention) -> bool:
    """光伏电站没有975个: whether the figure is denied rather than claimed."""
    asks_back = clause.tokens[-1].text in ("吗", "么", "嘛")  # 不是才八成吗 claims what it denies
    for token in clause.tokens:
        if token.figure is mention.figure:
            return False
        if asks_back and token.values("not"):
            return False
        if token.values("not") or token.values("none"):
            return True
    return False


def _swaps(fact: Fact, text: str) -> bool:
    """乡镇干部包户: whether something is said to go with what goes with another."""
    partners = {partner for _, partner in fact.pairs}
    for name, partner in fact.pairs:
        _, found, after = text.partition(name)
        said = min((p for p in partners if found and p in after), key=after.index, default=partner)
        if said != partner:
            return True
    return False


def _is_said_of_number(clause: Clause) -> bool:
    """数量为18个 tells a number, 因1743个主体受益的人口规模 asks for one."""
    kinds = [
        "number" if token.figure else "word" for token in clause.tokens if token.figure or token.values("quantity")
    ]
    return kinds[-1:] == ["number"]


def _is_vague(clause: Clause) -> bool:
    """还有几百个孩子辍学，对吧: 几百 claims a number, and asks for none."""
    return any(len(t.text) > 1 and t.text[0] == "几" and t.text[-1] in "十百千万" for t in clause.tokens)
