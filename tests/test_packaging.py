"""The wheel is whole: installed anywhere, the bot answers from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


def test_answers_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    code = "import bot, sys; from bot.cli import main; print(bot.__file__); sys.exit(main(['ask', '光伏电站有多少个']))"
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=elsewhere, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(site))
    assert "975个" in done.stdout


def test_holds_all_data_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {path.relative_to(ROOT).as_posix() for path in [ROOT / "facts.yaml", *ROOT.glob("intents/**/*.yaml")]}
    assert {f"bot/report/{name}" for name in data} <= names
    assert {"bot/py.typed", "bot/language/pinyin.txt", "bot/language/lookalikes.txt"} <= names
    assert {"bot/replay/report.html.j2", "bot/schemas/facts.json", "bot/pytest_plugin.py"} <= names
    assert not [name for name in names if name.startswith("tests")]
