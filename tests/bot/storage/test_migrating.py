"""How a database gets its schema."""

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import StorageTrouble
from bot.storage.migrating import migrate, scripts
from bot.storage.tables import metadata
from tests.bot.storage.conftest import Look, Postgres

MIGRATE = "import sys; from bot.storage.migrating import migrate; migrate(sys.argv[1])"


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database without tables."""
    if kind == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'new folder' / '100%.db'}"
    lent: Postgres = request.getfixturevalue("postgres")
    return lent.empty_database()


async def test_migrated_schema_is_that_of_the_tables(url: str) -> None:
    """The migrations lead to exactly the tables that the code works with."""
    await asyncio.to_thread(migrate, url)

    def differences(connection: Connection) -> object:
        options = {"compare_type": True, "compare_server_default": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    def indexes(connection: Connection) -> dict[str, set[str | None]]:
        found = inspect(connection)
        return {
            name: {index["name"] for index in found.get_indexes(name)}
            - {unique["name"] for unique in found.get_unique_constraints(name)}
            for name in metadata.tables
        }

    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
        assert await connection.run_sync(indexes) == {
            name: {index.name for index in table.indexes} for name, table in metadata.tables.items()
        }


async def test_again_changes_nothing(url: str, look: Look) -> None:
    """A database that is up to date stays as it is."""
    await asyncio.to_thread(migrate, url)
    await look("INSERT INTO quota_locks VALUES ('kept')")
    await asyncio.to_thread(migrate, url)
    assert await look("SELECT key FROM quota_locks") == [("kept",)]


async def test_processes_that_start_together_wait_for_each_other(url: str, look: Look) -> None:
    """Of several processes on a new database one migrates, and none fails."""
    starts = [
        asyncio.create_subprocess_exec(
            sys.executable, "-c", MIGRATE, url, stderr=subprocess.PIPE, cwd=Path.cwd()
        )
        for _ in range(3)
    ]
    processes = await asyncio.gather(*starts)
    outputs = await asyncio.gather(*(process.communicate() for process in processes))
    assert [process.returncode for process in processes] == [0, 0, 0], outputs
    assert await look("SELECT version_num FROM alembic_version") == [("0002",)]


async def test_schema_of_another_version(url: str, look: Look) -> None:
    """A database that a newer version has migrated is left alone."""
    await asyncio.to_thread(migrate, url)
    await look("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageTrouble) as caught:
        await asyncio.to_thread(migrate, url)
    assert caught.value.kind == "unsuitable"
    assert await look("SELECT version_num FROM alembic_version") == [("9999",)]


def test_migrations_are_found_from_anywhere() -> None:
    """The migrations are found through the program itself, not through the current folder."""
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            "from bot.storage.migrating import scripts; print(scripts())",
        ],
        cwd=tempfile.gettempdir(),
        env={"PYTHONPATH": str(scripts().parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(found.stdout.strip()) == scripts()
    assert (scripts() / "env.py").is_file()
