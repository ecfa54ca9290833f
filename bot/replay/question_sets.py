"""Question sets: messages and dialogues with the outcome a careful reader expects. Loading and checking them."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.frontends.console import well_formed
from bot.knowledge.model import Report
from bot.knowledge.schemas import Schema
from bot.knowledge.validate import did_you_mean, schema_problems
from bot.knowledge.yaml_source import Key, Position, YamlSource
from bot.problems import KnowledgeError, Problem
from bot.reply.model import Outcome, Verdict

#: what an expectation can expect; it expects exactly one of these
OUTCOMES: tuple[Outcome, ...] = ("answer", "overview", "clarify", "abstain", "chat")
#: what the name of a file of JSON Lines ends in
LINES_ENDING = ".jsonl"
#: problems of a file of JSON Lines that are told at once
_MOST_PROBLEMS = 100


def _mapping(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


_FACTS: Schema = {"type": "array", "items": {"type": "string"}, "minItems": 1}
_EXPECTATION: Schema = _mapping(
    answer=_FACTS,
    verdict={"enum": ["supported", "refuted"]},
    overview={"type": "string"},
    clarify=_FACTS,
    abstain={"type": "boolean"},
    chat={"type": "boolean"},
)
_TURN: Schema = _mapping(
    ask={"anyOf": [{"type": "string"}, {"type": "number"}]},
    expect=_EXPECTATION,
    accept={"type": "array", "items": _EXPECTATION, "minItems": 1},
    tags={"type": "array", "items": {"type": ["string", "number", "boolean"]}},
)

#: a question set file; which keys go together is checked in code, where the remedy can be named
QUESTION_SET: Schema = {
    "type": "array",
    "items": _mapping(**_TURN["properties"], dialogue={"type": "array", "items": _TURN, "minItems": 1}),
}


@dataclass(frozen=True)
class Expectation:
    """One right outcome. Only the fields of its `outcome` are set.

    `facts` are those of an answer, `verdict` that of an answer to a claim, `topic` that of an overview, `options` those
    of which a clarify must offer at least two.
    """

    outcome: Outcome
    facts: tuple[str, ...] = ()
    verdict: Verdict | None = None
    topic: str | None = None
    options: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """As it is written in a question set."""
        if self.outcome == "answer":
            verdict = {"verdict": self.verdict} if self.verdict else {}
            return {"answer": list(self.facts), **verdict}
        if self.outcome == "overview":
            return {"overview": self.topic}
        if self.outcome == "clarify":
            return {"clarify": list(self.options)}
        return {self.outcome: True}


@dataclass(frozen=True)
class Case:
    """One message and the outcomes that are right for it.

    `line` (from 1) is where it stands in `file`; `earlier` are the messages said before it in the same dialogue.
    """

    ask: str
    accept: tuple[Expectation, ...]
    tags: tuple[str, ...]
    file: str
    line: int
    earlier: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The outcome expected, for grouping: "answer with verdict" and "accept-several" are kinds of their own."""
        if len(self.accept) > 1:
            return "accept-several"
        expected = self.accept[0]
        return "answer with verdict" if expected.verdict else expected.outcome


#: the cases of one conversation, in order; a single message is a dialogue of one
Dialogue = tuple[Case, ...]

#: every `Case.kind`, in the order of reports
KINDS: tuple[str, ...] = (
    "answer",
    "answer with verdict",
    "overview",
    "clarify",
    "abstain",
    "chat",
    "accept-several",
)


def load_question_sets(paths: Sequence[Path], report: Report) -> list[Dialogue]:
    """The dialogues of every file, in order. Raises KnowledgeError with every problem of every file at once."""
    dialogues: list[Dialogue] = []
    problems: list[Problem] = []
    for path in paths:
        if unusable := _unusable(path):
            problems.append(unusable)
            continue
        reader = _Reader(_QuestionSource(path, str(path)), report)
        dialogues.extend(reader.dialogues())
        problems.extend(reader.problems)
    if problems:
        raise KnowledgeError(problems)
    return dialogues


