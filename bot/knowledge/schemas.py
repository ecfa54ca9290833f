"""What facts.yaml and the intent files may hold: one JSON Schema each, used for validation and by editors."""

from __future__ import annotations

from typing import Any

from bot.knowledge.grammar import GRAMMAR_KEYS

Schema = dict[str, Any]

#: kinds of question besides 多少 that a fact can answer
ANSWER_KINDS = ("what", "which", "who", "why", "where", "when", "name", "number", "how", "yesno")

_TEXT: Schema = {"type": "string", "minLength": 1}
_FACT_ID: Schema = {"type": "string", "pattern": r"^[a-z_]+\.[a-z_]+$"}
_TEMPLATES: Schema = {"type": "array", "items": _TEXT, "minItems": 1}
_FOLLOW_UPS = (
    "more", "sure", "pick", "again", "all", "each", "first", "middle", "last", "other", "greatest", "least", "parts",
    "numerator", "denominator",
)  # fmt: skip
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
    denied_by=_WORDS,
    done={"const": True},
    pairs=_map_of(_TEXT),
    members=_WORDS,
    named=_WORDS,
    rest=_WORDS,
    share_of=_TEXT,
    bound={"enum": ["above", "below"]},
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
    undone=_WORDS,
    facts=_map_of(_FACT),
)
FACTS["properties"]["facts"]["propertyNames"] = _FACT_ID

#: intents/<topic>.yaml
INTENTS: Schema = _mapping(
    (),
    topic=_TEXT,
    context={"type": "array", "items": _TEXT, "uniqueItems": True},
    needs=_map_of(_WORDS),
    rules=_map_of(_TEXT),
    overview=_TEMPLATES,
    unanswered=_map_of(_TEMPLATES),
    intents=_map_of(_TEMPLATES),
)

_CONCEPT = _mapping(
    ("words",),
    words=_WORDS,
    counts=_TEXT,
    weight={"type": "integer", "minimum": 0, "maximum": 9},
    verb={"type": "boolean"},
    computes={"enum": ["sum", "ratio"]},
)
# Lists may be grouped into lists, for line breaks that mean something to the reader.
_WORD_GROUPS: Schema = {"type": "array", "minItems": 1, "items": {"anyOf": [_TEXT, _WORDS]}}

#: intents/shared/vocabulary.yaml
VOCABULARY: Schema = _mapping(("concepts",), universal=_WORDS, concepts=_map_of({"anyOf": [_CONCEPT, _WORDS]}))

#: intents/shared/questions.yaml
QUESTIONS: Schema = _mapping(
    (
        "quantity",
        "kinds",
        "classifiers",
        "fillers",
        "connectives",
        "claims",
        "relations",
    ),
    quantity=_map_of(_WORDS),
    kinds=_mapping((), **dict.fromkeys((*ANSWER_KINDS, "overview"), _WORDS)),
    classifiers=_map_of(_WORDS),
    follow_ups=_mapping((), **dict.fromkeys(_FOLLOW_UPS, _WORDS)),
    fillers=_WORDS,
    connectives=_WORDS,
    home=_WORDS,
    there=_WORDS,
    then=_WORDS,
    speaker=_WORDS,
    many=_WORDS,
    none=_WORDS,
    none_not=_WORDS,
    **{"except": _WORDS, "correction": _WORDS, "not": _WORDS},
    distributor=_WORDS,
    claims=_WORDS,
    compare=_mapping((), most=_WORDS, more=_WORDS, less=_WORDS, same=_WORDS, order=_WORDS, difference=_WORDS),
    versus=_WORDS,
    contains=_WORDS,
    equals=_WORDS,
    uncounted=_WORDS,
    others=_WORDS,
    quote=_WORDS,
    exemplifies=_WORDS,
    past=_WORDS,
    one_of=_WORDS,
    undone=_WORDS,
    undone_next=_WORDS,
    within=_WORDS,
    lead_in=_WORDS,
    dismiss=_WORDS,
    wish=_WORDS,
    speech=_WORDS,
    only=_WORDS,
    locates=_WORDS,
    context_minutes={"type": "number", "exclusiveMinimum": 0, "maximum": 1440},
    relations=_mapping(
        (),
        above=_WORDS,
        below=_WORDS,
        at_least=_WORDS,
        at_most=_WORDS,
        about=_WORDS,
        nearly=_WORDS,
        exactly=_WORDS,
        over=_WORDS,
    ),
    unit_scales=_map_of({"type": "string", "pattern": r"^\d+(\.\d+)?$"}),
)

#: intents/shared/grammar.yaml
GRAMMAR: Schema = _mapping(GRAMMAR_KEYS, **dict.fromkeys(GRAMMAR_KEYS, _WORDS))

#: intents/shared/guards.yaml
GUARDS: Schema = _map_of(_WORD_GROUPS)

#: intents/shared/places.yaml
PLACES: Schema = _map_of(_WORDS)

#: intents/shared/chat.yaml
CHAT: Schema = _map_of(_mapping(("say", "words"), say=_TEXT, words=_WORDS))

#: intents/shared/wording.yaml: sections of texts
WORDING: Schema = _map_of({"anyOf": [_TEXT, _map_of({"anyOf": [_TEXT, _map_of(_TEXT)]})]})

#: the files every report shares; a report folder may bring its own of any of them
SHARED: dict[str, Schema] = {
    "vocabulary": VOCABULARY,
    "questions": QUESTIONS,
    "grammar": GRAMMAR,
    "guards": GUARDS,
    "places": PLACES,
    "chat": CHAT,
    "wording": WORDING,
}
