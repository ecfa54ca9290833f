"""Question sets are read as they are written, and what is wrong with one is told with place and remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bot.problems import KnowledgeError
from bot.replay.question_sets import KINDS, load_question_sets
from tests.replay_material import EVERY_KIND, the_report

ROOT = Path(__file__).parent.parent


def test_every_kind_of_case_is_read(question_set: Callable[..., Path]) -> None:
    path = question_set(EVERY_KIND)
    dialogues = load_question_sets([path], the_report())
    cases = [case for dialogue in dialogues for case in dialogue]
    assert [len(dialogue) for dialogue in dialogues] == [1] * 7 + [2]
    assert [case.kind for case in cases] == [*KINDS, "answer", "answer"]
    assert [case.line for case in cases] == [1, 4, 6, 8, 10, 12, 14, 19, 21]
    assert {case.file for case in cases} == {str(path)}
    assert cases[0].tags == ("solar", "voice")
    assert cases[-1].tags == ("followup", "voice")
    assert cases[-1].earlier == ("光伏电站建了多少个",)
    specs = [spec for item in yaml.safe_load(EVERY_KIND) for spec in item.get("dialogue", [item])]
    assert [[e.as_json() for e in case.accept] for case in cases] == [
        spec.get("accept") or [spec["expect"]] for spec in specs
    ]


@pytest.mark.parametrize("written", ["747", "0747", "99.50", "12:30", "1_000"])
def test_an_unquoted_number_is_asked_as_it_is_written(question_set: Callable[..., Path], written: str) -> None:
    path = question_set(
        f"- ask: {written}\n  expect: {{chat: true}}\n- dialogue:\n    - {{ask: {written}, expect: {{chat: true}}}}\n"
    )
    assert [turn.ask for (turn,) in load_question_sets([path], the_report())] == [written, written]


@pytest.mark.parametrize(
    ("text", "place", "what", "mend"),
    [
        ("- ask: 一\n  expect: {answer: [solar.station]}", "2:21", "没有事实“solar.station”", "“solar.stations”"),
        ("- ask: 一\n  expect: {clarify: [solar.statoins]}", "2:22", "没有事实“solar.statoins”", "“solar.stations”"),
        ("- ask: 一\n  expect: {overview: heath}", "2:22", "没有主题“heath”", "“health”"),
        ("- ask: 一\n  expct: {chat: true}", "2:3", "不认识的键“expct”", "“expect”"),
        ("- ask: 一\n  expect: {answr: [solar.stations]}", "2:12", "不认识的键“answr”", "“answer”"),
        ("- ask: 一\n  tag: [x]\n  expect: {chat: true}", "2:3", "不认识的键“tag”", "“tags”"),
        ("- dialog:\n    - ask: 一", "1:3", "不认识的键“dialog”", "“dialogue”"),
        ("- expect: {chat: true}", "1:3", "缺少“ask”", "ask: …"),
        ("- ask: 一", "1:3", "缺少“expect”", "expect: …"),
        ("- ask:\n  expect: {chat: true}", "1:7", "这里要写文字", "改写"),
        ("- ask: 一\n  expect: {}", "2:11", "没有写预期的结果", "answer、overview"),
        ("- ask: 一\n  expect: {chat: true, abstain: true}", "2:11", "写了几种结果", "accept"),
        ("- ask: 一\n  expect: {chat: false}", "2:18", "chat 只能是 true", "true"),
        ("- ask: 一\n  expect: {abstain: maybe}", "2:21", "这里要写true 或 false", "改写"),
        ("- ask: 一\n  expect: {overview: solar, verdict: refuted}", "2:29", "verdict 只能和 answer 一起写", "answer"),
        ("- ask: 一\n  expect: {answer: [solar.stations], verdict: refute}", "2:47", "“refute”", "“refuted”"),
        ("- ask: 一\n  expect: {answer: solar.stations}", "2:20", "这里要写列表", "改写"),
        ("- ask: 一\n  expect: {answer: []}", "2:20", "这里是空的", "内容"),
        ("- ask: 一\n  accept: []", "2:11", "这里是空的", "内容"),
        ("- ask: 一\n  expect: {chat: true}\n  accept: [{chat: true}]", "3:3", "expect 和 accept 只能写一个", "accept"),
        ("- ask: 一\n  expect: {chat: true}\n  tags: voice", "3:9", "这里要写列表", "改写"),
        ("- ask: 一\n  expect: {chat: true}\n  ask: 二", "3:3", "“ask”写了两次", "删掉"),
        ("- dialogue: []", "1:13", "这里是空的", "内容"),
        ("- dialogue:\n    - ask: 一", "2:7", "缺少“expect”", "expect: …"),
        (
            "- dialogue:\n    - {ask: 一, expect: {chat: true}}\n  expect: {chat: true}",
            "3:3",
            "不能再写 expect",
            "dialogue",
        ),
        ("- 一", "1:3", "这里要写键值表", "改写"),
        ("ask: 一", "1:1", "这里要写列表", "改写"),
        ("[]", "1:1", "一个问题也没有", "ask: …"),
        ("", "1:1", "文件是空的", "内容"),
        ("- ask: [一\n  b: }", "2:4", "YAML 写法有误", "检查"),
    ],
)
def test_bad_input_names_place_and_remedy(
    question_set: Callable[..., Path],
    *,
    text: str,
    place: str,
    what: str,
    mend: str,
) -> None:
    path = question_set(text)
    with pytest.raises(KnowledgeError) as caught:
        load_question_sets([path], the_report())
    lines = [str(problem) for problem in caught.value.problems]
    line = next(line for line in lines if line.startswith(f"{path}:{place}: ") and what in line)
    assert mend in line.partition("；")[2]


def test_aliases_that_form_a_cycle_are_bad_input(question_set: Callable[..., Path]) -> None:
    with pytest.raises(KnowledgeError):
        load_question_sets([question_set("- &a {ask: 一, dialogue: [*a]}\n- &b [*b]")], the_report())
