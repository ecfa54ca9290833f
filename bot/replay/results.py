"""What came of a replay: plain data, for any report to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.replay.question_sets import KINDS, Case
from bot.reply.model import Reply

#: failures kept in memory to be listed; a replay of a million questions isn't read question by question
MOST_FAILURES = 2_000
#: width of a step of the confidence histogram
_STEP = 10


@dataclass(frozen=True)
class Result:
    """What the bot said to one case, and whether that was right; `explanation` tells how a wrong reply came about."""

    case: Case
    reply: Reply
    passed: bool
    wrong_figure: bool
    explanation: str = ""


@dataclass(frozen=True)
class Tally:
    """How many of some cases were right, and how many stated a wrong figure."""

    cases: int
    right: int
    wrong_figures: int

    @property
    def right_percent(self) -> float:
        """0 to 100; 0 of no cases."""
        return 100 * self.right / self.cases if self.cases else 0.0

    @property
    def wrong_figures_percent(self) -> float:
        """0 to 100; 0 of no cases."""
        return 100 * self.wrong_figures / self.cases if self.cases else 0.0

    def plus(self, result: Result) -> Tally:
        """The tally with one more case."""
        return Tally(self.cases + 1, self.right + result.passed, self.wrong_figures + result.wrong_figure)


_NOTHING = Tally(0, 0, 0)


@dataclass
class Counts:
    """Everything counted of a replay, one result after the other, in memory that doesn't grow with their number.

    `confused` counts (expected, said): facts, or an outcome where no fact was expected or said. `by_confidence`
    counts answers by the confidence they had, rounded down to tens.
    """

    total: Tally = _NOTHING
    kinds: dict[str, Tally] = field(default_factory=dict)
    tags: dict[str, Tally] = field(default_factory=dict)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_confidence: dict[int, Tally] = field(default_factory=dict)

    def add(self, result: Result) -> None:
        """Count one result."""
        self.total = self.total.plus(result)
        kind = result.case.kind
        self.kinds[kind] = self.kinds.get(kind, _NOTHING).plus(result)
        for tag in result.case.tags:
            self.tags[tag] = self.tags.get(tag, _NOTHING).plus(result)
        if result.reply.outcome == "answer":
            step = int(result.reply.confidence // _STEP * _STEP)
            self.by_confidence[step] = self.by_confidence.get(step, _NOTHING).plus(result)
        if not result.passed:
            self.confused.update(_confused(result))

    def by_outcome(self) -> dict[str, Tally]:
        """A tally for each kind of expected outcome that occurs, in the order of KINDS."""
        return {kind: self.kinds[kind] for kind in KINDS if kind in self.kinds}


def _confused(result: Result) -> list[tuple[str, str]]:
    """What was said for what in a wrong reply: each fact missing beside each fact too many."""
    expected, reply = result.case.accept[0], result.reply
    wanted = expected.facts if expected.outcome == "answer" else (expected.outcome,)
    said = reply.facts if reply.outcome == "answer" else (reply.outcome,)
    missing = [fact for fact in wanted if fact not in said] or ["verdict" if expected.verdict else wanted[0]]
    needless = [fact for fact in said if fact not in wanted] or [reply.verdict or "incomplete"]
    return [(one, other) for one in missing for other in needless]


@dataclass(frozen=True)
class Change:
    """A case whose result isn't what it was."""

    case: Case
    before: str
    now: str


@dataclass
class Comparison:
    """What differs from the baseline: cases that passed and fail now (broken), the other way round (fixed), failing
    cases with another reply (changed), and cases that the baseline doesn't have (new)."""

    fixed: list[Change] = field(default_factory=list)
    broken: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    new: list[Change] = field(default_factory=list)
    gone: int = 0

    def as_json(self) -> dict[str, object]:
        """Numbers, and the broken and fixed questions."""
        lists = {"fixed": self.fixed, "broken": self.broken, "changed": self.changed, "new": self.new}
        asks = {name: [change.case.ask for change in changes] for name, changes in lists.items()}
        return {**asks, "gone": self.gone}


@dataclass(frozen=True)
class Step:
    """What came of one threshold; `refused` counts the replies that state no figure and offer no choice."""

    threshold: float
    in_use: bool
    count: Tally
    refused: int


@dataclass
class Run:
    """The results so far: counts of all, and the first failures, in the order asked.

    `planned` counts the cases to ask; `seconds` is how long asking took. `comparison` is with an older run, where one
    was given, and `steps` are those of a sweep.
    """

    planned: int
    counts: Counts = field(default_factory=Counts)
    failures: list[Result] = field(default_factory=list)
    seconds: float = 0.0
    comparison: Comparison | None = None
    steps: tuple[Step, ...] = ()

    def add(self, result: Result) -> None:
        """Take one more result."""
        self.counts.add(result)
        if not result.passed and len(self.failures) < MOST_FAILURES:
            self.failures.append(result)

    @property
    def failed(self) -> int:
        """How many cases weren't answered as expected."""
        return self.counts.total.cases - self.counts.total.right

    @property
    def is_complete(self) -> bool:
        """Whether every case was asked."""
        return self.counts.total.cases >= self.planned

    @property
    def rate(self) -> float:
        """Questions a second."""
        return self.counts.total.cases / self.seconds if self.seconds else 0.0


def counts_of(results: Iterable[Result]) -> Counts:
    """The counts of some results."""
    counts = Counts()
    for result in results:
        counts.add(result)
    return counts


def tally(results: Iterable[Result]) -> Tally:
    """Count the results."""
    return counts_of(results).total
