"""What all tests share: the packaged report's assistant, loaded once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.assistant import Assistant, default_report_folder, load_assistant


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nothing of the tests is left in the user's cache."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    return load_assistant()


@pytest.fixture
def report_folder(tmp_path: Path) -> Path:
    """A copy of the packaged report, to break."""
    packaged = default_report_folder()
    shutil.copytree(packaged / "intents", tmp_path / "intents")
    shutil.copy(packaged / "facts.yaml", tmp_path)
    return tmp_path


@pytest.fixture
def question_set(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str, name: str = "set.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write
