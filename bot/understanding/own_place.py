"""我是保定的, 老家在张北: a place where the asker is from isn't what is asked about."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.grammar import Grammar
from bot.language.lexicon import Token

#: words before a place, one of which says whose it is (我是保定的)
_BEFORE = 2


def is_own(tokens: Sequence[Token], index: int, grammar: Grammar) -> bool:
    """Whether the place at the index is only the asker's own."""
    behind = tokens[index + 1 :]
    if behind and (behind[0].values("there") or _is_asked_of(behind, grammar)):
        return False  # 我老家保定那边搬了多少人
    # 我是保定的, but not 有两家在崇礼
    return any(
        tokens[n].values("speaker") and not (n and tokens[n - 1].figure) for n in range(max(0, index - _BEFORE), index)
    )


def _is_asked_of(behind: Sequence[Token], grammar: Grammar) -> bool:
    """住院报多少 of 我在北京住院报多少: whether what follows a place asks of it, and of no other."""
    number = any(grammar.asks_number(token.text) for token in behind)
    elsewhere = any(token.values("home") or token.values("guard") for token in behind)
    can = behind[0].text[0] in grammar.able  # 我家在蔚县能分多少
    asks = number or behind[-1].text in grammar.whether_endings
    return asks and not elsewhere and (can or bool(behind[0].values("concept")))
