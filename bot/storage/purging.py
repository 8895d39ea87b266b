"""Lets nothing that was deleted remain in a SQLite file, nor in the log beside it.

What is deleted is overwritten at once on every connection of ours (`secure_delete`). But where a
page was divided, an older copy of a row may stand in a gap of it, and the log keeps pages as they
were: so the file is written anew, and the log emptied.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy.dialects import sqlite

from bot.storage.columns import Moment
from bot.storage.engines import address_of, is_sqlite, translated

PATIENCE = 2.0
"""Seconds to wait for those who read; there is another time."""

_moment = Moment()


def size_of(file: str) -> int:
    """Return the bytes of a file as a purge counts them: with what only the log holds yet."""
    with translated(), closing(_connected(file)) as connection:
        return _size(connection)


def purge(file: str, most_bytes: int | None = None) -> bool:
    """Write the file anew; False where it is larger than that, or in use.

    Whoever calls lets nobody else write meanwhile.
    """
    with translated(), closing(_connected(file)) as connection:
        is_small = most_bytes is None or _size(connection) <= most_bytes
        if is_small:
            connection.execute("VACUUM")
        is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return is_small and not is_busy


def purge_left(url: str, now: datetime) -> None:
    """Do it where that was left to be done at the next start: before anybody reads or writes."""
    address = address_of(url)
    if not is_sqlite(address):
        return
    file = address.database or ""
    log = structlog.get_logger("threadlight")
    with translated(), closing(_connected(file)) as connection:
        due = "erased_at IS NOT NULL AND purged_at IS NULL"
        [(count,)] = connection.execute(f"SELECT count(*) FROM forgettings WHERE {due}")  # noqa: S608
        if not count:
            return
        megabytes = Path(file).stat().st_size // 1_000_000
        log.info("writing the database anew, so that nothing erased remains", megabytes=megabytes)
        try:
            connection.execute("VACUUM")
        except sqlite3.Error as error:
            log.warning("the database could not be written anew", error=str(error))
            return
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        at = _moment.process_bind_param(now, sqlite.dialect())
        connection.execute(f"UPDATE forgettings SET purged_at = ? WHERE {due}", (at,))  # noqa: S608


def _connected(file: str) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
    connection.execute("PRAGMA secure_delete=ON")
    return connection


def _size(connection: sqlite3.Connection) -> int:
    [pages] = connection.execute("PRAGMA page_count").fetchone()
    [size] = connection.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(size)
