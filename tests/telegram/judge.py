"""Two independent judges of what the bot sends, and Telegram's limits that neither of them knows.

TDLib, on which Telegram's own Bot API server is built, parses every text; aiogram's models check every call.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import aiogram.methods
import tdjson
from aiogram.types import Update
from pydantic import BaseModel, ValidationError

ENTITY_TYPES = {
    "textEntityTypeBold": "bold",
    "textEntityTypeBlockQuote": "blockquote",
    "textEntityTypeBotCommand": "bot_command",
    "textEntityTypeMention": "mention",
}
#: parameters that a form holds as JSON
JSON_PARAMETERS = {
    "reply_markup",
    "reply_parameters",
    "link_preview_options",
    "commands",
    "allowed_updates",
    "results",
    "button",
}


class RefusedError(Exception):
    """What Telegram would answer 400 to; the text is the description."""


@dataclass(frozen=True)
class Entity:
    type: str
    offset: int
    length: int
    text: str


@dataclass(frozen=True)
class FormattedText:
    text: str
    entities: tuple[Entity, ...]


class Judge:
    def __init__(self) -> None:
        _td({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})

    def check_update(self, update: dict[str, Any]) -> None:
        """Fails the test that wants to deliver what Telegram never would."""
        model = Update.model_validate(update)
        extra = sorted(_extras(model))
        assert not extra, f"the update holds unknown fields: {extra}"

    def read_call(self, method: str, form: dict[str, str]) -> dict[str, Any]:
        """The parameters of a call, parsed. Raises RefusedError when they aren't what the method takes."""
        model_name = method[0].upper() + method[1:]
        if not hasattr(aiogram.methods, model_name):
            raise RefusedError(f"no method {method}")
        parameters: dict[str, Any] = {k: json.loads(v) if k in JSON_PARAMETERS else v for k, v in form.items()}
        try:
            model = getattr(aiogram.methods, model_name).model_validate(parameters)
        except ValidationError as error:
            raise RefusedError(f"{method}: {error}") from error
        extra = sorted(_extras(model))
        if extra:
            raise RefusedError(f"{method} doesn't know {extra}")
        if "reply_markup" in parameters:
            _check_keyboard(parameters["reply_markup"]["inline_keyboard"])
        return parameters

    def check_inline_answer(self, parameters: dict[str, Any]) -> None:
        """Raises RefusedError for results that Telegram wouldn't take."""
        results = parameters["results"]
        ids = [result["id"] for result in results]
        if len(results) > 50 or len(set(ids)) < len(ids) or any(not 1 <= len(id_.encode()) <= 64 for id_ in ids):
            raise RefusedError("RESULT_ID_DUPLICATE or too many results")
        for result in results:
            content = result["input_message_content"]
            self.read_text({"text": content["message_text"], "parse_mode": content.get("parse_mode")})
        payload = parameters.get("button", {}).get("start_parameter", "x")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload):
            raise RefusedError("bad start parameter")

    def read_text(self, parameters: dict[str, Any]) -> FormattedText:
        """The text as users see it. Raises RefusedError when TDLib can't parse it, or it is empty or too long."""
        text, entities = parameters.get("text", ""), []
        if parameters.get("parse_mode") == "HTML":
            parsed = _td({"@type": "parseTextEntities", "text": text, "parse_mode": {"@type": "textParseModeHTML"}})
            if parsed["@type"] == "error":
                raise RefusedError(parsed["message"])
            text, entities = parsed["text"], parsed["entities"]
        units = text.encode("utf-16-le")
        if not text.strip():
            raise RefusedError("message text is empty")
        if len(units) // 2 > 4096:
            raise RefusedError("message is too long")
        return FormattedText(
            text,
            tuple(
                Entity(
                    ENTITY_TYPES[e["type"]["@type"]],
                    e["offset"],
                    e["length"],
                    units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le"),
                )
                for e in entities
            ),
        )


def check_commands(commands: list[dict[str, str]]) -> None:
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) or not 1 <= len(command["description"]) <= 256:
            raise RefusedError(f"bad command {command}")
    if len(commands) > 100:
        raise RefusedError("too many commands")


def check_description(parameters: dict[str, Any]) -> None:
    if len(parameters.get("description", "")) > 512 or len(parameters.get("short_description", "")) > 120:
        raise RefusedError("description is too long")


def check_callback_answer(parameters: dict[str, Any]) -> None:
    if len(parameters.get("text", "")) > 200:
        raise RefusedError("MESSAGE_TOO_LONG")


def _check_keyboard(rows: list[list[dict[str, Any]]]) -> None:
    buttons = [button for row in rows for button in row]
    if len(buttons) > 100 or any(not 1 <= len(row) <= 8 for row in rows):
        raise RefusedError("bad keyboard layout")
    for button in buttons:
        if not button["text"].strip():
            raise RefusedError("button text is empty")
        if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
            raise RefusedError("BUTTON_DATA_INVALID")


def _extras(value: object) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from value.model_extra or ()
        for name in value.model_fields_set:
            yield from _extras(getattr(value, name, None))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _extras(item)


def _td(request: dict[str, Any]) -> dict[str, Any]:
    answer = tdjson.td_execute(json.dumps(request).encode())
    assert answer is not None
    result: dict[str, Any] = json.loads(answer)
    return result
