"""Many transactions as one: those asked for while another runs go together, and so cost one commit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from bot.state.database import Database, Row, Session

T = TypeVar("T")

_Work = Callable[[Session], Any]


class GroupedDatabase:
    """A database whose transactions of one moment are committed together; each still sees those before it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[_Work, asyncio.Future[Any]]] = []
        self._running: asyncio.Task[None] | None = None

    async def transact(self, work: Callable[[Session], T]) -> T:
        """Run the work together with that of others; it returns when all is committed. Raises DatabaseError.

        What the work of one raises doesn't keep that of the others from being committed.
        """
        result: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, result))
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return await result

    async def read(self, sql: str, *values: object) -> list[Row]:
        """The rows of one statement that changes nothing. Raises DatabaseError."""
        return await self.transact(lambda session: session.run(sql, *values))

    async def close(self) -> None:
        """Give back all connections, when what waits is done."""
        if self._running is not None:
            await self._running
        await self._database.close()

    async def _run(self) -> None:
        try:
            while self._waiting:
                group, self._waiting = self._waiting, []
                await self._commit(group)
        finally:
            self._running = None

    async def _commit(self, group: list[tuple[_Work, asyncio.Future[Any]]]) -> None:
        try:
            done = await self._database.transact(lambda session: [work(session) for work, _ in group])
        except Exception as error:
            if len(group) == 1:
                _settle(group[0][1], error=error)
                return
            for one in group:  # whose fault it is shows by itself
                await self._commit([one])
        else:
            for (_, result), value in zip(group, done, strict=True):
                _settle(result, value)


def _settle(result: asyncio.Future[Any], value: object = None, *, error: Exception | None = None) -> None:
    """Tell whoever waits, unless they were cancelled."""
    if result.done():
        return
    if error is not None:
        result.set_exception(error)
    else:
        result.set_result(value)
