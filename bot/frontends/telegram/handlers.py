"""What the bot does with each kind of update."""

from __future__ import annotations

import contextlib
import logging
from collections import deque
from typing import Any

from telegram import CallbackQuery, Message, ReplyParameters, Update
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.assistant import Assistant
from bot.frontends.telegram.addressing import question_for_bot, script_of, speaker
from bot.frontends.telegram.keyboards import Action, read_press
from bot.frontends.telegram.logs import describe
from bot.frontends.telegram.views import View, Views
from bot.reply.model import Script
from bot.understanding.conversation import Conversation, Conversations

#: kinds of update that the handlers want
UPDATE_TYPES = (Update.MESSAGE, Update.CALLBACK_QUERY)
#: albums remembered, so that the many photos of one get one line
_ALBUMS = 256

log = logging.getLogger(__name__)


class Handlers:
    """Answers updates; conversations are kept in memory, one for each user in each chat."""

    def __init__(self, assistant: Assistant) -> None:
        self._views = Views(assistant)
        self._conversations = Conversations()
        self._albums: deque[str] = deque(maxlen=_ALBUMS)

    def add_to(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Register every handler. Edited messages, channel posts and service messages match none."""
        new = filters.UpdateType.MESSAGE
        private = new & filters.ChatType.PRIVATE
        attachment = filters.ATTACHMENT & ~filters.StatusUpdate.ALL
        application.add_handlers(
            [
                CommandHandler("start", self._start, new),
                CommandHandler("help", self._help, new),
                CommandHandler("topics", self._topics, new),
                CommandHandler("privacy", self._privacy, new),
                MessageHandler(private & filters.COMMAND, self._unknown_command),
                MessageHandler(new & filters.TEXT & ~filters.COMMAND, self._question),
                MessageHandler(private & attachment, self._attachment),
                CallbackQueryHandler(self._press),
            ]
        )
        application.add_error_handler(self._error)

    async def _question(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = _message(update)
        question = question_for_bot(message, context.bot)
        if question is not None:
            await _reply(message, self._views.answer(question, self._conversation(update)))

    async def _start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, script = _message(update), _script(update)
        if not context.args:
            await _reply(message, self._views.note("start", script))
            return
        # A link's payload can't hold the dot of a fact id, and an id never holds a hyphen.
        view = self._views.about(context.args[0].replace("-", "."), self._conversation(update), script)
        await _reply(message, view or self._views.note("unknown_link", script))

    async def _help(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await _reply(_message(update), self._views.help(_script(update)))

    async def _topics(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await _reply(_message(update), self._views.topics(_script(update)))

    async def _privacy(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await _reply(_message(update), self._views.note("privacy", _script(update)))

    async def _unknown_command(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await _reply(_message(update), self._views.note("unknown_command", _script(update)))

    async def _attachment(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        message = _message(update)
        if message.media_group_id is not None:
            if message.media_group_id in self._albums:
                return
            self._albums.append(message.media_group_id)
        await _reply(message, self._views.note("text_only", _script(update)))

    async def _press(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query is None:
            return
        press, message = read_press(query.data), query.message
        view = self._views.pressed(press, self._conversation(update)) if press else None
        if press is None or view is None or not isinstance(message, Message):
            await _acknowledge(query, self._views.note("gone", press.script if press else _script(update)).html)
            return
        await _acknowledge(query)
        if press.action is Action.CHOOSE:
            await _reply(message, view, to=message.reply_to_message or message)
        else:
            await _edit(message, view)

    async def _error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        error = context.error
        if isinstance(error, Forbidden):
            log.info("用户不再接收消息：%s", describe(error))
            return
        log.error("没能处理一条更新", exc_info=error)
        if isinstance(update, Update) and isinstance(update.effective_message, Message):
            try:
                await _reply(update.effective_message, self._views.note("error", _script(update)))
            except TelegramError as failure:
                log.warning("也没能告诉用户：%s", describe(failure))

    def _conversation(self, update: Update) -> Conversation:
        return self._conversations.of(speaker(update))


def _message(update: Update) -> Message:
    if update.message is None:
        raise ValueError("the handlers of messages are only registered for new messages")
    return update.message


def _script(update: Update) -> Script:
    return script_of(update.effective_user)


async def _reply(message: Message, view: View, to: Message | None = None) -> None:
    """Send a view into the chat of a message, as a reply to it or to another one of that chat."""
    await message.reply_html(
        view.html,
        reply_markup=view.keyboard,
        reply_parameters=ReplyParameters((to or message).message_id, allow_sending_without_reply=True),
    )


async def _edit(message: Message, view: View) -> None:
    try:
        await message.edit_text(view.html, reply_markup=view.keyboard)
    except BadRequest as error:
        # "Not modified" is a button pressed twice. Otherwise the message is too old to be edited.
        if "not modified" not in error.message:
            await _reply(message, view)


async def _acknowledge(query: CallbackQuery, note: str | None = None) -> None:
    """Stop the button's spinner, with a note in a box if there is something to say."""
    # Telegram refuses it for a press of some time ago, which must not keep the answer back.
    with contextlib.suppress(BadRequest):
        await query.answer(note, show_alert=note is not None)
