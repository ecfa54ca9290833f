"""The command line. Each command imports only what it needs, so that `ask` starts fast."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

from bot.frontends.console import abandon_stdout, prepare_output
from bot.problems import KnowledgeError
from bot.replay.arguments import add_arguments as add_replay_arguments

#: characters of a line where nothing says how many there are
_COLUMNS = 80


class _Help(argparse.HelpFormatter):
    """Help of the terminal's width. Without it argparse imports `shutil`, and all that compresses, at every start."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    """The characters of a line: what COLUMNS says, or the terminal, or 80."""
    with suppress(ValueError):
        if (columns := int(os.environ.get("COLUMNS", ""))) > 0:
            return columns
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or _COLUMNS
    except (OSError, ValueError):
        return _COLUMNS


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, **options)

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(f"用法不对：{message}；运行 {self.prog} --help 查看用法", file=sys.stderr)
        raise SystemExit(2)


def build_parser() -> argparse.ArgumentParser:
    """The parser of `reportbot` and all its commands."""
    shared = _Parser(add_help=False)
    shared.add_argument("--report", type=Path, metavar="DIR", help="另一份报告的文件夹（含 facts.yaml 和 intents/）")
    parser = _Parser(
        prog="reportbot", description="回答关于一篇报告的问题：给出数字和原句，没有就说没有。", parents=[shared]
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    # SUPPRESS keeps `reportbot --report DIR ask …` from being overwritten by the subcommand's default.
    shared_after = _Parser(add_help=False)
    shared_after.add_argument(
        "--report", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="另一份报告的文件夹"
    )

    def command(name: str, help: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=help, description=help, parents=[shared_after])

    ask = command("ask", "回答一个问题（- 表示从标准输入逐行读）")
    ask.add_argument("question", help="问题；写 - 则从标准输入逐行读")
    ask.add_argument("--json", action="store_true", help="每个回答打印一行 JSON")
    ask.add_argument("--explain", action="store_true", help="说明是怎样得出回答的")

    add_replay_arguments(command("replay", "重放问题集，检查回答是否符合预期"))
    check = command("check", "检查 facts.yaml 和 intents/")
    check.add_argument(
        "--format", choices=("text", "github"), default="text", help="text（默认），或 GitHub Actions 的注解"
    )
    schemas = command("schemas", "把 facts.yaml、问法和问题集的 JSON Schema 写进一个文件夹，供编辑器使用")
    schemas.add_argument("folder", type=Path, metavar="DIR")
    misses = command("misses", "列出 Telegram 用户没问到的、点了 👎 的问题，相近的归在一起")
    misses.add_argument("--output", type=Path, metavar="FILE", help="另写成一份待标注的问题集（YAML）")
    command("stats", "Telegram 机器人的使用情况：每天的问答数和评价")
    telegram = command("telegram", "运行 Telegram 机器人（令牌取自环境变量 TELEGRAM_BOT_TOKEN）")
    telegram.add_argument("--webhook", action="store_true", help="用 webhook 而不是长轮询")
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run a command; the exit code is what spec'd programs read. Never raises for bad input."""
    prepare_output()
    args = build_parser().parse_args(argv)
    try:
        return _run(args, alone=argv is None)
    except KnowledgeError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        print(f"报告文件有 {len(error.problems)} 处问题，改好后再运行。", file=sys.stderr)
        return 1 if args.command == "check" else 2
    except BrokenPipeError:
        # The reader went away (… | head): nothing is left to say to it.
        abandon_stdout()
        return 0
    except OSError as error:
        print(f"读写出错：{error.strerror or error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


@contextmanager
def _nothing_collected(*, alone: bool) -> Iterator[None]:
    """Keep the garbage collector off what is loaded; for good where it lives `alone` in the process, and as long."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
        if alone:
            gc.freeze()
    finally:
        if collects:
            gc.enable()


def _run(args: argparse.Namespace, *, alone: bool) -> int:
    if args.command == "check":
        from bot.check import run as check

        return check(args.report, args.format)
    if args.command == "schemas":
        from bot.knowledge.editor_schemas import write_schemas

        for path in write_schemas(args.folder):
            print(path)
        return 0
    with _nothing_collected(alone=alone):
        from bot.assistant import load_assistant

        assistant = load_assistant(args.report)
    if args.command == "ask":
        from bot.frontends.ask import run as ask

        return ask(assistant, args.question, as_json=args.json, explain=args.explain)
    if args.command == "replay":
        from bot.replay.command import run as replay

        return replay(assistant, args)
    if args.command in ("misses", "stats"):
        from bot.frontends.review import run_misses, run_stats

        return run_misses(assistant, args.output) if args.command == "misses" else run_stats(assistant)
    if args.command == "telegram":
        from bot.frontends.telegram.command import run as telegram

        return telegram(assistant, webhook=args.webhook)
    from bot.frontends.repl import run as repl

    return repl(assistant)


def entry_point() -> NoReturn:
    """The console script."""
    sys.exit(main())
