"""`reportbot replay`."""

from __future__ import annotations

import argparse

from bot.assistant import Assistant


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `reportbot replay`."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="问题集（YAML）")


def run(assistant: Assistant, args: argparse.Namespace) -> int:
    """Replay the sets; 0 all passed, 1 some failed, 2 bad input."""
    raise SystemExit(2)
