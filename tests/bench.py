"""How fast the bot answers: `python -m tests.bench [QUESTION_SET …]`.

Prints the time of a warm answer in-process, that of `reportbot ask` from a cold start, and the memory of a REPL that
is asked 10,000 questions, each also as a ratio to a reference measured in the same run (machines are noisy: compare
ratios). Then what an install takes. Without question sets, the packaged paraphrases are asked.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.assistant import default_report_folder, load_assistant
from bot.knowledge.load import load_knowledge
from bot.replay.question_sets import load_question_sets

#: the reference of what takes time and memory before anything is asked
BARE = "import rapidfuzz, yaml"
ROOT = Path(__file__).parent.parent
ROUNDS = 3
COLD_STARTS = 9
#: questions to a REPL: what it holds after the first number mustn't grow until the second
FEW, MANY = 1_000, 10_000


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


@dataclass(frozen=True)
class Memory:
    """The most that a process held, in MB: a REPL after FEW and after MANY answers, and a bare import."""

    few: float
    many: float
    reference: float

    @property
    def ratio(self) -> float:
        return self.many / self.reference


def measure(files: list[str]) -> tuple[Measured, Measured, Memory]:
    """Warm answers beside one rapidfuzz extract over the paraphrases, cold starts and memory beside a bare import."""
    folder = default_report_folder()
    report, intents = load_knowledge(folder, folder)
    phrases = [paraphrase.text for paraphrase in intents.paraphrases]
    sets = load_question_sets([Path(file) for file in files], report)
    questions = [case.ask for dialogue in sets for case in dialogue] or phrases
    assistant = load_assistant()

    def look_up(question: str) -> object:
        return process.extract(question, phrases, scorer=fuzz.ratio)

    # In turns, here and below: a machine that gets slower or faster meanwhile changes both.
    warm = Measured(*_warm(questions, assistant.reply, look_up))
    starts = [(_cold("-m", "bot", "ask", "光伏电站有多少个"), _cold("-c", BARE)) for _ in range(COLD_STARTS + 1)][1:]
    ask, bare = map(list, zip(*starts, strict=True))
    return warm, Measured(ask, bare), _memory(questions)


def _memory(questions: list[str]) -> Memory:
    lines = [question.replace("\n", " ") for question in questions if question.strip() and question[0] not in "/:"]
    asked = list(itertools.islice(itertools.cycle(lines), MANY))
    return Memory(_peak(["-m", "bot"], asked[:FEW]), _peak(["-m", "bot"], asked), _peak(["-c", BARE], []))


def _peak(arguments: list[str], lines: list[str]) -> float:
    """The most memory (MB, resident) that a process given these lines held."""
    process = subprocess.Popen([sys.executable, *arguments], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert process.stdin is not None
    process.stdin.write("".join(f"{line}\n" for line in lines).encode())
    process.stdin.close()
    # Not what wait4 tells: that counts this process's own memory, from which the other was forked.
    most = 0
    while process.poll() is None:
        with contextlib.suppress(OSError):
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
            most = max(most, *(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)
        time.sleep(0.002)
    return most / 1024


def install() -> tuple[float, float]:
    """What the default install puts into site-packages (MB, compiled modules counted), and how long pip takes (s)."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--target", folder, str(ROOT)], check=True)
        took = time.perf_counter() - start
        return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 1e6, took


def _warm(questions: list[str], *calls: Callable[[str], object]) -> list[list[float]]:
    times: list[list[float]] = [[] for _ in calls]
    for counted in range(-1, ROUNDS):
        for question, (took, call) in itertools.product(questions, zip(times, calls, strict=True)):
            start = time.perf_counter()
            call(question)
            if counted >= 0:  # the first round warms up
                took.append(time.perf_counter() - start)
    return times


def _cold(*arguments: str) -> float:
    # As installed: with compiled modules, and for the bot with what its first start found out.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - start


if __name__ == "__main__":
    warm, cold, memory = measure(sys.argv[1:])
    print(f"warm answer: median {warm.median * 1e3:.2f} ms, p99 {warm.p99 * 1e3:.2f} ms")
    print(f"  {warm.ratio:.1f} times one rapidfuzz extract(scorer=ratio) over the paraphrases, at the median")
    print(f"cold start of `reportbot ask`: median {cold.median:.3f} s, slowest {max(cold.times):.3f} s")
    print(f"  {cold.ratio:.1f} times python -c 'import rapidfuzz, yaml', at the median")
    print(f"memory of the REPL: {memory.few:.0f} MB after {FEW:,} answers, {memory.many:.0f} MB after {MANY:,}")
    print(f"  {memory.ratio:.1f} times python -c 'import rapidfuzz, yaml'")
    size, took = install()
    print(f"default install: {size:.0f} MB of site-packages, {took:.0f} s with packages at hand")
