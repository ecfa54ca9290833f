"""Reading lines from a person at a terminal: editing, history, completion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.utils import is_dumb_terminal

from bot.frontends.repl_dialogue import COMMANDS
from bot.frontends.repl_history import open_history

PROMPT = "❯ "
DUMB_PROMPT = "> "


class Interrupted(Exception):  # noqa: N818 - not an error
    """Ctrl-C; `cleared` tells whether it threw away something typed."""

    def __init__(self, *, cleared: bool) -> None:
        super().__init__()
        self.cleared = cleared


class LineReader(Protocol):
    """Reads a line. Raises Interrupted at Ctrl-C, EOFError at Ctrl-D."""

    def read(self) -> str:
        """The next line."""
        ...


def line_reader(topics: Sequence[str], facts: Sequence[str]) -> LineReader:
    """The best that the terminal can do; Tab completes with these labels."""
    return _DumbReader() if is_dumb_terminal() else _EditingReader(TopicCompleter(topics, facts))


class _EditingReader:
    def __init__(self, completer: Completer) -> None:
        self._session: PromptSession[str] = PromptSession(
            [("bold", PROMPT)],
            history=open_history(),
            completer=completer,
            key_bindings=_key_bindings(),
            complete_while_typing=False,
            enable_open_in_editor=False,
            enable_suspend=True,
        )

    def read(self) -> str:
        try:
            return self._session.prompt()
        except KeyboardInterrupt:
            raise Interrupted(cleared=bool(self._session.default_buffer.text)) from None


def _key_bindings() -> KeyBindings:
    """The mouse isn't asked for, and prompt_toolkit fails on a colour code (pasted, say) that it takes for a click."""
    bindings = KeyBindings()

    @bindings.add(Keys.Vt100MouseEvent)
    def _(_: KeyPressEvent) -> None:
        pass

    return bindings


class _DumbReader:
    """TERM=dumb can't move its cursor: leave editing to the terminal driver."""

    def read(self) -> str:
        try:
            return input(DUMB_PROMPT)
        except KeyboardInterrupt:
            raise Interrupted(cleared=False) from None


class TopicCompleter(Completer):
    """Completes what is typed last, wherever it stands: Chinese has no spaces to tell words by."""

    def __init__(self, topics: Sequence[str], facts: Sequence[str]) -> None:
        self._topics = tuple(topics)
        self._words = tuple(dict.fromkeys((*topics, *facts)))

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002
        """The commands for a slash; else the labels that the longest possible end of the text belongs to."""
        text = document.text_before_cursor
        command, space, _ = text.partition(" ")
        if text.startswith("/") and not space:
            yield from (Completion(c, -len(text)) for c in COMMANDS if c.startswith(text))
            return
        words = self._topics if command == "/topics" else self._words
        typed = text.rpartition(" ")[2]
        for start in range(max(0, len(typed) - 30), len(typed)):
            ending = typed[start:]
            # A single character begins too little to look for it inside words.
            fitting = [w for w in words if w.startswith(ending) or (len(ending) > 1 and ending in w)]
            if fitting:
                yield from (Completion(word, -len(ending)) for word in fitting)
                return
        if command == "/topics" and not typed:
            yield from (Completion(word) for word in words)
