"""Put measured figures into both READMEs: `python -m tests.readme`.

The accuracy rows come from replaying tests/questions, the speed rows from tests/bench.py. A test holds the
accuracy rows against a replay, so that they can't go stale; speed is measured, never asserted.
"""

from __future__ import annotations

import re
from pathlib import Path

from bot.assistant import Assistant, load_assistant
from bot.replay.question_sets import load_question_sets
from bot.replay.results import Result, Tally, tally
from bot.replay.runner import replay
from bot.replay.sweep import by_confidence
from tests.bench import install, measure

ROOT = Path(__file__).parent.parent
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
SETS = ROOT / "tests" / "questions"


def results_of(assistant: Assistant, name: str) -> list[Result]:
    """What comes of a question set."""
    return list(replay(assistant, load_question_sets([SETS / name], assistant.report)))


def accuracy_row(name: str, count: Tally) -> str:
    """The table row of a question set: how many questions, how many right, how many wrong figures."""
    link = f"[{name}](tests/questions/{name})"
    return f"| {link} | {count.cases} | {count.right_percent:.1f} % | {count.wrong_figures_percent:.1f} % |"


def confident_row(name: str, results: list[Result]) -> str:
    """The table row of the answers of a question set that had a confidence of 90 or more."""
    count = dict(by_confidence(results))[90.0]
    return f"| {name}, ≥ 90 | {count.cases} | {count.right_percent:.1f} % | {count.wrong_figures_percent:.1f} % |"


def main() -> None:
    """Measure, and rewrite the rows."""
    # First, before tens of thousands of results are held beside what is measured.
    files = [str(path) for path in sorted(SETS.glob("public_*.yaml"))]
    warm, cold, memory = measure(files)
    size, took = install()
    assistant = load_assistant()
    names = ("held_out.yaml", "development.yaml")
    results = {name: results_of(assistant, name) for name in names}
    rows = [accuracy_row(name, tally(results[name])) for name in names]
    rows += [confident_row(name, results[name]) for name in names]
    for path in READMES:
        text = path.read_text(encoding="utf-8")
        for row in rows:
            start = re.escape(row.split(" |")[0] + " |")
            text = re.sub(f"^{start}.*$", row, text, flags=re.MULTILINE)
        text = _fill(text, ("warm answer", "热启动"), f"{warm.median * 1000:.1f} ms", f"{warm.ratio:.1f}")
        text = _fill(text, ("cold start", "冷启动"), f"{cold.median:.2f} s", f"{cold.ratio:.1f}")
        text = _fill(text, ("memory of the REPL", "REPL 的内存"), f"{memory.many:.0f} MB", f"{memory.ratio:.1f}")
        text = _fill(text, ("default install", "默认安装"), f"{size:.0f} MB, {took:.0f} s", "")
        path.write_text(text, encoding="utf-8")


def _fill(text: str, names: tuple[str, ...], time: str, ratio: str) -> str:
    """The speed row that holds one of the names, with its second cell and the number before × or 倍 replaced."""
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.startswith("| ") and any(name in line for name in names):
            cells = line.split(" | ")
            cells[1] = time
            cells[2] = re.sub(r"[\w.]+(?= ×| 倍)", ratio, cells[2])
            lines[number] = " | ".join(cells)
    return "".join(lines)


if __name__ == "__main__":
    main()
