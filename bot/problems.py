"""What is wrong with a YAML file, where, and how to mend it."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """One defect of the knowledge: line and column count from 1; 0 means the whole file."""

    file: str
    line: int
    column: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.what}；{self.mend}"


class KnowledgeError(Exception):
    """The report folder can't be used; `problems` lists every reason, in file order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
