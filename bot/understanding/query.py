"""One question of a message: the clause that asks, what stands around it, and what is to be matched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.knowledge.intents import Intents
from bot.understanding.candidates import Question
from bot.understanding.clause import REMAINING, TELLING_FIGURE, Ask, Clause, Mention

#: reasons that change what is asked even from the clause before the question
#: … each with the unknown characters from which its clause is chatter (去年没来得及看新闻，…) that says nothing
_FAR_REASONS = {"place": 5, "time": 2, "ours": 2}
#: … where it is told of the asker (我老伴前年住院)
_SPEAKER_REASONS = {"place": 5, "ours": 2}
#: … and those that say of whom or what the question is, from a clause that names something of the report …
_SUBJECT_REASONS = {"rate": 2, "population": 2, "remaining": 2, "measure": 1}
#: … or from one that is nothing but such words
_BARE_REASONS = {"rate": 1, "remaining": 1, "population": 1, "measure": 1}
#: … and those that count where 张家口 is named as well, if their clause says nothing else
_SAID_ALONE = frozenset({"time", "population"})
#: words that have nothing to do with the report: they don't refuse a question that is otherwise understood
OFF_TOPIC = "offtopic"
STOPS = frozenset("。？")
#: characters from which what comes before a question is a story, whatever it wonders
LONG_STORY = 40
#: how a word for whom the report doesn't single out begins, where it denies that they are those whom it does
_DENIED = ("不", "没", "非")
#: clauses at the end of a story that a question still belongs to
_STORY_END = 2


class Query(NamedTuple):
    """One question of a message: the clause that asks, the clauses around it, and what to match."""

    clause: Clause
    around: tuple[Clause, ...]
    question: Question
    #: what the message says it isn't about
    denied: frozenset[str] = frozenset()

    @property
    def mentions(self) -> list[Mention]:
        beside = [c for c in self.around if not (self._tells_of_other(c) or self._guesses_answer(c))]
        return [m for clause in (self.clause, *beside) for m in clause.mentions]

    def _tells_of_other(self, clause: Clause) -> bool:
        """侄子23了。…: whether a sentence before tells a figure of nothing that the report has."""
        apart = self.clause.joined_by in STOPS and clause.tokens[0].start < self.clause.tokens[0].start
        return apart and self.clause.tells and not (clause.concepts or self.is_claim)

    def _guesses_answer(self, clause: Clause) -> bool:
        """…？975个吧: whether a figure behind a question only says what the answer may be."""
        behind = bool(clause.mentions) and clause.tokens[0].start > self.clause.tokens[0].start
        asks = self.clause.ask.kind == "quantity" and self.clause.ask.interrogative and not self.clause.mentions
        claims = "claim" in clause.marks or clause.is_question or clause.is_elliptical
        return behind and asks and claims and not (clause.tells or clause.ask.kind)

    @property
    def relations(self) -> list[str]:
        # 这数字校过了吗 says of no figure that it is exceeded.
        return [r for clause in (self.clause, *self.around) if clause.mentions for r in clause.relations]

    @property
    def is_claim(self) -> bool:
        return "claim" in self.clause.marks or any("claim" in clause.marks for clause in self.around)

    def _near(self) -> tuple[Clause, ...]:
        """The clauses around that may say of what it asks: of its own sentence, and of a long story only the last."""
        return of_sentence(self.clause, self.around[-_STORY_END:] if self._is_story() else self.around)

    def _is_story(self) -> bool:
        return sum(len(clause.text) for clause in self.around) > LONG_STORY

    def _asks_on(self, clause: Clause) -> bool:
        """Whether it only asks in what unit (…游客量，多少人次) what an earlier clause asks for."""
        return self.clause.only_asks and clause.tokens[0].start < self.clause.tokens[0].start

    def _is_wish(self, clause: Clause) -> bool:
        """…，我想回去就近上班: whether a clause behind the question tells what the asker wants it for."""
        behind = clause.tokens[0].start > self.clause.tokens[0].start
        asks = clause.is_question or clause.has_question_word or clause.ask.kind
        return behind and "wish" in clause.marks and not asks

    def _is_about(self, clause: Clause) -> bool:
        """高中阶段呢，辍学的有几个: whether a clause before it only says what it is about."""
        before = clause.tokens[0].start < self.clause.tokens[0].start
        asks = clause.is_question or clause.has_question_word or clause.ask.kind
        return before and clause.is_elliptical and not asks

    def _leads_in(self) -> bool:
        """Whether it says that it asks (就想问问…), whoever the asker is."""
        return "lead_in" in self.clause.marks

    def subjects(self) -> list[Clause]:
        """The clauses before it that say of what it asks: no story, no figure, and nothing that asks by itself."""
        if self._is_story() or any(map(_is_of_asker, self.around)):
            return []
        before = [c for c in self._near() if c.tokens[0].start < self.clause.tokens[0].start]
        return [
            c
            for c in before
            if c.concepts
            and not (c.ask.kind or c.has_question_word)
            and all(reason == "measure" for reason, _ in c.guards)
            and all(m.figure.value < TELLING_FIGURE for m in c.mentions)  # 一户 tells none
        ]

    def _meant_there(self) -> list[tuple[str, str]] | None:
        """The place at which 那边 points, or the time at which 当年 does: the one named last; None if that is home."""
        times = "then" in self.clause.marks
        reasons = {"time"} if times else {"place", "ours"}
        for clause in (self.clause, *reversed(self.around)):
            far = [guard for guard in clause.guards if guard[0] in reasons and clause is not self.clause]
            far += [] if times else [("place", place) for place in clause.own_places]
            words = {word for _, word in far}
            for token in reversed(clause.tokens):
                if token.text in words:
                    return far  # 我从张家口调到保定了
                if not times and token.values("home") and not token.values("there"):
                    return None  # 我是成都人嫁到张家口来的
        return None if times else []

    @property
    def guards(self) -> list[tuple[str, str]]:
        """(reason, word) of what the report may not cover.

        A place or a time beside the question counts in the same sentence, unless it stands in chatter, or 张家口 is
        named as well.
        """
        own = [guard for guard in self.clause.guards if guard[0] != OFF_TOPIC]
        home = any("home" in c.marks for c in (self.clause, *self.around))
        if self.clause.marks & {"there", "then"} and (far := self._meant_there()) is not None:
            return [*own, *far]
        if self.clause.joined_by in STOPS:
            return own
        if home:
            # 张家口普通职工住院，平均报销多少: whom a question at home is about, said together with the place.
            near = [c for c in self.around if "home" in c.marks and not c.has_question_word]
            said = [guard for c in near for guard in c.guards if guard[0] in ("population", "rate")]
            # 脱贫的和没脱贫的全算上，张家口有多少贫困村
            subjects = [c for c in self._near() if c.concepts and not (c.has_question_word or "past" in c.marks)]
            said += [guard for c in subjects for guard in c.guards if guard[0] == REMAINING]
            # 去年，张家口脱贫了多少人; 张家口光伏（不光扶贫的）…
            said += [
                (why, word) for c in self.around for why, word in c.guards if why in _SAID_ALONE and word == c.text
            ]
            return own if sum(len(c.text) for c in self.around) > LONG_STORY else [*own, *said]
        led_in = self._leads_in() and self._is_story()
        for clause in () if led_in else self._near():
            if "dismiss" in clause.marks or self._is_wish(clause):
                continue  # 别扯市长省长，…
            asks = self.clause.ask.kind or self.clause.has_question_word
            if self.clause.ask.interrogative and asks and _asks_itself(clause):
                # 康保摘帽了没，脱贫多少人: what is asked next is asked of the same place.
                about = self._asks_on(clause) or (self._is_about(clause) and not _is_of_asker(clause))
                own += [guard for guard in clause.guards if guard[0] == "place" or about]
                continue
            chatter = sum(len(word) for word in clause.unknown)
            # 投资额最高的那个项目，投了多少: a clause that names what is asked about counts in full.
            subject = clause.concepts or "only" in clause.marks
            reaches = _FAR_REASONS | (_SUBJECT_REASONS if subject else _BARE_REASONS)
            if _is_of_asker(clause):
                # 我是记者 tells of the asker; 我家不是建档立卡的，给报多少 asks of them.
                denied = any(why == "population" and word.startswith(_DENIED) for why, word in clause.guards)
                reaches = _SPEAKER_REASONS | ({"population": 1} if denied and not self._leads_in() else {})
            told = {REMAINING} if "past" in clause.marks else set()
            before = clause.tokens[0].start < self.clause.tokens[0].start and clause is self.around[-1]
            begins = before and not {*clause.tokens[0].values("guard")} <= {OFF_TOPIC}  # 门诊看个头疼脑热的，给报几成
            own += [
                (why, word)
                for why, word in clause.guards
                if why not in told
                and (chatter < reaches.get(why, 0) or (begins and why == "population" and why in reaches))
            ]
        return own


def _is_of_asker(clause: Clause) -> bool:
    """我是记者, 去年俺家盖房子: whether it tells of the asker."""
    return any(token.values("speaker") for token in clause.tokens)


def _asks_itself(clause: Clause) -> bool:
    """一年发几度电, 去年同期呢: whether what a clause says is a question of its own, though a guard word holds it."""
    return bool(clause.guards) and (clause.has_question_word or clause.is_elliptical)


def question_of(clause: Clause, ask: Ask, context: frozenset[str], *, context_share: float = 0.25) -> Question:
    """What the matcher is to look for: the clause's words, and the concepts said around it."""
    off_topic = [word for reason, word in clause.guards if reason == OFF_TOPIC]
    # 学生资助发了多少钱: money of something that the report counts nowhere
    idle = {"uncounted", "filler"} if ask.kind == "quantity" else set()
    uncounted = [t.text for t in clause.tokens if "uncounted" in t.meanings and t.meanings.keys() <= idle]
    return Question(
        groups=tuple(clause.concepts),
        ask=ask,
        guards=tuple(word for reason, word in clause.guards if reason not in (OFF_TOPIC, REMAINING)),
        unknown=sum(len(word) for word in (*clause.unknown, *off_topic, *uncounted)),
        context=context,
        context_share=context_share,
    )


