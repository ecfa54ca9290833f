"""What the matcher compares: paraphrases as read, questions, and how well a fact fits one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.knowledge.intents import OVERVIEW, UNANSWERED, Intents, Paraphrase
from bot.language.normalise import normalise
from bot.understanding.clause import Ask
from bot.understanding.message import Reader


@dataclass(frozen=True)
class Phrase:
    """A paraphrase, read."""

    paraphrase: Paraphrase
    bag: frozenset[str]
    ask: Ask


def read(paraphrase: Paraphrase, intents: Intents, reader: Reader) -> Phrase:
    """A paraphrase as the matcher sees it, known from an earlier start or read now."""
    if known := intents.cache.get("readings", paraphrase.text):
        bag, (kind, counts, *how) = known
        return Phrase(paraphrase, frozenset(bag), Ask(kind, None if counts is None else frozenset(counts), *how))
    clause = reader.whole(intents.lexicon.segment(normalise(paraphrase.text)))
    phrase = Phrase(paraphrase, clause.concept_names | {word for _, word in clause.guards}, clause.ask)
    ask = phrase.ask
    asked = [ask.kind, None if ask.counts is None else sorted(ask.counts)]
    how = [ask.explicit, ask.uncounted, ask.interrogative, ask.of_size]
    intents.cache.put("readings", paraphrase.text, [sorted(phrase.bag), [*asked, *how]])
    return phrase


@dataclass(frozen=True)
class Question:
    """What the matcher is asked: the bag of the question itself, and of what was said before it."""

    groups: tuple[frozenset[str], ...]
    ask: Ask
    guards: tuple[str, ...] = ()
    unknown: int = 0
    context: frozenset[str] = frozenset()
    #: how much fitting the context counts for the rank (0 to 1): more when it is all there is to go by
    context_share: float = 0.25

    @cached_property
    def own(self) -> frozenset[str]:
        return frozenset().union(*self.groups, self.guards)


@dataclass(frozen=True)
class Candidate:
    """How well one fact (or overview) fits a question.

    `explained`: the weighted share of the question that the fact's paraphrases know (0 to 1).
    `covered`: the weighted share of the best paraphrase that the question says (0 to 1).
    `topical`: the weighted share of the question's concepts that the fact's paraphrases know (0 to 1).
    `accepts`: the fact answers the kind of question and the unit asked for.
    `score` (0 to 100) tells how well it fits by itself; `rank` also how well it fits what was said around it.
    """

    target: str
    score: float
    rank: float
    explained: float
    covered: float
    topical: float
    accepts: bool
    phrase: Phrase

    @property
    def is_fact(self) -> bool:
        return not self.is_overview and not self.is_unanswered

    @property
    def is_computed(self) -> bool:
        return self.target.startswith("derived.")

    @property
    def is_unanswered(self) -> bool:
        return self.target.startswith(UNANSWERED)

    @property
    def is_overview(self) -> bool:
        return self.target.startswith(OVERVIEW)
