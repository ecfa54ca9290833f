"""`reportbot ask` as other programs use it: the contract of its text, its JSON and its pipe."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from bot.assistant import Assistant, load_assistant
from bot.cli import main
from bot.frontends.ask import run

STATIONS = "光伏扶贫电站有多少个？"
KEYS = ["ask", "outcome", "facts", "verdict", "topic", "options", "confidence", "matched", "reply"]
ASK = [sys.executable, "-m", "bot", "ask"]


Json = dict[str, Any]
Ask = Callable[[str], Json]
Pipe = Callable[[str | bytes], list[Json]]


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    """Loaded once: it keeps nothing of a conversation."""
    return load_assistant()


@pytest.fixture
def ask(assistant: Assistant, capsys: pytest.CaptureFixture[str]) -> Ask:
    """What `ask --json` answers."""

    def play(message: str) -> Json:
        assert run(assistant, message, as_json=True) == 0
        (line,) = capsys.readouterr().out.splitlines()
        answer: Json = json.loads(line)
        return answer

    return play


@pytest.fixture
def pipe(assistant: Assistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Pipe:
    """What `ask --json -` answers, one object a line."""

    def play(sent: str | bytes) -> list[Json]:
        data = sent.encode() if isinstance(sent, str) else sent
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))
        assert run(assistant, "-", as_json=True) == 0
        out = capsys.readouterr().out
        assert not out or out.endswith("\n")
        return [json.loads(line) for line in out.splitlines()]

    return play


def test_answers_as_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", STATIONS]) == 0
    out = capsys.readouterr().out
    assert "975个" in out
    assert "河北日报" in out
    assert "\x1b" not in out


def test_abstaining_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "北京故宫的门票多少钱"]) == 0
    assert capsys.readouterr().out.strip()


def test_json_has_every_key_of_the_contract(ask: Ask) -> None:
    answer = ask(STATIONS)
    assert list(answer) == KEYS
    assert answer["ask"] == STATIONS
    assert answer["outcome"] == "answer"
    assert answer["facts"] == ["solar.stations"]
    assert answer["verdict"] is None
    assert answer["topic"] is None
    assert 0 <= answer["confidence"] <= 100
    assert answer["matched"] is None or isinstance(answer["matched"], str)
    assert "975个" in answer["reply"]


def test_json_of_a_choice_lists_its_options(ask: Ask) -> None:
    answer = ask("带动了多少户增收")
    assert answer["outcome"] == "clarify"
    assert answer["facts"] == []
    assert len(answer["options"]) >= 2
    assert {"solar.households", "tourism.households"} <= set(answer["options"])


def test_json_of_an_abstention_states_no_fact(ask: Ask) -> None:
    answer = ask("北京故宫的门票多少钱")
    assert answer["outcome"] == "abstain"
    assert answer["facts"] == []


def test_json_is_readable_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    main(["ask", "--json", STATIONS])
    assert STATIONS in capsys.readouterr().out


def test_explain_goes_beside_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", "--explain", STATIONS]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["ask"] == STATIONS
    assert captured.err.strip()


def test_pipe_answers_every_line_in_order(pipe: Pipe) -> None:
    messages = [STATIONS, "", "搬迁人口入住率是多少？", "   ", "你好"]
    answers = pipe("\n".join(messages))
    assert [a["ask"] for a in answers] == messages
    assert "975个" in answers[0]["reply"]
    assert "99.5%" in answers[2]["reply"]


def test_pipe_of_nothing_says_nothing(pipe: Pipe) -> None:
    assert pipe(b"") == []


def test_pipe_reads_windows_lines_and_byte_order_mark(pipe: Pipe) -> None:
    sent = b"\xef\xbb\xbf" + f'{{"ask": "{STATIONS}"}}\r\n{STATIONS}\r\n'.encode()
    assert [a["ask"] for a in pipe(sent)] == [STATIONS, STATIONS]


def test_pipe_remembers_each_chat_apart(pipe: Pipe) -> None:
    lines = [
        {"ask": "带动了多少户增收", "chat": "a"},
        {"ask": "带动了多少户增收", "chat": 7},
        {"ask": "1", "chat": "a"},
        {"ask": "2", "chat": 7},
        {"ask": "1", "chat": "new"},
    ]
    offered, _, first, second, stranger = pipe("\n".join(map(json.dumps, lines)))
    assert first["facts"] == [offered["options"][0]]
    assert second["facts"] == [offered["options"][1]]
    assert stranger["facts"] != [offered["options"][0]]


def test_plain_lines_are_conversations_of_their_own(pipe: Pipe) -> None:
    sent = '带动了多少户增收\n1\n{"ask": "带动了多少户增收"}\n{"ask": "1", "chat": null}\n'
    answers = pipe(sent)
    for offered, after in (answers[:2], answers[2:]):
        assert offered["outcome"] == "clarify"
        assert after["facts"] != [offered["options"][0]]


@pytest.mark.parametrize(
    "line",
    ['{"ask": 5}', '{"question": "x"}', "{光伏}", "{", '["ask"]', '{"ask": "x"', "[" * 5000, '{"ask":' * 5000],
)
def test_what_is_no_ask_object_is_itself_the_message(pipe: Pipe, line: str) -> None:
    answers = pipe(f"{line}\n{STATIONS}\n")
    assert [a["ask"] for a in answers] == [line, STATIONS]


def test_bytes_that_are_not_utf8_are_replaced(pipe: Pipe) -> None:
    answers = pipe(b"\xff\xfe" + STATIONS.encode() + b"\n\x80\n")
    assert [a["ask"] for a in answers] == ["\ufffd\ufffd" + STATIONS, "\ufffd"]


def test_one_line_in_is_one_line_out_whatever_it_holds(pipe: Pipe) -> None:
    odd = ["a\u2028b", "a\u0085b", "a\rb", "a\x0cb\x1cc", "\x1b[31m红", "a\x00b"]
    escaped = [{"ask": text} for text in (*odd, "\ud800高", "a\nb")]
    sent = "\n".join([*odd, *map(json.dumps, escaped)])
    answers = pipe(sent)
    assert [a["ask"] for a in answers] == [*odd, *odd, "\ufffd高", "a\nb"]


def test_long_message(pipe: Pipe) -> None:
    long = "光伏" * 50_000
    answers = pipe(f"{long}\n{STATIONS}\n")
    assert len(answers) == 2
    assert "975个" in answers[1]["reply"]


def test_plain_text_carries_no_escape_sequences(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "\x1b]0;title\x07\x1b[31m火星\x9b1m有多少人\u202e"]) == 0
    assert not set("\x1b\x07\x9b\u202e") & set(capsys.readouterr().out)


def test_pipe_answers_each_line_before_the_next_is_sent() -> None:
    with subprocess.Popen([*ASK, "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for message in (STATIONS, "", STATIONS):
            process.stdin.write(f"{message}\n".encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["ask"] == message
        process.stdin.close()
        assert process.wait() == 0


def test_reader_that_goes_away_is_no_error() -> None:
    with subprocess.Popen(
        [*ASK, "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(f"{STATIONS}\n".encode())
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(f"{STATIONS}\n".encode() * 3)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
)
def test_chinese_is_utf8_in_any_locale(locale: dict[str, str]) -> None:
    done = subprocess.run([*ASK, STATIONS], env=os.environ | locale, capture_output=True, check=True)
    assert "975个" in done.stdout.decode()
    assert done.stderr == b""


def test_argument_that_is_not_utf8() -> None:
    done = subprocess.run([*ASK, "--json", STATIONS.encode() + b"\xff"], capture_output=True, check=True)
    assert json.loads(done.stdout)["ask"] == STATIONS + "\ufffd"


def test_closed_input_is_an_empty_pipe() -> None:
    done = subprocess.run(["sh", "-c", '"$0" -m bot ask - <&-', sys.executable], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_starts_without_what_only_other_commands_need() -> None:
    script = (
        "import sys; from bot.cli import main; main(['ask', '光伏']);"
        "print(*(m for m in ('rich', 'prompt_toolkit', 'telegram', 'starlette') if m in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stderr.strip() == b""
