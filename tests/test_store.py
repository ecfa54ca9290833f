"""What is remembered, for how long, and what happens while the database is away: on SQLite and a real PostgreSQL."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

import pytest

from bot.state.database import DatabaseError, Session, open_database
from bot.state.grouped import GroupedDatabase
from bot.state.schema import MIGRATIONS
from bot.state.store import ANSWERS_KEPT, LEASE, UPDATES_KEPT, Miss, Store
from bot.understanding.conversation import Conversation
from tests.postgres import postgres_url

T = TypeVar("T")
SECRET = "123:secret"


class Run(Protocol):
    def __call__(self, work: Awaitable[T]) -> T: ...


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'state.sqlite3'}" if request.param == "sqlite" else postgres_url(request)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def run() -> Iterator[Run]:
    with asyncio.Runner() as runner:

        async def awaited(work: Awaitable[T]) -> T:
            return await work

        yield lambda work: runner.run(awaited(work))


def open_store(url: str, clock: Clock, *, questions_kept: float = 0.0) -> Store:
    return Store(open_database(url), SECRET, context_seconds=600, questions_kept=questions_kept, clock=clock)


def test_a_conversation_survives_a_restart(url: str, clock: Clock, run: Run) -> None:
    said = Conversation(facts=("solar.stations",), said=("光伏",), topic="solar", touched=clock.now)
    store = open_store(url, clock)
    run(store.remember("1:2", said))
    run(store.close())
    again = open_store(url, clock)
    assert run(again.conversation("1:2")) == said
    assert run(again.conversation("1:3")) == Conversation()
    run(again.close())


def test_a_turn_kept_by_another_version_of_the_program_is_still_read(url: str, clock: Clock, run: Run) -> None:
    database = open_database(url)
    store = Store(database, SECRET, context_seconds=600, clock=clock)
    run(store.remember("1:2", Conversation(facts=("solar.stations",))))
    kept = '{"facts": ["solar.stations"], "of_a_later_version": 1}'
    run(database.transact(lambda session: session.run("UPDATE conversations SET turn = %s", kept)))
    assert run(store.conversation("1:2")) == Conversation(facts=("solar.stations",))
    run(store.close())


def test_an_update_is_one_process_s_until_its_lease_ends(url: str, clock: Clock, run: Run) -> None:
    one, other = open_store(url, clock), open_store(url, clock)
    assert run(one.claim(7)).is_ours
    assert run(other.claim(7)).is_ours is False
    clock.now += LEASE + 1
    assert run(other.claim(7)).is_ours
    run(other.handled(7, "answer", sent=False))
    held = run(one.claim(7))
    assert (held.is_ours, held.answer, held.sent) == (False, "answer", False)
    for store in (one, other):
        run(store.close())


def test_who_fetches_alone_takes_over_what_a_crash_left(url: str, clock: Clock, run: Run) -> None:
    store = open_store(url, clock)
    run(store.claim(8))
    assert run(store.claim(8, alone=True)).is_ours
    run(store.handled(8))
    assert not run(store.claim(8, alone=True)).is_ours
    run(store.close())


def test_everything_expires_on_schedule(url: str, clock: Clock, run: Run) -> None:
    store = open_store(url, clock, questions_kept=1000)
    run(store.remember("1:1", Conversation(facts=("solar.stations",))))
    run(store.claim(9))
    run(store.handled(9))
    run(store.answered(1, 2, 3))
    run(store.missed("1:1", 5, "唐山呢", "abstain"))
    run(store.rate("1:1", 6, ["solar.stations"], "光伏几个", liked=False))
    assert run(store.misses()) == [Miss("唐山呢", "abstain"), Miss("光伏几个", "disliked")]
    clock.now += max(ANSWERS_KEPT, UPDATES_KEPT) + LEASE + 1
    run(store.expire())
    assert run(store.conversation("1:1")) == Conversation()
    assert run(store.claim(9)).is_ours
    assert run(store.answer_to(1, 2)) is None
    assert run(store.misses()) == []
    assert run(store.ratings()) == (0, 1)
    run(store.close())


def test_forgetting_deletes_one_speaker_and_no_other(url: str, clock: Clock, run: Run) -> None:
    store = open_store(url, clock, questions_kept=1000)
    for speaker in ("1:1", "1:2"):
        run(store.remember(speaker, Conversation(facts=("solar.stations",))))
        run(store.missed(speaker, 1, "唐山呢", "abstain"))
        run(store.rate(speaker, 2, ["solar.stations"], "", liked=True))
    run(store.answered(1, 5, 6))
    assert run(store.forget("1:1"))
    assert run(store.answer_to(1, 5)) is None
    assert run(store.conversation("1:1")) == Conversation()
    assert run(store.conversation("1:2")) != Conversation()
    assert run(store.misses()) == [Miss("唐山呢", "abstain")]
    assert run(store.ratings()) == (1, 0)
    run(store.close())


def test_question_texts_are_not_kept_unless_asked_for(url: str, clock: Clock, run: Run) -> None:
    store = open_store(url, clock)
    run(store.missed("1:1", 1, "唐山呢", "abstain"))
    run(store.rate("1:1", 2, ["solar.stations"], "光伏几个", liked=False))
    assert run(store.misses()) == []
    run(store.close())


def test_outcomes_are_counted_by_day(url: str, clock: Clock, run: Run) -> None:
    store = open_store(url, clock)
    for update, outcome in enumerate(("answer", "answer", "abstain")):
        run(store.claim(update))
        run(store.handled(update, outcome=outcome))
    day = "1970-01-12"
    assert run(store.counts()) == [(day, "abstain", 1), (day, "answer", 2)]
    clock.now += UPDATES_KEPT + LEASE + 1
    run(store.expire())
    assert run(store.counts()) == [(day, "abstain", 1), (day, "answer", 2)]
    run(store.close())


def test_no_telegram_id_stands_in_the_file(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "state.sqlite3"

    async def use() -> None:
        store = open_store(f"sqlite:///{path}", clock)
        await store.remember("987654321:123456789", Conversation())
        await store.answered(987654321, 1, 2)
        await store.close()

    asyncio.run(use())
    content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"987654321" not in content
    assert b"123456789" not in content


@pytest.mark.parametrize("url", ["postgresql://nobody:hunter2@127.0.0.1:9/none", "sqlite:////proc/nowhere/state"])
def test_a_database_that_is_away_is_told_once_and_raises_nothing(
    url: str, clock: Clock, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    store = open_store(url, clock)
    assert run(store.open()) is False
    assert run(store.claim(1)).is_ours
    assert run(store.conversation("1:1")) == Conversation()
    run(store.remember("1:1", Conversation()))
    assert run(store.forget("1:1")) is False
    assert len(caplog.records) == 1
    assert "hunter2" not in caplog.text
    run(store.close())


def test_work_of_one_moment_is_committed_together_but_fails_alone(url: str, run: Run) -> None:
    database = GroupedDatabase(open_database(url))

    def create(session: Session) -> None:
        session.run("CREATE TABLE counted (number INTEGER NOT NULL)")

    def insert(number: int | None) -> Callable[[Session], object]:
        return lambda session: session.run("INSERT INTO counted VALUES (%s)", number)

    def fail(_: Session) -> object:
        raise KeyError("a mistake of ours")

    async def use() -> list[object]:
        await database.transact(create)
        works = (insert(1), insert(None), fail, insert(2))
        return list(await asyncio.gather(*map(database.transact, works), return_exceptions=True))

    done = run(use())
    assert [type(result) for result in done] == [list, DatabaseError, KeyError, list]
    assert run(database.read("SELECT number FROM counted ORDER BY number")) == [(1,), (2,)]
    run(database.close())


def test_a_database_of_another_kind_is_refused() -> None:
    with pytest.raises(DatabaseError):
        open_database("mysql://host/name")


def test_an_older_database_is_migrated(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "old.sqlite3"
    with sqlite3.connect(path) as old:
        old.execute("CREATE TABLE schema_version (one INTEGER PRIMARY KEY, version INTEGER NOT NULL)")
        old.execute("INSERT INTO schema_version VALUES (1, 0)")
    old.close()

    async def use() -> bool:
        store = open_store(f"sqlite:///{path}", clock)
        is_open = await store.open()
        await store.close()
        return is_open

    assert asyncio.run(use())
    with sqlite3.connect(path) as new:
        assert new.execute("SELECT version FROM schema_version").fetchone() == (len(MIGRATIONS),)
    new.close()
