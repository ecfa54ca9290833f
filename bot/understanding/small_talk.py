"""Greetings, thanks, who are you: messages that want no fact."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.knowledge.intents import Intents
from bot.language.normalise import JOINER
from bot.understanding.clause import Clause
from bot.understanding.decision import Finding

#: likeness (0–100) from which a text is small talk
SMALL_TALK_SCORE = 78.0
#: unknown characters beside small talk that are still chatter
_CHATTER = 6
#: characters of a clause that is no more than an interjection beside small talk
_SHORT = 2


class SmallTalker:
    """Recognises messages that are nothing but small talk."""

    def __init__(self, intents: Intents) -> None:
        self._particles = str.maketrans("", "", "".join(intents.grammar.particles) + "，。？ " + JOINER)
        self._names = {self._bare(s): talk.name for talk in intents.small_talk for s in talk.sentences}
        self._sentences = list(self._names)
        #: per first character, how long the sentences (some said twice) are
        self._lengths: dict[str, set[int]] = {}
        for sentence in self._sentences:
            self._lengths.setdefault(sentence[0], set()).update((len(sentence), 2 * len(sentence)))
        self._like: dict[int, list[str]] = {}
        # Of a longer text, even the longest sentence is less than the likeness wanted; two may stand together.
        self._longest = int(max(map(len, self._sentences)) * (200 / SMALL_TALK_SCORE - 1)) + 1

    def talk(self, plain: str, clauses: Sequence[Clause]) -> Finding | None:
        """A finding when the whole message is small talk, clause by clause."""
        whole = self._likeness(plain)
        if whole[0] < 100 and any(c.mentions for c in clauses):
            return None  # 那666呢 asks for a figure
        if whole[0] >= SMALL_TALK_SCORE and not any(c.mentions or c.guards for c in clauses):
            return Finding("chat", "talk", (whole[1],), confidence=round(whole[0], 1))
        best: tuple[float, str] = (0.0, "")
        unknown = 0
        for clause in clauses:
            found = whole if clause.text == plain else self._likeness(clause.text)
            best = max(best, found)
            # 我是山西的记者, unlike 记者叫什么什么
            introduces = any(token.values("speaker") and not token.values("guard") for token in clause.tokens)
            if found[0] < 100 and clause.guards and not introduces:
                return None  # 是哪家公司建的 is only like 你是哪家公司的
            if found[0] < SMALL_TALK_SCORE:
                unknown += sum(len(word) for word in clause.unknown)
                short = len(clause.text) <= _SHORT and not clause.ask.kind  # 搞掂，拜拜
                # 好吧，那人数是多少, 好吧，那就告诉我户数
                asks = clause.ask.kind == "quantity" and (clause.ask.interrogative or clause.ask.explicit)
                if asks or (clause.concepts and not short) or clause.mentions or (clause.guards and not introduces):
                    return None
        if best[0] >= SMALL_TALK_SCORE and unknown <= _CHATTER:
            return Finding("chat", "talk", (best[1],), confidence=round(best[0], 1))
        return None

    def _likeness(self, text: str) -> tuple[float, str]:
        """How like small talk a text is (0 to 100), and which; 0 where it is too unlike to be any."""
        bare = self._bare(text)
        if not bare or len(bare) > self._longest:
            return 0.0, ""
        for cut in sorted(self._lengths.get(bare[0], ())):  # 懂了谢谢
            known = cut < len(bare) and self._bare(bare[:cut]) in self._names
            if known and (name := self._names.get(self._bare(bare[cut:]))):
                return 100.0, name
        found = process.extractOne(
            bare, self._of_like_length(len(bare)), scorer=fuzz.ratio, score_cutoff=SMALL_TALK_SCORE
        )
        return (found[1], self._names[found[0]]) if found else (0.0, "")

    def _of_like_length(self, length: int) -> list[str]:
        """The sentences that a text of this length can be like enough, in order."""
        if length not in self._like:
            least = SMALL_TALK_SCORE / 200
            self._like[length] = [s for s in self._sentences if min(len(s), length) >= least * (len(s) + length)]
        return self._like[length]

    def _bare(self, text: str) -> str:
        """Without particles and pauses; 在吗在吗 once."""
        bare = text.translate(self._particles)
        half = len(bare) // 2
        if half and bare == bare[:half] * 2:
            bare = bare[:half]
        return bare or text
