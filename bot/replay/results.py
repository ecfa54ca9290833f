"""What came of a replay: plain data, for any report to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.replay.question_sets import KINDS, Case
from bot.reply.model import Reply


@dataclass(frozen=True)
class Result:
    """What the bot said to one case, and whether that was right."""

    case: Case
    reply: Reply
    passed: bool
    wrong_figure: bool


@dataclass
class Run:
    """The results so far, in the order asked. `planned` counts the cases to ask; `seconds` is how long asking took."""

    planned: int
    results: list[Result] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def failures(self) -> list[Result]:
        return [result for result in self.results if not result.passed]

    @property
    def rate(self) -> float:
        """Questions a second."""
        return len(self.results) / self.seconds if self.seconds else 0.0


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


def tally(results: Sequence[Result]) -> Tally:
    """Count the results."""
    return Tally(len(results), sum(r.passed for r in results), sum(r.wrong_figure for r in results))


def by_outcome(results: Sequence[Result]) -> dict[str, Tally]:
    """A tally for each kind of expected outcome that occurs, in the order of KINDS."""
    groups = {kind: [r for r in results if r.case.kind == kind] for kind in KINDS}
    return {kind: tally(group) for kind, group in groups.items() if group}


def by_tag(results: Sequence[Result]) -> dict[str, Tally]:
    """A tally for each tag, in order of first use; a case counts under each of its tags."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        for tag in result.case.tags:
            groups.setdefault(tag, []).append(result)
    return {tag: tally(group) for tag, group in groups.items()}
