"""Match a question to the paraphrases: rapidfuzz over weighted bags of concepts.

Every paraphrase and every question becomes a string in which each concept is one private-use character,
repeated by its weight and sorted. On such strings rapidfuzz's ratio is the weighted Dice coefficient of
the two bags, whatever the word order: Chinese needs no word segmentation for it, and siblings that differ
in one telling word differ by that word's weight.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence, Set
from itertools import groupby

from bot.knowledge.intents import OVERVIEW, UNANSWERED, Intents
from bot.knowledge.model import Fact, Report
from bot.understanding.candidates import Candidate, Phrase, Phrases, Question, Stance, read
from bot.understanding.clause import SHARE, SIZED, UNCOUNTABLE, WHO, Ask, Clause
from bot.understanding.message import Reader
from bot.understanding.nearest import Nearest
from bot.understanding.weighing import ASK_WEIGHT, GUARD_WEIGHT, Fit, Weighing

#: phrases looked at closely for one question
CANDIDATES = 100

#: what 多大 asks for where nothing else that can be counted is named
_SIZES = frozenset({"元", "千瓦", ""})
#: what 占多少 asks for
_SHARES = frozenset({SHARE})

#: weight from which a concept tells what a sentence is about
_TELLING = 3

#: weight from which a concept names one fact among several of a kind
_NAMING = 4

_FIRST_CHARACTER = 0xE000

#: numbers that fit in two bytes
_MOST_SMALL = 1 << 16

#: kinds of question of which it is kept what the targets know: talk asks for few, but may ask for any units at once
_ASKS_KEPT = 500


class Matcher:
    """Ranks facts and overviews by how well they fit a question."""

    def __init__(self, intents: Intents, report: Report) -> None:
        self._report = report
        reader = Reader(intents)
        self.phrases = Phrases()
        for _, paraphrases in groupby(intents.paraphrases, key=lambda paraphrase: paraphrase.target):
            # By target, as there may be a million: what is held for comparing is let go at once.
            own: dict[tuple[tuple[str, ...], Ask], Phrase] = {}
            for phrase in (read(paraphrase, intents, reader) for paraphrase in paraphrases):
                own.setdefault((phrase.names, phrase.ask), phrase)
            for phrase in own.values():
                self.phrases.add(phrase)
        self.known: dict[str, frozenset[str]] = {}
        # 给我讲讲乡亲们喝水那块: whoever it is that a topic is about, its overview tells of them.
        people = frozenset(c.name for c in intents.concepts.values() if c.counts in ("人", "户") and not c.verb)
        self._people = people
        self._money = frozenset(c.name for c in intents.concepts.values() if c.counts == "元" and c.weight == 1)
        #: per target, the concepts of the paraphrase that says most
        self.fullest: dict[str, frozenset[str]] = {}
        said: dict[str, set[str]] = {}
        for phrase in self.phrases:
            target = phrase.paraphrase.target
            said.setdefault(target, set()).update(phrase.names)
            if len(phrase.names) > len(self.fullest.setdefault(target, frozenset())):
                self.fullest[target] = phrase.bag
        self._around: dict[str, frozenset[str]] = {}
        #: per topic, the concepts that any of its facts knows
        self._topical: dict[str, frozenset[str]] = {}
        for target, names in said.items():
            topic = self._topic(target)
            known = intents.universal | intents.context.get(topic, frozenset()) | self._plain_units(target, intents)
            if target.startswith(OVERVIEW):
                known |= people
            self.known[target] = known | names
            self._around[target] = (self.known[target] - intents.universal) | names
            self._topical[topic] = self._topical.get(topic, frozenset()) | self.known[target]
        self._computing = frozenset(name for name, concept in intents.concepts.items() if concept.computes)
        #: the concepts that ask for an average or a share
        self.ratios = frozenset(name for name, concept in intents.concepts.items() if concept.computes == "ratio")
        self._concepts = intents.concepts
        self._needs = intents.needs
        self.weights = self._weigh(intents)
        self._characters = {name: chr(_FIRST_CHARACTER + n) for n, name in enumerate(sorted(self.weights))}
        self._nearest = Nearest([self._encode(phrase.names) for phrase in self.phrases])
        self._stances: dict[Ask, dict[str, Stance]] = {}
        #: all targets, and per phrase which of them it leads to
        self._targets = tuple(self.known)
        numbers = {target: number for number, target in enumerate(self._targets)}
        small = "H" if len(numbers) <= _MOST_SMALL else "I"
        self._phrase_targets = array(small, (numbers[phrase.paraphrase.target] for phrase in self.phrases))
        self._phrase_weights = array("H", (self.weight(phrase.names) + ASK_WEIGHT for phrase in self.phrases))

    def _plain_units(self, target: str, intents: Intents) -> frozenset[str]:
        """The words that only name what a fact counts: 钱 fits every amount of money."""
        fact = self._report.facts.get(target)
        if fact is None or not fact.counts:
            return frozenset()
        return frozenset(c.name for c in intents.concepts.values() if c.counts == fact.counts and c.weight == 1)

    def _topic(self, target: str) -> str:
        """The topic of a fact (of a computed one, that of its operands) or an overview."""
        fact = self._report.facts.get(target)
        id = fact.formula.operands[0] if fact and fact.formula else target
        return id.removeprefix(OVERVIEW).partition(".")[0]

    def _weigh(self, intents: Intents) -> dict[str, int]:
        """A concept that few facts share tells more than one that many do."""
        spread: dict[str, set[str]] = {}
        for phrase in self.phrases:
            for name in phrase.names:
                spread.setdefault(name, set()).add(phrase.paraphrase.target)
        weights: dict[str, int] = {}
        for name in {*intents.concepts, *spread}:
            concept = intents.concepts.get(name)
            if concept is None:
                weights[name] = GUARD_WEIGHT
            elif concept.weight is not None:
                weights[name] = concept.weight
            else:
                weights[name] = max(2, round(6 - 1.5 * math.log(len(spread.get(name, ())) or 1)))
        return weights

    def _encode(self, bag: Iterable[str]) -> str:
        return "".join(sorted(self._characters[n] * self.weights[n] for n in bag if n in self._characters))

    def weight(self, names: Iterable[str]) -> int:
        """The summed weight of concepts."""
        return sum(self.weights.get(name, GUARD_WEIGHT) for name in names)

    def rank(self, question: Question) -> list[Candidate]:
        """The candidates, best first; one per fact or overview."""
        if question.own and not question.context and all(map(self._is_plain_total, question.own)):
            question = question._replace(groups=())  # 一共多少钱 names no more than 多少钱
        query = self._encode(question.own | question.context)
        best: dict[str, Candidate] = {}
        hits = self._nearest.find(query, CANDIDATES)
        # 几个亿 names nothing: every fact that counts money is meant.
        everything = range(0 if query else len(self.phrases))
        nearest = hits or [(0.0, index) for index in everything]
        length = len(query)
        weighing = Weighing(self, question, length)
        told_squared = weighing.told_squared
        weights, targets = self._phrase_weights, self._phrase_targets
        fits: dict[int, Fit] = {}
        for score, index in nearest:
            weight, target = weights[index], targets[index]
            fit = fits.get(target)
            if fit is None:
                fit = fits[target] = weighing.fit(self._targets[target])
            # The ratio of two sorted strings tells how many characters they share: the weight of what both say.
            shared = round(score * (length + weight - ASK_WEIGHT) / 200)
            # Nearly all paraphrases of a target can't rank above its best so far.
            if fit.most * told_squared[shared] * (shared + fit.most_asked) <= fit.to_beat * weight:
                continue
            candidate = weighing.candidate(self.phrases[index], fit, weight, shared)
            if candidate is not None:
                best[candidate.target] = candidate
        return sorted(best.values(), key=lambda c: -c.rank)

    def _is_plain_total(self, name: str) -> bool:
        """一共, unlike 合计, which asks for a sum."""
        return name in self._computing and self.weights[name] <= 1

    def counted_last(self, question: Question) -> frozenset[str]:
        """What the last countable word of the question counts; empty if there is none."""
        for group in reversed(question.groups):
            if counts := frozenset(self._concepts[name].counts for name in group if name in self._concepts) - {""}:
                return counts
        return frozenset()

    def unit_named_last(self, question: Question) -> str:
        """户 in 旅游 户: what is counted, where the last word is no more than that; else empty."""
        last = question.groups[-1] if question.groups else ()
        units = {self._concepts[name].counts for name in last if name in self._concepts and self.weights[name] <= 1}
        return units.pop() if len(units) == 1 == len(last) else ""

    def counts_named(self, question: Question) -> frozenset[str]:
        """All that any word of the question, or of what was said around it, counts."""
        said = question.own | question.context
        concepts = (self._concepts[name] for name in said if name in self._concepts)
        return frozenset(concept.counts for concept in concepts if not concept.verb)

    def names_more_than_units(self, question: Question) -> bool:
        """Whether the question itself says of what it asks, not only what is counted or computed."""
        concepts = (self._concepts[name] for name in question.own if name in self._concepts)
        return any(not (c.counts or c.computes) and self.weights[c.name] > 1 for c in concepts)

    def names_thing(self, names: Iterable[str]) -> bool:
        """Whether one of the concepts names a thing, rather than what is done or counted (受益, 户)."""
        concepts = (self._concepts[name] for name in names if name in self._concepts)
        return any(self.weights[c.name] >= _TELLING and not (c.verb or c.counts or c.computes) for c in concepts)

    def names_what_is_counted(self, names: Iterable[str]) -> bool:
        """Whether one of the concepts names a thing, be it one that is counted (电站), but not who (贫困人口)."""
        concepts = (self._concepts[name] for name in names if name in self._concepts)
        telling = (c for c in concepts if self.weights[c.name] >= _TELLING)
        return any(not (c.verb or c.computes or c.counts in WHO | UNCOUNTABLE) for c in telling)

    def names_subject(self, names: Iterable[str]) -> bool:
        """Whether one of the concepts says of what a question is, be it a thing or what is done with it."""
        names = list(names)
        shares = (n for n in names if n in self._concepts and self._concepts[n].counts == SHARE)
        return (
            self.names_matter(names)
            or self.names_what_is_counted(names)
            or any(self.weights[name] >= _TELLING for name in shares)  # 入住率
        )

    def names_matter(self, names: Iterable[str]) -> bool:
        """Whether one of the concepts names a thing or what is done with it (搬迁), rather than who or how many."""
        concepts = (self._concepts[name] for name in names if name in self._concepts)
        telling = [c for c in concepts if self.weights[c.name] >= _TELLING]
        return any((c.verb and c.counts in WHO) or not (c.counts or c.computes) for c in telling)

    def names_counted(self, names: Iterable[str]) -> bool:
        """Whether one of the concepts is of people or households (贫困人口), who may be counted."""
        concepts = (self._concepts[name] for name in names if name in self._concepts)
        return any(c.counts in WHO and not c.verb for c in concepts)

    def says_deed(self, names: Iterable[str]) -> bool:
        """Whether one of the concepts says what is done (受益), rather than what is counted or computed."""
        concepts = (self._concepts[name] for name in names if name in self._concepts)
        return any(c.verb or not (c.counts or c.computes) for c in concepts)

    def says_of_what(self, clause: Clause) -> bool:
        """Whether a clause says of what it asks, beyond what is done, counted and computed."""
        groups = ([self._concepts[name] for name in group] for group in clause.concepts)
        return any(not any(c.verb or c.counts or c.computes for c in group) for group in groups)

    def adds_up(self, group: frozenset[str]) -> bool:
        """Whether a word only asks for a sum."""
        return any(name in self._concepts and self._concepts[name].computes == "sum" for name in group)

    def computes_more(self, names: Iterable[str]) -> bool:
        """Whether one of the concepts asks for a sum or a ratio and nothing else: 平均, 合计, unlike 一共."""
        return any(name in self._computing and self.weights[name] > 1 for name in names)

    def asks_ratio(self, question: Question) -> bool:
        """Whether an average or a share is asked for."""
        return not question.own.isdisjoint(self.ratios)

    def computed(self, concepts: frozenset[str]) -> frozenset[str]:
        """Those of the concepts that ask for a sum or a ratio."""
        return concepts & self._computing

    def shares(self, target: str, concepts: frozenset[str]) -> frozenset[str]:
        """Those of the concepts that the target itself knows, what fits every fact left out."""
        return concepts & self._around[target]

    def is_computed(self, target: str) -> bool:
        """Whether a target is a fact computed from others."""
        fact = self._report.facts.get(target)
        return fact is not None and fact.formula is not None

    def asks_plainly(self, question: Question) -> bool:
        """Whether `computes` holds for every fact that isn't computed: neither a size nor a rate is asked for."""
        return (question.ask.explicit or not question.ask.of_size) and not self.asks_ratio(question)

    def computes(self, target: str, bag: frozenset[str], question: Question) -> bool:
        """Who asks for an average or a share gets no plain figure, and a computed fact answers nobody else.

        `bag`: the concepts of the nearest paraphrase, by which only a computed fact is judged.
        """
        fact = self._report.facts.get(target)
        ask = question.ask
        if (
            fact
            and ask.of_size
            and not ask.explicit
            and fact.counts not in _SIZES | (self.counts_named(question) & SIZED)
        ):
            return False  # 安置房一套多大 asks for no number of people
        if self.asks_ratio(question) and not self._around[target] & self.ratios:
            return fact is not None and fact.unit == "%"
        if fact is None or fact.formula is None or not bag & self._computing:
            return True
        said = question.own | question.context
        if not question.own & bag & self._computing:
            return False
        if fact.is_sum and self._names_some_operands(fact, question):
            return False  # 非四类的危房一共几户 asks of one of the three, 四类和非四类加起来 of two
        counted = {c for n in question.own if n in self._concepts and (c := self._concepts[n].counts)}
        over = {self._report.facts[operand].counts for operand in fact.formula.operands}
        if counted - over - {fact.counts} - UNCOUNTABLE and not counted & over - UNCOUNTABLE:
            return False  # 每个村的光伏收益: nothing is computed over villages
        known = self._topical[self._topic(target)]
        of_others = any(self.names_thing(group) and group.isdisjoint(known) for group in question.groups)
        if of_others or self.is_foreign(target, question.context - known):
            return False  # 跟着龙头企业干的，平均一户多挣多少, 一户能分多大的房子: nothing is computed of that
        return bool(said & bag - self._computing) or self.asks_ratio(question)

    def _names_some_operands(self, fact: Fact, question: Question) -> bool:
        """Whether the question names some of the facts added up, but not all, by what only each of them knows."""
        operands = fact.formula.operands if fact.formula else ()
        named = [self._most_telling(operand, operands, question.own) for operand in operands]
        if max(named) >= _NAMING and 0 < sum(weight > _TELLING for weight in named) < len(named):
            return True
        # 四类加非四类，危房加一块儿是多少户: two of three, named before
        around = [self._most_telling(operand, operands, question.own | question.context) for operand in operands]
        return 1 < sum(weight > _TELLING for weight in around) < len(around)

    def _most_telling(self, operand: str, operands: Sequence[str], said: frozenset[str]) -> int:
        """The weight of what was said that only this one of the facts added up knows; 0 if nothing was."""
        others = frozenset().union(*(self._around[other] for other in operands if other != operand))
        return max((self.weights[name] for name in said & self.fullest[operand] - others), default=0)

    def is_foreign(self, target: str, concepts: Set[str]) -> bool:
        """Whether the target knows nothing of a telling one among the concepts."""
        return any(self.weights.get(name, 0) >= _TELLING for name in concepts - self.known[target])

    def knows(self, target: str, groups: Iterable[Set[str]]) -> bool:
        """Whether a paraphrase of the target names each of the words, each of which may mean several concepts."""
        known = self.known.get(target, frozenset())
        return not any(known.isdisjoint(group) for group in groups)

    def is_off_topic(self, target: str, concepts: Set[str]) -> bool:
        """Whether no fact of the target's topic knows any of the concepts."""
        return self._topical[self._topic(target)].isdisjoint(concepts)

    def names_others(self, target: str, names: frozenset[str]) -> bool:
        """Whether one of the concepts is a group (孩子) that the target doesn't know."""
        concepts = (self._concepts[name] for name in names - self.known[target] if name in self._concepts)
        return any(c.counts in ("人", "户", "村") and not c.verb and self.weights[c.name] > 1 for c in concepts)

    def lacks(self, target: str, question: Question) -> bool:
        """Whether the question leaves out what alone makes the target meant: 劳动能力 of 25.6万."""
        needs = self._needs.get(target)
        return needs is not None and needs.isdisjoint(question.own | question.context)

    def stances(self, ask: Ask) -> dict[str, Stance]:
        """The stances of targets to what is asked, as far as they were worked out for other questions."""
        if len(self._stances) > _ASKS_KEPT:
            self._stances.clear()
        return self._stances.setdefault(ask, {})

    def stance(self, target: str, ask: Ask) -> Stance:
        """What a target knows of a question, and whether it answers it, for what is asked alone."""
        is_overview = target.startswith(OVERVIEW)
        # 情况 asks for an overview first; a single figure only answers it in part.
        credit = 1.0 if ask.kind != "overview" or is_overview else 0.0
        return Stance(
            known=self._known_when_asked(target, ask),
            credit=credit if self.fits(target, ask) else credit / 2,
            accepts=self.accepts(target, ask),
            is_overview=is_overview,
            is_no_fact=is_overview or target.startswith(UNANSWERED),
            is_computed=self.is_computed(target),
        )

    def _known_when_asked(self, target: str, ask: Ask) -> frozenset[str]:
        """What a target knows of a question that asks this: 几多户穷人 asks for households, whoever lives there."""
        fact = self._report.facts.get(target)
        if fact is None or not ask.explicit or not ask.counts or fact.counts not in ask.counts:
            return self.known[target]
        known = self.known[target] | self._money  # 这些钱救助了多少人次
        return known | self._people if ask.counts == {"户"} else known

    def known_of_topic(self, target: str, names: frozenset[str]) -> frozenset[str]:
        """What an overview that is named, and asked for, knows: all that its topic does (搬迁安置整理一下)."""
        named = any(self.weights[name] >= _TELLING for name in names & self.fullest[target])
        return self.known[target] | self._topical[self._topic(target)] if named else self.known[target]

    def fits(self, target: str, ask: Ask) -> bool:
        """Whether a unit that was only guessed from the words around suits the target."""
        fact = self._report.facts.get(target)
        return ask.kind != "quantity" or fact is None or not fact.counts or ask.fits(fact.counts)

    def accepts(self, target: str, ask: Ask) -> bool:
        """Whether the target answers this kind of question (and, of a quantity, this unit)."""
        if target.startswith(OVERVIEW):
            return ask.kind in ("", "overview", "how", "what")
        if target.startswith(UNANSWERED):
            return True
        fact: Fact = self._report.facts[target]
        if ask.kind in ("", "yesno", "what"):
            return True
        if ask.kind == "quantity":
            if "number" in fact.answers and ask.counts is None:
                return True  # 电话是多少
            if ask.counts == _SHARES and fact.counts != SHARE:
                return False  # 大病保险占多少 asks for no number of things
            if not ask.uncounted and fact.counts in UNCOUNTABLE - (ask.counts or frozenset()):
                return False  # 几个 asks for no share
            return bool(fact.counts) and (ask.fits(fact.counts) or not (ask.explicit or ask.of_whom))
        if ask.kind == "how" and fact.formula:
            return True  # 比重怎么算: the answer shows it
        return ask.kind in fact.answers or ask.kind == "overview"
