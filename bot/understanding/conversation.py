"""What the bot remembers of one conversation, and for how long."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

#: seconds after the last message in which a follow-up still sees it
CONTEXT_SECONDS = 600.0
#: facts of earlier turns that are remembered
MOST_EARLIER = 4
#: facts told in one conversation that are remembered, each as often as it was told
MOST_TOLD = 40
#: conversations remembered at once; the least recently used goes first
MAX_CONVERSATIONS = 10_000


_Ids = tuple[str, ...]
#: facts, earlier, options, topic, said, counts, refused, refused_counts, unnamed, told, lacking, lacking_counts, named,
#: untold
Situation = tuple[_Ids, _Ids, _Ids, str | None, _Ids, _Ids, _Ids, _Ids, _Ids, _Ids, _Ids, _Ids, _Ids, bool]


class Conversation:
    """The last turn of a conversation. Plain data: a store may keep it anywhere.

    `facts` are those last stated, `earlier` those of the turns before, latest last, or those of which the last
    stated is one; `options` those last offered to choose from, `topic` the last overview's, `said` the concepts
    of the last question, `counts` what it asked to count, `refused` and `refused_counts` the same of a question
    of another place or time, `unnamed` the concepts of one for names that aren't told, `lacking` and
    `lacking_counts` the same of one for a kind or measure that isn't; `named` two things that were named in order,
    as they were written, for 前者 and 后者; `untold` whether the last question was refused; `told` are all facts
    stated so far, in order;
    `touched` is the time of the last turn in seconds since the epoch.
    """

    def __init__(
        self,
        facts: _Ids = (),
        earlier: _Ids = (),
        options: _Ids = (),
        topic: str | None = None,
        said: _Ids = (),
        counts: _Ids = (),
        refused: _Ids = (),
        refused_counts: _Ids = (),
        unnamed: _Ids = (),
        told: _Ids = (),
        lacking: _Ids = (),
        lacking_counts: _Ids = (),
        named: _Ids = (),
        untold: bool = False,
        touched: float = 0.0,
    ) -> None:
        self.facts = facts
        self.earlier = earlier
        self.options = options
        self.topic = topic
        self.said = said
        self.counts = counts
        self.refused = refused
        self.refused_counts = refused_counts
        self.unnamed = unnamed
        self.told = told
        self.lacking = lacking
        self.lacking_counts = lacking_counts
        self.named = named
        self.untold = untold
        self.touched = touched

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Conversation) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]

    def but(self, **changed: Any) -> Conversation:
        """The conversation with other values of some fields. Raises TypeError for a field that it doesn't have."""
        return Conversation(**{**vars(self), **changed})

    @property
    def situation(self) -> Situation:
        """All that an answer depends on: everything but when it was said."""
        return (
            self.facts,
            self.earlier,
            self.options,
            self.topic,
            self.said,
            self.counts,
            self.refused,
            self.refused_counts,
            self.unnamed,
            self.told,
            self.lacking,
            self.lacking_counts,
            self.named,
            self.untold,
        )

    @property
    def before(self) -> tuple[str, ...]:
        """The facts stated before those stated last, latest last."""
        return tuple(fact for fact in self.earlier if fact not in self.facts)

    @property
    def several(self) -> tuple[str, ...]:
        """The facts stated together last, in order, though one of them was stated again since."""
        if len(self.facts) == 1 and self.facts[0] in self.earlier:
            return self.earlier
        return self.facts

    def state(self, facts: tuple[str, ...]) -> None:
        """These facts are stated now; those before them become earlier ones.

        Of several, one that is stated again keeps its place among them: 前者 is the same one after 后者 was asked for.
        """
        several = self.several
        older = () if len(several) > 1 else self.earlier  # what 前者 and 后者 then point at are these, and none before
        before = (*(fact for fact in older if fact not in several), *several)
        picked = facts and {*facts} < {*several}
        self.earlier = several if picked else tuple(fact for fact in before if fact not in facts)[-MOST_EARLIER:]
        self.facts = facts
        self.told = (*self.told, *facts)[-MOST_TOLD:]

    def forget(self) -> None:
        """Drop what was said."""
        self.facts, self.earlier, self.options, self.topic = (), (), (), None
        self.said, self.counts, self.refused, self.refused_counts, self.unnamed, self.told = (), (), (), (), (), ()
        self.lacking, self.lacking_counts, self.named, self.untold = (), (), (), False

    def touch(self, now: float, lifetime: float = CONTEXT_SECONDS) -> None:
        """A message arrives: drop everything when the last turn is more than `lifetime` seconds ago."""
        if self.touched and now - self.touched > lifetime:
            self.forget()
        self.touched = now


class Conversations:
    """Conversations by chat id, bounded in number, in memory."""

    def __init__(self, limit: int = MAX_CONVERSATIONS) -> None:
        self._limit = limit
        self._by_chat: OrderedDict[str, Conversation] = OrderedDict()

    def of(self, chat: str) -> Conversation:
        """The conversation of a chat: a new one where there is none."""
        conversation = self._by_chat.setdefault(chat, Conversation())
        self._by_chat.move_to_end(chat)
        while len(self._by_chat) > self._limit:
            self._by_chat.popitem(last=False)
        return conversation
