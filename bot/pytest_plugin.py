"""Question sets as pytest tests: `pytest --reportbot-report DIR questions.yaml`, each case an item of its own.

Without the option the plugin does nothing. `packaged` as DIR means the report that comes with the bot.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.replay.question_sets import Dialogue
    from bot.replay.results import Result

_OPTION = "--reportbot-report"
#: DIR for the packaged report
_PACKAGED = "packaged"
_ENDINGS = frozenset({".yaml", ".yml", ".jsonl"})
_assistant_key = pytest.StashKey["Assistant"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the option."""
    parser.getgroup("reportbot").addoption(
        _OPTION,
        metavar="DIR",
        help=f"replay the question sets named on the command line on this report ({_PACKAGED}: the bot's own)",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a question set that was named on the command line, not every YAML file of a folder."""
    if not parent.config.getoption(_OPTION) or file_path.suffix not in _ENDINGS:
        return None
    named = {Path(str(arg).partition("::")[0]).resolve() for arg in parent.config.args}
    return QuestionSetFile.from_parent(parent, path=file_path) if file_path.resolve() in named else None


def _assistant(config: pytest.Config) -> Assistant:
    """The report's assistant, loaded once."""
    from bot.assistant import load_assistant

    if _assistant_key not in config.stash:
        folder = str(config.getoption(_OPTION))
        config.stash[_assistant_key] = load_assistant(None if folder == _PACKAGED else Path(folder))
    return config.stash[_assistant_key]


class QuestionSetFile(pytest.File):
    """A question set; its problems are told as a collection error."""

    def collect(self) -> Iterator[QuestionItem]:
        """An item for each case, in order."""
        from bot.problems import KnowledgeError
        from bot.replay.question_sets import open_question_sets

        try:
            assistant = _assistant(self.config)
            sets = open_question_sets([self.path], assistant.report)
        except KnowledgeError as error:
            raise self.CollectError("\n".join(map(str, error.problems))) from error
        for dialogue in sets:
            for turn, case in enumerate(dialogue):
                name = f"{case.line}: {' → '.join((*case.earlier, case.ask)) or '（空）'}"
                yield QuestionItem.from_parent(self, name=name, dialogue=dialogue, turn=turn)


class QuestionItem(pytest.Item):
    """One case; what was said before it in its dialogue is said again."""

    def __init__(self, *, dialogue: Dialogue, turn: int, **more: object) -> None:
        super().__init__(**more)  # type: ignore[arg-type]
        self._dialogue = dialogue
        self._turn = turn

    def runtest(self) -> None:
        """Ask, and fail unless the reply is as expected."""
        from bot.replay.runner import replay

        *_, result = replay(_assistant(self.config), [self._dialogue[: self._turn + 1]])
        if not result.passed:
            raise UnexpectedReplyError(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *_: object) -> str:
        """What was expected and what was said, and how that came about."""
        error = excinfo.value
        return str(error) if isinstance(error, UnexpectedReplyError) else str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the case stands."""
        return self.path, self._dialogue[self._turn].line - 1, self.name


class UnexpectedReplyError(Exception):
    """A reply that none of the accepted outcomes is."""

    def __init__(self, result: Result) -> None:
        from bot.replay.report_terminal import describe_expectation, describe_reply

        expected = " 或 ".join(map(describe_expectation, result.case.accept))
        lines = [f"预期  {expected}", f"实际  {describe_reply(result.reply)}", f"回复  {result.reply.text}"]
        super().__init__("\n".join([*lines, "", result.explanation]))
