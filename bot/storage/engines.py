"""Makes engines for SQLite and PostgreSQL, and says what went wrong with them in our own words."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import StorageTrouble

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}


def address_of(url: str) -> URL:
    """Return where the database is; raise `StorageTrouble` for one that we can't use."""
    with translated():
        address = make_url(url)
    driver = _DRIVERS.get(address.get_backend_name())
    if driver is None:
        raise StorageTrouble("unsuitable", "the address must begin with sqlite: or postgresql:")
    if driver.startswith("sqlite") and address.database in (None, "", ":memory:"):
        raise StorageTrouble("unsuitable", "SQLite needs the name of a file in its address")
    return address.set(drivername=driver)


def is_sqlite(address: URL) -> bool:
    """Tell whether the database is a SQLite file."""
    return address.get_backend_name() == "sqlite"


def make_folder(address: URL) -> None:
    """Make the folder of a SQLite file."""
    with translated():
        Path(address.database or "").parent.mkdir(parents=True, exist_ok=True)


def sqlite_engine(
    address: URL, *, begin: str, pragmas: Sequence[str], connections: int, patience: float = 10.0
) -> AsyncEngine:
    """Return an engine whose transactions start with `begin` and wait for others at most
    `patience` seconds.
    """
    options = _sqlite_options(connections, patience)
    engine = create_async_engine(address, **options)
    _prepare(engine.sync_engine, begin, pragmas)
    return engine


def sqlite_thread_engine(
    address: URL, *, begin: str, pragmas: Sequence[str], patience: float = 10.0
) -> Engine:
    """Return the same for a thread, with one connection."""
    engine = create_engine(address.set(drivername="sqlite"), **_sqlite_options(1, patience))
    _prepare(engine, begin, pragmas)
    return engine


def _sqlite_options(connections: int, patience: float) -> dict[str, Any]:
    return {
        "pool_size": connections,
        "max_overflow": 0,
        "hide_parameters": True,
        # Without a level the driver begins nothing by itself, and `begin` is the only one.
        "connect_args": {"isolation_level": None, "timeout": patience},
    }


def _prepare(engine: Engine, begin: str, pragmas: Sequence[str]) -> None:
    def prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", lambda it: it.exec_driver_sql(begin))


def postgres_engine(address: URL, *, connections: int) -> AsyncEngine:
    """Return an engine that keeps up to so many connections to PostgreSQL."""
    options: dict[str, Any] = (
        {"pool_size": connections, "max_overflow": 0, "pool_pre_ping": True}
        if connections
        else {"poolclass": NullPool}
    )
    try:
        return create_async_engine(
            address,
            hide_parameters=True,
            # Whatever the server's own default: who waited for a limit's lock must see what those
            # before have held.
            isolation_level="READ COMMITTED",
            connect_args={
                "timeout": 10,
                "command_timeout": 60,
                "server_settings": {"application_name": "threadlight"},
            },
            **options,
        )
    except ModuleNotFoundError as error:
        advice = "PostgreSQL needs a driver: run `pip install asyncpg`"
        raise StorageTrouble("unsuitable", advice) from error


@contextmanager
def translated() -> Iterator[None]:
    """Raise what SQLAlchemy, SQLite or the system says as `StorageTrouble`."""
    try:
        yield
    except DBAPIError as error:
        raise StorageTrouble(_kind(error.orig), _own_words(error.orig)) from error
    except sqlite3.Error as error:
        raise StorageTrouble(_kind(error), _own_words(error)) from error
    except SQLAlchemyError as error:
        raise StorageTrouble("failed", _own_words(error)) from error
    except OSError as error:
        # A time-out is one of these as well.
        kind = "busy" if isinstance(error, TimeoutError) else "unreachable"
        raise StorageTrouble(kind, _own_words(error)) from error


def _own_words(error: BaseException | None) -> str:
    # Only the first line: PostgreSQL's further ones may show a row, and with it what people wrote.
    lines = str(error).splitlines()
    return lines[0] if lines else type(error).__name__


_SQLITE_KINDS = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_CORRUPT: "corrupt",
    sqlite3.SQLITE_NOTADB: "corrupt",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "denied",
    sqlite3.SQLITE_AUTH: "denied",
    sqlite3.SQLITE_CANTOPEN: "unreachable",
    sqlite3.SQLITE_IOERR: "unreachable",
}

# PostgreSQL's classes of SQLSTATE, and single ones; the longest that fits decides.
_POSTGRES_KINDS = {
    "08": "unreachable",
    "25006": "read_only",
    "28": "denied",
    "3D": "unreachable",
    "40": "busy",
    "42501": "denied",
    "53": "busy",
    "53100": "full",
    "55P03": "busy",
    "57": "unreachable",
    "57014": "busy",
    "58": "unreachable",
    "XX001": "corrupt",
    "XX002": "corrupt",
}


def _kind(error: BaseException | None) -> str:
    if isinstance(error, sqlite3.Error):
        # The low byte is the error itself, the rest tells variants apart.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        return _SQLITE_KINDS.get(code, "failed")
    state = str(getattr(error, "sqlstate", None) or "")
    return _POSTGRES_KINDS.get(state) or _POSTGRES_KINDS.get(state[:2]) or "failed"
