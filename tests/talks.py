"""Talks with the bot, as tests hold them."""

from __future__ import annotations

from bot.assistant import Assistant
from bot.reply.model import Reply
from bot.understanding.conversation import Conversation


def last_of(assistant: Assistant, *messages: str) -> Reply:
    """The reply to the last of several messages of one talk."""
    conversation = Conversation()
    return [assistant.reply(message, conversation) for message in messages][-1]
