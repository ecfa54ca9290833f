"""Load a report folder: its facts and its intents, or every problem of both at once."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge.cache import StartCache
from bot.knowledge.facts import load_report
from bot.knowledge.intents import Intents, load_intents
from bot.knowledge.model import Report
from bot.problems import KnowledgeError, Problem


def load_knowledge(folder: Path, packaged: Path, *, cached: bool = False) -> tuple[Report, Intents]:
    """Read facts.yaml and intents/ of a folder; shared word lists it lacks come from the packaged report.

    `cached`: skip what an earlier start did to the very same files; `intents.cache` keeps what this one found out until
    it is saved, when all is read. Raises KnowledgeError with every problem of
    all files.
    """
    files = {*folder.glob("*.yaml"), *folder.glob("intents/**/*.yaml"), *packaged.glob("intents/shared/*.yaml")}
    cache = StartCache.of(files) if cached else StartCache(None)
    problems: list[Problem] = []
    report: Report | None = None
    intents: Intents | None = None
    try:
        report = load_report(folder / "facts.yaml", cache=cache)
    except KnowledgeError as error:
        problems += error.problems
    try:
        intents = load_intents(folder / "intents", packaged / "intents", report, cache)
    except KnowledgeError as error:
        problems += error.problems
    if problems or report is None or intents is None:
        raise KnowledgeError(problems)
    return report, intents
