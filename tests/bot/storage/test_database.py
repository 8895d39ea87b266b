"""How transactions begin and end."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.errors import InvalidChoice
from bot.messages import Place
from bot.ports import Storage
from bot.quota.rules import Demand, Subject
from bot.storage.database import Database
from tests.bot.storage.conftest import NOW

DEMAND = Demand(prompt_tokens=1, max_output_tokens=9, least_output_tokens=1, price=None)

ENDS = """
import asyncio, sys
from datetime import UTC, datetime
from bot.messages import Place
from bot.storage.database import Database

async def main():
    now = lambda: datetime.now(UTC)
    database = await Database.open(sys.argv[1], clock=now, defaults=(), ceiling=None)
    async with database.reading() as reading, database.writing() as tx:
        await tx.history.open(Place(1))
        await reading.history.conversation_of(1)
        print("open", flush=True)
        raise SystemExit(7)

asyncio.run(main())
"""


async def begun(database: Database, channel_id: int) -> bool:
    """Tell whether a channel's conversation is there."""
    async with database.reading() as tx:
        return await tx.history.conversation_of(channel_id) is not None


async def begin(database: Database, channel_id: int) -> None:
    """Begin a channel's conversation."""
    async with database.writing() as tx:
        await tx.history.open(Place(channel_id))
        await tx.commit()


def test_database_is_a_storage(database: Database) -> None:
    """A database gives the core what it needs."""
    storage: Storage = database
    assert storage is database


async def test_commit_lasts(database: Database) -> None:
    """What was committed is there for the next transaction."""
    await begin(database, 5)
    assert await begun(database, 5)


async def test_leaving_without_commit_undoes(database: Database) -> None:
    """What was not committed was never there."""
    async with database.writing() as tx:
        await tx.history.open(Place(5))
    assert not await begun(database, 5)


async def test_error_undoes(database: Database) -> None:
    """An error in a transaction undoes it, comes through as it is, and leaves the way free."""

    async def fail() -> None:
        async with database.writing() as tx:
            await tx.history.open(Place(5))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    await begin(database, 6)
    assert not await begun(database, 5)
    assert await begun(database, 6)


async def test_reading_waits_for_no_writer(database: Database) -> None:
    """While one transaction writes others read what was there before."""
    await begin(database, 5)
    async with database.writing() as tx:
        await tx.history.open(Place(6))
        assert await begun(database, 5)
        assert not await begun(database, 6)


async def test_reading_sees_what_came_before(database: Database) -> None:
    """A transaction that only reads sees what was committed before it began."""
    for channel_id in range(5):
        await begin(database, channel_id)
        assert await begun(database, channel_id)


async def test_cancelled_while_waiting(database: Database) -> None:
    """A task that is cancelled in the queue leaves at once, and the others go on."""
    async with database.writing():
        waiting = [asyncio.create_task(begin(database, number)) for number in range(3)]
        await asyncio.sleep(0)
        waiting[1].cancel()
        if (await asyncio.wait([waiting[1]], timeout=5))[1]:
            pytest.fail("it did not leave")
    await asyncio.gather(waiting[0], waiting[2])
    assert [await begun(database, number) for number in range(3)] == [True, False, True]


async def test_cancelled_in_its_middle(database: Database) -> None:
    """A transaction that is cancelled is undone, and the way is free."""
    reached = asyncio.Event()

    async def hang() -> None:
        async with database.writing() as tx:
            await tx.history.open(Place(5))
            reached.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await begin(database, 6)
    assert not await begun(database, 5)


async def test_cancelled_anywhere(database: Database) -> None:
    """Wherever a cancellation strikes, all of a transaction lasts or nothing."""

    async def turn(number: int) -> None:
        async with database.writing() as tx:
            await tx.history.open(Place(number))
            await tx.ledger.reserve(Subject(1, None, number), DEMAND, NOW)
            await tx.commit()
        async with database.reading() as tx:
            await tx.ledger.standings(Subject(1, None, number), NOW)

    whole = 0
    # Later and later at the end: on a busy machine PostgreSQL takes its time.
    moments = [*range(1, 60), *(2**it for it in range(6, 12))]
    for number, moment in enumerate(moments):
        task = asyncio.create_task(turn(number))
        await passes(moment)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled() or task.exception() is None
        async with database.writing() as tx:
            holds = await tx.history.orphans(NOW.replace(year=2030))
            there = await tx.history.conversation_of(number) is not None
        held = len(holds) - whole
        assert held == there
        whole += held
    assert 0 < whole < len(moments)


async def passes(number: int) -> None:
    """Let the event loop go round a number of times, each with an answer from another thread."""
    for _ in range(number):
        await asyncio.to_thread(lambda: None)


async def test_cancelled_twice(database: Database) -> None:
    """A second cancellation while the first is being obeyed does no harm."""
    for number in range(30):
        task = asyncio.create_task(begin(database, number))
        await passes(number)
        task.cancel()
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
    await begin(database, 99)
    assert await begun(database, 99)


async def test_many_at_once(database: Database) -> None:
    """Hundreds of transactions at once all get their turn."""
    await asyncio.gather(*(begin(database, number) for number in range(200)))
    readers = (begun(database, number) for number in range(200))
    assert all(await asyncio.gather(*readers))


async def test_process_ends_with_a_database_open(url: str) -> None:
    """A process that ends in the middle of a transaction ends, and its work is undone."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", ENDS, url, stdout=subprocess.PIPE, cwd=Path.cwd()
    )
    output, _ = await asyncio.wait_for(process.communicate(), 30)
    assert (output.strip(), process.returncode) == (b"open", 7)


async def test_time_zone_of_a_server(
    open_database: Callable[[], Awaitable[Database]],
) -> None:
    """A server's time zone is UTC until it chooses one, and an unknown name is refused."""
    database = await open_database()
    async with database.writing() as tx:
        assert str(await tx.preferences.time_zone(1)) == "UTC"
        await tx.preferences.set_time_zone(1, "Europe/Berlin")
        await tx.preferences.set_time_zone(1, "Asia/Tokyo")
        for name in ("Mars/Olympus", "", "../etc/passwd"):
            with pytest.raises(InvalidChoice):
                await tx.preferences.set_time_zone(1, name)
        assert str(await tx.preferences.time_zone(1)) == "Asia/Tokyo"
