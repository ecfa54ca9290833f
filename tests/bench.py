"""How fast the bot answers: `python -m tests.bench [QUESTION_SET …]`.

Prints the time of a warm answer in-process, and of `reportbot ask` from a cold start, each also as a ratio to
a reference measured in the same run (machines are noisy: compare ratios). Without question sets, the
packaged paraphrases are asked.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.assistant import default_report_folder, load_assistant
from bot.knowledge.load import load_knowledge
from bot.replay.question_sets import load_question_sets

ROUNDS = 3
COLD_STARTS = 9


@dataclass(frozen=True)
class Measured:
    """Times in seconds, and those of the reference from the same run."""

    times: list[float]
    reference: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def p99(self) -> float:
        return sorted(self.times)[int(len(self.times) * 0.99)]

    @property
    def ratio(self) -> float:
        return self.median / statistics.median(self.reference)


def measure(files: list[str]) -> tuple[Measured, Measured]:
    """(warm answers beside one rapidfuzz extract over the paraphrases, cold starts beside a bare import)."""
    folder = default_report_folder()
    report, intents = load_knowledge(folder, folder)
    phrases = [paraphrase.text for paraphrase in intents.paraphrases]
    sets = load_question_sets([Path(file) for file in files], report)
    questions = [case.ask for dialogue in sets for case in dialogue] or phrases
    assistant = load_assistant()

    def look_up(question: str) -> object:
        return process.extract(question, phrases, scorer=fuzz.ratio)

    warm = Measured(_warm(assistant.reply, questions), _warm(look_up, questions))
    ask = [_cold("-m", "bot", "ask", "光伏电站有多少个") for _ in range(COLD_STARTS + 1)][1:]
    bare = [_cold("-c", "import rapidfuzz, yaml") for _ in range(COLD_STARTS + 1)][1:]
    return warm, Measured(ask, bare)


def _warm(call: Callable[[str], object], questions: list[str]) -> list[float]:
    times: list[float] = []
    for counted in range(-1, ROUNDS):
        for question in questions:
            start = time.perf_counter()
            call(question)
            if counted >= 0:  # the first round warms up
                times.append(time.perf_counter() - start)
    return times


def _cold(*arguments: str) -> float:
    # As installed: with compiled modules, and for the bot with what its first start found out.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - start


if __name__ == "__main__":
    warm, cold = measure(sys.argv[1:])
    print(f"warm answer: median {warm.median * 1e3:.2f} ms, p99 {warm.p99 * 1e3:.2f} ms")
    print(f"  {warm.ratio:.1f} times one rapidfuzz extract(scorer=ratio) over the paraphrases, at the median")
    print(f"cold start of `reportbot ask`: median {cold.median:.3f} s, slowest {max(cold.times):.3f} s")
    print(f"  {cold.ratio:.1f} times python -c 'import rapidfuzz, yaml', at the median")
