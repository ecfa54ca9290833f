"""The arguments of `reportbot replay`, apart from what runs it, as every command starts by declaring them all."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `reportbot replay`."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="问题集（YAML，或每行一题的 *.jsonl）")
    parser.add_argument(
        "--output",
        type=Path,
        action="append",
        default=[],
        metavar="OUT",
        help="把结果写成文件，格式看名字：.html、.junit.xml、.json、.md；可以写几次",
    )
    parser.add_argument("--baseline", type=Path, metavar="JSON", help="与以前的结果逐题比较；有变坏的，退出码就是 1")
    parser.add_argument("--allow-broken", type=int, default=0, metavar="N", help="与基线相比可以变坏几题（默认 0）")
    parser.add_argument(
        "--known-failures", type=Path, metavar="FILE", help="已知答不对的问题（YAML）；里面答对了的会报告出来"
    )
    parser.add_argument("--jobs", type=_at_least_one, default=1, metavar="N", help="用几个进程（默认 1），结果不变")
    parser.add_argument("--sweep", action="store_true", help="逐个试“回答所需分数”的阈值，看答对、答错和拒答怎样变化")
    parser.add_argument(
        "--cross-validate",
        type=_at_least_two,
        metavar="K",
        help="不用问题集：把 intents/ 的问法分成 K 份，轮流藏起一份来问",
    )
    parser.add_argument("--quiet", action="store_true", help="不列出没答对的问题，只看统计")


def _at_least_one(text: str) -> int:
    return _number(text, 1)


def _at_least_two(text: str) -> int:
    return _number(text, 2)


def _number(text: str, least: int) -> int:
    if not text.isdecimal() or int(text) < least:
        raise argparse.ArgumentTypeError(f"请写 {least} 或更大的整数")
    return int(text)
