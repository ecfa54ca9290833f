"""Replay at one answer threshold after another: what moving it would cost, and what the one in use is worth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.assistant import Assistant
from bot.replay.question_sets import Dialogue
from bot.replay.results import Result, Step, Tally, tally
from bot.replay.runner import replay
from bot.understanding.judge import ANSWER_SCORE

#: scores (0 to 100) tried, the one in use among them
THRESHOLDS = (30.0, 40.0, 50.0, 56.0, ANSWER_SCORE, 68.0, 74.0, 80.0, 86.0, 92.0, 97.0)
#: confidences (0 to 100) from which answers are counted
CONFIDENCES = (0.0, 60.0, 70.0, 80.0, 85.0, 90.0, 95.0)


def sweep(assistant: Assistant, dialogues: Iterable[Dialogue]) -> Iterator[Step]:
    """Each threshold's results as soon as they are known, lowest first."""
    for threshold in THRESHOLDS:
        results = list(replay(assistant.with_answer_score(threshold), dialogues))
        refused = sum(result.reply.outcome == "abstain" for result in results)
        yield Step(threshold, threshold == ANSWER_SCORE, tally(results), refused)


def by_confidence(results: Sequence[Result]) -> Iterator[tuple[float, Tally]]:
    """For each confidence, a tally of the answers given with at least that."""
    answers = [result for result in results if result.reply.outcome == "answer"]
    for least in CONFIDENCES:
        yield least, tally([result for result in answers if result.reply.confidence >= least])
