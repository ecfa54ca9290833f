"""`reportbot`: a conversation in the terminal, or through a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.assistant import Assistant
from bot.frontends.console import piped_lines, printable, well_formed
from bot.frontends.repl_dialogue import Dialogue

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from bot.frontends.repl_input import LineReader


def run(assistant: Assistant) -> int:
    """Converse until the user leaves or the input ends; always 0.

    Where input or output is no terminal: plain text, without greeting, prompt and colour.
    """
    if _is_terminal():
        _converse(assistant)
    else:
        _pipe(assistant)
    return 0


def banner(assistant: Assistant) -> RenderableType:
    """What greets the user: what can be asked, examples, how to leave."""
    from rich.console import Group
    from rich.text import Text

    from bot.frontends.terminal import ChineseText

    def say(name: str, style: str = "") -> ChineseText:
        text = assistant.wording(f"repl.{name}", subject=assistant.report.subject)
        return ChineseText(Text(printable(text), style=style))

    examples = assistant.wording("repl.examples").splitlines()
    return Group(
        say("welcome", "title"),
        say("examples_lead"),
        *(ChineseText(Text(f"  {printable(example)}")) for example in examples),
        say("leaving", "hint"),
    )


def _is_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _pipe(assistant: Assistant) -> None:
    dialogue = Dialogue(assistant)
    first = True
    for line in piped_lines():
        if not line.strip():
            continue
        reply = dialogue.handle(line)
        if reply is None:
            return
        print(*([] if first else [""]), printable(reply.text), sep="\n", flush=True)
        first = False


def _converse(assistant: Assistant) -> None:
    from bot.frontends.repl_input import line_reader
    from bot.frontends.terminal import render, show, terminal_console

    console = terminal_console()
    topics = assistant.topics()
    reader = line_reader([t.label for t in topics], [f.label for t in topics for f in assistant.facts(t.id)])
    dialogue = Dialogue(assistant)
    show(console, banner(assistant))
    while (line := _next_line(reader, console, assistant)) is not None:
        try:
            reply = dialogue.handle(line)
        except KeyboardInterrupt:
            # Tired of waiting for the answer, not of the conversation.
            continue
        if reply is None:
            break
        show(console, render(reply))
    _hint(console, assistant.wording("repl.goodbye"))


def _next_line(reader: LineReader, console: Console, assistant: Assistant) -> str | None:
    """The next line that isn't blank; None at Ctrl-D, or Ctrl-C on an empty line right after another Ctrl-C."""
    from bot.frontends.repl_input import Interrupted

    interrupted = False
    while True:
        try:
            line = well_formed(reader.read())
        except EOFError:
            return None
        except Interrupted as interrupt:
            if interrupted and not interrupt.cleared:
                return None
            interrupted = True
            _hint(console, assistant.wording("repl.interrupted"))
            continue
        if line.strip():
            return line
        interrupted = False


def _hint(console: Console, text: str) -> None:
    console.print(text, style="hint", markup=False)
