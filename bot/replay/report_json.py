"""A replay as one JSON object, for other programs and as a baseline; written case by case."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from bot.replay.draft import draft_of
from bot.replay.results import Result, Run, Tally


class JsonWriter:
    """`cases` in the order asked, then `summary`, `by_outcome`, `by_tag`; percentages are 0 to 100."""

    def __init__(self, path: Path, files: ExitStack) -> None:
        self._file = files.enter_context(draft_of(path))
        self._file.write('{"cases": [')
        self._before = "\n"

    def add(self, result: Result) -> None:
        """One case, a line of its own."""
        self._file.write(self._before + json.dumps(_case(result), ensure_ascii=False))
        self._before = ",\n"

    def finish(self, run: Run) -> None:
        """The counts."""
        rest: dict[str, object] = {
            "summary": {
                **_tally(run.counts.total),
                "planned": run.planned,
                "interrupted": not run.is_complete,
                "seconds": round(run.seconds, 3),
                "questions_per_second": round(run.rate, 1),
            },
            "by_outcome": {kind: _tally(count) for kind, count in run.counts.by_outcome().items()},
            "by_tag": {tag: _tally(count) for tag, count in run.counts.tags.items()},
            "by_confidence": {str(least): _tally(c) for least, c in sorted(run.counts.by_confidence.items())},
        }
        if run.comparison is not None:
            rest["baseline"] = run.comparison.as_json()
        if run.steps:
            rest["sweep"] = [{**_tally(s.count), "threshold": s.threshold, "refused": s.refused} for s in run.steps]
        self._file.write("\n],\n" + json.dumps(rest, ensure_ascii=False, indent=1)[1:].lstrip() + "\n")


def _tally(count: Tally) -> dict[str, object]:
    return {
        **asdict(count),
        "right_percent": round(count.right_percent, 2),
        "wrong_figures_percent": round(count.wrong_figures_percent, 2),
    }


def _case(result: Result) -> dict[str, object]:
    case = result.case
    return {
        "ask": case.ask,
        "earlier": list(case.earlier),
        "file": case.file,
        "line": case.line,
        "tags": list(case.tags),
        "kind": case.kind,
        "expected": [expected.as_json() for expected in case.accept],
        "actual": result.reply.as_json(),
        "passed": result.passed,
        "wrong_figure": result.wrong_figure,
    }
