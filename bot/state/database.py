"""SQLite or PostgreSQL behind one way to run SQL: whatever a store needs of either."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol, TypeVar

Row = tuple[Any, ...]
T = TypeVar("T")

#: connections that a process holds to PostgreSQL at most
_CONNECTIONS = 4
#: seconds to wait for a connection, or for a lock that another process holds
_PATIENCE = 5


class DatabaseError(Exception):
    """The database can't be reached or refused; the text says why, without secrets."""


class Session(Protocol):
    """What runs SQL inside one transaction. Parameters are written %s in both databases."""

    def run(self, sql: str, *values: object) -> list[Row]:
        """The rows that the statement returns; [] for one that returns none."""


class Database(Protocol):
    """A database whose transactions are functions of a session."""

    async def transact(self, work: Callable[[Session], T]) -> T:
        """Run the work in one transaction, committed at its end. Raises DatabaseError."""

    async def read(self, sql: str, *values: object) -> list[Row]:
        """The rows of one statement that changes nothing. Raises DatabaseError."""

    async def close(self) -> None:
        """Give back all connections."""


def open_database(url: str) -> Database:
    """The database of a URL: sqlite:///path (or sqlite:// for one in memory), postgres:// or postgresql://.

    Raises DatabaseError for another kind of URL, or when the package for it isn't installed.
    """
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite":
        return SqliteDatabase(Path(rest.removeprefix("/")) if rest.strip("/") else None)
    if scheme in ("postgres", "postgresql"):
        return PostgresDatabase(f"postgresql://{rest}")
    raise DatabaseError("not a sqlite:// or postgresql:// URL")


class SqliteDatabase:
    """A file (or memory). One connection, used where it was opened: a statement takes microseconds."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    async def transact(self, work: Callable[[Session], T]) -> T:
        try:
            connection = self._connection = self._connection or self._connect()
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                return work(_SqliteSession(connection))
        except (sqlite3.Error, OSError) as error:
            raise DatabaseError(f"{type(error).__name__}: {error}") from error

    async def read(self, sql: str, *values: object) -> list[Row]:
        try:
            self._connection = self._connection or self._connect()
            return _SqliteSession(self._connection).run(sql, *values)
        except (sqlite3.Error, OSError) as error:
            raise DatabaseError(f"{type(error).__name__}: {error}") from error

    async def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self) -> sqlite3.Connection:
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path or ":memory:", timeout=_PATIENCE, isolation_level=None)
        # A crash of the process loses nothing; only one of the whole machine may lose the last moments.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection


class _SqliteSession:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def run(self, sql: str, *values: object) -> list[Row]:
        return self._connection.execute(sql.replace("%s", "?"), values).fetchall()


class PostgresDatabase:
    """A server. Waiting for it is left to threads with a connection each."""

    def __init__(self, url: str) -> None:
        try:
            import psycopg
        except ImportError as error:
            raise DatabaseError("PostgreSQL needs the extra reportbot[server]") from error
        self._psycopg = psycopg
        self._url = url
        self._own = threading.local()
        self._opened: list[Any] = []
        self._threads = ThreadPoolExecutor(_CONNECTIONS, thread_name_prefix="postgres")

    async def transact(self, work: Callable[[Session], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._transact, work)

    async def read(self, sql: str, *values: object) -> list[Row]:
        return await self.transact(lambda session: session.run(sql, *values))

    async def close(self) -> None:
        self._threads.shutdown(wait=True)
        for connection in self._opened:
            connection.close()
        self._opened.clear()

    def _transact(self, work: Callable[[Session], T]) -> T:
        try:
            try:
                return self._try(work)
            except self._psycopg.OperationalError:
                return self._try(work)  # a connection that the server closed long ago tells so only when used
        except self._psycopg.Error as error:
            # Its own text may quote the address, and with it the password.
            raise DatabaseError(type(error).__name__) from None

    def _try(self, work: Callable[[Session], T]) -> T:
        connection = self._connection()
        with connection.transaction(), connection.cursor() as cursor:
            return work(_PostgresSession(cursor))

    def _connection(self) -> Any:
        connection = getattr(self._own, "connection", None)
        if connection is None or connection.closed:
            connection = self._psycopg.connect(self._url, connect_timeout=_PATIENCE, autocommit=True)
            self._own.connection = connection
            self._opened = [old for old in self._opened if not old.closed] + [connection]
        return connection


class _PostgresSession:
    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def run(self, sql: str, *values: object) -> list[Row]:
        self._cursor.execute(sql, values)
        return list(self._cursor.fetchall()) if self._cursor.description else []
