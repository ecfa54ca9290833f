"""Greetings, thanks, who are you: messages that want no fact."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from rapidfuzz import fuzz, process

from bot.knowledge.intents import Intents
from bot.language.normalise import JOINER
from bot.understanding.clause import Clause
from bot.understanding.decision import Finding
from bot.understanding.query import OFF_TOPIC

#: likeness (0–100) from which a text is small talk
SMALL_TALK_SCORE = 78.0
#: … and of what is small talk word for word
_CERTAIN = 100.0
#: unknown characters beside small talk that are still chatter
_CHATTER = 6
#: the kinds of small talk after which nothing is asked
_CLOSING = frozenset({"thanks", "bye"})
#: … and before which what nothing is asked in only introduces
_OPENING = frozenset({"greeting"})
#: characters of a clause that is no more than an interjection beside small talk
_SHORT = 2
#: characters of a question that says no more than 有哪些
_BARE = 4
#: parts sentences, as none of them holds it
_LINE = "\n"


class SmallTalker:
    """Recognises messages that are nothing but small talk."""

    def __init__(self, intents: Intents) -> None:
        self._concepts = intents.concepts
        self._whether_endings = intents.grammar.whether_endings
        self._possessives = intents.grammar.possessives
        self._me = intents.grammar.me
        self._particles = str.maketrans("", "", "".join(intents.grammar.particles) + "，。？ " + JOINER)
        names = (talk.name for talk in intents.small_talk for _ in talk.sentences)
        self._names = dict(zip(self._bare_sentences(intents), names, strict=True))
        self._sentences = list(self._names)
        #: per first character, how long the sentences (some said twice) are
        self._lengths: dict[str, set[int]] = {}
        for first, length in set(zip(map(itemgetter(0), self._sentences), map(len, self._sentences), strict=True)):
            self._lengths.setdefault(first, set()).update((length, 2 * length))
        self._like: dict[int, list[str]] = {}
        # Of a longer text, even the longest sentence is less than the likeness wanted; two may stand together.
        self._longest = int(max(map(len, self._sentences)) * (200 / SMALL_TALK_SCORE - 1)) + 1

    def _bare_sentences(self, intents: Intents) -> list[str]:
        """All sentences without particles, as an earlier start found them or made now."""
        known: str | None = intents.cache.get("talk", "bare")
        if known is None:
            known = _LINE.join(self._bare(s) for talk in intents.small_talk for s in talk.sentences)
            intents.cache.put("talk", "bare", known)
        return known.split(_LINE)

    def talk(self, plain: str, clauses: Sequence[Clause]) -> Finding | None:
        """A finding when the whole message is small talk, clause by clause."""
        bare = self._bare(plain)
        known = len(bare) <= self._longest and self._of_known(bare)
        if not known and self._asks_fact(plain, clauses):
            return None  # like small talk at most
        whole = self._likeness(plain)
        if whole[0] == _CERTAIN or (whole[0] >= SMALL_TALK_SCORE and not any(c.mentions or c.guards for c in clauses)):
            return Finding("chat", "talk", (whole[1],), confidence=round(whole[0], 1))
        if closing := self._closing(clauses):
            return closing
        best: tuple[float, str] = (0.0, "")
        claims = len(clauses) > 1 and "claim" in clauses[-1].marks and bool(self._likeness(clauses[-1].text)[1])
        unknown = 0
        for clause in clauses:
            found = whole if clause.text == plain else self._likeness(clause.text)
            best = max(best, found)
            # 我是山西的记者, unlike 记者叫什么什么
            introduces = any(token.values("speaker") and not token.values("guard") for token in clause.tokens)
            if found[0] < _CERTAIN and clause.guards and not introduces:
                return None  # 是哪家公司建的 is only like 你是哪家公司的
            if found[0] < SMALL_TALK_SCORE:
                unknown += sum(len(word) for word in clause.unknown)
                concepts = [self._concepts[name] for name in clause.concept_names]
                closed = best[1] in _CLOSING and "lead_in" not in clause.marks  # 再见，村长
                names_thing = any(c.counts or c.weight is None for c in concepts) and not closed  # 哦，说人吧
                short = len(clause.text) <= _SHORT and not (clause.ask.kind or names_thing)  # 搞掂，拜拜
                # 好吧，那人数是多少, 好吧，那就告诉我户数
                asks = clause.ask.kind == "quantity" and (clause.ask.interrogative or clause.ask.explicit)
                names = clause.concepts and not (short or self._tells_of_asker(clause))
                # 我记得里面有班长，没错吧 claims.
                if asks or names or (claims and not short) or clause.mentions or (clause.guards and not introduces):
                    return None
        if best[0] >= SMALL_TALK_SCORE and unknown <= _CHATTER:
            return Finding("chat", "talk", (best[1],), confidence=round(best[0], 1))
        return None

    @staticmethod
    def _asks_fact(plain: str, clauses: Sequence[Clause]) -> bool:
        """光伏电站有多少座, 那666呢, 电话呢; 介绍一下旅游 and 有哪些, which are only like 介绍一下你 and 有谁.

        电话和来源, of which each clause is one word that a fact is about, is only like 有话再来.
        """
        if any(clause.tells and clause.ask.explicit for clause in clauses):
            return True
        one = [token for clause in clauses for token in clause.tokens if not token.values("filler")]
        if any(clause.mentions for clause in clauses) or (
            all(clause.tells for clause in clauses) and len(one) == len(clauses)
        ):
            return True
        alone = clauses[0]
        asks = alone.ask.kind == "which" and len(plain) <= _BARE
        return len(clauses) == 1 and (alone.tells or asks)

    def _tells_of_asker(self, clause: Clause) -> bool:
        """我喺香港教中学嘅, unlike 我家住院报销: whether a clause says what the asker is or does, and asks nothing."""
        last = clause.tokens[-1]
        ends = last.text[-1] in self._possessives or not (last.values("concept") or clause.is_elliptical)
        return bool(clause.tokens[0].values("speaker")) and ends and "lead_in" not in clause.marks

    def _closing(self, clauses: Sequence[Clause]) -> Finding | None:
        """谢谢，我去吃饭了: thanks, a goodbye or a greeting, and for the rest what the asker does; else None."""
        names = {clause.text: self._of_known(self._bare(clause.text)) for clause in clauses}
        others = [clause for clause in clauses if not names[clause.text]]
        closes = next((name for name in names.values() if name in _CLOSING), "")
        greets = names[clauses[0].text] if names[clauses[0].text] in _OPENING else ""
        asks = any(
            c.ask.kind or c.mentions or c.is_question or c.is_elliptical or c.marks & {"claim", "lead_in"}
            or any(reason != OFF_TOPIC for reason, _ in c.guards)
            or any(token.values("wish") for token in c.tokens)
            for c in others
        )  # fmt: skip
        tells = all(self._only_does(c) for c in others) if closes else not any(c.concepts for c in others)
        said = closes or greets  # 您好，我是电台的，下午要录节目
        return Finding("chat", "talk", (said,), confidence=90.0) if said and others and tells and not asks else None

    def _only_does(self, clause: Clause) -> bool:
        """我去吃饭了, 我去跟村民说: whether it only says what somebody does, or that the asker tells others."""
        # 我去跟村民说, unlike 跟我说说光伏
        tells = clause.tokens[0].text in self._me and any(token.values("speech") for token in clause.tokens)
        does = tells or all(self._concepts[name].verb for name in clause.concept_names)
        return does and (not clause.concepts or any(token.text in self._me for token in clause.tokens))

    def _of_known(self, bare: str) -> str:
        """好好好谢谢我挂了: the kind of small talk that a text is, which may be several sentences; "" if none."""
        kinds = {0: ""}  # of what ends here
        for begin in range(len(bare)):
            if begin not in kinds:
                continue
            for length in self._lengths.get(bare[begin], ()):
                if name := self._names.get(self._bare(bare[begin : begin + length])):
                    kinds[begin + length] = name
        end = len(bare) - 1 if bare[-1:] in self._whether_endings else len(bare)
        return kinds.get(len(bare)) or kinds.get(end, "")  # hi你是机器人吗

    def _likeness(self, text: str) -> tuple[float, str]:
        """How like small talk a text is (0 to 100), and which; 0 where it is too unlike to be any."""
        bare = self._bare(text)
        if not bare or len(bare) > self._longest:
            return 0.0, ""
        if name := self._of_known(bare):
            return _CERTAIN, name
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
