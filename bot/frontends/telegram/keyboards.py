"""Inline buttons, and what they send back when pressed.

A button's data is a letter for what it does, a letter for the script, a colon and an id: "fs:solar.stations".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.reply.model import Choice, Script

#: what Telegram takes as a button's data, in bytes of UTF-8
DATA_LIMIT = 64


class Action(Enum):
    """What a button does.

    CHOOSE and CONTEXT send a message, LIKE and DISLIKE only say thanks; the others edit the message they stand under.
    """

    CHOOSE = "c"
    LIST_TOPICS = "l"
    SHOW_TOPIC = "t"
    SHOW_FACT = "f"
    CONTEXT = "x"
    LIKE = "u"
    DISLIKE = "d"


@dataclass(frozen=True)
class Press:
    """A button as pressed; the id is a fact's or a topic's, "" where the action needs none."""

    action: Action
    id: str = ""
    script: Script = "simplified"

    @property
    def data(self) -> str:
        return f"{self.action.value}{'t' if self.script == 'traditional' else 's'}:{self.id}"


def read_press(data: str | None) -> Press | None:
    """The press that a button's data stands for, None where it is no data of ours."""
    code, colon, id_ = (data or "").partition(":")
    if not colon or len(code) != 2 or code[0] not in {a.value for a in Action} or code[1] not in "st":
        return None
    return Press(Action(code[0]), id_, "traditional" if code[1] == "t" else "simplified")


class _Keyboard(InlineKeyboardMarkup):
    """Written out once, however often it is sent."""

    __slots__ = ("_written",)

    def to_dict(self, recursive: bool = True) -> dict[str, Any]:
        """The library's own, kept."""
        if not hasattr(self, "_written"):
            with self._unfrozen():
                self._written = super().to_dict(recursive)
        return self._written


def options_keyboard(choices: Sequence[Choice], script: Script) -> InlineKeyboardMarkup | None:
    """Choices one below the other, numbered as in every frontend; None without choices."""
    buttons = _buttons([Choice(c.id, f"{n}. {c.label}") for n, c in enumerate(choices, 1)], Action.CHOOSE, script)
    return InlineKeyboardMarkup([[button] for button in buttons]) if buttons else None


def topics_keyboard(topics: Sequence[Choice], script: Script) -> InlineKeyboardMarkup:
    """All topics, two a row."""
    buttons = _buttons(topics, Action.SHOW_TOPIC, script)
    return InlineKeyboardMarkup([buttons[n : n + 2] for n in range(0, len(buttons), 2)])


def facts_keyboard(facts: Sequence[Choice], back: str, script: Script) -> InlineKeyboardMarkup:
    """The facts of a topic one below the other, and the way back to all topics."""
    buttons = _buttons(facts, Action.SHOW_FACT, script) + _buttons([Choice("", back)], Action.LIST_TOPICS, script)
    return InlineKeyboardMarkup([[button] for button in buttons])


def fact_keyboard(topic: str, back: str, script: Script) -> InlineKeyboardMarkup:
    """The way back from a fact to its topic."""
    return InlineKeyboardMarkup([_buttons([Choice(topic, back)], Action.SHOW_TOPIC, script)])


def answer_keyboard(
    fact: str, following: Sequence[Choice], labels: Sequence[str], link: str, script: Script
) -> InlineKeyboardMarkup:
    """Under an answer: the paragraph around it and a link to share it, 👍 and 👎, then the next facts of its topic.

    `labels`: what the first two buttons say.
    """
    context = _buttons([Choice(fact, labels[0])], Action.CONTEXT, script)
    share = InlineKeyboardButton(labels[1], url=f"https://t.me/share/url?url={link}")
    rated = [_buttons([Choice(fact, mark)], act, script) for mark, act in (("👍", Action.LIKE), ("👎", Action.DISLIKE))]
    more = _buttons([Choice(c.id, f"→ {c.label}") for c in following], Action.CHOOSE, script)
    return _Keyboard([[*context, share], rated[0] + rated[1], *([button] for button in more)])


def deep_link(bot: str, id_: str) -> str:
    """The link that opens the bot at a fact or a topic. A payload can't hold a dot, and an id never holds a hyphen."""
    return f"https://t.me/{bot}?start={id_.replace('.', '-')}"


def linked_id(payload: str) -> str:
    """The id that a link's payload stands for."""
    return payload.replace("-", ".")


def _buttons(choices: Sequence[Choice], action: Action, script: Script) -> list[InlineKeyboardButton]:
    presses = [(choice.label, Press(action, choice.id, script).data) for choice in choices]
    # One id too long for a button must not cost the user the whole message, which Telegram would reject.
    return [
        InlineKeyboardButton(label, callback_data=data) for label, data in presses if len(data.encode()) <= DATA_LIMIT
    ]
