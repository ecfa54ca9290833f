"""What the bot says around the figures: texts from wording.yaml, in the asker's script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.language.script import to_traditional
from bot.reply.model import Script


class Wording:
    """The texts of intents/shared/wording.yaml by dotted name, e.g. "repl.welcome"."""

    def __init__(self, texts: Mapping[str, Any]) -> None:
        self._texts = texts

    def __call__(self, name: str, script: Script = "simplified", **values: object) -> str:
        """The text with its {placeholders} filled in. Raises KeyError for an unknown name."""
        node: Any = self._texts
        for part in name.split("."):
            node = node[part]
        text = str(node).strip().format_map(values)
        return to_traditional(text) if script == "traditional" else text
