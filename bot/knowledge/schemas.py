"""What facts.yaml and the intent files may hold: one JSON Schema each, used for validation and by editors."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

#: kinds of question besides 多少 that a fact can answer
ANSWER_KINDS = ("what", "which", "who", "why", "where", "when", "name", "number", "how", "yesno")

_TEXT: Schema = {"type": "string", "minLength": 1}
_FACT_ID: Schema = {"type": "string", "pattern": r"^[a-z_]+\.[a-z_]+$"}
_TEMPLATES: Schema = {"type": "array", "items": _TEXT, "minItems": 1}
_WORDS: Schema = {"type": "array", "items": _TEXT, "minItems": 1, "uniqueItems": True}


def _mapping(required: tuple[str, ...], **properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _map_of(value: Schema, *, minimum: int = 1) -> Schema:
    return {"type": "object", "additionalProperties": value, "minProperties": minimum}


_FACT = _mapping(
    ("label", "reply"),
    label=_TEXT,
    figure=_TEXT,
    sentence=_TEXT,
    formula=_TEXT,
    unit=_TEXT,
    counts=_TEXT,
    decimals={"type": "integer", "minimum": 0, "maximum": 6},
    answers={"type": "array", "items": {"enum": list(ANSWER_KINDS)}, "uniqueItems": True},
    reply={"type": "string", "pattern": r"\{figure\}"},
)

FACTS: Schema = _mapping(
    ("report", "topics", "paragraphs", "facts"),
    report=_mapping(
        ("subject", "place", "publisher", "source", "rights", "year_note"),
        subject=_TEXT,
        place=_TEXT,
        publisher=_TEXT,
        source=_TEXT,
        rights=_TEXT,
        year_note=_TEXT,
    ),
    topics=_map_of(_mapping(("label",), label=_TEXT)),
    paragraphs={"type": "array", "items": _map_of(_TEXT), "minItems": 1},
    emendations={
        "type": "array",
        "items": _mapping(("sentence", "crawled", "reads"), sentence=_TEXT, crawled=_TEXT, reads=_TEXT),
    },
    facts=_map_of(_FACT),
)
FACTS["properties"]["facts"]["propertyNames"] = _FACT_ID

#: intents/<topic>.yaml
INTENTS: Schema = _mapping(
    ("topic", "intents"),
    topic=_TEXT,
    rules=_map_of(_TEXT),
    overview=_TEMPLATES,
    intents=_map_of(_TEMPLATES),
)

#: intents/shared/vocabulary.yaml
VOCABULARY: Schema = _mapping(
    ("concepts",),
    concepts=_map_of(
        {
            "oneOf": [
                _WORDS,
                _mapping(
                    ("words",), words=_WORDS, counts=_TEXT, weight={"type": "integer", "minimum": 0, "maximum": 9}
                ),
            ]
        }
    ),
)
