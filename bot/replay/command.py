"""`reportbot replay`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.replay.question_sets import Dialogue
    from bot.replay.results import Run


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `reportbot replay`."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="问题集（YAML）")
    parser.add_argument("--json", type=Path, metavar="OUT", help="把全部结果写成一个 JSON 文件")
    parser.add_argument("--sweep", action="store_true", help="逐个试“回答所需分数”的阈值，看答对、答错和拒答怎样变化")
    parser.add_argument("--quiet", action="store_true", help="不列出没答对的问题，只看统计")


def run(assistant: Assistant, args: argparse.Namespace) -> int:
    """Replay the sets; 0 all passed, 1 some failed, 2 bad input, 130 interrupted."""
    from bot.problems import KnowledgeError
    from bot.replay.question_sets import load_question_sets
    from bot.replay.report_json import write_json

    if args.json is not None and (refusal := _refusal(args.json, args.files)):
        print(f"结果写不到 {args.json}：{refusal}", file=sys.stderr)
        return 2
    try:
        dialogues = load_question_sets(args.files, assistant.report)
    except KnowledgeError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        print(f"问题集有 {len(error.problems)} 处问题，改好后再运行。", file=sys.stderr)
        return 2
    if args.sweep:
        return _sweep(assistant, dialogues)
    outcome = _ask_all(assistant, dialogues)
    _print(outcome, quiet=args.quiet)
    if len(outcome.results) < outcome.planned:
        if args.json is not None:
            print(f"中断了，没有写 {args.json}。", file=sys.stderr)
        return 130
    if args.json is not None:
        try:
            write_json(outcome, args.json)
        except OSError as error:
            print(f"结果写不到 {args.json}：{error.strerror}", file=sys.stderr)
            return 2
    return 1 if outcome.failures else 0


def _sweep(assistant: Assistant, dialogues: list[Dialogue]) -> int:
    """Print what each answer threshold would give, and how right the answers of each confidence are."""
    from rich.console import Console

    from bot.replay.report_terminal import confidence_table, sweep_table
    from bot.replay.runner import replay
    from bot.replay.sweep import by_confidence, sweep

    console = Console(highlight=False, markup=False, emoji=False)
    console.print(sweep_table(sweep(assistant, dialogues)))
    console.print()
    console.print(confidence_table(by_confidence(list(replay(assistant, dialogues)))))
    return 0


def _refusal(out: Path, question_sets: list[Path]) -> str | None:
    """Why results had better not be written there, known before the questions are asked."""
    if out.suffix in (".yaml", ".yml") or out in question_sets:
        # `replay --json a.yaml b.yaml` would overwrite the question set that was meant to be replayed.
        return "这像是问题集，不是结果文件；请在 --json 后面写结果文件的名字"
    try:
        if out.exists() and not out.is_file():
            return "它不是普通文件；请换一个文件名"
        if not out.resolve().parent.is_dir():
            return "没有这个文件夹；请先建立"
    except OSError as error:
        return str(error.strerror)
    return None


def _ask_all(assistant: Assistant, dialogues: list[Dialogue]) -> Run:
    """Ask everything, showing progress on a terminal's stderr; when interrupted, what there is so far."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from bot.replay.results import Run
    from bot.replay.runner import replay

    run = Run(planned=sum(len(dialogue) for dialogue in dialogues))
    columns = (TextColumn("重放"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    on_terminal = sys.stderr is not None and sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not on_terminal) as progress:
        task = progress.add_task("", total=run.planned)
        start = time.perf_counter()
        try:
            for result in replay(assistant, dialogues):
                run.results.append(result)
                progress.advance(task)
        except KeyboardInterrupt:
            pass  # the shorter list of results tells
        run.seconds = time.perf_counter() - start
    return run


def _print(run: Run, *, quiet: bool) -> None:
    from rich.console import Console

    from bot.frontends.console import abandon_stdout
    from bot.replay.report_terminal import print_report

    console = Console(highlight=False, markup=False, emoji=False)
    # Captured, because rich makes an exit code of its own out of a reader that went away (… | head).
    with console.capture() as captured:
        print_report(console, run, quiet=quiet)
    try:
        print(captured.get(), end="", flush=True)
    except BrokenPipeError:
        abandon_stdout()
