"""How fast the bot answers: `python -m tests.bench [QUESTION_SET …]`.

Prints the time of a warm answer in-process, and of `reportbot ask` from a cold start, each also as a ratio to
a reference measured in the same run (these machines are noisy: compare ratios). Without question sets, the
packaged paraphrases are asked.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.assistant import default_report_folder, load_assistant
from bot.knowledge.load import load_knowledge
from bot.knowledge.model import Report
from bot.replay.question_sets import load_question_sets

ROUNDS = 3
COLD_STARTS = 7


def main(files: list[str]) -> None:
    """Measure and print."""
    folder = default_report_folder()
    report, intents = load_knowledge(folder, folder)
    phrases = [paraphrase.text for paraphrase in intents.paraphrases]
    questions = _questions(files, report) if files else phrases
    assistant = load_assistant()
    for question in questions:
        assistant.reply(question)
    answers = [_timed(assistant.reply, question) for _ in range(ROUNDS) for question in questions]
    lookups = [
        _timed(lambda q: process.extract(q, phrases, scorer=fuzz.ratio), question)
        for _ in range(ROUNDS)
        for question in questions
    ]
    print(f"questions: {len(questions)}, paraphrases: {len(phrases)}")
    _report("warm answer", answers, "one rapidfuzz extract(ratio) over the paraphrases", lookups, "ms", 1e3)
    ask = [_cold("-m", "bot", "ask", "光伏电站有多少个") for _ in range(COLD_STARTS)]
    bare = [_cold("-c", "import rapidfuzz, yaml") for _ in range(COLD_STARTS)]
    _report("cold start of `reportbot ask`", ask, "python -c 'import rapidfuzz, yaml'", bare, "s", 1)


def _questions(files: list[str], report: Report) -> list[str]:
    return [turn.ask for dialogue in load_question_sets([Path(f) for f in files], report) for turn in dialogue]


def _timed(call: object, question: str) -> float:
    start = time.perf_counter()
    call(question)  # type: ignore[operator]
    return time.perf_counter() - start


def _cold(*arguments: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def _report(name: str, times: list[float], reference: str, references: list[float], unit: str, scale: float) -> None:
    median, other = statistics.median(times), statistics.median(references)
    p99 = sorted(times)[int(len(times) * 0.99)]
    print(
        f"{name}: median {median * scale:.3g} {unit}, p99 {p99 * scale:.3g} {unit}; "
        f"reference ({reference}): median {other * scale:.3g} {unit}; ratio {median / other:.2f}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
