"""Who a message is for, and who it is from."""

from __future__ import annotations

from telegram import Bot, Chat, Message, MessageEntity, Update, User

from bot.reply.model import Script


def question_for_bot(message: Message, bot: Bot) -> str | None:
    """The text to answer, without mentions of the bot; None where people in a group talk to each other.

    In a private chat every text is for the bot; in a group, one that mentions it or replies to it.
    """
    text = message.text or ""
    if message.chat.type == Chat.PRIVATE:
        return text
    answered = message.reply_to_message
    addressed = answered is not None and answered.from_user is not None and answered.from_user.id == bot.id
    mentions = message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    for entity, name in mentions.items():
        if name.lower() == f"@{bot.username}".lower() or (entity.user is not None and entity.user.id == bot.id):
            addressed = True
            text = text.replace(name, " ", 1)
    return text.strip() if addressed else None


def speaker(update: Update) -> str:
    """A key for the one who speaks: the same person in another chat is another speaker."""
    chat, user = update.effective_chat, update.effective_user
    return f"{chat.id if chat else ''}:{user.id if user else ''}"


def script_of(user: User | None) -> Script:
    """The script of a user's Telegram, for what they press or command rather than write."""
    return script_of_language(user.language_code if user else None)


def script_of_language(code: str | None) -> Script:
    """The script that goes with a language code as Telegram gives it."""
    language = (code or "").lower()
    return "traditional" if language.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")) else "simplified"
