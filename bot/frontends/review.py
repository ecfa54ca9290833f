"""`reportbot misses` and `reportbot stats`: what users asked in vain, and how the bot is used."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import TypeVar

import yaml
from rapidfuzz import fuzz

from bot.assistant import Assistant
from bot.frontends.console import printable
from bot.frontends.telegram.settings import StartError, read_database_url, read_questions_kept
from bot.language.normalise import normalise
from bot.state.database import DatabaseError, open_database
from bot.state.store import Miss, Store

T = TypeVar("T")

#: likeness (0 to 100) from which two questions are of one group
_ALIKE = 65.0
#: days that `stats` shows
_DAYS = 14


def run_misses(assistant: Assistant, output: Path | None) -> int:
    """List the questions of a server that weren't answered or whose answers weren't liked, grouped by likeness.

    With `output` also write them as a question set to label. 0; 2, and one line on standard error, without a database.
    """
    misses = _read(assistant, Store.misses)
    if misses is None:
        return 2
    if not misses:
        kept = "review.no_misses" if read_questions_kept(os.environ) else "review.not_kept"
        print(assistant.wording(kept))
        return 0
    groups = grouped(misses)
    for group in groups:
        print(f"{len(group)}  {printable(group[0].question)}")
        for question in list(dict.fromkeys(miss.question for miss in group))[1:]:
            print(f"   ~ {printable(question)}")
    if output is not None:
        output.write_text(_question_set(assistant, groups), encoding="utf-8")
        print(assistant.wording("review.written", file=output))
    return 0


def run_stats(assistant: Assistant) -> int:
    """Print messages by day and outcome, and the ratings. 0; 2, and one line, without a database."""
    numbers = _read(assistant, _stats)
    if numbers is None:
        return 2
    counts, (liked, disliked) = numbers
    by_day: dict[str, dict[str, int]] = {}
    for day, outcome, number in counts:
        by_day.setdefault(day, {})[outcome] = number
    for day, outcomes in list(by_day.items())[:_DAYS]:
        parts = "  ".join(f"{outcome} {number}" for outcome, number in outcomes.items())
        print(f"{day}  {sum(outcomes.values())}  ({parts})")
    print(f"👍 {liked}  👎 {disliked}")
    return 0


def grouped(misses: Iterable[Miss]) -> list[list[Miss]]:
    """Questions that are much alike together, the largest groups first."""
    groups: list[tuple[str, list[Miss]]] = []
    for miss in misses:
        plain = normalise(miss.question)
        best = max(groups, key=lambda group: fuzz.ratio(plain, group[0]), default=None)
        if best is not None and fuzz.ratio(plain, best[0]) >= _ALIKE:
            best[1].append(miss)
        else:
            groups.append((plain, [miss]))
    return sorted((group for _, group in groups), key=len, reverse=True)


def _question_set(assistant: Assistant, groups: Iterable[list[Miss]]) -> str:
    """Every question once, with what the bot says now as a first guess at the label."""
    cases = []
    for group in groups:
        for question in dict.fromkeys(miss.question for miss in group):
            cases.append({"ask": question, "expect": _outcome(assistant, question), "tags": ["missed"]})
    text = yaml.safe_dump(cases, allow_unicode=True, sort_keys=False, width=120)
    return f"# {assistant.wording('review.to_label')}\n{text}"


def _outcome(assistant: Assistant, question: str) -> dict[str, object]:
    reply = assistant.reply(question)
    match reply.outcome:
        case "answer":
            return {"answer": list(reply.facts)} | ({"verdict": reply.verdict} if reply.verdict else {})
        case "clarify":
            return {"clarify": list(reply.options)}
        case "overview":
            return {"overview": reply.topic}
        case outcome:
            return {outcome: True}


def _read(assistant: Assistant, read: Callable[[Store], Awaitable[T]]) -> T | None:
    """What the server's store says; None, and one line on standard error, when it can't be opened."""
    try:
        database = open_database(read_database_url(os.environ))
        kept = read_questions_kept(os.environ)
    except (StartError, DatabaseError) as error:
        wording = error.wording if isinstance(error, StartError) else "telegram.bad_database_url"
        print(assistant.wording(wording), file=sys.stderr)
        return None
    store = Store(database, "", context_seconds=60 * assistant.context_minutes, questions_kept=kept)
    return asyncio.run(_opened(assistant, store, read))


async def _opened(assistant: Assistant, store: Store, read: Callable[[Store], Awaitable[T]]) -> T | None:
    try:
        if await store.open():
            return await read(store)
        print(assistant.wording("review.away"), file=sys.stderr)
        return None
    finally:
        await store.close()


async def _stats(store: Store) -> tuple[list[tuple[str, str, int]], tuple[int, int]]:
    return await store.counts(), await store.ratings()
