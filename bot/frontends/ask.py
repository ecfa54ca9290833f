"""`reportbot ask`: one question, or a pipe of them, as text or JSON."""

from __future__ import annotations

import json
import re
import sys

from bot.assistant import Assistant
from bot.frontends.console import piped_lines, printable, use_utf8_output, well_formed
from bot.reply.explain import explain as explain_reply
from bot.reply.model import Reply
from bot.understanding.conversation import Conversation, Conversations

# JSON allows these raw, but many readers end a line at them or let a terminal act on them.
_RISKY = re.compile("[\x7f-\x9f\u2028\u2029]")


def run(assistant: Assistant, question: str, *, as_json: bool = False, explain: bool = False) -> int:
    """Answer the question, or every line of standard input when it is "-". Always 0: abstaining is no error."""
    if as_json:
        use_utf8_output()
    if question == "-":
        _pipe(assistant, as_json=as_json, explain=explain)
    else:
        _show(assistant.reply(well_formed(question)), as_json=as_json, explain=explain)
    return 0


def _pipe(assistant: Assistant, *, as_json: bool, explain: bool) -> None:
    conversations = Conversations()
    for line in piped_lines():
        message, chat = _read(line)
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
            return well_formed(data["ask"]), None if chat is None else str(chat)
    return line, None


def _show(reply: Reply, *, as_json: bool, explain: bool) -> None:
    if as_json:
        text = json.dumps(reply.as_json(), ensure_ascii=False)
        print(_RISKY.sub(lambda found: f"\\u{ord(found[0]):04x}", text), flush=True)
    else:
        print(printable(reply.text), flush=True)
    if explain:
        print(printable(explain_reply(reply)), file=sys.stderr if as_json else sys.stdout, flush=True)
