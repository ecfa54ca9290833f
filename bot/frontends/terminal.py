"""A reply as rich renderables: the figure stands out, the sentence is quoted, choices are numbered.

No boxes and no right-hand borders: terminals differ in how wide they draw “ ” — and ·, so only the left edge lines up
everywhere. The colours are of the 16 that a terminal's own theme chooses, and magenta reads well on dark and on light.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text
from rich.theme import Theme

from bot.frontends.console import printable
from bot.frontends.terminal_wrap import break_lines
from bot.reply.model import Block, Choices, Quote, Reply, Statement

#: columns beyond which a line of Chinese is tiring to read
MAX_COLUMNS = 100

_THEME = Theme(
    {
        "figure": "bold magenta",
        "quoted_figure": "magenta underline",
        "mark": "magenta",
        "source": "dim",
        "title": "bold",
        "hint": "dim",
    }
)


def terminal_console(*, record: bool = False, width: int | None = None) -> Console:
    """The console that REPL and picture print to.

    With `record`, nothing reaches the screen: it is kept for export, in colour, `width` columns wide.
    """
    if record:
        from io import StringIO

        return Console(
            theme=_THEME,
            file=StringIO(),
            record=True,
            width=width,
            highlight=False,
            force_terminal=True,
            color_system="standard",
            no_color=False,
        )
    return Console(theme=_THEME, file=sys.stdout, width=width, highlight=False)


def show(console: Console, renderable: RenderableType) -> None:
    """Print with a blank line after, in a width that reads well."""
    console.print(renderable, width=min(console.width, MAX_COLUMNS))
    console.print()


def render(reply: Reply) -> RenderableType:
    """What a terminal shows of a reply. Safe whatever the reply echoes of the user's text."""
    parts: list[RenderableType] = []
    listed = sum(isinstance(block, Statement) for block in reply.blocks) > 1
    before: Block | None = None
    for block in reply.blocks:
        if isinstance(before, Quote) or (isinstance(before, Statement) and isinstance(block, Choices)):
            parts.append("")
        parts.append(_render_block(block, listed=listed and not isinstance(before, Quote)))
        before = block
    return Group(*parts)


class ChineseText:
    """Text wrapped as Chinese is: no closing mark begins a line, no opening mark ends one, no figure is torn.

    `mark` stands before the first line, `indent` (as wide) before the others.
    """

    def __init__(self, text: Text, mark: str = "", indent: str | None = None) -> None:
        self._text = text
        self._mark = _coloured(mark)
        self._indent = _coloured(" " * cell_len(mark) if indent is None else indent)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        columns = max(options.max_width - self._mark.cell_len, 2)
        before = self._mark
        for line in self._text.split("\n", allow_blank=True):
            for part in line.divide(break_lines(line.plain, columns)):
                part.rstrip()
                yield Text.assemble(before, part, no_wrap=True, overflow="fold")
                before = self._indent


def _render_block(block: Block, *, listed: bool) -> RenderableType:
    if isinstance(block, Statement):
        return ChineseText(_marked(block.text, [(block.start, block.end)], "figure"), "  • " if listed else "")
    if isinstance(block, Quote):
        quote = Text.assemble("「", _marked(block.text, block.highlights, "quoted_figure"), "」")
        quote.append(f"\n{printable(block.source)}", style="source")
        return ChineseText(quote, "  │ ", "  │ ")
    if isinstance(block, Choices):
        items = (ChineseText(Text(printable(c.label)), f"{n:3}. ") for n, c in enumerate(block.items, 1))
        return Group(ChineseText(Text(printable(block.lead))), *items)
    return ChineseText(Text(printable(block.text)))


def _coloured(mark: str) -> Text:
    """The mark in its colour, the blanks before it without: some viewers of SVG drop blanks that begin a styled run."""
    text = Text(mark)
    text.stylize("mark", len(mark) - len(mark.lstrip()))
    return text


def _marked(text: str, spans: Sequence[tuple[int, int]], style: str) -> Text:
    """The text with the (start, end) spans in a style; each piece is made printable on its own, so spans stay true."""
    marked = Text()
    for piece, inside in _pieces(text, spans):
        marked.append(printable(piece), style=style if inside else None)
    return marked


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, end in sorted(spans):
        yield text[at:start], False
        yield text[max(start, at) : end], True
        at = max(at, end)
    yield text[at:], False
