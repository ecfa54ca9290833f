"""What the bot remembers of one conversation, and for how long."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

#: seconds after the last message in which a follow-up still sees it
CONTEXT_SECONDS = 600.0
#: facts of earlier turns that are remembered
MOST_EARLIER = 4
#: conversations remembered at once; the least recently used goes first
MAX_CONVERSATIONS = 10_000


_Ids = tuple[str, ...]
#: facts, earlier, options, topic, said, counts, refused, refused_counts
Situation = tuple[_Ids, _Ids, _Ids, str | None, _Ids, _Ids, _Ids, _Ids]


@dataclass
class Conversation:
    """The last turn of a conversation. Plain data: a store may keep it anywhere.

    `facts` are those last stated, `earlier` those of the turns before, latest last; `options` those last offered to
    choose from, `topic` the last overview's, `said` the concepts of the last question, `counts` what it asked to
    count, `refused` and `refused_counts` the same of a question of another place or time; `touched` is the time of
    the last turn in seconds since the epoch.
    """

    facts: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    topic: str | None = None
    said: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    refused_counts: tuple[str, ...] = ()
    touched: float = 0.0

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
        )

    def state(self, facts: tuple[str, ...]) -> None:
        """These facts are stated now; those before them become earlier ones."""
        self.earlier = tuple(f for f in (*self.earlier, *self.facts) if f not in facts)[-MOST_EARLIER:]
        self.facts = facts

    def forget(self) -> None:
        """Drop what was said."""
        self.facts, self.earlier, self.options, self.topic = (), (), (), None
        self.said, self.counts, self.refused, self.refused_counts = (), (), (), ()

    def touch(self, now: float, lifetime: float = CONTEXT_SECONDS) -> None:
        """A message arrives: drop everything when the last turn is more than `lifetime` seconds ago."""
        if self.touched and now - self.touched > lifetime:
            self.forget()
        self.touched = now


@dataclass
class Conversations:
    """Conversations by chat id, bounded in number, in memory."""

    limit: int = MAX_CONVERSATIONS
    _by_chat: OrderedDict[str, Conversation] = field(default_factory=OrderedDict)

    def of(self, chat: str) -> Conversation:
        """The conversation of a chat: a new one where there is none."""
        conversation = self._by_chat.setdefault(chat, Conversation())
        self._by_chat.move_to_end(chat)
        while len(self._by_chat) > self.limit:
            self._by_chat.popitem(last=False)
        return conversation
