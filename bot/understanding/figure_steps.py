"""Figures in a message: which fact has it (747), and does a claim about it hold (800个村脱贫了吧)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.knowledge.intents import Intents
from bot.knowledge.model import Fact, Report
from bot.language.figures import find_figures
from bot.language.normalise import normalise
from bot.understanding.claims import supports
from bot.understanding.clause import Ask, Clause, Mention
from bot.understanding.decision import Finding
from bot.understanding.judge import MAX_OPTIONS, Judge, best_of, confidence
from bot.understanding.matcher import Candidate, Matcher, Question
from bot.understanding.query import Query, concepts_of

#: unknown characters beside a bare figure that are still taken for chatter
_CHATTER = 8
#: weighted share of a claim in words that must be understood before it is checked
_CLAIM_EXPLAINED = 0.75
#: … and this much of one about a figure that names no figure
_CLAIM_KNOWN = 0.95
#: digits from which part of a number that counts nothing (65363056) tells which it is
_TELLING_DIGITS = 7
#: share of the best's rank from which another fact may be what is claimed about as well
_AS_WELL = 0.75
#: guards by which a claim is about others than the fact is, rather than wrong about it
_ABOUT_OTHERS = frozenset({"population", "place", "ours", "time", "rate", "remaining"})
#: a smaller figure has too many owners to name one of them as its true owner
_TELLING_FIGURE = 10


class FigureSteps:
    """The steps that start from a figure, or from a claim."""

    def __init__(self, intents: Intents, matcher: Matcher, judge: Judge, report: Report) -> None:
        self._intents = intents
        self._grammar = intents.grammar
        self._matcher = matcher
        self._judge = judge
        self._facts = [fact for fact in report.facts.values() if fact.value is not None and fact.formula is None]
        self._computed = [fact for fact in report.facts.values() if fact.value is not None and fact.formula is not None]
        self._report = report
        self._by_figure: dict[str, list[str]] = {}
        for fact in report.facts.values():
            self._by_figure.setdefault(normalise(fact.figure), []).append(fact.id)

    def owners(self, mention: Mention) -> list[Fact]:
        """The facts whose figure this is."""
        return [fact for fact in self._facts if fact.value == mention.figure.value and self.same_unit(fact, mention)]

    def verbatim(self, plain: str) -> Finding | None:
        """A message that is nothing but a fact's figure, number or not: 010-65363056, 三位一体."""
        facts = self._by_figure.get(plain, [])
        if not facts and plain.isdecimal() and len(plain) >= _TELLING_DIGITS:
            facts = [id for figure, ids in self._by_figure.items() for id in ids if figure.endswith(f"-{plain}")]
        return Finding("answer", "bare_figure", tuple(facts), confidence=97.0) if len(facts) == 1 else None

    def told(self, query: Query, mention: Mention) -> list[Fact]:
        """The facts whose figure a question tells on the way (那四十六万多人里头…), rounded or not."""
        said_in = next((c for c in query.around if mention in c.mentions), query.clause)
        whole = _said_of_whole(said_in)
        within = whole is not said_in or any(token.values("within") for token in query.clause.tokens)
        if mention.unit in self._grammar.kinds and mention.figure.value < _TELLING_FIGURE:
            return []  # 三种危房 tells no figure
        owners = self.owners(mention) or (self._nearly(whole, mention) if within else [])
        return [fact for fact in owners if mention.figure.value >= _TELLING_FIGURE or self._suits_any(fact, query)]

    def _suits_any(self, fact: Fact, query: Query) -> bool:
        """Whether the question names something of the fact: 三种危房 tells nothing of 三重保障."""
        named = concepts_of([query.clause, *query.around])
        return any(self._matcher.weights[name] > 1 for name in named & self._matcher.fullest.get(fact.id, frozenset()))

    def _rounds_to(self, fact: Fact, mention: Mention) -> bool:
        """Whether a computed fact is shown as this figure (508, 17.8%)."""
        shown = [Mention(figure, "", frozenset(), "") for figure in find_figures(normalise(fact.figure))]
        return any(m.figure.value == mention.figure.value for m in shown) and self.same_unit(fact, mention)

    @staticmethod
    def same_unit(fact: Fact, mention: Mention) -> bool:
        """Whether the fact counts what the figure counts (or may count)."""
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
        means = any(token.values("equals") for token in clause.tokens) and not clause.tells  # 3.11万户指谁
        if ask.kind in ("why", "when", "name") or (ask.kind in ("who", "which") and not means):
            return None  # 5个县是哪几个 asks for their names
        if ask.kind == "quantity" and mention.unit:
            return None  # 1912户有多少人 asks for people
        if ask.kind == "quantity" and ask.interrogative and (clause.unknown or clause.concepts):
            return None  # 3.68亿救助资金里中央出了多少
        if sum(len(word) for word in clause.unknown) > _CHATTER:
            return None
        owners = [fact for fact in self.owners(mention) if self.suits(fact, clause, mention)]
        if not owners and self._is_plain(clause, mention):
            owners = [fact for fact in self._computed if self._rounds_to(fact, mention)]
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

    def suits(self, fact: Fact, clause: Clause, mention: Mention) -> bool:
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
            if self.same_unit(fact, mention)
            and self.suits(fact, clause, mention)
            and abs((fact.value or 0) - figure.value) <= figure.value / 5
            and self.holds(fact, mention, clause.relations)
        ]

    # ---- claims

    def claims(self, query: Query) -> list[Finding]:
        """Statements to check against the report: one finding per figure claimed, what is wrong first."""
        mentions = query.mentions
        if not (mentions or query.is_claim) or self.asks_otherwise(query):
            asks_whether = query.clause.is_question or query.clause.is_elliptical  # 这篇转自人民日报？
            denied = self._denied_by_list(query) if asks_whether and not mentions else None
            return [denied] if denied and not query.clause.ask.kind else []
        if len(mentions) > 1 and not query.is_claim:
            return []
        claimed = self._claimed_figures(query)
        found = [
            (self._stated(query, mention) if len(claimed) > 1 else None) or self._claim(query, mention)
            for mention in claimed
        ]
        if None in found and not any(f and f.verdict is False for f in found):
            found = []  # 18.15万人中有一半去了北京: what can't be checked isn't made true by what can
        if not mentions:
            found = [self._claim_in_words(query) or self._denied_by_list(query)]
        return sorted((f for f in found if f), key=lambda f: f.verdict is not False)

    def _claimed_figures(self, query: Query) -> list[Mention]:
        """The figures to check: not those of the whole (25.6万人里有…), nor the number of kinds (三种危房两万户)."""
        clause = query.clause
        mentions = clause.mentions or query.mentions
        if len(mentions) < 2:
            return mentions
        whole = _said_of_whole(clause)
        before = {id(token.figure) for token in whole.tokens} if whole is not clause else set[int]()
        told = [m for m in mentions if id(m.figure) in before and self.owners(m)]
        kinds = [m for m in mentions if m.figure.value < _TELLING_FIGURE and m.unit in self._grammar.kinds]
        return [m for m in mentions if m not in told and m not in kinds] or mentions

    @staticmethod
    def asks_otherwise(query: Query) -> bool:
        """Whether a question word asks for something else than whether the claim holds."""
        ask = query.clause.ask
        if ask.kind == "how":
            return not (query.is_claim and query.clause.mentions)  # 咋 closes a Cantonese statement
        if query.is_claim and _is_vague(query.clause):
            return False
        if ask.kind == "quantity" and not ask.interrogative:
            return not query.is_claim and not _is_said_of_number(query.clause)
        return ask.kind not in ("", "what", "yesno")

    def _stated(self, query: Query, mention: Mention) -> Finding | None:
        """80家企业带动3.11万户6.07万人: of several figures, one that the fact it is said of has."""
        if self.is_negated(query.clause, mention):
            return None
        alike, beside = self._said_beside(query.clause, mention)
        owners = [fact for fact in self.owners(mention) if self._knows(fact, beside)]
        if len(owners) == 1:
            return Finding("answer", "claim", (owners[0].id,), confidence=90.0, verdict=True, mention=mention)
        # 316个是非贫困村，192个是贫困村: the figures are right, but each is said of the other's.
        others = [fact for other in query.clause.mentions if other is not mention for fact in self.owners(other)]
        swapped = [fact for fact in others if self._knows(fact, beside)]
        if not alike or owners or len(swapped) != 1 or not self.owners(mention):
            return None
        return Finding("answer", "claim", (swapped[0].id,), confidence=80.0, verdict=False, mention=mention)

    def _knows(self, fact: Fact, groups: Sequence[frozenset[str]]) -> bool:
        return all(group & self._matcher.known.get(fact.id, frozenset()) for group in groups)

    def _said_beside(self, clause: Clause, mention: Mention) -> tuple[bool, list[frozenset[str]]]:
        """Whether several figures count the same, and what is said of one; units say nothing (户 in 3.11万户).

        Of such that do (316个贫困村和192个非贫困村), each has the words after it to itself.
        """
        units = frozenset().union(*(other.counts for other in clause.mentions))
        parts: list[list[frozenset[str]]] = [[]]
        own = 0
        for token in clause.tokens:
            if token.figure:
                parts.append([])
                own = len(parts) - 1 if token.figure is mention.figure else own
            elif (names := frozenset(token.values("concept"))) and not names <= units:
                parts[-1].append(names)
        counted = [{c.counts for g in part for n in g if (c := self._intents.concepts[n]).counts} for part in parts]
        if not counted[0] and all(counted[1:]) and len(frozenset().union(*counted)) == 1:
            return True, parts[0] + parts[own]
        units_only = (all(self._intents.concepts[name].counts in units for name in g) for g in clause.concepts)
        return False, [g for g, is_unit in zip(clause.concepts, units_only, strict=True) if not is_unit]

    def _claim(self, query: Query, mention: Mention) -> Finding | None:
        clause = query.clause
        for question in self._claimed(query, mention):
            ranked = [c for c in self._matcher.rank(question) if not c.is_overview]
            best = best_of(ranked)
            if best is not None and self._judge.is_sure(best, ranked):
                break
            if holding := self._only_one_holding(query, mention, best, ranked):
                return holding
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
        if owner := self._owner_meant(query, mention, best):
            targets = (owner.id, best.target)
            return Finding("answer", "claim", targets, confidence=85.0, verdict=False, mention=mention)
        holds = self.holds(fact, mention, query.relations) != self.is_negated(clause, mention)
        holds = holds and not fact.is_denied_by(clause.text)  # 18个专班由省级领导牵头
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
        suited = [fact for fact in self._facts if self.suits(fact, query.clause, mention) and fact.unit != "%"]
        owners = [fact for fact in suited if fact.value == mention.figure.value >= _TELLING_FIGURE]
        if not owners and mention.is_open_ended:
            owners = [fact for fact in suited if fact.value is not None and self._is_near(fact.value, query, mention)]
        if len(owners) != 1 or owners[0].counts in mention.counts:
            return None
        return Finding("answer", "claim", (owners[0].id,), confidence=85.0, verdict=False, mention=mention)

    def _only_one_holding(
        self, query: Query, mention: Mention, best: Candidate | None, ranked: Sequence[Candidate]
    ) -> Finding | None:
        """四千来个穷人的喝水问题搞定了: of several facts that fit as well, the one of which the claim is true."""
        if best is None or best.is_unanswered or query.guards or self.is_negated(query.clause, mention):
            return None
        if not self._judge.is_sure(best, [best]):
            return None
        near = best.rank * _AS_WELL
        rivals = [c for c in ranked if c.accepts and c.is_fact and c.rank > near and c.topical >= _CLAIM_EXPLAINED]
        true = [f for c in rivals if self.holds(f := self._report.facts[c.target], mention, query.relations)]
        if len(true) != 1:
            return None
        return Finding("answer", "claim", (true[0].id,), confidence=75.0, verdict=True, mention=mention)

    def _owner_meant(self, query: Query, mention: Mention, best: Candidate) -> Fact | None:
        """巩固提升完成了618个县: the fact that has the figure, where it fits better but for the unit."""
        if not mention.counts or mention.figure.value < _TELLING_FIGURE:
            return None
        ranks = {c.target: c.rank for c in self._matcher.rank(replace(query.question, ask=Ask()))}
        owners = [
            fact
            for fact in self._facts
            if fact.value == mention.figure.value
            and fact.counts not in mention.counts
            and fact.unit != "%"
            and ranks.get(fact.id, 0.0) > ranks.get(best.target, 0.0)
        ]
        return owners[0] if len(owners) == 1 else None

    @staticmethod
    def _is_near(value: Decimal, query: Query, mention: Mention) -> bool:
        """光伏带动十万多人: whether the number would be right, whatever it counts."""
        figure, open_ended = mention.figure, mention.open_ended
        return supports(value, figure.value, figure.grain, query.relations, open_ended=open_ended)

    def is_negated(self, clause: Clause, mention: Mention) -> bool:
        """光伏电站没有975个: whether the figure is denied rather than claimed."""
        # 不是才八成吗 and 难道不是才八成 claim what they deny.
        first, last = clause.tokens[0].text, clause.tokens[-1].text
        asks_back = first in self._grammar.asks_back_at_start or last in self._grammar.asks_back_at_end
        for token in clause.tokens:
            if token.figure is mention.figure:
                return False
            if asks_back and token.values("not"):
                return False
            if token.values("not") or token.values("none"):
                return True
        return False

    def holds(self, fact: Fact, mention: Mention, relations: Sequence[str]) -> bool:
        """Whether the figure, as rounded as it was said, is the fact's."""
        figure = mention.figure
        if fact.value is None or not (self.same_unit(fact, mention) or _is_bare_share(fact, mention)):
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
        guards = [word for _, word in clause.guards]
        question: Question = replace(query.question, ask=Ask(), guards=(), unknown=0)
        ranked = self._matcher.rank(question)
        best = best_of(ranked)
        if best is None or not best.is_fact or best.explained < _CLAIM_EXPLAINED:
            return None
        foreign = (*(word for word in guards if word not in self._matcher.known[best.target]), *clause.unknown)
        if not self._judge.is_sure(best, ranked):
            return None
        fact = self._report.facts[best.target]
        if fact.value == 0 and any(
            reason in _ABOUT_OTHERS and not fact.is_denied_by(word, reason) for reason, word in query.guards
        ):
            return None  # 贫困家庭的大学生一个也没退学: of these the report doesn't tell
        verdict: bool
        denied = any(fact.is_denied_by(word, reason) for reason, word in clause.guards)
        if denied or fact.is_denied_by(clause.text) or _swaps(fact, clause.text):
            verdict = False
        elif fact.value == 0:
            if not (clause.marks & {"none", "many"} or _is_vague(clause)):
                return None
            verdict = "many" not in clause.marks and not _is_vague(clause)
        elif any(name in clause.text for name, _ in fact.pairs):
            verdict = True  # nothing in it goes with what goes with another
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

    def _denied_by_list(self, query: Query) -> Finding | None:
        """是新华社的稿子吧: one of a list of things, each of which denies a fact."""
        reasons = {reason for reason, _ in query.clause.guards}
        facts = [
            fact
            for fact in self._report.facts.values()
            if reasons and all(f"<{reason}>" in fact.denied_by for reason in reasons)
        ]
        facts = [f for f in facts if query.clause.concept_names <= self._matcher.known[f.id] | query.question.context]
        if not facts:
            return None
        words = tuple(word for _, word in query.clause.guards)
        return Finding("answer", "claim_in_words", (facts[0].id,), confidence=70.0, verdict=False, words=words)


def _is_bare_share(fact: Fact, mention: Mention) -> bool:
    """入住率九十九点五: a share said without %."""
    return fact.unit == "%" and not mention.counts and not mention.figure.is_percent and mention.figure.value <= 100


def _said_of_whole(clause: Clause) -> Clause:
    """四十多万喝上好水的人 in …里面贫困的是多少: what a clause says of the whole that it asks a part of."""
    within = next((n for n, token in enumerate(clause.tokens) if token.values("within")), 0)
    if not within:
        return clause
    groups = sum(bool(token.values("concept")) for token in clause.tokens[:within])
    return replace(clause, tokens=clause.tokens[:within], concepts=clause.concepts[:groups])


def _swaps(fact: Fact, text: str) -> bool:
    """乡镇干部包户, 包村的是县领导, 村由机关干部来包: whether something is said to go with what goes with another."""
    partners = {partner for _, partner in fact.pairs}
    for name, partner in fact.pairs:
        before, found, after = text.partition(name)
        if not found:
            continue
        said = min((p for p in partners if p in after), key=after.index, default="")
        said = said or max((p for p in partners if p in before), key=before.rindex, default=partner)
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
