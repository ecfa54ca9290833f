"""Where results go: one writer for each file asked for, its format by the file's name."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from bot.replay.report_html import HtmlWriter
from bot.replay.report_json import JsonWriter
from bot.replay.report_junit import JunitWriter
from bot.replay.report_markdown import MarkdownWriter
from bot.replay.results import Result, Run


class Writer(Protocol):
    """Writes one file, result by result."""

    def add(self, result: Result) -> None:
        """Take one result, in the order asked."""

    def finish(self, run: Run) -> None:
        """Write what sums up."""


#: by how the file's name ends; the first that fits
FORMATS: tuple[tuple[str, Callable[[Path, ExitStack], Writer]], ...] = (
    (".junit.xml", JunitWriter),
    (".json", JsonWriter),
    (".html", HtmlWriter),
    (".md", MarkdownWriter),
)


def ending_of(path: Path) -> str | None:
    """The ending by which a file gets its format, None where it has none of them."""
    return next((ending for ending, _ in FORMATS if path.name.endswith(ending)), None)


class Writers:
    """All files of one replay. Leaving the context keeps those that were finished, and nothing of the others."""

    def __init__(self, paths: list[Path]) -> None:
        self._paths = paths
        self._files = ExitStack()
        self._writers: list[Writer] = []

    def __enter__(self) -> Writers:
        for path in self._paths:
            make = next(make for ending, make in FORMATS if path.name.endswith(ending))
            self._writers.append(make(path, self._files))
        return self

    def __exit__(self, *error: object) -> None:
        self._files.__exit__(*error)  # type: ignore[arg-type]

    def add(self, result: Result) -> None:
        """Hand a result to every writer. Raises OSError."""
        for writer in self._writers:
            writer.add(result)

    def finish(self, run: Run) -> None:
        """Sum up in every file. Raises OSError."""
        for writer in self._writers:
            writer.finish(run)
