"""What is read out of a message: clauses, what each asks for, and the numbers in it. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.language.figures import Figure
from bot.language.lexicon import Token

#: characters of a word said twice around its denial
_TWICE = 3
#: kinds of number that aren't counted one by one: 几个 can't ask for them
UNCOUNTABLE = frozenset({"元", "千瓦", "比例", "人次"})
#: what a percentage counts
SHARE = "比例"
#: those whom somebody helps, and where they live as well
WHO = frozenset({"人", "户"})
WHO_AND_WHERE = WHO | {"村", "县"}
#: what can be large: a number of people or an amount, not that of things counted one by one
SIZED = WHO | UNCOUNTABLE


@dataclass(frozen=True)
class Ask:
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

    def fits(self, counts: str) -> bool:
        """Whether a fact that counts this answers the quantity asked for."""
        if self.counts is not None:
            return counts in self.counts
        return self.uncounted or counts not in UNCOUNTABLE


@dataclass(frozen=True)
class Mention:
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


@dataclass
class Clause:
    """A part of the message between pauses, read for meaning.

    `guards` are (reason, word) of what the report doesn't cover; `own_places` where the asker is from;
    `unknown_head` is what 多少 asks for when it is unknown; `marks` are the kinds of word that say how it is meant
    (MARKS in message.py); `tells` whether it names more than what is counted; `has_question_word` whether a word of it
    asks, by whatever it asks for; `joined_by` is the pause or connective before it; `is_question` whether a question
    mark ends it.
    """

    tokens: list[Token]
    concepts: list[frozenset[str]] = field(default_factory=list)
    ask: Ask = field(default_factory=Ask)
    guards: list[tuple[str, str]] = field(default_factory=list)
    own_places: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unknown_head: str | None = None
    marks: set[str] = field(default_factory=set)
    tells: bool = False
    has_question_word: bool = False
    is_elliptical: bool = False
    is_question: bool = False
    joined_by: str = ""

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

    @property
    def stated(self) -> str:
        """The text without what asks whether it is so: 没 in 改完了没, 有没有改完 and 没毛病吧 denies nothing."""
        tokens = self.tokens[:-1] if self.is_elliptical else self.tokens
        return "".join(token.text for token in tokens if not (token.values("claim") or is_said_twice(token)))

    @property
    def text(self) -> str:
        return "".join(token.text for token in self.tokens)
