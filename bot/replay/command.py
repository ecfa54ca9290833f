"""`reportbot replay`."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.replay.baseline import Baseline, KnownFailures
    from bot.replay.question_sets import QuestionSets
    from bot.replay.results import Result, Run, Step


def run(assistant: Assistant, args: argparse.Namespace) -> int:
    """Replay the sets; 0 all passed, 1 some failed (or, with a baseline, broke), 2 bad input, 130 interrupted."""
    from bot.problems import KnowledgeError
    from bot.replay.baseline import Baseline, KnownFailures
    from bot.replay.question_sets import open_question_sets

    if args.cross_validate:
        return _cross_validate(args)
    if not args.files:
        print("用法不对：请写出问题集，例如 reportbot replay questions.yaml", file=sys.stderr)
        return 2
    for out in args.output:
        if refusal := _refusal(out, args.files):
            print(f"结果写不到 {out}：{refusal}", file=sys.stderr)
            return 2
    try:
        sets = open_question_sets(args.files, assistant.report)
        baseline = Baseline(args.baseline) if args.baseline else None
        known = KnownFailures(args.known_failures) if args.known_failures else None
    except KnowledgeError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        print(f"有 {len(error.problems)} 处问题，改好后再运行。", file=sys.stderr)
        return 2
    steps = _sweep(assistant, sets) if args.sweep else ()
    if args.sweep and not args.output:
        return 0
    return _replay(assistant, args, sets, baseline, known, steps)


def _replay(
    assistant: Assistant,
    args: argparse.Namespace,
    sets: QuestionSets,
    baseline: Baseline | None,
    known: KnownFailures | None,
    steps: tuple[Step, ...],
) -> int:
    from bot.replay.results import Run
    from bot.replay.writers import Writers

    comparison = baseline.comparison if baseline else None
    outcome = Run(planned=sets.cases, comparison=comparison, steps=steps)
    unlisted = 0
    try:
        with Writers(args.output) as writers:

            def take(result: Result) -> None:
                nonlocal unlisted
                outcome.add(result)
                writers.add(result)
                if baseline is not None:
                    baseline.add(result)
                listed = known is not None and known.covers(result)
                unlisted += not (result.passed or listed)

            _ask_all(assistant, args, sets, outcome, take)
            if comparison is not None and not outcome.is_complete:
                comparison.gone = 0  # what wasn't asked for lack of time isn't gone
            writers.finish(outcome)
    except OSError as error:
        names = "、".join(map(str, args.output))
        _print(outcome, quiet=args.quiet)
        print(f"结果写不到 {names}：{error.strerror}", file=sys.stderr)
        return 2
    _print(outcome, quiet=args.quiet)
    wrongly_known = _tell_known(known)
    if not outcome.is_complete:
        return 130
    if comparison is not None:
        return 1 if len(comparison.broken) > args.allow_broken or wrongly_known else 0
    return 1 if unlisted or wrongly_known else 0


def _ask_all(
    assistant: Assistant, args: argparse.Namespace, sets: QuestionSets, run: Run, take: Callable[[Result], None]
) -> None:
    """Ask everything, showing progress on a terminal's stderr; an interrupt ends it, and keeps what there is."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]} 题/秒")
    columns = (TextColumn("重放"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    on_terminal = sys.stderr is not None and sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not on_terminal) as progress:
        task = progress.add_task("", total=run.planned, rate="")
        start = time.perf_counter()
        results = _results(assistant, args, sets)
        with _interrupts() as interrupted:
            try:
                for result in results:
                    take(result)
                    run.seconds = time.perf_counter() - start
                    progress.update(task, advance=1, rate=f"{run.rate:.0f}")
                    if interrupted:
                        break
            except KeyboardInterrupt:
                pass  # the smaller number of results tells
            finally:
                results.close()  # type: ignore[attr-defined]


@contextmanager
def _interrupts() -> Iterator[list[int]]:
    """Ctrl-C is noted, so that no result is only half taken; a second one interrupts at once."""
    interrupted: list[int] = []

    def note(number: int, _: object) -> None:
        interrupted.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    if threading.current_thread() is not threading.main_thread():
        yield interrupted
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)