@dataclass(frozen=True)
class QuestionSets:
    """Checked question sets: how many cases they hold, and their dialogues, which can be gone through again and again.

    JSON Lines are read anew each time, so that a set of a million questions is never in memory as a whole.
    """

    cases: int
    _parts: tuple[list[Dialogue] | _Lines, ...]

    def __iter__(self) -> Iterator[Dialogue]:
        for part in self._parts:
            yield from part


def open_question_sets(paths: Sequence[Path], report: Report) -> QuestionSets:
    """Check every file: YAML, or JSON Lines (*.jsonl: a case or a dialogue a line).

    Raises KnowledgeError with the problems of all files at once.
    """
    parts: list[list[Dialogue] | _Lines] = []
    problems: list[Problem] = []
    cases = 0
    for path in paths:
        try:
            if path.suffix != LINES_ENDING:
                dialogues = load_question_sets([path], report)
                parts.append(dialogues)
                cases += sum(map(len, dialogues))
                continue
            if unusable := _unusable(path):
                raise KnowledgeError([unusable])
            lines = _Lines(path, report)
            cases += lines.check()
            parts.append(lines)
        except KnowledgeError as error:
            problems += error.problems
    if problems:
        raise KnowledgeError(problems)
    return QuestionSets(cases, tuple(parts))


class _Lines:
    """The dialogues of a file of JSON Lines."""

    def __init__(self, path: Path, report: Report) -> None:
        self._path = path
        self._report = report

    def check(self) -> int:
        """The number of cases. Raises KnowledgeError with the first problems."""
        problems: list[Problem] = []
        cases = 0
        for reader in self._readers():
            cases += sum(map(len, reader.dialogues()))
            problems += reader.problems
            if len(problems) >= _MOST_PROBLEMS:
                break
        if not cases and not problems:
            problems.append(Problem(str(self._path), 0, 0, "问题集里一个问题也没有", '请写上 {"ask": …, "expect": …}'))
        if problems:
            raise KnowledgeError(problems)
        return cases

    def __iter__(self) -> Iterator[Dialogue]:
        for reader in self._readers():
            yield from reader.dialogues()

    def _readers(self) -> Iterator[_Reader]:
        with self._path.open(encoding="utf-8-sig", errors="replace") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _Reader(_LineSource(str(self._path), number, line), self._report)


def _unusable(path: Path) -> Problem | None:
    """The problem where there is no file to read: YamlSource's remedies are about the files of a report folder."""
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except FileNotFoundError:
        return Problem(str(path), 0, 0, "文件不存在", "请检查问题集的文件名")
    except OSError as error:
        return Problem(str(path), 0, 0, f"文件读不了（{error.strerror}）", "请检查文件名和权限")
    if is_folder:
        return Problem(str(path), 0, 0, "这是文件夹", "请写出里面的问题集，例如 *.yaml")
    return None


class _QuestionSource(YamlSource):
    def written(self, path: Sequence[Key]) -> str | None:
        """The scalar at `path` letter for letter: `ask: 0.50` asks 0.50, whatever number YAML makes of it."""
        node = self._root
        for key in path:
            if isinstance(node, yaml.SequenceNode) and isinstance(key, int):
                node = node.value[key]
            elif isinstance(node, yaml.MappingNode):
                node = next((value for name, value in node.value if name.value == key), None)
        return str(node.value) if isinstance(node, yaml.ScalarNode) else None


class _LineSource(_QuestionSource):
    """One line of JSON Lines; everything in it stands in that line."""

    def __init__(self, name: str, line: int, text: str) -> None:
        self.name = name
        self.data = None
        self.problems = []
        self._root = None
        self._line = line
        try:
            self.data = [json.loads(text)]
        except (ValueError, RecursionError) as error:
            column = error.colno if isinstance(error, json.JSONDecodeError) else 1
            self.problems.append(Problem(name, line, column, "不是 JSON", "每行请写一个完整的 JSON 对象"))

    def position(self, path: Sequence[Key], *, of_key: bool = False) -> Position:  # noqa: ARG002
        """The line; columns aren't known."""
        return (self._line, 1)


