"""The users' side: a person in a chat, who writes to the bot and presses its buttons."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.fake_api import BOT, Call, FakeTelegram


@dataclass
class Person:
    """Somebody in a chat of their own with the bot, or with `group` in a group."""

    telegram: FakeTelegram
    group: int | None = None
    language: str = "zh-hans"
    id: int = 0
    written: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.id = self.id or self.telegram.new_id()

    @property
    def user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": "用户", "language_code": self.language}

    @property
    def chat(self) -> dict[str, Any]:
        if self.group is None:
            return {"id": self.id, "type": "private", "first_name": "用户"}
        return {"id": self.group, "type": "supergroup", "title": "群"}

    def message(self, **content: Any) -> dict[str, Any]:
        """A message of this person, not sent yet; a text's commands and mentions are marked as Telegram does."""
        text = content.get("text", "")
        found = [*re.finditer(r"^/[A-Za-z0-9_]{1,32}(@\w+)?", text), *re.finditer(r"(?<!\w)@\w{5,32}", text)]
        entities = [
            {
                "type": "bot_command" if match[0].startswith("/") else "mention",
                "offset": len(text[: match.start()].encode("utf-16-le")) // 2,
                "length": len(match[0]),
            }
            for match in found
        ]
        message = {"message_id": self.telegram.new_id(), "date": 1, "chat": self.chat, "from": self.user, **content}
        return message | ({"entities": entities} if entities else {})

    def send(self, **content: Any) -> int:
        """Send a message; its id."""
        message = self.message(**content)
        self.written.append(content.get("text", content.get("caption", "")))
        self.telegram.deliver(message=message)
        return int(message["message_id"])

    def ask(self, text: str, **content: Any) -> Call:
        """Send a text; the bot's reply to it."""
        return self.reply_to(self.send(text=text, **content))

    def reply_to(self, message_id: int) -> Call:
        """The message in which the bot replied to one of this chat."""

        def find() -> Call | None:
            for call in self.telegram.calls:
                target = call.parameters.get("reply_parameters", {}).get("message_id")
                if call.done and not call.error and call.method == "sendMessage" and target == message_id:
                    return call
            return None

        call: Call = self.telegram.wait(find, "reply")
        assert call.parameters["chat_id"] == str(self.chat["id"])
        assert call.parameters["reply_parameters"]["allow_sending_without_reply"] is True
        return call

    def press(self, shown: Call, data: str, question: dict[str, Any] | None = None) -> int:
        """Press a button of one of the bot's messages; the number of calls made before."""
        before = len(self.telegram.calls)
        message = shown.message | ({"reply_to_message": question} if question else {})
        self.telegram.deliver(callback_query=self.query(message, data))
        return before

    def query(self, message: dict[str, Any], data: str) -> dict[str, Any]:
        return {
            "id": str(self.telegram.new_id()),
            "from": self.user,
            "chat_instance": "1",
            "message": message,
            "data": data,
        }


def bot_mention() -> str:
    return f"@{BOT['username']}"
