"""`reportbot replay`: conversations, the reports, bad input, interruption and the exit codes."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assistant import load_assistant
from bot.cli import main
from bot.replay.arguments import add_arguments
from bot.replay.command import run
from bot.replay.question_sets import KINDS, load_question_sets
from bot.replay.results import Result, counts_of, tally
from bot.replay.runner import replay
from bot.reply.model import Paragraph, Reply
from bot.understanding.conversation import Conversation
from tests.replay_material import EVERY_KIND, the_report

ROOT = Path(__file__).parent.parent
A, B = "solar.stations", "solar.capacity"


def reply(outcome: str, *facts: str, ask: str = "", **fields: object) -> Reply:
    return Reply(ask, outcome, (Paragraph("回复的文字"),), facts=facts, **fields)  # type: ignore[arg-type]


class Scripted:
    """Says what it was told to say to each message; a follow-up is understood only after its subject."""

    def __init__(self, replies: dict[str, Reply] | None = None) -> None:
        self.report = the_report()
        self.replies = replies or {}
        self.asked = 0

    def reply(self, message: str, conversation: Conversation | None = None) -> Reply:
        self.asked += 1
        assert conversation is not None
        if message == "那装机呢":
            return reply("answer", B) if A in conversation.facts else reply("abstain")
        said = self.replies.get(message, reply("abstain"))
        conversation.facts = said.facts
        return said


def replay_command(assistant: Scripted, *argv: object) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(assistant, parser.parse_args([str(arg) for arg in argv]))  # type: ignore[arg-type]


# ---- running


REPLIES = {
    "光伏电站有多少个": reply("answer", A),
    "光伏电站建了多少个": reply("answer", A),
    "听说有800个贫困村脱贫，对吗": reply("answer", "overall.villages_lifted", A, verdict="refuted"),
    "健康扶贫做得怎么样": reply("overview", "health.reimbursement", topic="health"),
    "带动了多少户": reply("clarify", options=("solar.households", "tourism.households")),
    "北京呢": reply("answer", A),
    "你好": reply("abstain"),
    "有多少贫困人口": reply("answer", "overall.people_lifted"),
}


def test_a_dialogue_is_one_conversation_and_a_single_message_is_one_of_its_own(
    question_set: Callable[..., Path],
) -> None:
    path = question_set(
        "- dialogue:\n"
        "    - {ask: 光伏电站有多少个, expect: {answer: [solar.stations]}}\n"
        "    - {ask: 那装机呢, expect: {answer: [solar.capacity]}}\n"
        "- {ask: 光伏电站有多少个, expect: {answer: [solar.stations]}}\n"
        "- {ask: 那装机呢, expect: {abstain: true}}\n"
        "- dialogue:\n"
        "    - {ask: 那装机呢, expect: {abstain: true}}\n"
    )
    results = list(replay(Scripted(REPLIES), load_question_sets([path], the_report())))  # type: ignore[arg-type]
    assert [result.passed for result in results] == [True] * 5


POOL = [
    "{ask: 光伏电站有多少个, expect: {answer: [solar.stations]}, tags: [a]}",
    "{ask: 光伏电站有多少个, expect: {answer: [solar.capacity]}, tags: [a, b]}",
    "{ask: 那装机呢, expect: {abstain: true}}",
    "{ask: 那装机呢, expect: {answer: [solar.capacity]}}",
    "{ask: 北京呢, expect: {abstain: true}, tags: [b]}",
    "{ask: 你好, accept: [{chat: true}, {abstain: true}]}",
    "{ask: 听说有800个贫困村脱贫，对吗, expect: {answer: [overall.villages_lifted], verdict: refuted}}",
    "{dialogue: [{ask: 光伏电站有多少个, expect: {answer: [solar.stations]}},"
    " {ask: 那装机呢, expect: {answer: [solar.capacity]}}]}",
    "{dialogue: [{ask: 你好, expect: {chat: true}}, {ask: 那装机呢, expect: {abstain: true}}]}",
]


@pytest.fixture(scope="module")
def shuffled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shuffled") / "set.yaml"


@settings(deadline=None, max_examples=60)
@given(order=st.permutations(POOL))
def test_the_order_of_cases_changes_no_verdict(shuffled_file: Path, order: list[str]) -> None:
    def results_of(items: list[str]) -> list[Result]:
        shuffled_file.write_text("".join(f"- {item}\n" for item in items), encoding="utf-8")
        return list(replay(Scripted(REPLIES), load_question_sets([shuffled_file], the_report())))  # type: ignore[arg-type]

    def verdicts(results: list[Result]) -> list[tuple[Any, ...]]:
        return sorted((r.case.ask, r.case.earlier, str(r.case.accept), r.passed, r.wrong_figure) for r in results)

    straight, shuffled = results_of(POOL), results_of(order)
    assert verdicts(shuffled) == verdicts(straight)
    assert tally(shuffled) == tally(straight)
    assert counts_of(shuffled) == counts_of(straight)


# ---- reports


def test_json_holds_everything(question_set: Callable[..., Path], tmp_path: Path) -> None:
    path, out = question_set(EVERY_KIND), tmp_path / "out.json"
    out.write_text("older", encoding="utf-8")
    assert replay_command(Scripted(REPLIES), path, "--output", out) == 1
    data = json.loads(out.read_text(encoding="utf-8"))
    summary = data["summary"]
    assert summary["seconds"] >= 0
    assert summary["questions_per_second"] >= 0
    counts = ("cases", "right", "wrong_figures", "right_percent", "wrong_figures_percent")
    assert [summary[key] for key in counts] == [9, 7, 1, 77.78, 11.11]
    assert list(data["by_outcome"]) == list(KINDS)
    assert [data["by_outcome"]["answer"][key] for key in counts] == [3, 3, 0, 100, 0]
    assert [data["by_outcome"]["abstain"][key] for key in counts] == [1, 0, 1, 0, 100]
    assert [data["by_outcome"]["chat"][key] for key in counts] == [1, 0, 0, 0, 0]
    assert {tag: count["cases"] for tag, count in data["by_tag"].items()} == {"solar": 1, "voice": 2, "followup": 2}
    assert len(data["cases"]) == 9
    assert data["cases"][4] == {
        "ask": "北京呢",
        "earlier": [],
        "file": str(path),
        "line": 10,
        "tags": [],
        "kind": "abstain",
        "expected": [{"abstain": True}],
        "actual": REPLIES["北京呢"].as_json(),
        "passed": False,
        "wrong_figure": True,
    }
    assert data["cases"][8]["earlier"] == ["光伏电站建了多少个"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["out.json", "set.yaml"]


@pytest.mark.parametrize("where", ["no/such/folder.json", "folder", "other.yaml", "questions"])
def test_results_are_not_written_where_they_would_do_harm(
    question_set: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    path = question_set(EVERY_KIND, "questions")
    (tmp_path / "folder").mkdir()
    assistant = Scripted(REPLIES)
    assert replay_command(assistant, path, "--output", tmp_path / where) == 2
    assert assistant.asked == 0
    assert f"结果写不到 {tmp_path / where}" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == EVERY_KIND
    assert sorted(file.name for file in tmp_path.iterdir()) == ["folder", "questions"]


def test_a_result_that_cannot_be_stored_leaves_the_older_one(
    question_set: Callable[..., Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "out.json"
    out.write_text("older", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert replay_command(Scripted(REPLIES), question_set(EVERY_KIND), "--output", out) == 2
    captured = capsys.readouterr()
    assert "No space left" in captured.err
    assert "共 9 题" in captured.out
    assert out.read_text(encoding="utf-8") == "older"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["out.json", "set.yaml"]


def test_the_report_for_people(question_set: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    path = question_set(EVERY_KIND + "- {ask: \"清\\e[2J屏\", expect: {chat: true}, tags: ['[/b]']}\n")
    assert replay_command(Scripted(REPLIES), path) == 1
    out = capsys.readouterr().out
    lines = out.splitlines()
    failure = lines.index(f"{path}:10  数字答错")
    assert lines[failure + 1 : failure + 5] == [
        "  问题  北京呢",
        "  预期  abstain",
        "  实际  answer solar.stations",
        "  回复  回复的文字",
    ]
    assert f"{path}:12" in lines
    assert f"{path}:14" not in out
    rows = [line.split() for line in lines]
    assert ["answer", "3", "3", "100.0", "0"] in rows
    assert ["answer", "with", "verdict", "1", "1", "100.0", "0"] in rows
    assert ["abstain", "1", "0", "0.0", "1"] in rows
    assert ["voice", "2", "2", "100.0", "0"] in rows
    assert ["[/b]", "1", "0", "0.0", "0"] in rows
    assert lines[-1].startswith("共 10 题，答对 7（70.0%），数字答错 1（10.0%）；用时 ")
    assert "\x1b" not in out


def test_a_failure_in_a_dialogue_shows_what_was_said_before(
    question_set: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = question_set(
        "- dialogue:\n"
        "    - {ask: 光伏电站有多少个, expect: {answer: [solar.stations]}}\n"
        "    - ask: 那装机呢\n"
        "      accept: [{overview: solar}, {answer: [solar.households], verdict: refuted}]\n"
    )
    assert replay_command(Scripted(REPLIES), path) == 1
    lines = capsys.readouterr().out.splitlines()
    at = lines.index(f"{path}:3  数字答错")
    assert lines[at + 1 : at + 5] == [
        "  前文  光伏电站有多少个",
        "  问题  那装机呢",
        "  预期  overview solar 或 answer solar.households（verdict: refuted）",
        "  实际  answer solar.capacity",
    ]


def test_quiet_leaves_out_the_failures(question_set: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    path = question_set(EVERY_KIND)
    assert replay_command(Scripted(REPLIES), path, "--quiet") == 1
    out = capsys.readouterr().out
    assert str(path) not in out
    assert "问题" not in out
    assert "共 9 题" in out


def test_only_a_set_without_failures_is_100_percent_right(
    question_set: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    right, wrong = "- {ask: 北京, expect: {abstain: true}}\n", "- {ask: 北京, expect: {chat: true}}\n"
    assert replay_command(Scripted(), question_set(right * 2999 + wrong), "--quiet") == 1
    assert "答对 2999（99.9%）" in capsys.readouterr().out
    assert replay_command(Scripted(), question_set(right * 3000), "--quiet") == 0
    assert "答对 3000（100.0%）" in capsys.readouterr().out


def test_an_interrupt_sums_up_what_there_is(
    question_set: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupted(Scripted):
        def reply(self, message: str, conversation: Conversation | None = None) -> Reply:
            if self.asked == 5:
                raise KeyboardInterrupt
            return super().reply(message, conversation)

    out = tmp_path / "out.json"
    assert replay_command(Interrupted(REPLIES), question_set(EVERY_KIND), "--output", out) == 130
    captured = capsys.readouterr()
    assert "共 5 题（中断，还有 4 题没问），答对 4（80.0%），数字答错 1（20.0%）" in captured.out
    data = json.loads(out.read_text(encoding="utf-8"))
    assert (len(data["cases"]), data["summary"]["planned"], data["summary"]["interrupted"]) == (5, 9, True)


# ---- bad input


def test_all_problems_of_all_files_are_told_at_once(
    question_set: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = question_set("- ask: 一\n  expect: {overview: heath}\n- ask: 二\n  expect: {answr: []}\n- 三", "first.yaml")
    second = question_set("- ask: [", "second.yaml")
    good = question_set("- {ask: 你好, expect: {chat: true}}", "good.yaml")
    missing = tmp_path / "missing.yaml"
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"- ask: \xe9\n")
    assistant = Scripted()
    assert replay_command(assistant, first, missing, second, good, latin, tmp_path) == 2
    assert assistant.asked == 0
    out, err = capsys.readouterr()
    assert out == ""
    for expected in (
        f"{first}:2:22: 没有主题“heath”",
        f"{first}:4:12: 不认识的键“answr”",
        f"{first}:5:3: ",
        f"{missing}:0:0: 文件不存在",
        f"{second}:",
        f"{latin}:0:0: 文件不是 UTF-8",
        f"{tmp_path}:0:0: 这是文件夹",
    ):
        assert expected in err
    assert str(good) not in err


# ---- the real command


def as_expectation(said: Reply) -> dict[str, object]:
    """What a question set must say for this reply to be right."""
    if said.outcome == "answer":
        return {"answer": list(said.facts)}
    if said.outcome == "overview":
        return {"overview": said.topic}
    if said.outcome == "clarify":
        return {"clarify": list(said.options)}
    return {said.outcome: True}


def test_the_real_bot_passes_what_it_says_and_fails_the_contrary(
    question_set: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assistant = load_assistant()
    asks = ["光伏电站有多少个？", "你好", "健康扶贫做得怎么样？", "北京有多少贫困村脱贫？", "带动了多少户？", ""]
    said = [assistant.reply(ask, Conversation()) for ask in asks]
    right = [{"ask": one, "expect": as_expectation(r)} for one, r in zip(asks, said, strict=True)]
    passing = question_set(yaml.safe_dump(right, allow_unicode=True), "passing.yaml")
    assert main(["replay", str(passing)]) == 0
    assert f"共 {len(asks)} 题，答对 {len(asks)}（100.0%），数字答错 0（0.0%）" in capsys.readouterr().out

    contrary = "abstain" if said[0].outcome == "chat" else "chat"
    failing = question_set(yaml.safe_dump([{"ask": asks[0], "expect": {contrary: True}}]), "failing.yaml")
    assert main(["replay", str(passing), str(failing)]) == 1
    assert f"{failing}:1" in capsys.readouterr().out

    assert main(["replay", str(passing), str(failing.with_name("missing.yaml"))]) == 2
    assert capsys.readouterr().out == ""


def test_progress_is_shown_only_on_a_terminal_and_only_on_stderr(question_set: Callable[..., Path]) -> None:
    path = question_set("- {ask: 你好, accept: [{chat: true}, {abstain: true}, {clarify: [solar.stations]}]}")
    command = [sys.executable, "-m", "bot", "replay", str(path)]
    piped = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert piped.stderr == b""
    assert "共 1 题" in piped.stdout.decode("utf-8")

    out = path.with_name("out.txt")
    child = pexpect.spawn(
        "/bin/sh",
        ["-c", 'exec "$@" > "$OUT"', "sh", *command],
        cwd=str(ROOT),
        env={**os.environ, "TERM": "xterm", "OUT": str(out), "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
        timeout=60,
    )
    child.expect(pexpect.EOF)
    child.close()
    assert "重放" in child.before
    assert "共 1 题" not in child.before
    assert "共 1 题" in out.read_text(encoding="utf-8")
    assert "重放" not in out.read_text(encoding="utf-8")


def test_a_reader_that_goes_away_changes_no_exit_code(question_set: Callable[..., Path]) -> None:
    path = question_set("- {ask: 你好, accept: [{answer: [solar.stations]}]}\n" * 400)
    script = 'set -o pipefail; "$@" | true'
    command = ["bash", "-c", script, "bash", sys.executable, "-m", "bot", "replay", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr == b""


def test_the_sweep_shows_what_each_threshold_costs(
    question_set: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    cases = [
        {"ask": "光伏电站有多少个", "expect": {"answer": ["solar.stations"]}},
        {"ask": "那个啥光伏电站一共弄起来多少个来着", "expect": {"answer": ["solar.stations"]}},
        {"ask": "北京有多少贫困村脱贫", "expect": {"abstain": True}},
    ]
    assert main(["replay", "--sweep", str(question_set(yaml.safe_dump(cases, allow_unicode=True)))]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines() if line.strip()]
    swept = [row for row in rows if len(row) >= 5 and row[1] == "3"]
    assert [row[0] for row in swept] == sorted((row[0] for row in swept), key=float)
    assert sum("现用" in row for row in swept) == 1
    assert float(swept[0][2]) >= float(swept[-1][2])
    assert float(swept[0][4]) <= float(swept[-1][4])
