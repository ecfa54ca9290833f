"""What the bot does with each kind of update."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable
from typing import Any

from telegram import CallbackQuery, Chat, Message, ReplyParameters, Update
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.assistant import Assistant
from bot.frontends.telegram.addressing import question_for_bot, script_of, speaker
from bot.frontends.telegram.asked import Asked, asked_in
from bot.frontends.telegram.deferred import at_once
from bot.frontends.telegram.flood import Admission, FloodLimit
from bot.frontends.telegram.inline import CACHE_SECONDS, InlineSearch
from bot.frontends.telegram.keyboards import Action, Press, linked_id, read_press
from bot.frontends.telegram.logs import describe
from bot.frontends.telegram.observe import note_outcome
from bot.frontends.telegram.views import View, Views
from bot.reply.model import Script
from bot.state.store import Store

#: kinds of update that the handlers want
UPDATE_TYPES = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY)
#: albums remembered, so that the many photos of one get one line
_ALBUMS = 256
#: the payload of links that only lead into the private chat (the button above inline results)
_GREETING_PAYLOADS = frozenset({"inline"})
#: outcomes of questions that the report, or the bot, had no answer to
_MISSED = frozenset({"abstain", "clarify"})

log = logging.getLogger(__name__)


class Handlers:
    """Answers updates; what a follow-up needs is kept in the store, for each user in each chat."""

    def __init__(self, assistant: Assistant, store: Store) -> None:
        self._views = Views(assistant, keeps_questions_for=store.questions_kept)
        self._inline = InlineSearch(assistant)
        self._store = store
        self._flood = FloodLimit()
        self._albums: deque[str] = deque(maxlen=_ALBUMS)

    def add_to(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Register every handler. Channel posts and service messages match none."""
        new, edited = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE
        private = new & filters.ChatType.PRIVATE
        attachment = filters.ATTACHMENT & ~filters.StatusUpdate.ALL
        question = filters.TEXT & ~filters.COMMAND
        application.add_handlers(
            [
                CommandHandler("start", self._start, new),
                CommandHandler("help", self._help, new),
                CommandHandler("topics", self._topics, new),
                CommandHandler("privacy", self._privacy, new),
                CommandHandler("forget", self._forget, new),
                CommandHandler("chart", self._chart, new),
                MessageHandler(private & filters.COMMAND, self._unknown_command),
                MessageHandler(new & question, self._question),
                MessageHandler(edited & question, self._edited),
                MessageHandler(private & attachment, self._attachment),
                CallbackQueryHandler(self._press),
                InlineQueryHandler(self._search),
            ]
        )
        application.add_error_handler(self._error)

    async def answer(self, asked: Asked, bot: str) -> View | None:
        """What to show to who asks; None for those who ask more than a person can, once they are told so.

        `bot`: its username, for links.
        """
        admission = self._flood.admit(asked.speaker)
        if admission is not Admission.WELCOME:
            note_outcome("flood")
            return self._views.note("flood", asked.script) if admission is Admission.WARN else None
        conversation = await self._store.conversation(asked.speaker)
        view = self._views.answer(asked.text, conversation, bot)
        await self._store.remember(asked.speaker, conversation)
        if view.reply is not None:
            note_outcome(view.reply.outcome)
            if view.reply.outcome in _MISSED:
                await self._store.missed(asked.speaker, asked.message, asked.text, view.reply.outcome)
        return view

    async def deliver(self, message: Message, view: View) -> None:
        """Reply with a view to the message that asked, and with its picture where it has one."""
        await self._reply_for_edits(message, view)
        if view.reply is None or not view.may_have_picture:
            return
        title = self._views.note("chart.title", view.reply.script).html
        try:
            await self._picture(message, self._views.chart, view.reply.facts, title, view.reply.script)
        except TelegramError as error:  # the answer itself is out
            log.warning("没能发送图：%s", describe(error))

    async def _question(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = _message(update)
        question = question_for_bot(message, context.bot)
        if question is None:
            return
        view = await self.answer(asked_in(update, message, question), context.bot.username)
        if view is not None:
            await self.deliver(message, view)

    async def _edited(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """An edited question edits its answer; one that had none (it wasn't for the bot then) gets one."""
        message = update.edited_message
        question = question_for_bot(message, context.bot) if message is not None else None
        if message is None or question is None:
            return
        view = await self.answer(asked_in(update, message, question), context.bot.username)
        if view is None:
            return
        answer = await self._store.answer_to(message.chat.id, message.message_id) if view.reply is not None else None
        if answer is None or not await _edit_own(context.bot, message.chat.id, answer, view):
            await self._reply_for_edits(message, view)

    async def _reply_for_edits(self, question: Message, view: View) -> None:
        """Answer, and remember the answer's number; one that travels back in the webhook's response has none yet.

        In groups, where others read along, and for questions edited before, the number is worth a request of its own.
        """
        needs_number = question.chat.type != Chat.PRIVATE or question.edit_date is not None
        with at_once() if needs_number else contextlib.nullcontext():
            sent = await _reply(question, view)
        if isinstance(sent, Message):
            await self._store.answered(question.chat.id, question.message_id, sent.message_id)

    async def _start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, script = _message(update), _script(update)
        if not context.args or context.args[0] in _GREETING_PAYLOADS:
            await _reply(message, self._views.note("start", script))
            return
        id_ = linked_id(context.args[0])
        view = await self._about(update, Press(Action.CHOOSE, id_, script), context.bot.username)
        await _reply(message, view or self._views.note("unknown_link", script))

    async def _help(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await _reply(_message(update), self._views.help(_script(update)))

    async def _topics(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await _reply(_message(update), self._views.topics(_script(update)))

    async def _privacy(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await _reply(_message(update), self._views.privacy(_script(update)))

    async def _forget(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        forgotten = await self._store.forget(speaker(update))
        await _reply(_message(update), self._views.note("forgotten" if forgotten else "not_forgotten", _script(update)))

    async def _chart(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, script = _message(update), _script(update)
        asked = " ".join(context.args or ())
        if not await self._picture(message, self._views.topic_chart, asked, script):
            await _reply(message, self._views.note("chart.none", script))

    async def _picture(self, message: Message, draw: Callable[..., bytes | None], *values: object) -> bool:
        """Draw beside the event loop, and send what comes of it, if anything does."""
        png = await asyncio.to_thread(draw, *values)
        if png is None:
            return False
        to = ReplyParameters(message.message_id, allow_sending_without_reply=True)
        await message.reply_photo(png, reply_parameters=to)
        return True

    async def _unknown_command(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await _reply(_message(update), self._views.note("unknown_command", _script(update)))

    async def _attachment(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        message = _message(update)
        if message.media_group_id is not None:
            if message.media_group_id in self._albums:
                return
            self._albums.append(message.media_group_id)
        await _reply(message, self._views.note("text_only", _script(update)))

    async def _search(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.inline_query
        if query is None:
            return
        note_outcome("inline")
        found = self._inline.find(query.query, _script(update))
        # Only what an empty query offers depends on who asks: on the script of their Telegram.
        await query.answer(
            found.results, cache_time=CACHE_SECONDS, is_personal=not query.query.strip(), button=found.button
        )

    async def _press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query is None:
            return
        note_outcome("press")
        press, message = read_press(query.data), query.message
        if press is not None and press.action in (Action.LIKE, Action.DISLIKE) and message is not None:
            await self._rate(update, query, press)
            return
        view = await self._about(update, press, context.bot.username) if press else None
        if press is None or view is None or not isinstance(message, Message):
            await _acknowledge(query, self._views.note("gone", press.script if press else _script(update)).html)
            return
        await _acknowledge(query)
        if press.action in (Action.CHOOSE, Action.CONTEXT):
            to = message.reply_to_message if press.action is Action.CHOOSE else None
            await _reply(message, view, to=to or message)
        else:
            await _edit(message, view)

    async def _about(self, update: Update, press: Press, bot: str) -> View | None:
        key = speaker(update)
        conversation = await self._store.conversation(key)
        view = self._views.pressed(press, conversation, bot)
        await self._store.remember(key, conversation)
        return view

    async def _rate(self, update: Update, query: CallbackQuery, press: Press) -> None:
        message = query.message
        liked = press.action is Action.LIKE
        asked = message.reply_to_message if isinstance(message, Message) else None
        if message is not None:
            question = (asked.text or "") if asked is not None else ""
            await self._store.rate(speaker(update), message.message_id, [press.id], question, liked=liked)
        note = self._views.note("liked" if liked else "disliked", press.script)
        await _acknowledge(query, note.html, alert=False)

    async def _error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        error = context.error
        note_outcome("failed")
        if isinstance(error, Forbidden):
            log.info("用户不再接收消息：%s", describe(error))
            return
        log.error("没能处理一条更新", exc_info=error)
        if isinstance(update, Update) and isinstance(update.effective_message, Message):
            try:
                await _reply(update.effective_message, self._views.note("error", _script(update)))
            except TelegramError as failure:
                log.warning("也没能告诉用户：%s", describe(failure))


def _message(update: Update) -> Message:
    if update.message is None:
        raise ValueError("the handlers of messages are only registered for new messages")
    return update.message


def _script(update: Update) -> Script:
    return script_of(update.effective_user)


async def _reply(message: Message, view: View, to: Message | None = None) -> Message | bool:
    """Send a view into the chat of a message, as a reply to it or to another one of that chat.

    True instead of the message sent where it travels back in the webhook's response.
    """
    return await message.reply_html(
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


async def _edit_own(bot: Any, chat: int, message: int, view: View) -> bool:
    """Whether one of the bot's messages now shows the view: not if it is gone, or too old."""
    try:
        await bot.edit_message_text(view.html, chat, message, reply_markup=view.keyboard)
    except BadRequest as error:
        return "not modified" in error.message
    return True


async def _acknowledge(query: CallbackQuery, note: str | None = None, *, alert: bool = True) -> None:
    """Stop the button's spinner, with a note in a box (or, no `alert`, at the top) if there is something to say."""
    # Telegram refuses it for a press of some time ago, which must not keep the answer back.
    with contextlib.suppress(BadRequest):
        await query.answer(note, show_alert=alert and note is not None)
