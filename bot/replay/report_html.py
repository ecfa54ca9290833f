"""A replay as one HTML file that needs nothing else: to be read, searched and passed on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from bot.replay.draft import draft_of
from bot.replay.report_terminal import describe_expectation, describe_reply, summary_line
from bot.replay.results import Result, Run, Step, Tally

#: rows and columns of the heat map: what is confused most
_MOST_CONFUSED = 14
#: tags listed at once, those with most failures first; the rest unfolds
_MOST_ROWS = 12
#: size of the plot of a sweep, in its own units, and the space for its labels
_WIDTH, _HEIGHT, _MARGIN = 640, 240, 36


class HtmlWriter:
    """Written at the end, from the counts and the failures kept."""

    def __init__(self, path: Path, files: ExitStack) -> None:
        self._file = files.enter_context(draft_of(path))

    def add(self, result: Result) -> None:
        """Nothing yet."""

    def finish(self, run: Run) -> None:
        """Everything."""
        environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        page = environment.get_template("report.html.j2").render(
            summary=summary_line(run),
            total=run.counts.total,
            unlisted=run.failed - len(run.failures),
            outcomes=run.counts.by_outcome(),
            tags=dict(sorted(run.counts.tags.items(), key=lambda tag: tag[1].right_percent)),
            heat=heat_map(run.counts.confused),
            histogram=histogram(run.counts.by_confidence),
            failures=[failure(result) for result in run.failures],
            comparison=run.comparison,
            plot=plot(run.steps),
            most_rows=_MOST_ROWS,
        )
        self._file.write(page)


@dataclass(frozen=True)
class HeatMap:
    """What was said for what: rows are what was expected, columns what was said; `shade` is 0 to 1."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[tuple[int, float], ...], ...]


def heat_map(confused: Counter[tuple[str, str]]) -> HeatMap:
    """Only what is confused, the most often confused first."""
    rows, columns = Counter[str](), Counter[str]()
    for (expected, said), number in confused.items():
        rows[expected] += number
        columns[said] += number
    names = tuple(name for name, _ in rows.most_common(_MOST_CONFUSED))
    heads = tuple(name for name, _ in columns.most_common(_MOST_CONFUSED))
    most = max(confused.values(), default=1)
    cells = tuple(tuple((n := confused[(name, head)], (n / most) ** 0.5) for head in heads) for name in names)
    return HeatMap(names, heads, cells)


@dataclass(frozen=True)
class Bar:
    """Answers of one step of confidence: how many, how many right, and the heights (0 to 100) of both parts."""

    label: str
    cases: int
    right: int
    right_height: float
    wrong_height: float


def histogram(by_confidence: dict[int, Tally]) -> list[Bar]:
    """A bar for each ten points of confidence."""
    most = max((count.cases for count in by_confidence.values()), default=1)
    bars: list[Bar] = []
    for least in range(0, 101, 10):
        count = by_confidence.get(least, Tally(0, 0, 0))
        right = 100 * count.right / most
        bars.append(Bar(str(least), count.cases, count.right, right, 100 * (count.cases - count.right) / most))
    return bars


def failure(result: Result) -> dict[str, object]:
    """What the page shows of a failure."""
    case = result.case
    return {
        "place": f"{case.file}:{case.line}",
        "earlier": case.earlier,
        "ask": case.ask or "（空）",
        "kind": case.kind,
        "tags": case.tags,
        "expected": " 或 ".join(map(describe_expectation, case.accept)),
        "said": describe_reply(result.reply),
        "confidence": f"{result.reply.confidence:g}",
        "reply": result.reply.text,
        "explanation": result.explanation,
        "wrong_figure": result.wrong_figure,
    }


@dataclass(frozen=True)
class Line:
    """One line of the plot: its name, its class in the page's style, and its points as SVG has them."""

    name: str
    style: str
    points: str


@dataclass(frozen=True)
class Plot:
    """What each threshold gives, as lines over the thresholds; `mark` is where the one in use stands."""

    width: int
    height: int
    lines: tuple[Line, ...]
    labels: tuple[tuple[float, str], ...]
    mark: float


def plot(steps: Sequence[Step]) -> Plot | None:
    """The plot of a sweep; None without one."""
    if len(steps) < 2:
        return None
    least, most = steps[0].threshold, steps[-1].threshold

    def x(step: Step) -> float:
        return round(_MARGIN + (_WIDTH - 2 * _MARGIN) * (step.threshold - least) / (most - least), 1)

    def line(name: str, style: str, percents: Sequence[float]) -> Line:
        heights = (round(_HEIGHT - _MARGIN - (_HEIGHT - 2 * _MARGIN) * p / 100, 1) for p in percents)
        return Line(name, style, " ".join(f"{x(step)},{y}" for step, y in zip(steps, heights, strict=True)))

    return Plot(
        _WIDTH,
        _HEIGHT,
        (
            line("答对 %", "right", [step.count.right_percent for step in steps]),
            line("数字答错 %", "wrong", [step.count.wrong_figures_percent for step in steps]),
            line("拒答 %", "refused", [100 * step.refused / step.count.cases for step in steps]),
        ),
        tuple((x(step), f"{step.threshold:g}") for step in steps),
        next((x(step) for step in steps if step.in_use), _MARGIN),
    )
