"""The report as the bot knows it: sentences word for word, and facts that point into them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import NamedTuple

#: characters before a denial in which another one turns it round (不能全报)
_DENIED_WITHIN = 2
_PAUSE = re.compile("[，；。、]")


class Sentence(NamedTuple):
    """A sentence of the report in clean Simplified Chinese; `paragraph` counts from 0 in reading order."""

    id: str
    text: str
    paragraph: int


class Topic(NamedTuple):
    """A part of the report: the id is what stands before the dot in a fact id."""

    id: str
    label: str


class Formula(NamedTuple):
    """How a derived fact is computed: `operands` are fact ids, joined by `operators` (+ - * /) in order."""

    operands: tuple[str, ...]
    operators: tuple[str, ...]


class Fact(NamedTuple):
    """One thing the report says, or (with `formula`) one that the bot computes from what it says.

    `figure` is letter for letter a part of its sentence, or the computed figure of a derived fact. `value`
    is the number in base units (62.04万人次 → 620400, 94% → 94), None for a fact that isn't a quantity.
    `denied_by` are words that turn a claim about it into its opposite; `pairs` what goes with what in it,
    `members` what it lists, `named` what the list is called where that isn't its figure.
    `rest`: words for the share of 100 % that it leaves (自己掏 for a rate of reimbursement).
    `share_of`: what it is a share of, as `counts` says it (元), where people may take it for a share of them.
    `bound`: the relation that is part of the fact itself (above: 高于10%), so that a claim may repeat it.
    `counts` is what is counted (村, 户, 元 …), "" for a fact that isn't a quantity.
    """

    id: str
    label: str
    figure: str
    reply: str
    counts: str = ""
    value: Decimal | None = None
    unit: str = ""
    answers: frozenset[str] = frozenset()
    denied_by: frozenset[str] = frozenset()
    pairs: tuple[tuple[str, str], ...] = ()
    members: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    share_of: str = ""
    bound: str = ""
    sentence: Sentence | None = None
    formula: Formula | None = None

    def is_denied_by(self, words: str, reason: str = "") -> bool:
        """Whether the words hold one that turns a claim about it into its opposite.

        `reason`: the guard list that they stand in, where they do; `<media>` in `denied_by` means all of that list.
        """
        return f"<{reason}>" in self.denied_by or any(denial in words for denial in self.denied_by)

    def tells_rest(self, words: str) -> bool:
        """Whether the words speak of the share that it leaves."""
        return any(word in words for word in self.rest)

    def is_denied_in_turn(self, words: str, denying: Collection[str]) -> bool:
        """Whether what would deny it is denied itself (不能全报): `denying` are the characters that do."""
        others = sorted(self.denied_by.difference(denying), key=lambda word: (-len(word), word))
        for denial in self.denied_by:
            before, found, _ = words.partition(denial)
            if not found:
                continue
            ends = tuple(end for character in denying for end in (character, f"{character}有"))
            if len(denial) > 1 and before.endswith(ends) and "有没" not in before[-_DENIED_WITHIN - 1 :]:
                return True  # 没滞后, 没有落后
            for other in others:
                before = before.replace(other, "")  # the 不 of 三不愁 denies nothing of 两保障
            near = before[-_DENIED_WITHIN:]
            asks = before[-_DENIED_WITHIN - 1 :][:1] == "有"  # 有没有拖
            if not asks and any(character in near for character in denying):
                return True
        return False

    @property
    def topic(self) -> str:
        return self.id.partition(".")[0]

    @property
    def sentence_part(self) -> str:
        """What stands between two pauses of its sentence and holds its figure; "" for a computed fact."""
        parts = _PAUSE.split(self.sentence.text) if self.sentence else ()
        return next((part for part in parts if self.figure in part), "")

    @property
    def is_sum(self) -> bool:
        """Whether it is computed by adding up."""
        return self.formula is not None and set(self.formula.operators) == {"+"}

    def is_made_of(self, fact_ids: Collection[str]) -> bool:
        """Whether it is computed from nothing but these facts."""
        return self.formula is not None and set(self.formula.operands) <= {*fact_ids}

    @property
    def is_ratio(self) -> bool:
        """Whether it is computed by dividing: an average or a share."""
        return self.formula is not None and not self.is_sum

    @property
    def is_exact(self) -> bool:
        """Whether a derived figure is the exact result, not a rounded one."""
        return self.value is not None and self.value == self.value.to_integral_value()


class Report(NamedTuple):
    """Everything facts.yaml says, checked."""

    subject: str
    place: str
    publisher: str
    source: str
    rights: str
    year_note: str
    sentences: dict[str, Sentence]
    topics: dict[str, Topic]
    facts: dict[str, Fact]
    emendations: tuple[tuple[str, str, str], ...] = ()

    def topic_facts(self, topic: str) -> list[Fact]:
        """The facts of a topic in reading order, none for an unknown topic."""
        return [fact for fact in self.facts.values() if fact.topic == topic]

    def said_in_words_with(self, fact: Fact) -> list[Fact]:
        """What the sentence of a fact says in words (均提前完成)."""
        facts = self.facts.values()
        return [f for f in facts if f.sentence is not None and f.sentence is fact.sentence and f.value is None]

    def taken_apart(self, ids: Sequence[str]) -> tuple[str, ...]:
        """The facts as they are; the only one of them, where it is a sum, as those that it adds up."""
        only = self.facts[ids[0]] if len(ids) == 1 else None
        return only.formula.operands if only and only.formula and only.is_sum else tuple(ids)

    def counted_alike(self, fact: Fact) -> tuple[str, ...]:
        """The facts of a fact's sentence that count the same, itself among them; none of a computed one."""
        facts = self.facts.values()
        return tuple(f.id for f in facts if f.counts == fact.counts and f.sentence is fact.sentence is not None)

    def topics_of(self, *fact_ids: str) -> set[str]:
        """The topics of facts; of a computed one, those of its operands."""
        formulas = ((id, self.facts[id].formula) for id in fact_ids)
        stated = (of for id, formula in formulas for of in (formula.operands if formula else (id,)))
        return {id.partition(".")[0] for id in stated}

    @property
    def wholes(self) -> dict[str, str]:
        """Per fact that a share is computed of, that of which it is a part: 就业 of those who can work."""
        shares = (fact.formula.operands for fact in self.facts.values() if fact.formula and fact.unit == "%")
        return {operands[0]: operands[1] for operands in shares}

    def paragraph_text(self, number: int) -> str:
        """A whole paragraph; "" where there is none of this number."""
        return "".join(s.text for s in self.sentences.values() if s.paragraph == number)

    def before(self, sentence: Sentence) -> str:
        """What stands before a sentence in its paragraph."""
        own = [s for s in self.sentences.values() if s.paragraph == sentence.paragraph]
        return "".join(s.text for s in own[: own.index(sentence)])
