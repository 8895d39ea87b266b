"""Queues in front of a database: how many transactions are open at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import StorageTrouble
from bot.storage.engines import postgres_engine, sqlite_engine, translated
from bot.storage.work import Work
from bot.whole import whole

# A log of some 16 MB, more only while somebody reads for long: pages that
# change again and again go into the file more seldom.
EVERY_CONNECTION = (
    "foreign_keys=ON",
    "synchronous=NORMAL",
    "wal_autocheckpoint=4000",
    # What people delete is overwritten; not every build of SQLite does so by itself.
    "secure_delete=ON",
)
WRITING_MOST = (*EVERY_CONNECTION, "cache_size=-16000")
"""For the connection that writes most: of its 16 MB the days of a month stay at hand."""
AT_ONCE = "BEGIN IMMEDIATE"
"""How a transaction that may write begins: it never has to give way once it has read."""


class Lane:
    """An engine with the number of transactions that it takes at a time; others queue in order.

    They queue here rather than in SQLite's busy handler or in the pool: first come, first served,
    and a task that is cancelled while it waits leaves at once.
    """

    def __init__(self, engine: AsyncEngine, width: int, **options: Any) -> None:
        self.engine = engine
        self.options = options
        self._width = width
        self._entrance = asyncio.Semaphore(width)
        self._closed = False

    async def close(self) -> None:
        """Take no more transactions, let those under way end, and close every connection."""
        self._closed = True
        for _ in range(self._width):
            await self._entrance.acquire()
        for _ in range(self._width):
            self._entrance.release()
        await self.engine.dispose()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a place among those that work."""
        async with self._entrance:
            if self._closed:
                raise StorageTrouble("unreachable", "the database is closed")
            yield

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Work]:
        """Open a transaction in turn; leaving it undoes what was not committed."""
        async with self.turn():
            connection = self.engine.connect()
            try:
                with translated():
                    await whole(self._begin(connection))
                yield Work(connection)
            finally:
                with translated():
                    await whole(_leave(connection))

    async def _begin(self, connection: AsyncConnection) -> None:
        await connection.start()
        if self.options:
            await connection.execution_options(**self.options)
        await connection.begin()


async def _leave(connection: AsyncConnection) -> None:
    """Give a connection back, which undoes what was not committed."""
    if connection.sync_connection is not None:
        await connection.close()


def sqlite_lanes(address: URL) -> tuple[Lane, Lane]:
    """Return the lanes of one who writes and of those who read."""
    writer = sqlite_engine(address, begin=AT_ONCE, pragmas=EVERY_CONNECTION, connections=1)
    pragmas = (*EVERY_CONNECTION, "query_only=ON")
    readers = sqlite_engine(address, begin="BEGIN", pragmas=pragmas, connections=4)
    return Lane(writer, 1), Lane(readers, 4)


def postgres_lanes(address: URL) -> tuple[Lane, Lane]:
    """Return the lanes of those who write and of those who read."""
    # Apart, so that those who queue for a limit's lock keep nobody from reading.
    writers = postgres_engine(address, connections=10)
    readers = postgres_engine(address, connections=5)
    return Lane(writers, 10), Lane(readers, 5, postgresql_readonly=True)
