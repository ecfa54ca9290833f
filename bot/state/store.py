"""The one store: what is remembered, for how long, and how it is forgotten."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.state.database import Database, DatabaseError, Row, Session
from bot.state.schema import migrate
from bot.understanding.conversation import Conversation

T = TypeVar("T")

#: seconds for which handled updates are known: Telegram delivers one again for at most a day
UPDATES_KEPT = 26 * 3600.0
#: seconds for which an edited question still edits its answer (Telegram lets bots edit for two days)
ANSWERS_KEPT = 48 * 3600.0
#: seconds between two rounds of dropping what is old
EXPIRY_EVERY = 600.0
#: seconds that a process has for one update before another may take it on
LEASE = 15.0
#: seconds between two lines of the log about a database that is away
_COMPLAIN_EVERY = 30.0

#: what is kept of a conversation
_TURN = tuple(vars(Conversation()))
_Write = tuple[str, tuple[object, ...]]
#: the writes held back until the update in hand is done
_batch: ContextVar[list[_Write] | None] = ContextVar("batch", default=None)

_NOTHING: list[Row] = []

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Claim:
    """Whether an update is this process's to handle.

    Otherwise `answer` is what it was answered with before (to be sent again if that never reached Telegram: `sent`),
    or None while another process is at it.
    """

    is_ours: bool
    answer: str | None = None
    sent: bool = False


@dataclass(frozen=True)
class Miss:
    """A question that wasn't answered, or whose answer wasn't liked."""

    question: str
    outcome: str


class Store:
    """Remembers; while the database is away it remembers nothing and says so in the log, and nothing raises."""

    def __init__(
        self,
        database: Database,
        secret: str,
        *,
        context_seconds: float,
        questions_kept: float = 0.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`secret` keys the hashes that stand for people; `questions_kept`: seconds for which a question's text is
        kept, 0 for not at all."""
        self._database = database
        self._secret = secret.encode()
        self._context_seconds = context_seconds
        self._clock = clock
        self.questions_kept = questions_kept
        self._is_ready = False
        self._complained = 0.0

    async def open(self) -> bool:
        """Create or migrate the tables; False while the database is away (it is tried again later)."""
        return await self._try(lambda _: True, default=False)

    async def close(self) -> None:
        """Give back the connections."""
        await self._database.close()

    # ---- updates

    async def claim(self, update: int, *, alone: bool = False) -> Claim:
        """Take an update on, unless it is handled already or another process is at it (impossible when `alone`)."""
        now = self._clock()
        free_before = now + LEASE + 1 if alone else now

        def work(session: Session) -> Claim:
            taken = session.run(
                "INSERT INTO updates (id, leased) VALUES (%s, %s) ON CONFLICT (id) DO UPDATE SET leased = %s"
                " WHERE updates.answer IS NULL AND updates.leased < %s RETURNING id",
                update, now + LEASE, now + LEASE, free_before,
            )  # fmt: skip
            if taken:
                return Claim(True)
            answer, sent = session.run("SELECT answer, sent FROM updates WHERE id = %s", update)[0]
            return Claim(False, answer, bool(sent))

        return await self._try(work, default=Claim(True))

    async def handled(self, update: int, answer: str = "", *, sent: bool = True, outcome: str = "") -> None:
        """An update is handled; `answer` is what the webhook's response says, `sent` whether that went out.

        `outcome`: what came of it, for the counts by day.
        """
        await self._write(
            "UPDATE updates SET answer = %s, sent = %s, day = %s, outcome = %s WHERE id = %s",
            answer, int(sent), _day(self._clock()), outcome or None, update,
        )  # fmt: skip

    async def sent(self, update: int) -> None:
        """The answer to an update went out."""
        await self._write("UPDATE updates SET sent = 1 WHERE id = %s", update)

    @asynccontextmanager
    async def together(self) -> AsyncIterator[None]:
        """Write all that is remembered inside in one transaction at the end: all of an update, or nothing."""
        batch: list[_Write] = []
        token = _batch.set(batch)
        try:
            yield
        finally:
            _batch.reset(token)

        def work(session: Session) -> None:
            for sql, values in batch:
                session.run(sql, *values)

        await self._try(work, default=None)

    async def release(self, update: int) -> None:
        """Handling an update failed: whoever gets it again may try."""
        await self._write("DELETE FROM updates WHERE id = %s AND answer IS NULL", update)

    # ---- conversations

    async def conversation(self, speaker: str) -> Conversation:
        """What was said last by this speaker in this chat; a new conversation where nothing is known."""
        rows = await self._run("SELECT turn FROM conversations WHERE speaker = %s", self._hash(speaker))
        if not rows:
            return Conversation()
        # Another version of the program may have kept more, or less.
        kept: dict[str, Any] = {name: v for name, v in json.loads(rows[0][0]).items() if name in _TURN}
        turn: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in kept.items()}
        return Conversation(**turn)

    async def remember(self, speaker: str, conversation: Conversation) -> None:
        """Keep the conversation's last turn."""
        turn = json.dumps({name: getattr(conversation, name) for name in _TURN})
        await self._write(
            "INSERT INTO conversations VALUES (%s, %s, %s) ON CONFLICT (speaker) DO UPDATE SET turn = excluded.turn,"
            " touched = excluded.touched",
            self._hash(speaker), turn, self._clock(),
        )  # fmt: skip

    # ---- answers

    async def answered(self, chat: int, question: int, answer: int) -> None:
        """The bot's message that answers a question."""
        await self._write(
            "INSERT INTO answers VALUES (%s, %s, %s, %s) ON CONFLICT (chat, question) DO UPDATE SET"
            " answer = excluded.answer, at = excluded.at",
            self._hash(str(chat)), question, answer, self._clock(),
        )  # fmt: skip

    async def answer_to(self, chat: int, question: int) -> int | None:
        """The bot's message that answers a question, None where there is none (any more)."""
        rows = await self._run(
            "SELECT answer FROM answers WHERE chat = %s AND question = %s", self._hash(str(chat)), question
        )
        return int(rows[0][0]) if rows else None

    # ---- use

    async def counts(self) -> list[tuple[str, str, int]]:
        """(day, outcome, number) of every day (UTC), the latest day first."""
        rows = await self._run(
            "SELECT day, outcome, SUM(number) FROM (SELECT day, outcome, number FROM outcomes UNION ALL"
            " SELECT day, outcome, 1 FROM updates WHERE outcome IS NOT NULL) AS every_one"
            " GROUP BY day, outcome ORDER BY day DESC, outcome"
        )
        return [(str(day), str(outcome), int(number)) for day, outcome, number in rows]

    async def rate(self, speaker: str, message: int, facts: Sequence[str], question: str, *, liked: bool) -> None:
        """👍 or 👎 for an answer; a later one for the same answer replaces it."""
        await self._write(
            "INSERT INTO feedback VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (speaker, message) DO UPDATE SET"
            " liked = excluded.liked, at = excluded.at",
            self._hash(speaker), message, int(liked), ",".join(facts),
            question if self.questions_kept and question else None, self._clock(),
        )  # fmt: skip

    async def ratings(self) -> tuple[int, int]:
        """How many 👍 and 👎."""
        rows = await self._run("SELECT liked, COUNT(*) FROM feedback GROUP BY liked")
        by_kind = {int(liked): int(number) for liked, number in rows}
        return by_kind.get(1, 0), by_kind.get(0, 0)

    async def missed(self, speaker: str, message: int, question: str, outcome: str) -> None:
        """A question that wasn't answered; kept only where question texts are."""
        if self.questions_kept:
            await self._write(
                "INSERT INTO misses VALUES (%s, %s, %s, %s, %s) ON CONFLICT (speaker, message) DO NOTHING",
                self._hash(speaker), message, outcome, question, self._clock(),
            )  # fmt: skip

    async def misses(self) -> list[Miss]:
        """The questions that weren't answered or whose answers weren't liked, oldest first."""
        rows = await self._run(
            "SELECT question, outcome, at FROM misses UNION ALL"
            " SELECT question, 'disliked', at FROM feedback WHERE liked = 0 AND question IS NOT NULL ORDER BY 3"
        )
        return [Miss(str(question), str(outcome)) for question, outcome, _ in rows]

    # ---- forgetting

    async def forget(self, speaker: str) -> bool:
        """Delete everything that is kept of a speaker ("chat:user") in a chat; False while the database is away."""
        key, chat = self._hash(speaker), self._hash(speaker.partition(":")[0])

        def work(session: Session) -> bool:
            session.run("DELETE FROM conversations WHERE speaker = %s", key)
            session.run("DELETE FROM feedback WHERE speaker = %s", key)
            session.run("DELETE FROM misses WHERE speaker = %s", key)
            session.run("DELETE FROM answers WHERE chat = %s", chat)
            return True

        return await self._try(work, default=False)

    async def expire(self) -> None:
        """Delete everything that is older than it is kept for."""
        now = self._clock()

        def work(session: Session) -> None:
            session.run("DELETE FROM conversations WHERE touched < %s", now - self._context_seconds)
            old = session.run("DELETE FROM updates WHERE leased < %s RETURNING day, outcome", now - UPDATES_KEPT)
            for (day, outcome), number in Counter(row for row in old if row[1]).items():
                session.run(
                    "INSERT INTO outcomes VALUES (%s, %s, %s) ON CONFLICT (day, outcome) DO UPDATE SET"
                    " number = outcomes.number + excluded.number",
                    day, outcome, number,
                )  # fmt: skip
            session.run("DELETE FROM answers WHERE at < %s", now - ANSWERS_KEPT)
            session.run("DELETE FROM misses WHERE at < %s", now - self.questions_kept)
            session.run("UPDATE feedback SET question = NULL WHERE at < %s", now - self.questions_kept)

        await self._try(work, default=None)

    async def keep_expiring(self) -> None:
        """Delete what is old again and again, until cancelled: also when nobody writes to the bot."""
        while True:
            await self.expire()
            await asyncio.sleep(EXPIRY_EVERY)

    # ---- running

    def _hash(self, name: str) -> str:
        return hmac.digest(self._secret, name.encode(), "sha256").hex()[:32]

    async def _run(self, sql: str, *values: object) -> list[Row]:
        return await self._guarded(lambda: self._database.read(sql, *values), default=[])

    async def _write(self, sql: str, *values: object) -> None:
        batch = _batch.get()
        if batch is not None:
            batch.append((sql, values))
        else:
            await self._try(lambda session: session.run(sql, *values), default=_NOTHING)

    async def _try(self, work: Callable[[Session], T], *, default: T) -> T:
        return await self._guarded(lambda: self._database.transact(work), default=default)

    async def _guarded(self, act: Callable[[], Awaitable[T]], *, default: T) -> T:
        try:
            if not self._is_ready:
                await self._database.transact(migrate)
                self._is_ready = True
            return await act()
        except DatabaseError as error:
            if self._clock() - self._complained > _COMPLAIN_EVERY:
                self._complained = self._clock()
                log.warning("数据库连不上（%s），先不带记忆地回答", error)
            return default


def _day(seconds: float) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))
