"""Runs whole transactions in a thread: one trip from the event loop, however many statements.

By way of aiosqlite each statement takes four trips, and each trip waits for the event loop twice:
among hundreds of answers a turn's beginning then takes seconds. The work is written for both ways:
all that it awaits is the transaction's own, and here nothing of that ever waits.
"""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Engine, Executable

from bot.storage.engines import translated
from bot.storage.work import Values, Work
from bot.whole import whole

T = TypeVar("T")


class ThreadedWork(Work):
    """Runs the statements of one transaction, in the thread that it is used in."""

    in_thread = True

    def __init__(self, connection: Connection) -> None:
        self._connected = connection

    @property
    def is_postgres(self) -> bool:
        """Tell that this is SQLite."""
        return False

    async def run(
        self, statement: Executable, values: Values = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement, once for each row of values if there are any; raise `StorageTrouble`."""
        with translated():
            return self._connected.execute(statement, values)

    async def commit(self) -> None:
        """Make the work lasting."""
        with translated():
            self._connected.commit()


class SqliteThread:
    """A thread with a connection of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")

    async def run(self, work: Callable[[Work], Coroutine[Any, Any, T]]) -> T:
        """Run a transaction to its end, whatever happens to those who await it."""
        return await whole(self._run(work))

    async def _run(self, work: Callable[[Work], Coroutine[Any, Any, T]]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._through, work)

    def _through(self, work: Callable[[Work], Coroutine[Any, Any, T]]) -> T:
        with translated():
            connection = self._engine.connect()
        try:
            with translated():
                connection.begin()
            return _driven(work(ThreadedWork(connection)))
        finally:
            with translated():
                connection.close()  # which undoes what was not committed

    async def close(self) -> None:
        """End the thread and its connection."""
        self._thread.shutdown(wait=True)
        self._engine.dispose()


def _driven(work: Coroutine[Any, Any, T]) -> T:
    """Return what work that never waits comes to."""
    try:
        work.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    work.close()
    raise RuntimeError("a transaction waited for something that is not its own")
