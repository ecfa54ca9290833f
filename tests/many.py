"""A replay of very many questions: `python -m tests.many [--questions N]`.

Questions are generated from the sets in tests/questions (each with another ending, so that none is the same twice),
written as JSON Lines, and replayed with one process and with two. Prints the rates, the memory of the process that
hands out the work (at most in each quarter of the way), and whether both found the same.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
ENDINGS = ("", "？", "啊", "呀", "呢？", "，谢谢", "，麻烦了", "，急", " 🙏", "！")


def generated(number: int) -> Iterator[str]:
    """So many lines of JSON, each a case."""
    sets = [
        yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "tests/questions").glob("*.yaml"))
    ]
    cases = [case for cases in sets for case in cases if "ask" in case and not isinstance(case["ask"], int | float)]
    endings = itertools.cycle(ENDINGS)
    for serial, case in zip(range(number), itertools.cycle(cases), strict=False):
        yield json.dumps(
            {**case, "ask": f"{case['ask']}{next(endings)}", "tags": [f"part{serial % 7}"]}, ensure_ascii=False
        )


def resident(process: subprocess.Popen[bytes]) -> int:
    """MB that a process holds in memory."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024


def measure(questions: Path, out: Path, jobs: int) -> str:
    """Replay, and tell the rate and the memory."""
    command = [
        sys.executable,
        "-m",
        "bot",
        "replay",
        "--quiet",
        "--jobs",
        str(jobs),
        "--output",
        str(out),
        str(questions),
    ]
    start, held = time.perf_counter(), [0]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        try:
            held.append(resident(process))
        except (StopIteration, FileNotFoundError):
            break
        time.sleep(0.5)
    process.wait()
    seconds = time.perf_counter() - start
    # The failures that are kept to be listed fill up first (bot/replay/results.py); from then on it must be flat.
    quarters = ", ".join(f"{max(held[len(held) * n // 4 :][: max(1, len(held) // 4)])}" for n in range(4))
    rate = json.loads(out.read_text(encoding="utf-8"))["summary"]["questions_per_second"]
    return f"{jobs} process(es): {rate:.0f} questions/s ({seconds:.0f} s in all), {quarters} MB by the quarter"


def fingerprint(out: Path) -> str:
    """What was found, without how long it took."""
    data = json.loads(out.read_text(encoding="utf-8"))
    return hashlib.sha256(json.dumps([data["cases"], data["by_tag"]], sort_keys=True).encode()).hexdigest()


def main() -> int:
    """Generate, replay twice, compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--questions", type=int, default=100_000)
    number = parser.parse_args().questions
    with tempfile.TemporaryDirectory() as folder:
        questions = Path(folder) / "many.jsonl"
        with questions.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in generated(number))
        outs = [Path(folder) / "one.json", Path(folder) / "two.json"]
        for jobs, out in enumerate(outs, 1):
            print(measure(questions, out, jobs), flush=True)
        same = fingerprint(outs[0]) == fingerprint(outs[1])
    print("Both found the same." if same else "They differ!")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
