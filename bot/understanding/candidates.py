"""What the matcher compares: paraphrases as read, questions, and how well a fact fits one."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from bot.knowledge.intents import OVERVIEW, UNANSWERED, Intents, Paraphrase
from bot.language.normalise import normalise
from bot.understanding.clause import Ask
from bot.understanding.message import Reader

#: how much fitting what was said before counts for the rank of a question that doesn't lean on it
CONTEXT_SHARE = 0.25
#: rank lead (points) below which confidence falls
SURE_LEAD = 12.0


class Phrase(NamedTuple):
    """A paraphrase, read: the concepts it names (sorted, each once) and what it asks."""

    paraphrase: Paraphrase
    #: a tuple, as there may be a million of them: a set takes six times the memory
    names: tuple[str, ...]
    ask: Ask

    @property
    def bag(self) -> frozenset[str]:
        return frozenset(self.names)


class Phrases:
    """All phrases, in columns: there may be a million of them, of which a question looks at a few."""

    def __init__(self) -> None:
        self._paraphrases: list[Paraphrase] = []
        self._names: list[tuple[str, ...]] = []
        self._asks: list[Ask] = []

    def add(self, phrase: Phrase) -> None:
        """Put a phrase behind those added before; its place is its number."""
        self._paraphrases.append(phrase.paraphrase)
        self._names.append(phrase.names)
        self._asks.append(phrase.ask)

    def __len__(self) -> int:
        return len(self._paraphrases)

    def __getitem__(self, index: int) -> Phrase:
        return Phrase(self._paraphrases[index], self._names[index], self._asks[index])

    def __iter__(self) -> Iterator[Phrase]:
        return map(Phrase, self._paraphrases, self._names, self._asks)


@lru_cache(maxsize=256)
def _ask(kind: str, counts: tuple[str, ...] | None, *how: bool) -> Ask:
    """The one Ask of its kind: most paraphrases share a few."""
    return Ask(kind, None if counts is None else frozenset(counts), *how)


def read(paraphrase: Paraphrase, intents: Intents, reader: Reader) -> Phrase:
    """A paraphrase as the matcher sees it, known from an earlier start or read now."""
    known = intents.cache.get("readings", paraphrase.text)
    if known is None:
        clause = reader.whole(intents.lexicon.segment(normalise(paraphrase.text)))
        asks = clause.ask
        asked = [asks.kind, None if asks.counts is None else sorted(asks.counts)]
        how = [asks.explicit, asks.uncounted, asks.interrogative, asks.of_size, asks.of_whom]
        known = [sorted(clause.concept_names | {word for _, word in clause.guards}), [*asked, *how]]
        intents.cache.put("readings", paraphrase.text, known)
    names, (kind, counts, *flags) = known
    ask = _ask(kind, None if counts is None else tuple(counts), *flags)
    # The concepts' own strings: one kept from the cache's data would hold on to the memory around it.
    concepts = intents.concepts
    return Phrase(paraphrase, tuple(concepts[n].name if n in concepts else sys.intern(n) for n in names), ask)


class _Question(NamedTuple):
    groups: tuple[frozenset[str], ...]
    ask: Ask
    guards: tuple[str, ...] = ()
    unknown: int = 0
    context: frozenset[str] = frozenset()
    #: how much fitting the context counts for the rank (0 to 1): more when it is all there is to go by
    context_share: float = CONTEXT_SHARE


class Question(_Question):
    """What the matcher is asked: the bag of the question itself, and of what was said before it."""

    @cached_property
    def own(self) -> frozenset[str]:
        return frozenset().union(*self.groups, self.guards)


class Stance(NamedTuple):
    """What a target knows of a question, and whether it answers it, for what the question asks alone.

    `credit`: what part of the weight of what is asked it gains (0 to 1).
    """

    known: frozenset[str]
    credit: float
    accepts: bool
    is_overview: bool
    is_no_fact: bool
    is_computed: bool


class Candidate(NamedTuple):
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


def best_of(ranked: Sequence[Candidate]) -> Candidate | None:
    """The best candidate that answers the kind of question asked."""
    return next((c for c in ranked if c.accepts), None)


def closest_other(ranked: Sequence[Candidate]) -> Candidate | None:
    """The best fact that doesn't answer this kind of question."""
    return next((c for c in ranked if not c.accepts and c.is_fact and c.covered > 0.4), None)


def confidence(best: Candidate, ranked: Sequence[Candidate]) -> float:
    """How sure (0 to 99): the score, less when a rival is close."""
    rival = next((c.rank for c in ranked if c is not best and c.accepts), 0.0)
    closeness = max(0.0, 1 - (best.rank - rival) / SURE_LEAD)
    return round(max(0.0, min(99.0, best.score - SURE_LEAD * closeness)), 1)


def targets_of(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """The candidates' targets, in order."""
    return tuple(c.target for c in candidates)