def concepts_of(clauses: Sequence[Clause]) -> frozenset[str]:
    """All concepts that the clauses name."""
    return frozenset().union(*(clause.concept_names for clause in clauses))


def counted_by(clause: Clause, intents: Intents) -> frozenset[str]:
    """What the last countable word of a clause counts; empty if there is none."""
    for group in reversed(clause.concepts):
        if counts := frozenset(intents.concepts[name].counts for name in group) - {""}:
            return counts
    return frozenset()


def of_sentence(clause: Clause, around: Sequence[Clause]) -> tuple[Clause, ...]:
    """The clauses around one that no stop sets apart before it."""
    at = clause.tokens[0].start
    if clause.joined_by in STOPS:
        return tuple(c for c in around if c.tokens[0].start > at)
    begins = (n for n, c in enumerate(around) if c.joined_by in STOPS and c.tokens[0].start <= at)
    return tuple(around[max(begins, default=0) :])


def joined(clauses: Sequence[Clause], *, ask: Ask | None = None, joined_by: str = "") -> Clause:
    """Several clauses as one."""
    whole = Clause([token for clause in clauses for token in clause.tokens], ask=ask or Ask(), joined_by=joined_by)
    for clause in clauses:
        whole.concepts += clause.concepts
        whole.guards += clause.guards
        whole.mentions += clause.mentions
        whole.relations += clause.relations
        whole.unknown += clause.unknown
        whole.marks |= clause.marks
        whole.tells |= clause.tells
        whole.has_question_word |= clause.has_question_word
        whole.is_question |= clause.is_question
        whole.is_elliptical = clause.is_elliptical or (whole.is_elliptical and not clause.tells)
    return whole