class _Reader:
    """Reads one file. Goes on after a problem, so that one run tells them all: no value's type is taken for granted."""

    def __init__(self, source: _QuestionSource, report: Report) -> None:
        self._source = source
        self._report = report
        self.problems: list[Problem] = [*source.problems, *schema_problems(source, QUESTION_SET)]
        if source.data == []:
            self._add((), "问题集里一个问题也没有", "请写上 - ask: … 和 expect: …")

    def dialogues(self) -> Iterator[Dialogue]:
        """What could be read; trust it only when `problems` is empty afterwards."""
        for number, item in enumerate(_list(self._source.data)):
            if not isinstance(item, dict):
                continue
            path = (number,)
            if "dialogue" not in item:
                yield (self._case(path, item, (), ()),)
                continue
            for key in ("ask", "expect", "accept"):
                if key in item:
                    self._add(
                        (*path, key), f"有了 dialogue，这里不能再写 {key}", "请写到 dialogue 的那一句里", key=True
                    )
            yield self._dialogue((*path, "dialogue"), _list(item["dialogue"]), _words(item.get("tags")))

    def _dialogue(self, path: tuple[Key, ...], turns: list[Any], tags: tuple[str, ...]) -> Dialogue:
        cases: list[Case] = []
        for number, turn in enumerate(turns):
            if isinstance(turn, dict):
                cases.append(self._case((*path, number), turn, tags, tuple(case.ask for case in cases)))
        return tuple(cases)

    def _case(
        self, path: tuple[Key, ...], spec: dict[Any, Any], tags: tuple[str, ...], earlier: tuple[str, ...]
    ) -> Case:
        if "ask" not in spec:
            self._add(path, "缺少“ask”", "请补上一行 ask: …（或 dialogue: 和里面的每一句）")
        ask = spec.get("ask", "")
        if not isinstance(ask, str):
            ask = self._source.written((*path, "ask")) or str(ask)
        if "expect" in spec and "accept" in spec:
            self._add((*path, "accept"), "expect 和 accept 只能写一个", "几种都对，就全写在 accept 下", key=True)
        elif "expect" not in spec and "accept" not in spec:
            self._add(path, "缺少“expect”", "请补上一行 expect: …（几种都对则写 accept）")
        specs = [((*path, "expect"), spec.get("expect"))]
        if "accept" in spec:
            specs = [((*path, "accept", number), one) for number, one in enumerate(_list(spec["accept"]))]
        return Case(
            ask=well_formed(ask),
            accept=tuple(self._expectation(place, one) for place, one in specs if isinstance(one, dict)),
            tags=tuple(dict.fromkeys((*tags, *_words(spec.get("tags"))))),
            file=self._source.name,
            line=self._source.position(path)[0],
            earlier=earlier,
        )

    def _expectation(self, path: tuple[Key, ...], spec: dict[Any, Any]) -> Expectation:
        written = [outcome for outcome in OUTCOMES if outcome in spec]
        if not written:
            self._add(path, "没有写预期的结果", f"请写上一种：{'、'.join(OUTCOMES)}")
        elif len(written) > 1:
            self._add(path, f"写了几种结果：{'、'.join(written)}", "只留一种；几种都对，就分开写在 accept 下")
        if "verdict" in spec and "answer" not in spec:
            self._add((*path, "verdict"), "verdict 只能和 answer 一起写", "请补上 answer，或删掉 verdict", key=True)
        for flag in ("abstain", "chat"):
            if spec.get(flag) is False:
                self._add((*path, flag), f"{flag} 只能是 true", "请改成 true，或改写成预期的结果")
        for key in ("answer", "clarify"):
            for number, fact in enumerate(_list(spec.get(key))):
                if isinstance(fact, str) and fact not in self._report.facts:
                    mend = did_you_mean(fact, list(self._report.facts))
                    self._add((*path, key, number), f"没有事实“{fact}”", mend)
        topic = spec.get("overview")
        if isinstance(topic, str) and topic not in self._report.topics:
            self._add((*path, "overview"), f"没有主题“{topic}”", did_you_mean(topic, list(self._report.topics)))
        return Expectation(
            outcome=written[0] if written else "abstain",
            facts=_words(spec.get("answer")),
            verdict=spec.get("verdict"),
            topic=topic,
            options=_words(spec.get("clarify")),
        )

    def _add(self, path: tuple[Key, ...], what: str, mend: str, *, key: bool = False) -> None:
        self.problems.append(self._source.problem(path, what, mend, of_key=key))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in _list(value))
