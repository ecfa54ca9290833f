"""A replay as one JSON object, for other programs."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

from bot.replay.results import Result, Run, Tally, by_outcome, by_tag, tally


def as_json(run: Run) -> dict[str, object]:
    """Everything known of the run. Percentages are 0 to 100, `seconds` is how long asking took."""
    return {
        "summary": {
            **_tally(tally(run.results)),
            "seconds": round(run.seconds, 3),
            "questions_per_second": round(run.rate, 1),
        },
        "by_outcome": {kind: _tally(count) for kind, count in by_outcome(run.results).items()},
        "by_tag": {tag: _tally(count) for tag, count in by_tag(run.results).items()},
        "cases": [_case(result) for result in run.results],
    }


def write_json(run: Run, path: Path) -> None:
    """Write the run to `path`: wholly or, if that fails, not at all. Raises OSError."""
    path = path.resolve()  # through a symbolic link, not over it
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        draft.write_text(json.dumps(as_json(run), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


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
