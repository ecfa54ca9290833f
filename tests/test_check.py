"""`reportbot check`: every problem at once, with file, line, column and how to mend it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.cli import main

PLACE = re.compile(r"^[\w/.]+:\d+:\d+: .+；.+$")


def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code = main(["check", "--report", str(folder)])
    captured = capsys.readouterr()
    lines = (captured.out + captured.err).splitlines()
    assert "Traceback" not in captured.err
    return code, lines


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_packaged_report_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "没有发现问题" in capsys.readouterr().out


BREAKAGES = [
    ("facts.yaml", "figure: 747个", "figure: 748个", "facts.yaml:", "不在句子"),
    ("facts.yaml", "figure: 747个", "figuer: 747个", "facts.yaml:", "是不是想写“figure”"),
    ("facts.yaml", "figure: 747个\n    counts", "counts", "facts.yaml:", "缺少“figure”"),
    ("facts.yaml", "sentence: lifted", "sentence: lifetd", "facts.yaml:", "是不是想写“lifted”"),
    ("facts.yaml", "solar.income / solar", "solar.incom / solar", "facts.yaml:", "是不是想写“solar.income”"),
    ("facts.yaml", "solar.income / solar.households", "solar.income ** 2", "facts.yaml:", "公式"),
    ("facts.yaml", "solar.income / solar.households", "__import__('os').x", "facts.yaml:", "公式"),
    ("facts.yaml", "/ health.aided_visits", "/ education.dropouts", "facts.yaml:", "除数是 0"),
    ("facts.yaml", "label: 三类危房合计\n", "label: 三类危房合计\n    figure: 20368户\n", "facts.yaml:", "写死"),
    ("facts.yaml", "label: 三类危房合计\n", "label: 三类危房合计\n    done: true\n", "facts.yaml:", "请删掉 done"),
    ("facts.yaml", "\nundone: [", "\n# undone: [", "facts.yaml:", "没有列出 undone"),
    ("facts.yaml", "reply: 张家口市有{figure}贫困村", "reply: 张家口市有贫困村", "facts.yaml:", "{figure}"),
    (
        "facts.yaml",
        "reply: 张家口市有{figure}贫困村",
        "reply: 800个村里{figure}贫困村",
        "facts.yaml:",
        "“800”不在句子里",
    ),
    ("facts.yaml", "  solar.stations:\n", "  suolar.stations:\n", "facts.yaml:", "没有主题“suolar”"),
    ("facts.yaml", "reads: 因学致贫", "reads: 因病致富", "facts.yaml:", "不在句子里"),
    ("facts.yaml", "members: [县区长", "members: [医院院长", "facts.yaml:", "“医院院长”不在句子里"),
    (
        "intents/employment.yaml",
        "employment.workforce: [",
        "employment.workfroce: [",
        "intents/",
        "没有事实“employment.workfroce”",
    ),
    ("intents/employment.yaml", "workforce: [劳动能力", "workforce: [劳动力气", "intents/", "词表里没有概念“劳动力气”"),
    ("facts.yaml", "topics:", "topics: [", "facts.yaml:", "YAML 写法有误"),
    ("facts.yaml", "  - source: 转自：河北日报", "  - lifted: 转自：河北日报", "facts.yaml:", "用了两次"),
    (
        "intents/solar.yaml",
        "  solar.stations:",
        "  solar.station:",
        "intents/solar.yaml:",
        "是不是想写“solar.stations”",
    ),
    ("intents/solar.yaml", "- 光伏[扶贫]电站", "- 光伏[扶贫电站", "intents/solar.yaml:", "模板写法有误"),
    ("intents/solar.yaml", "- 光伏[扶贫]电站", "- <nosuch>电站", "intents/solar.yaml:", "模板写法有误"),
    ("intents/solar.yaml", "topic: solar", "topic: sollar", "intents/solar.yaml:", "是不是想写“solar”"),
    ("intents/solar.yaml", "context: [光伏", "context: [光服", "intents/solar.yaml:", "没有概念“光服”"),
    ("intents/solar.yaml", "overview:", "overveiw:", "intents/solar.yaml:", "是不是想写“overview”"),
    ("intents/solar.yaml", "    - 电站有多少个", "    - 五七六八", "intents/solar.yaml:", "没有一个词表认识的词"),
    ("intents/shared/vocabulary.yaml", "光伏: {words: [", "光伏: {words: [光伏, 光伏, ", "intents/shared/", "重复"),
    ("intents/shared/vocabulary.yaml", "光伏: {words: [", "光伏: {words: [747, ", "intents/shared/", "加引号"),
    ("intents/shared/wording.yaml", 'overview: "', 'overvew: "', "intents/shared/wording.yaml:", "缺少文字“overview”"),
    ("intents/shared/wording.yaml", "{words}”的数据", "{word}”的数据", "intents/shared/wording.yaml:", "填不上"),
    ("facts.yaml", "有{figure}贫困村", "有{figure}{x.y}贫困村", "facts.yaml:", "填不上"),
    ("intents/solar.yaml", "- 光伏建了多少个", "- 光伏(建了)?多少个", "intents/solar.yaml:", "没有 ? 和 *"),
    ("intents/about.yaml", "    - 哪个网站\n", "    - 版权信息介绍\n", "intents/about.yaml:", "又指向"),
]


@pytest.mark.parametrize(("file", "old", "new", "place", "said"), BREAKAGES)
def test_says_what_is_wrong_where_and_how_to_mend_it(
    report_folder: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, place: str, said: str
) -> None:
    edit(report_folder / file, old, new)
    code, lines = check(report_folder, capsys)
    assert code == 1
    assert any(line.startswith(place) and said in line for line in lines), lines
    assert all(PLACE.match(line) for line in lines[:-1]), lines


def test_all_problems_of_all_files_at_once(report_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(report_folder / "facts.yaml", "figure: 747个", "figure: 748个")
    edit(report_folder / "facts.yaml", "figure: 975个", "figuer: 975个")
    edit(report_folder / "intents/solar.yaml", "topic: solar", "topik: solar")
    edit(report_folder / "intents/water.yaml", "- 饮水涉及多少", "- 饮水(涉及多少")
    code, lines = check(report_folder, capsys)
    assert code == 1
    found = {line.split(":")[0] for line in lines[:-1]}
    assert found == {"facts.yaml", "intents/solar.yaml", "intents/water.yaml"}
    assert sum(line.startswith("facts.yaml") for line in lines) >= 2


def test_the_line_is_the_right_one(report_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(report_folder / "facts.yaml", "figure: 747个", "figure: 748个")
    text = (report_folder / "facts.yaml").read_text(encoding="utf-8").splitlines()
    line = next(n for n, content in enumerate(text, 1) if "748个" in content)
    _, lines = check(report_folder, capsys)
    assert lines[0].startswith(f"facts.yaml:{line}:{text[line - 1].index('748个') + 1}: ")


def test_a_fact_that_no_paraphrase_reaches(report_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (report_folder / "intents/computed.yaml").unlink()
    code, lines = check(report_folder, capsys)
    assert code == 1
    assert any("derived.aid_per_visit" in line for line in lines)


def test_near_identical_paraphrases_of_different_facts(report_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(
        report_folder / "intents/solar.yaml",
        "  solar.stations:\n",
        "  solar.stations:\n    - 全市累计光伏扶贫电站的装机容量究竟是多大\n",
    )
    edit(
        report_folder / "intents/solar.yaml",
        "  solar.capacity:\n",
        "  solar.capacity:\n    - 全市累计光伏扶贫电站的装机容量到底是多大\n",
    )
    code, lines = check(report_folder, capsys)
    assert code == 1
    assert any("几乎一样" in line for line in lines), lines


def test_missing_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = check(tmp_path / "nowhere", capsys)
    assert code == 1
    assert any("facts.yaml" in line and "文件不存在" in line for line in lines)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads every file")
def test_unreadable_file(report_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (report_folder / "facts.yaml").chmod(0)
    code, lines = check(report_folder, capsys)
    assert code == 1
    assert any("读不了" in line for line in lines)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"- a\n- b\n", b"a: &x [*x]\n", b"[" * 5000])
def test_nonsense_files(report_folder: Path, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    (report_folder / "facts.yaml").write_bytes(content)
    (report_folder / "intents/solar.yaml").write_bytes(content)
    code, lines = check(report_folder, capsys)
    assert code == 1
    assert {line.split(":")[0] for line in lines[:-1]} == {"facts.yaml", "intents/solar.yaml"}


def test_other_commands_refuse_a_broken_report(report_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(report_folder / "facts.yaml", "figure: 747个", "figure: 748个")
    assert main(["ask", "--report", str(report_folder), "747"]) == 2
    assert "facts.yaml:" in capsys.readouterr().err
