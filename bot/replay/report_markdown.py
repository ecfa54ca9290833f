"""A replay as Markdown, for a pull request or a chat: the counts, what changed, and the first failures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from bot.replay.draft import draft_of
from bot.replay.report_terminal import describe_expectation, describe_reply, summary_line
from bot.replay.results import Change, Result, Run, Tally

#: failures and changes listed; the JSON has them all
_MOST = 200


class MarkdownWriter:
    """Written at the end, from the counts and the failures kept."""

    def __init__(self, path: Path, files: ExitStack) -> None:
        self._file = files.enter_context(draft_of(path))

    def add(self, result: Result) -> None:
        """Nothing yet."""

    def finish(self, run: Run) -> None:
        """Everything."""
        self._file.write("\n".join(_lines(run)) + "\n")


def _lines(run: Run) -> Iterator[str]:
    comparison, steps = run.comparison, run.steps
    yield from ("# 重放结果", "", summary_line(run), "")
    yield from _table("预期结果", run.counts.by_outcome())
    yield from _table("标签", run.counts.tags)
    if comparison is not None:
        yield from ("## 与基线相比", "", f"基线里有、这次没问的：{comparison.gone} 题", "")
        for name, changes in (
            ("变坏", comparison.broken),
            ("变好", comparison.fixed),
            ("回答变了", comparison.changed),
        ):
            yield from _changes(name, changes)
        yield from (f"新问题：{len(comparison.new)} 题", "")
    if steps:
        yield from ("## 阈值", "", "| 阈值 | 答对 % | 数字答错 % | 拒答 |", "|---:|---:|---:|---:|")
        for step in steps:
            count, mark = step.count, " ←" if step.in_use else ""
            wrong = f"{count.wrong_figures_percent:.1f}"
            yield f"| {step.threshold:g}{mark} | {count.right_percent:.1f} | {wrong} | {step.refused} |"
        yield ""
    if run.failures:
        yield from ("## 没答对的", "", "| 问题 | 预期 | 实际 |", "|---|---|---|")
        for result in run.failures[:_MOST]:
            yield _row(result)
        if run.failed > _MOST:
            yield from ("", f"还有 {run.failed - _MOST} 题没有列出。")


def _table(title: str, counts: Mapping[str, Tally]) -> Iterator[str]:
    if not counts:
        return
    yield from (f"| {title} | 题数 | 答对 | % | 数字答错 |", "|---|---:|---:|---:|---:|")
    for name, count in counts.items():
        yield f"| {_cell(name)} | {count.cases} | {count.right} | {count.right_percent:.1f} | {count.wrong_figures} |"
    yield ""


def _changes(name: str, changes: Sequence[Change]) -> Iterator[str]:
    if not changes:
        return
    yield from (f"### {name}（{len(changes)}）", "", "| 问题 | 之前 | 现在 |", "|---|---|---|")
    for change in changes[:_MOST]:
        asked = " → ".join((*change.case.earlier, change.case.ask))
        yield f"| {_cell(asked)} | {_cell(change.before)} | {_cell(change.now)} |"
    yield ""


def _row(result: Result) -> str:
    case = result.case
    expected = " 或 ".join(map(describe_expectation, case.accept))
    mark = "**数字答错** " if result.wrong_figure else ""
    asked = " → ".join((*case.earlier, case.ask))
    return f"| {_cell(asked)} | {_cell(expected)} | {mark}{_cell(describe_reply(result.reply))} |"


def _cell(text: str) -> str:
    safe = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("`", "\\`")
    return " ".join(safe.split()) or "（空）"
