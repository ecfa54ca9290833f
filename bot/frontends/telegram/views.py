"""What is shown in a message: its HTML and its buttons."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from telegram import InlineKeyboardMarkup

from bot.assistant import Assistant
from bot.frontends.telegram.keyboards import (
    Action,
    Press,
    fact_keyboard,
    facts_keyboard,
    options_keyboard,
    topics_keyboard,
)
from bot.frontends.telegram.render import to_html
from bot.reply.model import Choices, Reply, Script
from bot.understanding.conversation import Conversation


@dataclass(frozen=True)
class View:
    """A message's HTML and the buttons below it."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None


class Views:
    """Everything the bot can show, from one assistant."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def answer(self, message: str, conversation: Conversation) -> View:
        """The answer to a message; what it offers to choose from as buttons."""
        return self._of(self._assistant.reply(message, conversation))

    def help(self, script: Script) -> View:
        """What the bot is and what can be asked."""
        return self._of(self._assistant.help_reply(script))

    def note(self, name: str, script: Script) -> View:
        """A fixed text of the wording's telegram section."""
        values = {"subject": self._assistant.report.subject, "minutes": f"{self._assistant.context_minutes:g}"}
        return View(escape(self._assistant.wording(f"telegram.{name}", script, **values)))

    def topics(self, script: Script) -> View:
        """The list of topics, to browse down from."""
        return View(self.note("topics", script).html, topics_keyboard(self._assistant.topics(script), script))

    def about(self, id_: str, conversation: Conversation, script: Script) -> View | None:
        """The answer that states a fact, or a topic's overview; None for an id that is neither (any more)."""
        for reply in (self._assistant.fact_reply, self._assistant.topic_reply):
            try:
                return self._of(reply(id_, conversation, script))
            except KeyError:
                continue
        return None

    def pressed(self, press: Press, conversation: Conversation) -> View | None:
        """What a button leads to; None when its fact or topic is no more."""
        back = self._assistant.wording("telegram.back", press.script)
        if press.action is Action.LIST_TOPICS:
            return self.topics(press.script)
        if press.action is Action.SHOW_TOPIC:
            label = next((t.label for t in self._assistant.topics(press.script) if t.id == press.id), None)
            if label is None:
                return None
            html = escape(self._assistant.wording("telegram.topic", press.script, label=label))
            return View(html, facts_keyboard(self._assistant.facts(press.id, press.script), back, press.script))
        view = self.about(press.id, conversation, press.script)
        if view is not None and press.action is Action.SHOW_FACT:
            return View(view.html, fact_keyboard(press.id.partition(".")[0], back, press.script))
        return view

    def _of(self, reply: Reply) -> View:
        choices = [choice for block in reply.blocks if isinstance(block, Choices) for choice in block.items]
        return View(to_html(reply), options_keyboard(choices, reply.script))
