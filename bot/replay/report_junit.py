"""A replay as JUnit XML, which CI systems show case by case."""

from __future__ import annotations

import re
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from bot.replay.draft import draft_of
from bot.replay.report_terminal import describe_expectation, describe_reply
from bot.replay.results import Result, Run

#: bytes of cases that wait in memory; more wait in a file
_IN_MEMORY = 10_000_000
#: characters that XML can't hold, however they are written
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class JunitWriter:
    """One suite; the cases wait in a temporary file, because the counts stand before them."""

    def __init__(self, path: Path, files: ExitStack) -> None:
        self._file = files.enter_context(draft_of(path))
        spool = tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8")  # noqa: SIM115 - entered below
        self._cases = files.enter_context(spool)

    def add(self, result: Result) -> None:
        """One test case."""
        case = result.case
        name, file = _attribute(case.ask or "（空）"), _attribute(case.file)
        place = f'name={name} classname={file} line="{case.line}"'
        if result.passed:
            self._cases.write(f"<testcase {place}/>\n")
            return
        expected = " 或 ".join(map(describe_expectation, case.accept))
        said = describe_reply(result.reply)
        kind = "wrong figure" if result.wrong_figure else "mismatch"
        body = "\n".join([*(f"前文 {said}" for said in case.earlier), result.reply.text, "", result.explanation])
        failure = f"<failure type={_attribute(kind)} message={_attribute(f'预期 {expected}，实际 {said}')}>"
        self._cases.write(f"<testcase {place}>{failure}{escape(_clean(body))}</failure></testcase>\n")

    def finish(self, run: Run) -> None:
        """The counts, then the cases."""
        count = run.counts.total
        counts = f'tests="{count.cases}" failures="{count.cases - count.right}" errors="0" time="{run.seconds:.3f}"'
        self._file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        self._file.write(f'<testsuites {counts}>\n<testsuite name="reportbot replay" {counts}>\n')
        self._cases.seek(0)
        shutil.copyfileobj(self._cases, self._file)
        self._file.write("</testsuite>\n</testsuites>\n")


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))
