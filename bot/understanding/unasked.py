"""975个电站装机容量: the measure of what a figure is told of, asked for by its name alone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.intents import Intents
from bot.language.lexicon import Token
from bot.understanding.clause import UNCOUNTABLE, WHO_AND_WHERE
from bot.understanding.message import Reader

#: kinds of word by which a message asks by itself, or says that something is so
_SAYS = ("ask", "claim", "equals", "not", "none", "none_not", "undone", "compare", "many", "guard")
#: what ends a question for a measure, and says no more (…总投资是, …的装机是啥数)
_IDLE_ENDS = ("equals", "filler")


def with_measure_asked(tokens: Sequence[Token], intents: Intents, reader: Reader) -> list[Token]:
    """975个电站装机容量多少, of 975个电站装机容量, …的装机容量是啥数: the words with the one that asks.

    Only where the measure counts something else than the one figure does, so that no figure is claimed of it.
    """
    at = next((n for n, token in enumerate(tokens) if token.figure), None)
    if at is None:
        return list(tokens)
    said = _without_end(tokens, intents)
    last = said[-1] if len(said) > at + 1 else tokens[at]
    named = [intents.concepts[name] for name in last.values("concept")]
    measures = {concept.counts for concept in named} - {""}
    if not measures or any(concept.verb for concept in named) or not measures <= UNCOUNTABLE | WHO_AND_WHERE:
        return list(tokens)
    unit = said[at + 1].text  # 人次 of 62.04万人次 asks for nothing
    counts = any(token.values("quantity") and token.text != unit for token in said)
    if counts or any(_says(token, intents) for token in said):
        return list(tokens)
    mentions = reader.whole(said).mentions
    between = [t for t in said[at + 1 : -1] if t.text != unit or not (t.values("quantity") or t.values("concept"))]
    within = any(token.values("within") for token in between)  # 46.68万人里贫困人口
    if len(mentions) != 1 or not mentions[0].counts or not (within or mentions[0].counts.isdisjoint(measures)):
        return list(tokens)
    things = any(token.values("concept") or token.text in intents.grammar.possessives for token in between)
    if not (within or things or measures <= UNCOUNTABLE):
        return list(tokens)  # 62.04万人次贫困人口: who they are
    asks = intents.lexicon.segment(min(intents.grammar.how_many, key=len))[0]
    return [*said, Token(last.end, last.end + len(asks.text), asks.text, asks.meanings)]


def _says(token: Token, intents: Intents) -> bool:
    """Whether a message that has this word asks for something by itself, or says that something is so."""
    asks = intents.grammar.asks(token.text) or token.text in intents.grammar.alternatives
    return asks or any(map(token.values, _SAYS))


def _without_end(tokens: Sequence[Token], intents: Intents) -> list[Token]:
    """The words but for what only ends the question."""
    said = list(tokens)
    ends = (intents.grammar.particles - intents.grammar.whether_endings) | intents.grammar.possessives
    while said and not (said[-1].values("concept") or said[-1].values("claim")):
        last = said[-1]
        what = "what" in last.values("ask")
        if not (last.is_separator or what or last.text in ends or any(map(last.values, _IDLE_ENDS))):
            break
        said.pop()
    return said
