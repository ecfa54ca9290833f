"""A replay held against an older one, question by question; and failures that are known."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from bot.problems import KnowledgeError, Problem
from bot.replay.question_sets import Case
from bot.replay.results import Change, Comparison, Result

#: a case as it is found again: what was asked, what was said before it, and how often that stood before in the sets
Key = tuple[str, tuple[str, ...], int]
#: what a case of a baseline must have
_FIELDS = {"ask", "earlier", "passed"}
#: of an answer, what makes it another answer
_TOLD = ("outcome", "facts", "verdict", "topic", "options")


class _Keys:
    """Names cases so that they are found again though the set was reordered, or lines added."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, tuple[str, ...]]] = Counter()

    def of(self, ask: str, earlier: Iterable[str]) -> Key:
        said = (ask, tuple(earlier))
        self._seen[said] += 1
        return (*said, self._seen[said])


class Baseline:
    """An older run, read from the JSON that a replay wrote."""

    def __init__(self, path: Path) -> None:
        """Raises KnowledgeError where the file is no such JSON."""
        self._cases: dict[Key, tuple[bool, str]] = {}
        keys = _Keys()
        for case in _cases_of(path):
            self._cases[keys.of(case["ask"], case["earlier"])] = (case["passed"], _told(case["actual"]))
        self._keys = _Keys()
        self.comparison = Comparison(gone=len(self._cases))

    def add(self, result: Result) -> None:
        """Compare one result."""
        case, now = result.case, _told(result.reply.as_json())
        known = self._cases.get(self._keys.of(case.ask, case.earlier))
        if known is None:
            self.comparison.new.append(Change(case, "", now))
            return
        self.comparison.gone -= 1
        passed, before = known
        change = Change(case, before, now)
        if passed and not result.passed:
            self.comparison.broken.append(change)
        elif result.passed and not passed:
            self.comparison.fixed.append(change)
        elif before != now:
            self.comparison.changed.append(change)


def _cases_of(path: Path) -> list[dict[str, Any]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        cases: list[dict[str, Any]] = data["cases"]
        if not all(isinstance(case["actual"]["outcome"], str) and case.keys() >= _FIELDS for case in cases):
            raise KeyError("a case lacks what a replay writes")
    except OSError as error:
        raise KnowledgeError([Problem(str(path), 0, 0, f"文件读不了（{error.strerror}）", "请检查文件名")]) from error
    except json.JSONDecodeError as error:
        what = f"不是 JSON（{error.msg}）"
        raise KnowledgeError([Problem(str(path), error.lineno, error.colno, what, "请用 --output 写的文件")]) from error
    except (UnicodeDecodeError, KeyError, TypeError) as error:
        raise KnowledgeError([Problem(str(path), 0, 0, "不是重放结果", "请用 replay --output 写的 JSON")]) from error
    return cases


def _told(actual: dict[str, Any]) -> str:
    said = [actual.get(name) for name in _TOLD]
    return " ".join("、".join(map(str, part)) if isinstance(part, list | tuple) else str(part) for part in said if part)


class KnownFailures:
    """Cases that are known to fail: a list of questions, a turn of a dialogue with what was said before it.

    - 问题
    - {ask: 问题, earlier: [前面的话]}
    """

    def __init__(self, path: Path) -> None:
        """Raises KnowledgeError with everything wrong in the file."""
        self._known = _known_in(path)
        self._unseen = set(self._known)
        self.passing: list[Case] = []
        self.failing = 0

    def covers(self, result: Result) -> bool:
        """Whether the case is listed; one that passes is noted."""
        said = (result.case.ask, result.case.earlier)
        if said not in self._known:
            return False
        self._unseen.discard(said)
        if result.passed:
            self.passing.append(result.case)
        else:
            self.failing += 1
        return True

    @property
    def unseen(self) -> list[str]:
        """Listed questions that no set asks (any more)."""
        return sorted(ask for ask, _ in self._unseen)


def _known_in(path: Path) -> set[tuple[str, tuple[str, ...]]]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise KnowledgeError([Problem(str(path), 0, 0, f"文件读不了（{error.strerror}）", "请检查文件名")]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KnowledgeError([Problem(str(path), 0, 0, "YAML 写法有误", "请检查缩进和引号")]) from error
    known: set[tuple[str, tuple[str, ...]]] = set()
    problems: list[Problem] = []
    for number, item in enumerate(data if isinstance(data, list) else [data], 1):
        spec = {"ask": item} if isinstance(item, str | int | float) else item
        if not isinstance(spec, dict) or "ask" not in spec or not isinstance(spec.get("earlier", []), list):
            what = f"第 {number} 项不是问题"
            problems.append(Problem(str(path), 0, 0, what, "请写成 - 问题，或 - {ask: 问题, earlier: [前面的话]}"))
            continue
        known.add((str(spec["ask"]), tuple(str(said) for said in spec.get("earlier", []))))
    if problems:
        raise KnowledgeError(problems)
    return known
