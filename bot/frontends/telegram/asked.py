"""A question as it came, and the plain ones among updates.

Plain questions are new texts in private chats: most of what a bot gets. They are read straight from the update's JSON,
because building the library's objects of one takes several times as long as answering it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import Message, MessageEntity, Update

from bot.frontends.telegram.addressing import script_of_language, speaker
from bot.reply.model import Script


@dataclass(frozen=True)
class Asked:
    """Who asks what in which message; `script` is that of their Telegram, for texts that answer no words."""

    chat: int
    message: int
    speaker: str
    text: str
    script: Script


def asked_in(update: Update, message: Message, text: str) -> Asked:
    """The question that a message puts; `text` is what of it is for the bot."""
    user = update.effective_user
    script = script_of_language(user.language_code if user else None)
    return Asked(message.chat.id, message.message_id, speaker(update), text, script)


def plain_question(update: dict[str, Any]) -> Asked | None:
    """The question of an update that is one and nothing else, None for all others: the library reads those.

    Raises KeyError, TypeError or AttributeError where it isn't an update as Telegram sends them.
    """
    message = update.get("message")
    if message is None or message["chat"]["type"] != "private" or "from" not in message or "text" not in message:
        return None
    if any(entity["type"] == MessageEntity.BOT_COMMAND for entity in message.get("entities", ())):
        return None
    chat, user = message["chat"]["id"], message["from"]
    script = script_of_language(user.get("language_code"))
    return Asked(chat, message["message_id"], f"{chat}:{user['id']}", message["text"], script)
