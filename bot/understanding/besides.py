"""除了已就业的，有劳动能力的还有多少: the rest of something, of which the report tells only what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from bot.knowledge.grammar import Grammar
from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.language.lexicon import Token
from bot.understanding.decision import Finding
from bot.understanding.matcher import Matcher
from bot.understanding.untold_parts import refused

#: weight from which a concept says of what something is asked
_TELLS = 2
#: words that 除了 may be read as
_BEGIN = 2
#: begins the name of a concept for those that are none of another (非四类)
_NONE_OF = "非"


def rest_refused(
    tokens: Sequence[Token], findings: Sequence[Finding], matcher: Matcher, intents: Intents, report: Report
) -> list[Finding]:
    """The findings; refused where one is of what the question leaves out (光伏以外还有多少电站, and 975 is found)."""
    grammar = intents.grammar
    left_out, rest = _parted(tokens, grammar)
    if not left_out or any(token.values("quantity") or token.figure for token in left_out):
        return list(findings)  # 除了电站个数，还有多少千瓦
    named = {name for token in rest for name in token.values("concept")}
    without = {name for token in left_out for name in token.values("concept") if name not in named}
    without = {name for name in without if matcher.weights[name] >= _TELLS}
    if not left_out[-1].text.endswith(tuple(grammar.possessives)):
        without = {name for name in without if not intents.concepts[name].verb}  # 除了搬迁，还建了多少产业园区
    words = "".join(token.text for token in left_out)
    return [refused(f, "population", words) if _is_of(f, without, matcher, report) else f for f in findings]


def _parted(tokens: Sequence[Token], grammar: Grammar) -> tuple[list[Token], list[Token]]:
    """What a question leaves out, and the rest of it, which asks how many more there are; two empty lists if neither.

    已就业的 and 有劳动能力的还有多少 of 除了已就业的，有劳动能力的还有多少.
    """
    begins = any(text in grammar.apart_from for text in accumulate(token.text for token in tokens[:_BEGIN]))
    ends = next((n for n, token in enumerate(tokens) if token.text in grammar.besides), None)
    more = next((n for n, token in enumerate(tokens) if token.text[0] in grammar.more), None)
    pause = next((n for n, token in enumerate(tokens) if token.is_separator), None)
    at = next((n for n in (ends, pause, more) if n), None)
    asks = any(token.values("quantity") and grammar.asks(token.text) for token in tokens[at or 0 :])
    if at is None or not asks or not (begins or ends):
        return [], []
    return list(tokens[:at]), list(tokens[at:])


def _is_of(found: Finding, without: set[str], matcher: Matcher, report: Report) -> bool:
    """Whether a fact is found that is of what was left out."""
    if found.kind != "answer" or found.verdict is not None or len(found.targets) != 1:
        return False
    fact = report.facts[found.targets[0]]
    own = matcher.fullest.get(fact.id, frozenset())
    others = any(name.startswith(_NONE_OF) and name not in without for name in own)  # 非四类, without 四类
    return fact.value is not None and not fact.members and not (others or without.isdisjoint(own))
