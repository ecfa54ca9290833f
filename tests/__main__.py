"""Everything that must pass before a change lands: `python -m tests`.

Lint, format, types, `reportbot check`, the public question sets against the baseline of the last release, then the
tests; stops at the first that fails, with its exit code.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SETS = "tests/questions"
PUBLIC = (f"{SETS}/public_general.yaml", f"{SETS}/public_noisy.yaml")
STEPS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "--quiet", "."),
    ("mypy",),
    ("bot", "check"),
    ("bot", "replay", "--quiet", "--baseline", f"{SETS}/baseline.json", *PUBLIC),
    ("pytest",),
)


def main() -> int:
    """Run the steps; the exit code of the first that fails, else 0."""
    for step in STEPS:
        print(f"$ {' '.join(step)}", flush=True)
        code = subprocess.run([sys.executable, "-m", *step], cwd=ROOT, check=False).returncode
        if code:
            print(f"失败：{' '.join(step)}", flush=True)
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
