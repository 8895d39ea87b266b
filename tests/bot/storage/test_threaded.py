"""How transactions that wait for SQLite share a commit, and nothing else."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from functools import partial

import pytest
from sqlalchemy import text

from bot.errors import StorageTrouble
from bot.messages import Place
from bot.storage.database import Database, StoredTransaction
from bot.storage.engines import address_of, sqlite_thread_engine
from bot.storage.threaded import MOST_TOGETHER, SqliteThread
from bot.storage.work import Work
from tests.bot.storage.conftest import Look


@pytest.fixture
def kind() -> str:
    """Only SQLite is used from a thread."""
    return "sqlite"


async def begin(database: Database, number: int) -> int:
    """Begin a channel's conversation, unless its number ends with 3 (an error) or 7 (no commit)."""

    async def work(tx: StoredTransaction) -> int:
        await tx.history.open(Place(number))
        if number % 10 == 3:
            raise ZeroDivisionError
        if number % 10 != 7:
            await tx.commit()
        return number

    return await database.write(work)


async def begun(look: Look) -> set[int]:
    """Return the channels whose conversation has begun."""
    rows = await look("SELECT channel_id FROM conversations")
    return {int(str(row[0])) for row in rows}


async def test_one_that_fails_harms_no_other(database: Database, look: Look) -> None:
    """Of those that share a commit each lasts, fails or is undone by itself."""
    numbers = range(4 * MOST_TOGETHER)
    found = await asyncio.gather(
        *(begin(database, number) for number in numbers), return_exceptions=True
    )
    for number, result in zip(numbers, found, strict=True):
        if number % 10 == 3:
            assert isinstance(result, ZeroDivisionError)
        else:
            assert result == number
    assert await begun(look) == {it for it in numbers if it % 10 not in (3, 7)}


async def test_statement_that_fails_harms_no_other(database: Database, look: Look) -> None:
    """A statement that the database refuses undoes its own transaction alone."""

    async def broken(tx: StoredTransaction) -> None:
        await tx.history.open(Place(999))
        await tx.ledger.settle(2**80, None, None)  # type: ignore[arg-type]  # too large on purpose

    works = [begin(database, 1), database.write(broken), begin(database, 2)]
    first, failed, last = await asyncio.gather(*works, return_exceptions=True)
    assert (first, last) == (1, 2)
    assert isinstance(failed, OverflowError | StorageTrouble)
    assert await begun(look) == {1, 2}


async def test_what_follows_a_commit_is_undone(database: Database, look: Look) -> None:
    """What a transaction does after its commit, without another, is undone, and only that."""

    async def work(tx: StoredTransaction) -> None:
        await tx.history.open(Place(1))
        await tx.commit()
        await tx.history.open(Place(2))

    await asyncio.gather(database.write(work), begin(database, 5))
    assert await begun(look) == {1, 5}


async def test_nobody_hears_before_the_commit(database: Database, url: str) -> None:
    """When a caller is told, what it wrote can be read by another connection."""
    path = address_of(url).database
    assert path is not None

    async def then_look(number: int) -> bool:
        await begin(database, number)
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute("SELECT channel_id FROM conversations").fetchall()
        return (number,) in rows

    assert all(await asyncio.gather(*(then_look(10 * number) for number in range(40))))


async def test_others_get_their_turn(database: Database, look: Look) -> None:
    """A transaction of the other kind that comes in between is not put off for ever."""

    async def other() -> None:
        async with database.writing() as tx:
            await tx.history.open(Place(1000))
            await tx.commit()

    await asyncio.gather(*(begin(database, 10 * it) for it in range(50)), other())
    assert len(await begun(look)) == 51


async def test_cancelled_before_and_after_it_began(database: Database, look: Look) -> None:
    """Whoever leaves while waiting leaves nothing; once begun, all of it is done."""
    async with database.writing():
        waiting = [asyncio.create_task(begin(database, 10 * number)) for number in range(1, 4)]
        await asyncio.sleep(0)
        waiting[1].cancel()
        await asyncio.wait([waiting[1]])
        assert waiting[1].cancelled()
    await asyncio.gather(waiting[0], waiting[2])
    assert await begun(look) == {10, 30}
    for number in range(5, 40):
        task = asyncio.create_task(begin(database, 10 * number))
        for _ in range(number % 7):
            await asyncio.sleep(0.0002)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled() or task.result() == 10 * number
    assert await begin(database, 9_990) == 9_990


async def test_closed(open_database: Callable[[], Awaitable[Database]]) -> None:
    """Transactions of before the end are done, later ones are refused."""
    database = await open_database()
    early = asyncio.create_task(begin(database, 10))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await database.close()
    assert await early == 10
    with pytest.raises(StorageTrouble):
        await begin(database, 20)


class _Open:
    """A place among those that write, always free."""

    async def __aenter__(self) -> None:
        """Come in."""

    async def __aexit__(self, *_: object) -> None:
        """Go out."""


async def test_lost_transaction_is_told_to_all_in_it(database: Database, url: str) -> None:
    """Where the database undoes everything, as on a full disk, nobody is told that theirs lasts."""
    engine = sqlite_thread_engine(address_of(url), begin="BEGIN IMMEDIATE", pragmas=())
    thread = SqliteThread(engine, _Open)

    async def insert(number: int, work: Work) -> int:
        key = {"key": str(number)}
        await work.run(text("INSERT INTO quota_locks VALUES (:key)"), key)
        if number % 10 == 2:
            await work.run(text("INSERT OR ROLLBACK INTO quota_locks VALUES (:key)"), key)
        await work.commit()
        return number

    lasting, lost = set[int](), [False]
    for first in range(0, 500, 10):
        # On a busy machine there may be no time for the first two to be in it.
        if all(lost):
            break
        found = await asyncio.gather(
            *(thread.run(partial(insert, first + number)) for number in range(4)),
            return_exceptions=True,
        )
        *lost, is_next_lost = (isinstance(it, StorageTrouble) for it in found)
        assert lost[2]
        assert not is_next_lost
        lasting |= {it for it in found if isinstance(it, int)}
    await thread.close()
    assert all(lost)
    async with database.reading():
        pass
    with closing(sqlite3.connect(address_of(url).database or "")) as connection:
        stored = connection.execute("SELECT key FROM quota_locks").fetchall()
    assert {int(key) for (key,) in stored} == lasting
