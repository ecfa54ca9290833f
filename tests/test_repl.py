"""The REPL: in a pseudo terminal as a person uses it, and through a pipe."""

from __future__ import annotations

import io
import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pexpect
import pytest
from rich.cells import cell_len

from bot.assistant import Assistant, load_assistant
from bot.frontends.repl import run
from bot.frontends.terminal import render, show, terminal_console
from bot.frontends.terminal_wrap import break_lines
from bot.reply.model import Choice, Choices, Paragraph, Quote, Reply, Statement
from tests import picture

STATIONS = "光伏扶贫电站有多少个？"
HOUSEHOLDS = r"10\.69万户|17989户|3\.11万户"
COLOUR = re.compile(r"\x1b\[[\d;]*(?:3[0-7]|9[0-7])[;m]")


@contextmanager
def terminal(state: Path, **settings: str) -> Iterator[pexpect.spawn]:
    """The REPL in a pseudo terminal, its banner shown and its prompt waiting."""
    environment = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR", "LC_ALL", "COLUMNS"}}
    # Nothing answers prompt_toolkit's questions about the cursor here.
    environment |= {"TERM": "xterm", "LANG": "C.UTF-8", "PROMPT_TOOLKIT_NO_CPR": "1", "XDG_STATE_HOME": str(state)}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "bot"],
        env=environment | settings,
        encoding="utf-8",
        codec_errors="replace",
        dimensions=(40, 100),
        timeout=20,
        # Tests that were started in the background ignore Ctrl-C, and so would what they start.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    try:
        prompt(child)
        yield child
    finally:
        child.close(force=True)


def prompt(child: pexpect.spawn) -> None:
    """Wait until the next line may be typed: what comes earlier, the terminal itself would act on."""
    child.expect("❯|> ")


def leave(child: pexpect.spawn) -> None:
    """Ctrl-D at the prompt, and out without a word of complaint."""
    child.sendeof()
    assert_left(child)


def assert_left(child: pexpect.spawn) -> None:
    child.expect(pexpect.EOF)
    assert "Traceback" not in child.before
    child.close()
    assert (child.exitstatus, child.signalstatus) == (0, None)


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    """Loaded once: it keeps nothing of a conversation."""
    return load_assistant()


Piped = Callable[[str | bytes], str]


@pytest.fixture
def piped(assistant: Assistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Piped:
    """What the REPL prints for a pipe."""

    def play(sent: str | bytes) -> str:
        data = sent.encode() if isinstance(sent, str) else sent
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))
        assert run(assistant) == 0
        captured = capsys.readouterr()
        assert captured.err == ""
        return captured.out

    return play


def test_banner_says_what_to_ask_and_how_to_leave(tmp_path: Path, assistant: Assistant) -> None:
    with terminal(tmp_path) as child:
        shown = child.before
        leave(child)
    assert assistant.report.subject in shown
    for word in ("/topics", "/help", "/quit", "Ctrl-D"):
        assert word in shown
    examples = assistant.wording("repl.examples").splitlines()
    assert len(examples) in {2, 3}
    for example in examples:
        assert example in shown
        assert assistant.reply(example).outcome == "answer"


def test_figure_stands_out_and_the_sentence_is_quoted(tmp_path: Path) -> None:
    with terminal(tmp_path) as child:
        child.send(STATIONS + "\r")
        child.expect_exact("\x1b[1;35m975个\x1b[0m")
        child.expect_exact("\x1b[4;35m975个\x1b[0m")
        child.expect_exact("河北日报")
        prompt(child)
        leave(child)


def test_choice_by_number(tmp_path: Path) -> None:
    with terminal(tmp_path) as child:
        child.send("带动了多少户增收\r")
        child.expect_exact("1.")
        child.expect_exact("2.")
        prompt(child)
        child.send("2\r")
        child.expect(HOUSEHOLDS)
        prompt(child)
        leave(child)


def test_topics_by_number_and_completed_by_tab(tmp_path: Path) -> None:
    with terminal(tmp_path) as child:
        child.send("/topi\t")
        child.expect_exact("cs")
        child.send("\r")
        child.expect_exact("1.")
        child.expect(r"(\d+)\. (?:\x1b\[[\d;]*m)*光伏扶贫")
        number = child.match[1]
        prompt(child)
        child.send(f"{number}\r")
        child.expect_exact("975个")
        prompt(child)
        child.send("/topics 易\t")
        child.expect_exact("地扶贫搬迁")
        child.send("\r")
        child.expect_exact("102470人")
        prompt(child)
        child.send("我想知道乡村旅\t")
        child.expect_exact("游扶贫")
        child.send("\x03")
        child.expect_exact("Ctrl-C")
        prompt(child)
        leave(child)


