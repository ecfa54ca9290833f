"""What `reportbot check` finds across intents, its annotations, the schemas for editors, and the pytest plugin."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from bot.cli import main
from bot.knowledge.editor_schemas import MODELINE, editor_schemas

ROOT = Path(__file__).parent.parent


def add_to(path: Path, after: str, line: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert after in text
    path.write_text(text.replace(after, f"{after}\n{line}", 1), encoding="utf-8")


def checked(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["check", "--report", str(folder), *arguments]) == 1
    return capsys.readouterr().out


def test_a_stolen_sentence_is_named(report_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add_to(report_folder / "intents" / "solar.yaml", "  solar.income:", "    - 光伏电站有多少座")
    out = checked(report_folder, capsys)
    assert "solar.income 的问法“光伏电站有多少座”被 solar.stations 抢走了" in out
    assert "intents/solar.yaml:" in out


def test_too_few_sentences_are_named(report_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = report_folder / "intents" / "solar.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["intents"]["solar.stations"] = ["光伏扶贫电站有多少个"]
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    assert "solar.stations 只有 1 种问法" in checked(report_folder, capsys)


def test_a_concept_that_nobody_uses_is_named(report_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add_to(report_folder / "intents" / "shared" / "vocabulary.yaml", "concepts:", "  高铁站: [高铁站台]")
    assert "没有一种问法用到概念“高铁站”" in checked(report_folder, capsys)


def test_annotations_for_pull_requests(report_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add_to(report_folder / "intents" / "solar.yaml", "  solar.income:", "    - 光伏电站有多少座")
    out = checked(report_folder, capsys, "--format", "github")
    lines = [line for line in out.splitlines() if line.startswith("::error file=intents/solar.yaml,line=")]
    assert any("col=1::solar.income" in line for line in lines)


# ---- schemas


def test_the_schemas_for_editors_are_those_that_validate(tmp_path: Path) -> None:
    assert main(["schemas", str(tmp_path / "schemas")]) == 0
    for name, schema in editor_schemas().items():
        jsonschema.Draft202012Validator.check_schema(schema)
        written = json.loads((tmp_path / "schemas" / name).read_text(encoding="utf-8"))
        shipped = json.loads((ROOT / "bot" / "schemas" / name).read_text(encoding="utf-8"))
        assert written == shipped == schema, f"bot/schemas is stale: reportbot schemas bot/schemas ({name})"


def test_every_yaml_file_names_its_schema_in_its_first_line() -> None:
    files = [ROOT / "facts.yaml", *(ROOT / "intents").rglob("*.yaml"), *(ROOT / "tests" / "questions").glob("*.yaml")]
    for path in files:
        with path.open(encoding="utf-8") as file:
            first = file.readline().strip()
        assert first.startswith(MODELINE), path
        schema = path.parent / first.removeprefix(MODELINE)
        assert schema.resolve().parent == ROOT / "bot" / "schemas", path
        jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), json.loads(schema.read_text("utf-8")))


# ---- the pytest plugin


def run_pytest(folder: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr


def test_each_case_is_a_test_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "questions.yaml").write_text(
        "- {ask: 光伏电站有多少个, expect: {answer: [solar.stations]}}\n"
        "- {ask: 北京有多少贫困村脱贫, expect: {answer: [solar.stations]}}\n"
        "- dialogue:\n"
        "    - {ask: 旅游带动多少户, expect: {answer: [tourism.households]}}\n"
        "    - {ask: 光伏的呢, expect: {answer: [solar.households]}}\n",
        encoding="utf-8",
    )
    (tmp_path / "other.yaml").write_text("not: a question set\n", encoding="utf-8")
    code, out = run_pytest(tmp_path, "--reportbot-report", "packaged", "questions.yaml", "-v")
    assert code == 1
    assert "3 passed" in out and "1 failed" in out
    assert "预期  answer solar.stations" in out and "规则" in out
    code, out = run_pytest(tmp_path, "--reportbot-report", "packaged", "questions.yaml", "-k", "光伏的呢")
    assert code == 0 and "1 passed" in out


def test_a_broken_set_is_a_collection_error(tmp_path: Path) -> None:
    (tmp_path / "questions.yaml").write_text("- {ask: 一, expect: {answer: [no.such]}}\n", encoding="utf-8")
    code, out = run_pytest(tmp_path, "--reportbot-report", "packaged", "questions.yaml")
    assert code == 2
    assert "没有事实“no.such”" in out
    assert "Traceback" not in out


def test_without_the_option_nothing_is_collected(tmp_path: Path) -> None:
    (tmp_path / "questions.yaml").write_text("- {ask: 一, expect: {chat: true}}\n", encoding="utf-8")
    code, _ = run_pytest(tmp_path)
    assert code == 5  # no tests
