"""What is shown in a message: its HTML and its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

from telegram import InlineKeyboardMarkup
from telegram.constants import ParseMode

from bot.assistant import Assistant
from bot.frontends.charts import Bar, can_draw, draw
from bot.frontends.telegram.keyboards import (
    Action,
    Press,
    answer_keyboard,
    deep_link,
    fact_keyboard,
    facts_keyboard,
    options_keyboard,
    topics_keyboard,
)
from bot.frontends.telegram.render import to_html
from bot.reply.model import Choices, Reply, Script
from bot.understanding.conversation import Conversation

#: views kept, with the replies that they show
_VIEWS_KEPT = 512


@dataclass(frozen=True)
class View:
    """A message's HTML and the buttons below it; `reply` is what it shows, where it shows one."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None
    reply: Reply | None = None

    @property
    def may_have_picture(self) -> bool:
        """Whether it states several figures, which a picture could compare."""
        return self.reply is not None and self.reply.outcome == "answer" and len(self.reply.facts) > 1

    @cached_property
    def message(self) -> dict[str, object]:
        """What it is sent with, but for where to: the Bot API's own names."""
        keyboard = {"reply_markup": self.keyboard.to_dict()} if self.keyboard is not None else {}
        preview = {"is_disabled": True}
        return {"text": self.html, "parse_mode": ParseMode.HTML, "link_preview_options": preview, **keyboard}


class Views:
    """Everything the bot can show, from one assistant."""

    def __init__(self, assistant: Assistant, *, keeps_questions_for: float = 0.0) -> None:
        """`keeps_questions_for`: seconds for which the texts of questions are kept, which /privacy tells."""
        self._assistant = assistant
        self._questions_kept = keeps_questions_for
        self._made: dict[int, View] = {}

    def answer(self, message: str, conversation: Conversation, bot: str) -> View:
        """The answer to a message; what it offers to choose from as buttons. `bot`: its username, for links."""
        return self._of(self._assistant.reply(message, conversation), bot)

    def chart(self, fact_ids: Sequence[str], title: str, script: Script) -> bytes | None:
        """A picture of several figures in like units; None where they aren't, or can't be drawn here."""
        ids = self._assistant.in_order(fact_ids)
        if not ids or not can_draw():
            return None
        bars = [
            Bar(self._assistant.label(id_, script), self._assistant.figure(id_, script), float(value))
            for id_ in ids
            if (value := self._assistant.report.facts[id_].value) is not None
        ]
        return draw(title, bars, self._assistant.wording("telegram.chart.source", script, **self._names()))

    def topic_chart(self, asked: str, script: Script) -> bytes | None:
        """The picture of the topic that the words mean; None where there is none, or nothing to compare in it."""
        nearest = self._assistant.nearest(asked, 1)
        if not nearest:
            return None
        topic = nearest[0].partition(".")[0]
        label = next((t.label for t in self._assistant.topics(script) if t.id == topic), topic)
        return self.chart(self._assistant.comparable(topic), label, script)

    def _names(self) -> dict[str, str]:
        report = self._assistant.report
        return {"source": report.source, "publisher": report.publisher}

    def help(self, script: Script) -> View:
        """What the bot is and what can be asked."""
        return self._of(self._assistant.help_reply(script))

    def note(self, name: str, script: Script) -> View:
        """A fixed text of the wording's telegram section."""
        subject = self._assistant.report.subject
        return View(escape(self._assistant.wording(f"telegram.{name}", script, subject=subject)))

    def privacy(self, script: Script) -> View:
        """What is kept of users, and for how long."""
        say, minutes = self._assistant.wording, f"{self._assistant.context_minutes:g}"
        days = f"{self._questions_kept / 86400:g}"
        kept = "questions_kept" if self._questions_kept else "no_questions_kept"
        parts = [say("telegram.privacy", script, minutes=minutes), say(f"telegram.{kept}", script, days=days)]
        return View(escape("\n".join([*parts, say("telegram.forget", script)])))

    def topics(self, script: Script) -> View:
        """The list of topics, to browse down from."""
        return View(self.note("topics", script).html, topics_keyboard(self._assistant.topics(script), script))

    def about(self, id_: str, conversation: Conversation, script: Script, bot: str) -> View | None:
        """The answer that states a fact, or a topic's overview; None for an id that is neither (any more)."""
        for reply in (self._assistant.fact_reply, self._assistant.topic_reply):
            try:
                return self._of(reply(id_, conversation, script), bot)
            except KeyError:
                continue
        return None

    def context(self, fact: str, script: Script) -> View | None:
        """The paragraph around a fact; None for a fact that is no more."""
        try:
            return self._of(self._assistant.context_reply(fact, script))
        except KeyError:
            return None

    def pressed(self, press: Press, conversation: Conversation, bot: str) -> View | None:
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
        if press.action is Action.CONTEXT:
            return self.context(press.id, press.script)
        view = self.about(press.id, conversation, press.script, bot)
        if view is not None and press.action is Action.SHOW_FACT:
            return View(view.html, fact_keyboard(press.id.partition(".")[0], back, press.script))
        return view

    def _of(self, reply: Reply, bot: str = "") -> View:
        """The view of a reply; of one that the assistant has kept, the view made before."""
        known = self._made.get(id(reply))
        if known is not None and known.reply is reply:
            return known
        view = self._made[id(reply)] = self._make(reply, bot)
        while len(self._made) > _VIEWS_KEPT:
            self._made.pop(next(iter(self._made)))
        return view

    def _make(self, reply: Reply, bot: str) -> View:
        choices = [choice for block in reply.blocks if isinstance(block, Choices) for choice in block.items]
        keyboard = options_keyboard(choices, reply.script)
        if reply.outcome == "answer" and bot:
            say = self._assistant.wording
            labels = [say(f"telegram.{name}", reply.script) for name in ("context", "share")]
            following = self._assistant.following(reply.facts, reply.script)
            fact = reply.facts[0]
            keyboard = answer_keyboard(fact, following, labels, deep_link(bot, fact), reply.script)
        return View(to_html(reply), keyboard, reply)
