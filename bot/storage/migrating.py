"""Brings a database to the newest schema."""

import asyncio
import sqlite3
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import URL, Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StorageTrouble
from bot.storage.engines import (
    address_of,
    is_sqlite,
    make_folder,
    postgres_engine,
    sqlite_engine,
    translated,
)

PATIENCE = 120.0
"""Seconds to wait for another process that migrates the same SQLite file."""

_ADVISORY_LOCK = 0x7468_7265_6164
"""The number by which our processes know each other's migration in PostgreSQL."""


def migrate(url: str) -> None:
    """Bring the database to the newest schema, made if there was none; raise `StorageTrouble`.

    Processes that start together wait for each other. It runs an event loop of its own: call it
    from a thread that has none.
    """
    address = address_of(url)
    if is_sqlite(address):
        make_folder(address)
        with translated():
            _keep_a_write_ahead_log(address)
    asyncio.run(_upgrade(_engine(address)))


def scripts() -> Path:
    """Return the folder of the migrations, in a checkout or where the program is installed."""
    spec = find_spec("migrations")
    if spec is None or spec.origin is None:
        raise StorageTrouble("unsuitable", "the program's migrations are missing: install it anew")
    return Path(spec.origin).parent


def _engine(address: URL) -> AsyncEngine:
    if is_sqlite(address):
        # Foreign keys stay unchecked here: a table that is made anew would take its rows along.
        return sqlite_engine(
            address,
            begin="BEGIN EXCLUSIVE",
            pragmas=("secure_delete=ON",),
            connections=1,
            patience=PATIENCE,
        )
    return postgres_engine(address, connections=0)


async def _upgrade(engine: AsyncEngine) -> None:
    try:
        with translated():
            async with engine.begin() as connection:
                if engine.dialect.name == "postgresql":
                    # Whoever comes second waits here, and finds the work done.
                    lock = text("SELECT pg_advisory_xact_lock(:number)")
                    await connection.execute(lock, {"number": _ADVISORY_LOCK})
                await connection.run_sync(_to_head)
    finally:
        await engine.dispose()


def _to_head(connection: Connection) -> None:
    config = Config(attributes={"connection": connection})
    # Alembic reads % as the start of a name to fill in.
    config.set_main_option("script_location", str(scripts()).replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StorageTrouble("unsuitable", f"made by another version: {error}") from error


def _keep_a_write_ahead_log(address: URL) -> None:
    """Let the file keep a write-ahead log, from now on: readers then wait for no writer."""
    give_up_at = monotonic() + PATIENCE
    with closing(sqlite3.connect(address.database or "", timeout=1)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                # SQLite waits for nobody here, however patient the connection is.
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > give_up_at:
                    raise
                sleep(0.05)
            else:
                return