def _results(assistant: Assistant, args: argparse.Namespace, sets: QuestionSets) -> Iterator[Result]:
    from bot.replay.runner import replay, replay_in

    if args.jobs == 1:
        return replay(assistant, sets)
    return replay_in(args.jobs, getattr(args, "report", None), sets)


def _tell_known(known: KnownFailures | None) -> bool:
    """Print what is listed as failing and isn't; whether there is any."""
    if known is None:
        return False
    print(f"已知答不对的：{known.failing} 题照旧")
    for case in known.passing:
        print(f"{case.file}:{case.line}: “{case.ask}”列为答不对，现在答对了；请从列表里删掉")
    for ask in known.unseen:
        print(f"列为答不对的“{ask}”不在这些问题集里；请从列表里删掉")
    return bool(known.passing or known.unseen)


def _sweep(assistant: Assistant, sets: QuestionSets) -> tuple[Step, ...]:
    """Print what each answer threshold would give, and how right the answers of each confidence are."""
    from rich.console import Console

    from bot.replay.report_terminal import confidence_table, sweep_table
    from bot.replay.runner import replay
    from bot.replay.sweep import by_confidence, sweep

    console = Console(highlight=False, markup=False, emoji=False)
    steps = tuple(sweep(assistant, sets))
    console.print(sweep_table(steps))
    console.print()
    console.print(confidence_table(by_confidence(list(replay(assistant, sets)))))
    console.print()
    return steps


def _cross_validate(args: argparse.Namespace) -> int:
    """Print how well the paraphrases of each fact are recognised when they are left out, the worst first."""
    from rich.console import Console

    from bot.replay.cross_validation import cross_validate
    from bot.replay.report_terminal import recognition_table

    console = Console(highlight=False, markup=False, emoji=False)
    recognised = cross_validate(getattr(args, "report", None), args.cross_validate)
    console.print(recognition_table(recognised))
    asked = sum(fact.asked for fact in recognised)
    right = sum(fact.recognised for fact in recognised)
    print(f"藏起来再问的问法 {asked} 种，认出 {right} 种（{100 * right / asked if asked else 0:.1f}%）")
    return 0


def _refusal(out: Path, question_sets: list[Path]) -> str | None:
    """Why results had better not be written there, known before the questions are asked."""
    from bot.replay.writers import FORMATS, ending_of

    if out.suffix in (".yaml", ".yml", ".jsonl") or out in question_sets:
        # `replay --output a.yaml b.yaml` would overwrite the question set that was meant to be replayed.
        return "这像是问题集，不是结果文件；请在 --output 后面写结果文件的名字"
    try:
        if out.exists() and not out.is_file():
            return "它不是普通文件；请换一个文件名"
        if not out.resolve().parent.is_dir():
            return "没有这个文件夹；请先建立"
    except OSError as error:
        return str(error.strerror)
    if ending_of(out) is None:
        return f"不知道要什么格式；名字请以 {'、'.join(ending for ending, _ in FORMATS)} 结尾"
    return None


def _print(run: Run, *, quiet: bool) -> None:
    from rich.console import Console

    from bot.frontends.console import abandon_stdout
    from bot.replay.report_terminal import print_comparison, print_report

    console = Console(highlight=False, markup=False, emoji=False)
    # Captured, because rich makes an exit code of its own out of a reader that went away (… | head).
    with console.capture() as captured:
        if run.comparison is not None:
            print_comparison(console, run.comparison)
        print_report(console, run, quiet=quiet)
    try:
        print(captured.get(), end="", flush=True)
    except BrokenPipeError:
        abandon_stdout()