def test_history_in_the_session_and_after_it(tmp_path: Path) -> None:
    with terminal(tmp_path) as child:
        child.send(STATIONS + "\r")
        child.expect_exact("河北日报")
        prompt(child)
        child.send("\x1b[A")
        child.expect_exact(STATIONS)
        child.send("\r")
        child.expect_exact("975个")
        prompt(child)
        leave(child)
    kept = tmp_path / "reportbot" / "history"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with terminal(tmp_path) as child:
        child.send("\x1b[A")
        child.expect_exact(STATIONS)
        child.send("\r")
        child.expect_exact("975个")
        prompt(child)
        leave(child)


def test_history_without_a_place_to_keep_it(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("")
    with terminal(taken) as child:
        assert str(taken) not in child.before
        child.send("/nothing\r")
        child.expect_exact("/help")
        prompt(child)
        child.send("\x1b[A")
        child.expect_exact("/nothing")
        child.send("\r")
        child.expect_exact("/help")
        prompt(child)
        leave(child)
    assert taken.read_text() == ""


def test_ctrl_c_clears_the_line_and_twice_leaves(tmp_path: Path) -> None:
    with terminal(tmp_path) as child:
        child.send("写了一半")
        child.expect_exact("写了一半")
        child.send("\x03")
        child.expect_exact("Ctrl-C")
        prompt(child)
        child.send("又写了一半")
        child.expect_exact("又写了一半")
        child.send("\x03")
        child.expect_exact("Ctrl-C")
        prompt(child)
        child.send(STATIONS + "\r")
        child.expect_exact("975个")
        prompt(child)
        child.send("\x03")
        child.expect_exact("Ctrl-C")
        prompt(child)
        child.send("\x03")
        assert_left(child)


def test_keys_that_mean_nothing(tmp_path: Path) -> None:
    with terminal(tmp_path) as child:
        child.send("\x1b[31m红\x1b[1;2;3;4M\x07\x15")
        child.send(STATIONS + "\r")
        child.expect_exact("\x1b[1;35m975个\x1b[0m")
        prompt(child)
        leave(child)


def test_no_colour_where_it_is_not_wanted(tmp_path: Path) -> None:
    with terminal(tmp_path, NO_COLOR="1") as child:
        child.send(STATIONS + "\r")
        child.expect_exact("河北日报")
        assert "975个" in child.before
        assert not COLOUR.search(child.before)
        prompt(child)
        leave(child)


def test_dumb_terminal(tmp_path: Path) -> None:
    with terminal(tmp_path, TERM="dumb") as child:
        child.send(STATIONS + "\r")
        child.expect_exact("河北日报")
        assert "975个" in child.before
        assert "\x1b" not in child.before
        prompt(child)
        child.sendintr()
        prompt(child)
        leave(child)


def test_terminal_in_the_c_locale(tmp_path: Path) -> None:
    with terminal(tmp_path, LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0") as child:
        child.send(STATIONS + "\r")
        child.expect_exact("975个")
        prompt(child)
        leave(child)


def test_pipe_is_plain_text_in_blocks() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot"],
        input=f"{STATIONS}\n\n搬迁人口入住率是多少？\n".encode(),
        env=os.environ | {"FORCE_COLOR": "1"},
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    out = done.stdout.decode()
    first, second = out.split("\n\n")
    assert "975个" in first
    assert "99.5%" in second
    assert "\x1b" not in out
    assert "❯" not in out
    assert "/quit" not in out


def test_pipe_is_one_conversation_with_commands(piped: Piped, assistant: Assistant) -> None:
    asked = [
        "/explain",
        "带动了多少户增收",
        "1",
        "/topics",
        "3",
        "/topics solar",
        "/topics 搬迁",
        "/explain " + STATIONS,
    ]
    # An explanation may itself hold empty lines, so it comes last.
    nothing, choice, chosen, topics, third, solar, relocation, explained = piped("\n".join(asked)).split("\n\n", 7)
    assert nothing.strip()
    assert "\n1. " in choice
    assert re.search(HOUSEHOLDS, chosen)
    labels = re.findall(r"^(\d+)\. (.+)$", topics, re.MULTILINE)
    assert [int(number) for number, _ in labels] == list(range(1, len(labels) + 1))
    assert "光伏扶贫" in dict(labels).values()
    topic = assistant.topics()[2]
    assert topic.label == dict(labels)["3"]
    assert assistant.report.topic_facts(topic.id)[0].figure in third
    for figure in ("975个", "4.8亿元"):
        assert figure in solar
    assert "102470人" in relocation
    assert "975个" in explained


def test_quit_ends_a_pipe(piped: Piped) -> None:
    for leaving in ("/quit", "／退出", "exit"):
        assert piped(f"{leaving}\n{STATIONS}\n") == ""


def test_help_lists_the_commands(piped: Piped) -> None:
    for asked in ("/help", "／HELP", "/幫助"):
        out = piped(asked)
        for command in ("/topics", "/explain", "/quit"):
            assert command in out


def test_unknown_command_is_answered_kindly(piped: Piped) -> None:
    close, far, slash = piped("/topcs\n/zzzz\n/\n").split("\n\n")
    assert "/topcs" in close
    assert "/topics" in close
    for reply in (far, slash):
        assert "/help" in reply


def test_unknown_and_unclear_topics_offer_the_topics(piped: Piped) -> None:
    unknown, first, several = piped("/topics 火星\n1\n/topics 扶贫\n").split("\n\n")
    assert "火星" in unknown
    assert "光伏扶贫" in unknown
    assert "747个" in first
    assert "光伏扶贫" in several
    assert "饮水安全" not in several


def test_number_that_no_menu_offers_is_a_message(piped: Piped) -> None:
    _, figure = piped("/topics\n747\n").split("\n\n", 1)
    assert "747个" in figure


def test_pipe_of_hostile_text_prints_nothing_a_terminal_acts_on(piped: Piped) -> None:
    hostile = "\x1b]0;owned\x07\x1b[31m火星\x9b2J\u202e有多少人\x00"
    sent = f"{hostile}\n/{hostile}\n/topics {hostile}\n/explain {hostile}\n".encode() + b"\xff\xfe\x80\n"
    out = piped(sent + STATIONS.encode())
    assert not set("\x1b\x07\x9b\u202e\x00") & set(out)
    assert "975个" in out.split("\n\n")[-1]


def test_pipe_of_a_very_long_line(piped: Piped) -> None:
    _, after = piped("光伏" * 50_000 + f"\n{STATIONS}\n").rsplit("\n\n", 1)
    assert "975个" in after


def test_empty_pipe(piped: Piped) -> None:
    assert piped("") == ""


def test_rendering_is_safe_and_numbered() -> None:
    console = terminal_console(record=True, width=60)
    hostile = "\x1b[2J[bold]红\x07\x9b1m\u202e"
    choices = Choices(hostile, tuple(Choice(str(n), f"第{n}项{hostile}") for n in range(1, 12)))
    statement = Statement("x", "共975个。", 1, 5)
    quote = Quote("建成975个电站", ((2, 6),), hostile)
    show(console, render(Reply("", "answer", (Paragraph(hostile), statement, quote, choices))))
    shown = console.export_text()
    assert not set("\x1b\x07\x9b\u202e") & set(shown)
    assert "[bold]红" in shown
    assert re.search(r"^  9\. 第9项.*\n 10\. 第10项", shown, re.MULTILINE)


@pytest.mark.parametrize("columns", [20, 33, 58, 96])
def test_lines_of_chinese_break_where_they_may(columns: int, assistant: Assistant) -> None:
    for sentence in assistant.report.sentences.values():
        breaks = break_lines(sentence.text, columns)
        for start, end in zip([0, *breaks], [*breaks, len(sentence.text)], strict=True):
            line = sentence.text[start:end]
            assert 0 < cell_len(line) <= columns
            assert line[0] not in "，。；：、”》）" or len(breaks) == 0
            assert line[-1] not in "“《（"
            assert not re.search(r"[\d.]$", line) or not re.match(r"[\d.%万亿]", sentence.text[end:])


def test_picture_of_the_conversation(tmp_path: Path) -> None:
    target = tmp_path / "conversation.svg"
    assert picture.main([str(target)]) == 0
    drawn = target.read_text(encoding="utf-8")
    svg = ElementTree.fromstring(drawn)  # noqa: S314 - our own
    texts = [(e.text or "", e.attrib) for e in svg.iter("{http://www.w3.org/2000/svg}text")]
    shown = "".join(text for text, _ in texts).replace("\xa0", " ")
    for question in picture.QUESTIONS:
        assert question in shown
    assert "975个" in shown
    assert "河北日报" in shown
    assert len({a["class"] for t, a in texts if "975个" in t}) >= 2, "the figure is in styles of its own"
    for text, attributes in texts:
        if text.strip() and "textLength" in attributes:
            assert float(attributes["textLength"]) == cell_len(text) * 10
    assert not re.search(r"https?://(?!www\.w3\.org/)", drawn)


def test_picture_wants_a_place_to_go(capsys: pytest.CaptureFixture[str]) -> None:
    assert picture.main([]) == 2
    assert "OUT.svg" in capsys.readouterr().err


def test_a_defect_ends_no_conversation(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assistant = load_assistant()

    def fails(*_: object) -> Reply:
        raise KeyError("figure")

    with monkeypatch.context() as patch:
        patch.setattr(Assistant, "reply", fails)
        patch.setattr(sys, "stdin", io.StringIO("光伏带动几户\n/topics\n"))
        assert run(assistant) == 0
    said, errors = capsys.readouterr()
    assert "出错" in said and "光伏扶贫" in said
    assert "Traceback" not in said + errors
