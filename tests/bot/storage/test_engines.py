"""What is said when a database can't be used."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import StorageTrouble
from bot.storage.database import Database
from bot.storage.engines import address_of, sqlite_engine, translated
from bot.storage.migrating import migrate
from tests.bot.storage.conftest import NOW


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///data/threadlight.db", "sqlite+aiosqlite"),
        ("postgres://someone@localhost/bot", "postgresql+asyncpg"),
        ("postgresql://someone@localhost/bot", "postgresql+asyncpg"),
    ],
)
def test_driver_is_ours_to_choose(url: str, driver: str) -> None:
    """An address without our driver's name will do."""
    assert address_of(url).drivername == driver


@pytest.mark.parametrize(
    "url", ["mysql://localhost/bot", "sqlite://", "sqlite:///:memory:", "data"]
)
def test_unsuitable_address(url: str) -> None:
    """An address that we can't use is refused before anything is opened."""
    with pytest.raises(StorageTrouble):
        address_of(url)


def test_password_is_not_told() -> None:
    """What is said of an address does not tell its password."""
    with pytest.raises(StorageTrouble) as caught:
        address_of("mysql://someone:hunter2@localhost/bot")
    assert "hunter2" not in str(caught.value)


async def test_no_database_there() -> None:
    """A server that does not answer is called unreachable."""
    with pytest.raises(StorageTrouble) as caught:
        await Database.open(
            "postgresql://nobody@127.0.0.1:1/bot", clock=lambda: NOW, defaults=(), ceiling=None
        )
    assert caught.value.kind == "unreachable"


def test_file_that_is_no_database(tmp_path: Path) -> None:
    """A file with something else in it is called corrupt, and is not touched."""
    file = tmp_path / "notes.db"
    file.write_text("not a database at all, " * 100)
    with pytest.raises(StorageTrouble) as caught:
        migrate(f"sqlite:///{file}")
    assert caught.value.kind == "corrupt"
    assert file.read_text().startswith("not a database")


def test_folder_that_is_a_file(tmp_path: Path) -> None:
    """A folder that can't be made is called unreachable."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(StorageTrouble) as caught:
        migrate(f"sqlite:///{tmp_path / 'taken' / 'threadlight.db'}")
    assert caught.value.kind == "unreachable"


async def test_disk_full(tmp_path: Path) -> None:
    """A file that can't grow is called full, and what people wrote is not repeated."""
    address = address_of(f"sqlite:///{tmp_path / 'small.db'}")
    engine = sqlite_engine(address, begin="BEGIN", pragmas=["max_page_count=4"], connections=1)

    async def fill() -> None:
        with translated():
            async with engine.begin() as connection:
                await connection.execute(text("CREATE TABLE words (word TEXT)"))
                statement = text("INSERT INTO words VALUES (:word)")
                await connection.execute(statement, {"word": "secret " * 9999})

    with pytest.raises(StorageTrouble) as caught:
        await fill()
    await engine.dispose()
    assert caught.value.kind == "full"
    assert "secret" not in str(caught.value)
    assert "secret" not in str(caught.value.__cause__)


async def test_locked_by_another_process(tmp_path: Path) -> None:
    """A file that somebody else keeps locked is called busy."""
    file = tmp_path / "threadlight.db"
    await asyncio.to_thread(migrate, f"sqlite:///{file}")
    address = address_of(f"sqlite:///{file}")
    engine = sqlite_engine(
        address, begin="BEGIN IMMEDIATE", pragmas=(), connections=1, patience=0.01
    )
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageTrouble) as caught, translated():
            async with engine.begin():
                pass
    await engine.dispose()
    assert caught.value.kind == "busy"
