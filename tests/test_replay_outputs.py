"""What a replay writes and is held against: files of each format, baselines, known failures, several processes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from bot.cli import main
from bot.replay.question_sets import open_question_sets
from bot.replay.report_html import plot
from bot.replay.results import Step, Tally
from tests.replay_material import EVERY_KIND, the_report
from tests.test_replay import REPLIES, Scripted, replay_command

ROOT = Path(__file__).parent.parent
NASTY = '- {ask: "<script>alert(1)</script> | 光\\x07伏", expect: {answer: [solar.stations]}, tags: ["a|b"]}\n'


def test_every_format_is_written_at_once(question_set: Callable[..., Path], tmp_path: Path) -> None:
    path = question_set(EVERY_KIND + NASTY)
    outs = [tmp_path / f"out{ending}" for ending in (".html", ".junit.xml", ".json", ".md")]
    arguments = [word for out in outs for word in ("--output", out)]
    assert replay_command(Scripted(REPLIES), path, *arguments) == 1
    html, junit, data, markdown = (out.read_text(encoding="utf-8") for out in outs)
    assert "北京呢" in html and "北京呢" in markdown
    assert "<script>alert" not in html and "&lt;script&gt;alert" in html
    assert not re.search(r"(?:src|href)=\"(?!data:)|url\(|@import", html)  # one file, readable offline
    suite = ElementTree.fromstring(junit)[0]  # noqa: S314 - our own file
    assert (suite.get("tests"), suite.get("failures")) == ("10", "3")
    assert len(suite.findall("testcase")) == 10 and len(suite.findall("testcase/failure")) == 3
    assert json.loads(data)["summary"]["cases"] == 10
    assert "<script>" not in markdown
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(["set.yaml", *(out.name for out in outs)])


def test_a_format_that_nobody_knows_is_refused_before_asking(
    question_set: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assistant = Scripted()
    assert replay_command(assistant, question_set(EVERY_KIND), "--output", tmp_path / "out.pdf") == 2
    assert assistant.asked == 0
    assert ".junit.xml" in capsys.readouterr().err


def run_to_json(assistant: Scripted, sets: Path, out: Path) -> None:
    replay_command(assistant, sets, "--quiet", "--output", out)


def test_a_baseline_tells_what_broke(
    question_set: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, base = question_set(EVERY_KIND, "before.yaml"), tmp_path / "base.json"
    run_to_json(Scripted(REPLIES), before, base)
    worse = {**REPLIES, "光伏电站有多少个": REPLIES["你好"], "你好": REPLIES["带动了多少户"]}
    after = question_set("- {ask: 新的, expect: {abstain: true}}\n" + EVERY_KIND, "after.yaml")
    capsys.readouterr()
    assert replay_command(Scripted(worse), after, "--quiet", "--baseline", base) == 1
    told = capsys.readouterr().out
    assert "变坏  光伏电站有多少个" in told
    assert "变坏 1，变好 0，回答变了 1，新问题 1，不再问 0" in told
    assert replay_command(Scripted(worse), after, "--quiet", "--baseline", base, "--allow-broken", "1") == 0
    # What failed before and fails still is no news.
    assert replay_command(Scripted(REPLIES), before, "--quiet", "--baseline", base) == 0
    better = {**REPLIES, "北京呢": REPLIES["你好"]}
    assert replay_command(Scripted(better), before, "--quiet", "--baseline", base) == 0
    assert "变好 1" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "[]", "{", '{"cases": [{"ask": "x"}]}', None])
def test_what_is_no_baseline_is_one_line(
    question_set: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None
) -> None:
    base = tmp_path / "base.json"
    if content is not None:
        base.write_text(content, encoding="utf-8")
    assistant = Scripted()
    assert replay_command(assistant, question_set(EVERY_KIND), "--baseline", base) == 2
    assert assistant.asked == 0
    assert capsys.readouterr().err.startswith(f"{base}:")


def test_known_failures_must_still_fail(
    question_set: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, known = question_set(EVERY_KIND), tmp_path / "known.yaml"
    known.write_text("- 北京呢\n- 你好\n", encoding="utf-8")
    assert replay_command(Scripted(REPLIES), path, "--quiet", "--known-failures", known) == 0
    known.write_text(
        "- 北京呢\n- 你好\n- {ask: 那装机呢, earlier: [光伏电站建了多少个]}\n- 没人问的\n", encoding="utf-8"
    )
    capsys.readouterr()
    assert replay_command(Scripted(REPLIES), path, "--quiet", "--known-failures", known) == 1
    told = capsys.readouterr().out
    assert "“那装机呢”列为答不对，现在答对了" in told
    assert "“没人问的”不在这些问题集里" in told
    known.write_text("- 北京呢\n", encoding="utf-8")
    assert replay_command(Scripted(REPLIES), path, "--quiet", "--known-failures", known) == 1
    known.write_text("- {asks: 北京呢}\n- [1]\n", encoding="utf-8")
    assert replay_command(Scripted(REPLIES), path, "--known-failures", known) == 2
    assert "第 1 项不是问题" in capsys.readouterr().err


# ---- JSON Lines, and several processes


def test_json_lines_are_asked_as_yaml_is(question_set: Callable[..., Path], tmp_path: Path) -> None:
    items = yaml.safe_load(EVERY_KIND)
    lines = question_set("".join(json.dumps(item, ensure_ascii=False) + "\n\n" for item in items), "set.jsonl")
    sets = open_question_sets([lines], the_report())
    assert sets.cases == 9
    asked = [[case.ask for case in dialogue] for dialogue in sets]
    assert asked == [[case.ask for case in d] for d in open_question_sets([question_set(EVERY_KIND)], the_report())]
    assert list(sets) == list(sets)  # it can be gone through again
    assert [case.line for dialogue in sets for case in dialogue][:2] == [1, 3]


def test_all_problems_of_json_lines_name_their_line(
    question_set: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    lines = question_set('{"ask": "一", "expect": {"overview": "heath"}}\n{"ask": \n{"aks": "三"}\n[]\n', "bad.jsonl")
    assert replay_command(Scripted(), lines) == 2
    err = capsys.readouterr().err
    for line in (1, 2, 3, 4):
        assert f"{lines}:{line}:" in err
    empty = question_set("\n", "empty.jsonl")
    assert replay_command(Scripted(), empty) == 2


def test_two_processes_find_what_one_finds(question_set: Callable[..., Path], tmp_path: Path) -> None:
    path = question_set(EVERY_KIND * 20)
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    assert main(["replay", str(path), "--quiet", "--output", str(one)]) == 0
    assert main(["replay", str(path), "--quiet", "--jobs", "2", "--output", str(two)]) == 0
    first, second = (json.loads(out.read_text(encoding="utf-8")) for out in (one, two))
    for key in ("cases", "by_outcome", "by_tag", "by_confidence"):
        assert first[key] == second[key]


def test_an_interrupt_of_several_processes_loses_nothing_that_was_done(
    question_set: Callable[..., Path], tmp_path: Path
) -> None:
    path, out = (
        question_set('{"ask": "光伏电站有多少个", "expect": {"answer": ["solar.stations"]}}\n' * 60_000, "many.jsonl"),
        tmp_path / "o.json",
    )
    command = [sys.executable, "-m", "bot", "replay", "--quiet", "--jobs", "2", "--output", str(out), str(path)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    draft = next_draft(tmp_path, process)
    while draft.stat().st_size < 100_000:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    said, complained = process.communicate(timeout=60)
    assert process.returncode == 130
    assert complained == b""
    data = json.loads(out.read_text(encoding="utf-8"))
    assert data["summary"]["interrupted"]
    assert 0 < len(data["cases"]) == data["summary"]["cases"] < 60_000
    assert f"共 {len(data['cases'])} 题（中断".encode() in said


def next_draft(folder: Path, process: subprocess.Popen[bytes]) -> Path:
    """The file that a replay writes to before it is done."""
    for _ in range(600):
        if drafts := list(folder.glob(".*.tmp")):
            return drafts[0]
        assert process.poll() is None
        time.sleep(0.1)
    raise AssertionError("no draft within a minute")


# ---- sweep, cross-validation


def test_the_plot_marks_the_threshold_in_use() -> None:
    steps = [
        Step(30, False, Tally(10, 9, 1), 2),
        Step(62, True, Tally(10, 9, 0), 3),
        Step(97, False, Tally(10, 5, 0), 5),
    ]
    drawn = plot(steps)
    assert drawn is not None
    marks = {label: at for at, label in drawn.labels}
    assert drawn.mark == marks["62"]
    assert marks["30"] < marks["62"] < marks["97"] <= drawn.width
    assert plot(steps[:1]) is None


def test_cross_validation_names_the_worst_fact_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "--cross-validate", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    percents = [int(m[1]) for line in lines if (m := re.match(r"[a-z_]+\.[a-z_]+ +\d+ +\d+ +(\d+)", line))]
    assert len(percents) > 50
    assert percents == sorted(percents)
    assert re.search(r"认出 \d+ 种（\d+\.\d%）", lines[-1])


@pytest.mark.parametrize("arguments", [["--jobs", "0"], ["--cross-validate", "1"], []])
def test_arguments_that_make_no_sense_are_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) if arguments else pytest.MonkeyPatch.context():
        assert main(["replay", *arguments]) == 2
    assert "用法不对" in capsys.readouterr().err
