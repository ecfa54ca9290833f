"""Draws the picture of a conversation for the README: `python -m tests.picture OUT.svg`.

Every reply comes from the bot as it is; only the questions are fixed.
"""

from __future__ import annotations

import re
import sys
from html import unescape
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from bot.assistant import load_assistant
from bot.frontends.repl_dialogue import Dialogue
from bot.frontends.repl_input import PROMPT
from bot.frontends.terminal import render, show, terminal_console

QUESTIONS = (
    "光伏扶贫电站有多少个？",
    "那装机呢？",
    "听说有800个贫困村脱贫，对吗？",
    "带动了多少户增收？",
    "3",
    "北京有多少贫困村脱贫？",
)
COLUMNS = 84

# Soft colours on a dark ground, as a page of either colour carries them well.
_COLOURS = TerminalTheme(
    (30, 32, 40),
    (222, 224, 230),
    [
        (30, 32, 40),
        (242, 119, 122),
        (153, 204, 153),
        (240, 198, 116),
        (129, 162, 230),
        (240, 143, 214),
        (102, 204, 204),
        (222, 224, 230),
    ],
)

_CHARACTER_HEIGHT = 20
_ASPECT = 0.5
_RUN = re.compile(r'textLength="[\d.]+"(?P<rest>[^>]*)>(?P<text>[^<]*)</text>')

# Rich's own frame fetches a font from a foreign server, which has no Chinese, and asks for full-width digits.
_FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
    <style>
    .{unique_id}-matrix {{
        font-family: "Noto Sans Mono CJK SC", "Sarasa Mono SC", "PingFang SC", "Microsoft YaHei", monospace;
        font-size: {char_height}px;
        line-height: {line_height}px;
    }}
    .{unique_id}-title {{
        font-size: 18px;
        font-weight: bold;
        font-family: sans-serif;
    }}
    {styles}
    </style>
    <defs>
    <clipPath id="{unique_id}-clip-terminal">
      <rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
    </clipPath>
    {lines}
    </defs>
    {chrome}
    <g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
    {backgrounds}
    <g class="{unique_id}-matrix">
    {matrix}
    </g>
    </g>
</svg>
"""


def play(console: Console) -> None:
    """Ask the questions in one conversation, and print it to the console."""
    dialogue = Dialogue(load_assistant())
    for question in QUESTIONS:
        console.print(Text.assemble((PROMPT, "bold"), question))
        reply = dialogue.handle(question)
        if reply is not None:
            show(console, render(reply))


def draw() -> str:
    """The conversation as SVG."""
    console = terminal_console(record=True, width=COLUMNS)
    play(console)
    # A Chinese character is as wide as it is high: half of that a column makes columns hold in any font.
    drawn = console.export_svg(title="reportbot", theme=_COLOURS, code_format=_FRAME, font_aspect_ratio=_ASPECT)
    return _RUN.sub(_true_width, drawn)


def _true_width(run: re.Match[str]) -> str:
    """Rich counts characters where it should count columns, so browsers would squeeze Chinese to half its width."""
    columns = cell_len(unescape(run["text"]).strip("\n"))
    return (
        f'textLength="{columns * _CHARACTER_HEIGHT * _ASPECT:g}"{run["rest"]}>{run["text"]}</text>'
        if columns
        else run[0]
    )


def main(arguments: list[str]) -> int:
    """Write the picture to the file named; 2 where none is named."""
    if len(arguments) != 1:
        print("usage: python -m tests.picture OUT.svg", file=sys.stderr)
        return 2
    Path(arguments[0]).write_text(draw(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
