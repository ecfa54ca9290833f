"""改没改完, 艰不艰巨: a word said both ways, which asks whether it is so."""

from __future__ import annotations

import re

from bot.knowledge.intents import Intents

#: a word, its denial, and the same again: 没 of what is done, 不 of what something is like
_BOTH_WAYS = re.compile(r"(?<!不管)(?<!不分)(?<!不论)(?<!无论)([一-鿿]{1,2})(?<![有的])([没冇不唔])(?=\1)")
#: what asks the same without denying anything
_ASKS = {"没": "有没有", "冇": "有没有", "不": "是不是", "唔": "是不是"}
#: what may stand behind a word that is said in full both times (搬没搬啊, unlike 搬没搬你查查)
_ENDS = re.compile(r"[啊呀呢哪啦了]*(?:[，。？ ]|$)")


def asked_whether(text: str, intents: Intents) -> str:
    """有没有改完, for 改没改完: `text` (normalised), where what is said both ways is a word of the report's things.

    好不好 and 高不高 stay as they are: they are words of a question already.
    """
    for said in _BOTH_WAYS.finditer(text):
        behind = text[said.end() :]
        first = intents.lexicon.segment(behind)[0]
        says = said[2] in "没冇" or bool(first.values("concept"))
        if says and (len(first.text) > len(said[1]) or _ENDS.match(behind, len(said[1]))):
            return f"{text[: said.start()]}{_ASKS[said[2]]}{asked_whether(behind, intents)}"
    return text
