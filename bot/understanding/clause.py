"""What is read out of a message: clauses, what each asks for, and the numbers in it. Plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from bot.language.figures import Figure
from bot.language.lexicon import Token

#: characters of a word said twice around its denial
_TWICE = 3
#: kinds of number that aren't counted one by one: 几个 can't ask for them
UNCOUNTABLE = frozenset({"元", "千瓦", "比例", "人次"})
#: what a percentage counts
SHARE = "比例"
#: … and an amount of money
MONEY = "元"
#: those whom somebody helps, and where they live as well
WHO = frozenset({"人", "户"})
WHO_AND_WHERE = WHO | {"村", "县"}
#: what can be large: a number of people or an amount, not that of things counted one by one
SIZED = WHO | UNCOUNTABLE
#: a smaller figure has too many owners to name one of them as its true owner
TELLING_FIGURE = 10
#: what hasn't happened: it refuses all facts but those that tell of it, and so speaks neither for nor against one
REMAINING = "remaining"


class Ask(NamedTuple):
    """What a clause asks for.

    `kind` is "quantity", another kind of question, or "" when nothing is asked. `counts` is what the number
    asked for counts (None: anything; `uncounted` then says whether 个 ruled out money, power and shares).
    `explicit`: the unit was said with the question word, rather than guessed from the words before it.
    `interrogative`: false for words like 人数 and 总数 that a statement can hold as well.
    """

    kind: str = ""
    counts: frozenset[str] | None = None
    explicit: bool = False
    uncounted: bool = True
    interrogative: bool = True
    #: whether 多大 asks, which asks for no number of things
    of_size: bool = False
    #: whether 带动多少 asks, for those who were helped and not for who helped them
    of_whom: bool = False

    def fits(self, counts: str) -> bool:
        """Whether a fact that counts this answers the quantity asked for."""
        if self.counts is not None:
            return counts in self.counts
        return self.uncounted or counts not in UNCOUNTABLE


#: what a clause that asks for nothing asks
_NOTHING = Ask()


class Mention(NamedTuple):
    """A number in the message, with what it counts there (empty: not said)."""

    figure: Figure
    text: str
    counts: frozenset[str]
    unit: str
    #: how it is left open: "upwards" (七百多), "around" (一百来个), "barely" (十万出头), or "" (not at all)
    open_ended: str = ""
    #: the relations that stand beside it (99%以上), and those beside other figures (高于10%的村有192个)
    relations: frozenset[str] = frozenset()
    not_its: frozenset[str] = frozenset()

    @property
    def is_open_ended(self) -> bool:
        return bool(self.open_ended)


def is_said_twice(token: Token) -> bool:
    """算不算, 有没有: a word said twice around its denial, which asks whether it is so."""
    return len(token.text) == _TWICE and token.text[0] == token.text[-1] and not token.figure


class Clause:
    """A part of the message between pauses, read for meaning.

    `guards` are (reason, word) of what the report doesn't cover; `own_places` where the asker is from;
    `unknown_head` is what 多少 asks for when it is unknown; `marks` are the kinds of word that say how it is meant
    (MARKS in message.py); `tells` whether it names more than what is counted; `has_question_word` whether a word of it
    asks, by whatever it asks for; `joined_by` is the pause or connective before it; `is_question` whether a question
    mark ends it.

    Written out, as a start that imports `dataclasses` takes a twentieth longer.
    """

    def __init__(
        self,
        tokens: list[Token],
        concepts: list[frozenset[str]] | None = None,
        ask: Ask = _NOTHING,
        joined_by: str = "",
        is_question: bool = False,
    ) -> None:
        self.tokens = tokens
        self.text = _text(tokens)
        self.concepts = concepts or []
        self.ask = ask
        self.joined_by = joined_by
        self.is_question = is_question
        self.guards: list[tuple[str, str]] = []
        self.own_places: list[str] = []
        self.mentions: list[Mention] = []
        self.relations: list[str] = []
        self.unknown: list[str] = []
        self.unknown_head: str | None = None
        self.marks: set[str] = set()
        self.tells = False
        self.has_question_word = False
        self.is_elliptical = False
        #: where what makes it so begins (没 of 改完了没啊)
        self.ending_at = len(tokens) - 1

    def but(self, **changed: Any) -> Clause:
        """The clause with other values of some fields. Raises AttributeError for a field that it doesn't have."""
        if unknown := changed.keys() - vars(self).keys():
            raise AttributeError(f"a clause has no {', '.join(sorted(unknown))}")
        other = Clause.__new__(Clause)
        other.__dict__ = {**vars(self), **changed}
        if "tokens" in changed:
            other.text = _text(other.tokens)
        return other

    @property
    def has_content(self) -> bool:
        """Whether it says anything beyond asking."""
        asks = self.ask.explicit or self.ask.of_size
        return bool(self.concepts or self.mentions or self.guards or self.unknown or asks)

    @property
    def only_asks(self) -> bool:
        """Whether it asks, perhaps with a unit, but doesn't say of what."""
        return bool(self.ask.kind) and not (self.tells or self.mentions or self.guards or self.unknown)

    @property
    def says_something(self) -> bool:
        """Whether a clause without question word matters."""
        return bool(
            self.concepts or self.mentions or self.guards or self.unknown or self.marks & {"claim", "distributor"}
        )

    @property
    def concept_names(self) -> frozenset[str]:
        return frozenset().union(*self.concepts)

    def place_of(self, mention: Mention) -> int | None:
        """Which of the tokens is the figure of a mention; None where another clause tells it."""
        return next((n for n, token in enumerate(self.tokens) if token.figure is mention.figure), None)

    def between(self, one: Mention, other: Mention) -> list[Token]:
        """The tokens from the figure of one mention to that of another; [] where another clause tells one."""
        places = sorted(place for m in (one, other) if (place := self.place_of(m)) is not None)
        return self.tokens[places[0] : places[-1] + 1] if len(places) > 1 else []

    @property
    def stated(self) -> str:
        """The text without what asks whether it is so: 没 in 改完了没, 有没有改完 and 没毛病吧 denies nothing."""
        tokens = self.tokens[: self.ending_at] if self.is_elliptical else self.tokens
        asks = [token.values("claim") or token.values("none_not") or is_said_twice(token) for token in tokens]
        for at in range(2, len(tokens)):
            denies = tokens[at - 1].values("undone") or tokens[at - 1].values("undone_next")
            twice = denies and tokens[at - 2].text.endswith(tokens[at].text)  # 程度深不深
            asks[at - 1] = asks[at - 1] or bool(twice)
        return "".join(token.text for token, unsaid in zip(tokens, asks, strict=True) if not unsaid)


def _text(tokens: Sequence[Token]) -> str:
    return "".join([token.text for token in tokens])
