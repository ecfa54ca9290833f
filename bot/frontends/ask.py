"""`reportbot ask`: one question, or a pipe of them, as text or JSON."""

from __future__ import annotations

import json
import sys
from typing import TextIO

from bot.assistant import Assistant
from bot.reply.explain import explain as explain_reply
from bot.reply.model import Reply
from bot.understanding.conversation import Conversation, Conversations


def run(assistant: Assistant, question: str, *, as_json: bool = False, explain: bool = False) -> int:
    """Answer the question, or every line of standard input when it is "-". Always 0: abstaining is no error."""
    if question == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        _pipe(assistant, sys.stdin, as_json=as_json, explain=explain)
    else:
        _show(assistant.reply(question), as_json=as_json, explain=explain)
    return 0


def _pipe(assistant: Assistant, lines: TextIO, *, as_json: bool, explain: bool) -> None:
    conversations = Conversations()
    for line in lines:
        message, chat = _read(line.rstrip("\r\n"))
        conversation = Conversation() if chat is None else conversations.of(chat)
        _show(assistant.reply(message, conversation), as_json=as_json, explain=explain)


def _read(line: str) -> tuple[str, str | None]:
    """The message of a line and its chat id; a line that isn't an {"ask": …} object is itself the message."""
    if line.lstrip().startswith("{"):
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            return line, None
        if isinstance(data, dict) and isinstance(data.get("ask"), str):
            chat = data.get("chat")
            return data["ask"], None if chat is None else str(chat)
    return line, None


def _show(reply: Reply, *, as_json: bool, explain: bool) -> None:
    if as_json:
        print(json.dumps(reply.as_json(), ensure_ascii=False), flush=True)
    else:
        print(reply.text, flush=True)
    if explain:
        print(explain_reply(reply), file=sys.stderr if as_json else sys.stdout, flush=True)
