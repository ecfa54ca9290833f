"""A replay for people: what failed, tables of the counts, one line that sums up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.frontends.console import printable
from bot.replay.cross_validation import Recognition
from bot.replay.question_sets import Expectation
from bot.replay.results import Comparison, Result, Run, Step, Tally
from bot.reply.model import Reply

#: changes listed of a kind
_MOST_CHANGES = 200


def print_report(console: Console, run: Run, *, quiet: bool = False) -> None:
    """Print the failures (not if `quiet`), the tables and the summary line, which comes last."""
    if not quiet:
        for result in run.failures:
            _print_failure(console, result)
        if run.failed > len(run.failures):
            console.print(f"还有 {run.failed - len(run.failures)} 题没有列出，--output 写的 JSON 里全有。\n")
    for title, counts in (("预期结果", run.counts.by_outcome()), ("标签", run.counts.tags)):
        if counts:
            console.print(_table(title, counts))
            console.print()
    console.print(summary_line(run), soft_wrap=True)


def summary_line(run: Run) -> str:
    """Cases, right and wrong figures with percentages, and the speed."""
    count = run.counts.total
    stopped = f"（中断，还有 {run.planned - count.cases} 题没问）" if count.cases < run.planned else ""
    return (
        f"共 {count.cases} 题{stopped}，答对 {count.right}（{_right_percent(count):.1f}%），"
        f"数字答错 {count.wrong_figures}（{count.wrong_figures_percent:.1f}%）；"
        f"用时 {run.seconds:.1f} 秒，每秒 {run.rate:.0f} 题"
    )


def describe_expectation(expected: Expectation) -> str:
    """The expectation in the words of a question set, e.g. "answer solar.stations（verdict: refuted）"."""
    return _describe(expected.outcome, expected.facts or expected.options, expected.topic, expected.verdict)


def describe_reply(reply: Reply) -> str:
    """The reply's outcome in the same words."""
    named = reply.options if reply.outcome in ("clarify", "abstain") else reply.facts
    return _describe(reply.outcome, () if reply.topic else named, reply.topic, reply.verdict)


def sweep_table(steps: Iterable[Step]) -> Table:
    """One row for each answer threshold tried."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("阈值", "题数", "答对 %", "数字答错 %", "拒答 %", ""):
        table.add_column(name, justify="right" if name else "left", no_wrap=True)
    for step in steps:
        count = step.count
        table.add_row(
            f"{step.threshold:g}",
            str(count.cases),
            f"{_right_percent(count):.1f}",
            f"{count.wrong_figures_percent:.1f}",
            f"{100 * step.refused / count.cases:.1f}" if count.cases else "",
            "← 现用" if step.in_use else "",
        )
    return table


def confidence_table(counts: Iterable[tuple[float, Tally]]) -> Table:
    """One row for each confidence: how many answers have at least that, and how many of them are right."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("把握至少", "回答", "其中答对 %"):
        table.add_column(name, justify="right", no_wrap=True)
    for least, count in counts:
        table.add_row(f"{least:g}", str(count.cases), f"{_right_percent(count):.1f}")
    return table


def _describe(outcome: str, ids: tuple[str, ...], topic: str | None, verdict: str | None) -> str:
    words = " ".join(filter(None, (outcome, topic, "、".join(ids))))
    return f"{words}（verdict: {verdict}）" if verdict else words


def _right_percent(count: Tally) -> float:
    # 7999 of 8000 isn't 100.0%: that is said only where nothing failed.
    return count.right_percent if count.right == count.cases else min(count.right_percent, 99.9)


def _print_failure(console: Console, result: Result) -> None:
    case = result.case
    head = Text(f"{case.file}:{case.line}", style="bold")
    if case.tags:
        head.append(f"  [{'、'.join(case.tags)}]", style="dim")
    if result.wrong_figure:
        head.append("  数字答错", style="bold red")
    console.print(head, soft_wrap=True)
    rows = (
        ("前文", " → ".join(case.earlier)),
        ("问题", case.ask or "（空）"),
        ("预期", " 或 ".join(map(describe_expectation, case.accept))),
        ("实际", describe_reply(result.reply)),
        ("回复", result.reply.text),
    )
    for name, text in rows:
        if text:
            indented = printable(text).replace("\n", "\n        ")
            console.print(Text.assemble((f"  {name}  ", "dim"), indented), soft_wrap=True)
    console.print()


def _table(title: str, counts: Mapping[str, Tally]) -> Table:
    # No box: terminals differ in how wide they draw the Chinese punctuation in a cell.
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(title, overflow="fold")
    for name in ("题数", "答对", "%", "数字答错"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, count in counts.items():
        wrong = Text(str(count.wrong_figures), style="bold red" if count.wrong_figures else "")
        table.add_row(Text(printable(name)), str(count.cases), str(count.right), f"{_right_percent(count):.1f}", wrong)
    return table


def print_comparison(console: Console, comparison: Comparison) -> None:
    """Print what differs from the baseline: first what broke."""
    for name, changes in (("变坏", comparison.broken), ("变好", comparison.fixed), ("回答变了", comparison.changed)):
        for change in changes[:_MOST_CHANGES]:
            asked = printable(" → ".join((*change.case.earlier, change.case.ask)))
            console.print(f"{name}  {asked}  {change.before} ⇒ {change.now}", soft_wrap=True)
    numbers = (
        f"变坏 {len(comparison.broken)}，变好 {len(comparison.fixed)}，回答变了 {len(comparison.changed)}，"
        f"新问题 {len(comparison.new)}，不再问 {comparison.gone}"
    )
    console.print(f"与基线相比：{numbers}", soft_wrap=True)
    console.print()


def recognition_table(recognised: Sequence[Recognition]) -> Table:
    """One row for each fact, the worst first, with a sentence that wasn't recognised."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("事实", no_wrap=True)
    for name in ("问法", "认出", "%"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("没认出的，例如", overflow="fold")
    for fact in recognised:
        missed = fact.missed[0] if fact.missed else ""
        table.add_row(fact.target, str(fact.asked), str(fact.recognised), f"{fact.percent:.0f}", missed)
    return table
