"""支书开会说市里…, 小卖部的人都说…: who said it is no part of what is asked."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.lexicon import Token
from bot.language.normalise import QUESTION, STOP

#: characters before 说 that can still be who said it; more is what they said
_MOST_CHARACTERS = 10
#: guards by which those who speak may be what is asked about (承德那边说搬了多少人)
_OF_REPORT = ("concept", "ask", "quantity", "guard", "past")
_MEANT = frozenset({"place", "time"})


def without_speakers(
    tokens: Sequence[Token], says: frozenset[str], writes: frozenset[str], insists: frozenset[str]
) -> list[Token]:
    """The tokens without those at the beginning of a part that only tell who says the rest of it.

    `says`: the words behind who says something; `writes`: those behind who writes it (初稿写…), before which a word
    of the report's things says of what it is written (医疗救助方面我写…); `insists`: words at the beginning of a part
    that say so of whoever the parts before it tell (二两酒下肚就拍桌子，非说…).
    """
    kept: list[Token] = []
    part: list[Token] = []
    for token in tokens:
        if not part and token.text in insists:
            kept = _before_insisting(kept)
        part.append(token)
        if token.is_separator:
            kept += _said(part, says, writes)
            part = []
    return kept + _said(part, says, writes)


def _before_insisting(kept: list[Token]) -> list[Token]:
    """What remains of the sentence before 非说: nothing, if it neither asks nor speaks of the report's things."""
    begins = next((n for n in range(len(kept), 0, -1) if kept[n - 1].text in (STOP, QUESTION)), 0)
    of_report = any(t.values(kind) for t in kept[begins:] for kind in _OF_REPORT)
    return kept if of_report else kept[:begins]


def _said(part: list[Token], says: frozenset[str], writes: frozenset[str]) -> list[Token]:
    at = next((n for n, token in enumerate(part) if token.text in says or token.text in writes), 0)
    if not at:
        return part
    before, after = part[:at], part[at + 1 :]
    lead = part[:1] if part and part[0].values("ask") else []  # 为什么记者会说…
    before = before[len(lead) :]
    if not before or sum(len(token.text) for token in before) > _MOST_CHARACTERS:
        return part
    asks = ("ask", "quantity", "claim")
    if any(t.figure or any(map(t.values, asks)) or _MEANT & {*t.values("guard")} for t in before):
        return part
    if part[at : at + 1] and part[at].text in writes and any(token.values("concept") for token in before):
        return part
    if not after or after[0].values("ask") or not any(token.values("concept") for token in after):
        return part
    if after[0].values("equals") and any(token.values("ask") for token in after[:2]):
        return part  # 大扶贫格局讲的是哪三块
    return lead + after
