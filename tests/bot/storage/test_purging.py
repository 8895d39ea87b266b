"""What was deleted leaves the database's files: pages, gaps in them, free ones, and the log."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StorageTrouble
from bot.ports import Transaction
from bot.quota.rules import Meter
from bot.storage.database import Database
from bot.storage.purging import purge
from tests.bot.storage.conftest import NOW, OpenDatabase

WORD = "Kelmuffin"


@pytest.fixture
def kind() -> str:
    """Name the kind of database whose files are ours."""
    return "sqlite"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the database's file."""
    return tmp_path / "threadlight.db"


def is_left(file: Path) -> bool:
    """Tell whether the word stands anywhere in the database's files."""
    files = [it for it in file.parent.iterdir() if it.name.startswith(file.name)]
    return any(WORD.encode() in it.read_bytes() for it in files)


def leave_traces(file: Path) -> None:
    """Write and delete words as an older version did, which overwrote nothing."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("CREATE TABLE old (text TEXT)")
        rows = [(f"{WORD} {number} " * size,) for number in range(50) for size in (1, 40, 900)]
        connection.executemany("INSERT INTO old VALUES (?)", rows)
        connection.execute("DELETE FROM old")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


async def test_a_purge_leaves_nothing(database: Database, file: Path) -> None:
    """Free pages, gaps and the log hold nothing of what was deleted, however long ago."""
    leave_traces(file)
    assert is_left(file)
    assert await database.purge()
    assert not is_left(file)


async def test_what_is_deleted_is_overwritten(database: Database, file: Path) -> None:
    """What is deleted from now on leaves the file without being written anew."""

    async def write(tx: Transaction) -> None:
        await tx.ledger.grant(3, 4, Meter.TOKENS, 5, 6, NOW, reason=WORD * 2_000)
        await tx.commit()

    async def erase(tx: Transaction) -> None:
        await tx.erasures.erase_others(6)
        await tx.commit()

    await database.write(write)
    assert is_left(file)
    await database.write(erase)
    await database.purge(most_bytes=0)
    assert not is_left(file)


async def test_not_while_somebody_reads(database: Database, file: Path) -> None:
    """Where somebody reads what was, the log stays, and that is told; afterwards it goes."""
    leave_traces(file)
    async with database.reading() as tx:
        await tx.erasures.turns_of(1, NOW)
        assert not await database.purge()
    assert await database.purge()
    assert not is_left(file)


async def test_a_large_one_is_purged_at_the_next_start(
    open_database: OpenDatabase, file: Path
) -> None:
    """What would keep people waiting is left for the next start, which does it once."""
    first = await open_database()
    leave_traces(file)

    async def erased(tx: Transaction) -> None:
        await tx.erasures.begin(1, NOW)
        await tx.erasures.begin(2, NOW)
        await tx.erasures.note_erased(1, NOW)
        await tx.commit()

    await first.write(erased)
    assert not await first.purge(most_bytes=1_000)
    await first.close()
    assert is_left(file)
    second = await open_database()
    assert not is_left(file)
    async with second.reading() as tx:
        assert await tx.erasures.begun() == [(2, NOW)]
        assert await tx.erasures.is_forgotten(1, NOW)
        assert not await tx.erasures.is_forgotten(1, NOW + timedelta(seconds=1))


async def test_a_start_while_somebody_reads(open_database: OpenDatabase, file: Path) -> None:
    """What a start could not purge, as another program reads the file, is not called purged."""
    first = await open_database()

    async def erased(tx: Transaction) -> None:
        await tx.ledger.grant(3, 4, Meter.TOKENS, 5, 6, NOW, reason=WORD)
        await tx.erasures.begin(6, NOW)
        await tx.commit()

    async def erase(tx: Transaction) -> None:
        await tx.erasures.erase_others(6)
        await tx.erasures.note_erased(6, NOW)
        await tx.commit()

    await first.write(erased)
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM ledger").fetchone()
        await first.write(erase)
        await first.close()
        second = await open_database()
        assert is_left(file)
        async with second.reading() as tx:
            assert await tx.erasures.begun() == [(6, NOW)]
        reader.execute("ROLLBACK")
    assert await second.purge()
    assert not is_left(file)


async def test_no_room_to_purge(file: Path) -> None:
    """A file that is in use by others stays as it is, and the trouble is told."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE it (a)")
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageTrouble, match="busy"):
            purge(str(file))
