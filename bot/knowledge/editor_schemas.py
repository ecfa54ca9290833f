"""JSON Schemas for editors: from the very definitions that validate the files, one file for each kind."""

from __future__ import annotations

import json
from pathlib import Path

from bot.knowledge.schemas import FACTS, INTENTS, SHARED, Schema

#: what editors look for in a file's first line
MODELINE = "# yaml-language-server: $schema="
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def editor_schemas() -> dict[str, Schema]:
    """The schema of each kind of file, by the name of the schema's file."""
    from bot.replay.question_sets import QUESTION_SET

    kinds = {"facts": FACTS, "intents": INTENTS, "question_set": QUESTION_SET, **SHARED}
    return {f"{kind}.json": {"$schema": _DRAFT, "title": kind, **schema} for kind, schema in kinds.items()}


def write_schemas(folder: Path) -> list[Path]:
    """Write them all into a folder, made where it isn't there. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, schema in editor_schemas().items():
        path = folder / name
        path.write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        written.append(path)
    return written
