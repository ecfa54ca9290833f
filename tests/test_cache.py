"""A start may skip what an earlier one did, and never answers otherwise for it."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import source_hash
from pathlib import Path

import pytest

from bot.assistant import load_assistant
from bot.knowledge.cache import StartCache
from bot.problems import KnowledgeError

QUESTION = "光伏带动了几户"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "reportbot"


def test_the_second_start_skips_the_validator_and_answers_the_same(report_folder: Path, cache: Path) -> None:
    first = load_assistant(report_folder).reply(QUESTION)
    assert len(list(cache.iterdir())) == 1
    code = (
        "import sys; from pathlib import Path; from bot.assistant import load_assistant\n"
        f"print(load_assistant(Path(sys.argv[1])).reply({QUESTION!r}).facts[0], 'jsonschema' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(report_folder)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [first.facts[0], "False"]


@pytest.mark.parametrize("content", [b"", b"{}", b"{", b'{"a": 1}', b"[]", b"\xff", b'{"a": ["b"'])
def test_a_half_written_or_foreign_file_only_costs_time(report_folder: Path, cache: Path, content: bytes) -> None:
    load_assistant(report_folder)
    (file,) = cache.iterdir()
    file.write_bytes(content)
    assert load_assistant(report_folder).reply(QUESTION).facts == ("solar.households",)
    assert file.read_bytes() != content


def test_a_changed_word_counts_at_once(report_folder: Path, cache: Path) -> None:
    load_assistant(report_folder)
    vocabulary = report_folder / "intents/shared/vocabulary.yaml"
    text = vocabulary.read_text(encoding="utf-8")
    vocabulary.write_text(text.replace("  光伏: {words: [", "  光伏: {words: [(日头|晒电)板, "), encoding="utf-8")
    assert load_assistant(report_folder).reply("晒电板带动多少户").facts == ("solar.households",)


def test_a_broken_report_is_never_taken_for_valid(report_folder: Path, cache: Path) -> None:
    facts = report_folder / "facts.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("counts: 村", "conuts: 村", 1), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(KnowledgeError):
            load_assistant(report_folder)
    assert not cache.exists()


def test_only_a_few_files_are_kept(report_folder: Path, cache: Path) -> None:
    cache.mkdir(parents=True)
    (cache / "killed_while_writing.tmp").touch()
    vocabulary = report_folder / "intents/shared/vocabulary.yaml"
    for _ in range(10):
        vocabulary.write_text(vocabulary.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        load_assistant(report_folder)
    assert len(list(cache.iterdir())) == 8


def test_a_cache_folder_that_cannot_be_written(
    report_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert load_assistant(report_folder).reply(QUESTION).facts == ("solar.households",)


def test_nothing_is_kept_of_a_file_that_changed_while_it_was_read(cache: Path, tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text("a: 1\n", encoding="utf-8")
    start = StartCache.of([file])
    file.write_text("a: 2\n", encoding="utf-8")
    start.put_data("facts.yaml", {"a": 2})
    start.save()
    assert not cache.exists()


def test_a_file_that_moved_is_missed_though_its_content_is_known(report_folder: Path, cache: Path) -> None:
    for name in ("about", "computed", "cooperation", "education", "employment"):
        topic = report_folder / "intents" / f"{name}.yaml"  # so that facts.yaml stays the first of all that are read
        topic.rename(topic.with_name(f"z_{name}.yaml"))
    load_assistant(report_folder)
    (report_folder / "facts.yaml").rename(report_folder / "intents" / "facts.yaml")
    with pytest.raises(KnowledgeError):
        load_assistant(report_folder)


@pytest.mark.parametrize("content", ["[]", "{}", "null"])
def test_a_cache_of_another_shape_is_no_cache(report_folder: Path, cache: Path, content: str) -> None:
    load_assistant(report_folder)
    (file,) = cache.iterdir()
    file.write_bytes(source_hash(content.encode()).hex().encode() + b"\n" + content.encode())
    assert load_assistant(report_folder).reply("光伏电站有多少个").facts == ("solar.stations",)
