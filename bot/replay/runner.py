"""Asks the bot every case of some dialogues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.assistant import Assistant
from bot.replay.judge import passes, states_wrong_figure
from bot.replay.question_sets import Dialogue
from bot.replay.results import Result
from bot.understanding.conversation import Conversation


def replay(assistant: Assistant, dialogues: Iterable[Dialogue]) -> Iterator[Result]:
    """Each case's result as soon as it is known, in order. Each dialogue is a new conversation."""
    for dialogue in dialogues:
        conversation = Conversation()
        for case in dialogue:
            reply = assistant.reply(case.ask, conversation)
            yield Result(case, reply, passes(reply, case), states_wrong_figure(reply, case))
