"""What the REPL understands: slash commands, a number after a list of topics, and everything else as a message.

It knows nothing of terminals, so that a pipe, a terminal and the picture for the README play the same dialogue.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from difflib import get_close_matches

from bot.assistant import Assistant
from bot.language.script import to_simplified
from bot.reply.explain import explain
from bot.reply.model import Choice, Choices, Paragraph, Reply, Script
from bot.understanding.conversation import Conversation

log = logging.getLogger(__name__)

#: the commands, as completed and suggested
COMMANDS = ("/topics", "/help", "/explain", "/quit")
# The same for who types with a Chinese input method, which also gives the full-width slash.
_CHINESE = {"主题": "topics", "话题": "topics", "帮助": "help", "解释": "explain", "退出": "quit"}
_LEAVING = {"quit", "exit", "退出"}
_NUMBER = re.compile(r"\s*第?(\d{1,4})[.、。)）]?\s*[个项]?\s*")


class Dialogue:
    """One user's session with the assistant."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._conversation = Conversation()
        self._last: Reply | None = None
        self._menu: tuple[Choice, ...] = ()
        self._commands: dict[str, Callable[[str], Reply]] = {
            "topics": self._topics,
            "help": self._help,
            "explain": self._explain,
        }

    def handle(self, line: str) -> Reply | None:
        """What to show for a line (not blank); None where the user takes leave."""
        typed = line.strip()
        if to_simplified(typed).casefold() in _LEAVING:
            return None
        if not typed.startswith(("/", "／")):
            return self._choose(typed) or self._answer(line)
        name, _, argument = typed[1:].replace("\u3000", " ").partition(" ")
        name = to_simplified(name).casefold()
        name = _CHINESE.get(name, name)
        if name in _LEAVING:
            return None
        if name in self._commands:
            return self._commands[name](argument.strip())
        return self._unknown(name)

    @property
    def _script(self) -> Script:
        return self._last.script if self._last else "simplified"

    def _say(self, name: str, **values: object) -> Paragraph:
        return Paragraph(self._assistant.wording(f"repl.{name}", self._script, **values))

    def _answer(self, message: str) -> Reply:
        self._menu = ()
        try:
            return self._remember(self._assistant.reply(message, self._conversation))
        except Exception as error:
            # A defect of ours ends no conversation, and whoever talks to the bot sees no traceback.
            log.debug("no reply to %r", message, exc_info=True)
            return Reply(message, "abstain", (self._say("failed", error=type(error).__name__),), script=self._script)

    def _remember(self, reply: Reply) -> Reply:
        self._last = reply
        return reply

    def _choose(self, typed: str) -> Reply | None:
        """The topic of a number typed after a list of topics."""
        number = _NUMBER.fullmatch(typed)
        if not number or not 1 <= int(number[1]) <= len(self._menu):
            return None
        return self._topic(self._menu[int(number[1]) - 1].id)

    def _topic(self, topic_id: str) -> Reply:
        reply = self._remember(self._assistant.topic_reply(topic_id, self._conversation, self._script))
        if reply.options:
            # The overview offers a choice itself: numbers now mean that one.
            self._menu = ()
        return reply

    def _topics(self, wanted: str) -> Reply:
        topics = self._assistant.topics(self._script)
        if not wanted:
            return self._offer("topics", topics)
        number = _NUMBER.fullmatch(wanted)
        if number and 1 <= int(number[1]) <= len(topics):
            return self._topic(topics[int(number[1]) - 1].id)
        found = _matching(wanted, topics)
        if len(found) == 1:
            return self._topic(found[0].id)
        if found:
            return self._offer("several_topics", found, wanted=wanted)
        return self._offer("no_such_topic", topics, wanted=wanted)

    def _offer(self, lead: str, topics: tuple[Choice, ...], **values: object) -> Reply:
        self._menu = topics
        return _aside(Choices(self._say(lead, **values).text, topics))

    def _help(self, _: str) -> Reply:
        reply = self._assistant.help_reply(self._script)
        return reply._replace(blocks=(*reply.blocks, self._say("commands")))

    def _explain(self, question: str) -> Reply:
        if question:
            reply = self._answer(question)
            return reply._replace(blocks=(*reply.blocks, Paragraph(explain(reply))))
        return _aside(Paragraph(explain(self._last)) if self._last else self._say("nothing_to_explain"))

    def _unknown(self, name: str) -> Reply:
        close = get_close_matches(name, [command[1:] for command in COMMANDS], n=1, cutoff=0.5)
        if close:
            return _aside(self._say("did_you_mean", typed=name[:40], command=f"/{close[0]}"))
        return _aside(self._say("unknown_command", typed=name[:40], commands=" ".join(COMMANDS)))


def _aside(block: Paragraph | Choices) -> Reply:
    """Something the REPL itself says."""
    return Reply("", "chat", (block,))


def _matching(wanted: str, topics: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The topics of that id or label, else those whose label holds the words (in either script)."""
    sought = to_simplified(wanted).casefold()
    exact = tuple(t for t in topics if sought in (t.id.casefold(), to_simplified(t.label)))
    return exact or tuple(t for t in topics if sought in to_simplified(t.label))
