"""Asks the bot every case of some dialogues, in this process or in several; the results are the same."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from pathlib import Path

from bot.assistant import Assistant, load_assistant
from bot.replay.judge import passes, states_wrong_figure
from bot.replay.question_sets import Case, Dialogue
from bot.replay.results import Result
from bot.reply.explain import explain
from bot.reply.model import Reply
from bot.understanding.conversation import Conversation

#: dialogues that go to a process at once, and chunks that wait for each: what is in flight stays small
_CHUNK = 64
_WAITING = 3


def replay(assistant: Assistant, dialogues: Iterable[Dialogue]) -> Iterator[Result]:
    """Each case's result as soon as it is known, in order. Each dialogue is a new conversation."""
    for dialogue in dialogues:
        conversation = Conversation()
        for case in dialogue:
            yield judged(case, assistant.reply(case.ask, conversation))


def judged(case: Case, reply: Reply) -> Result:
    """The result that a reply is; how it came about is told only where it is wrong."""
    passed = passes(reply, case)
    explanation = "" if passed or reply.decision is None else explain(reply)
    return Result(case, reply._replace(decision=None), passed, states_wrong_figure(reply, case), explanation)


def replay_in(jobs: int, folder: Path | None, dialogues: Iterable[Dialogue]) -> Iterator[Result]:
    """The same by `jobs` processes, each with the report of the folder (None: the packaged one) loaded by itself."""
    # Spawned, not forked: this process has threads (the progress bar).
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_leave_interrupts) as pool:
        waiting: deque[Future[list[Result]]] = deque()
        try:
            for chunk in _chunks(dialogues):
                waiting.append(pool.submit(_replay_chunk, folder, chunk))
                if len(waiting) >= jobs * _WAITING:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _chunks(dialogues: Iterable[Dialogue]) -> Iterator[list[Dialogue]]:
    chunk: list[Dialogue] = []
    for dialogue in dialogues:
        chunk.append(dialogue)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _leave_interrupts() -> None:
    """Ctrl-C reaches every process of the terminal; the one that hands out the work decides."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@cache
def _assistant(folder: Path | None) -> Assistant:
    return load_assistant(folder)


def _replay_chunk(folder: Path | None, chunk: list[Dialogue]) -> list[Result]:
    return list(replay(_assistant(folder), chunk))
