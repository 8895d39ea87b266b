"""Runs whole transactions in a thread: one trip from the event loop, however many statements.

By way of aiosqlite each statement takes four trips, and each trip waits for the event loop twice:
among hundreds of answers a turn's beginning then takes seconds. The work is written for both ways:
all that it awaits is the transaction's own, and here nothing of that ever waits.

Transactions that wait for each other share a trip and a commit. Each is undone by itself where it
fails, and nobody hears of an end before the commit that makes it last.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Engine, Executable

from bot.errors import StorageTrouble
from bot.storage.engines import translated
from bot.storage.quick import Given, Prepared, Rows
from bot.storage.work import Values, Work
from bot.whole import whole

T = TypeVar("T")

MOST_TOGETHER = 16
"""Transactions that share a commit at most."""

SHARE_FOR = 0.01
"""Seconds after which no further transaction joins a commit: the first ones wait for the last."""


class ThreadedWork(Work):
    """Runs the statements of one transaction, in the thread that it is used in.

    It is a savepoint within the transaction that it shares with others.
    """

    in_thread = True

    def __init__(self, connection: Connection) -> None:
        self._connected = connection
        self._saved = False

    @property
    def is_postgres(self) -> bool:
        """Tell that this is SQLite."""
        return False

    async def run(
        self, statement: Executable, values: Values = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement, once for each row of values if there are any; raise `StorageTrouble`."""
        with translated():
            self._save()
            return self._connected.execute(statement, values)

    async def quick(self, prepared: Prepared, values: Given | list[Given]) -> Rows:
        """Run a statement past SQLAlchemy, which would take longer than SQLite itself."""
        prepared.prepare(values[0] if isinstance(values, list) else values)
        with translated():
            self._save()
            driver = _driver(self._connected)
            if isinstance(values, list):
                driver.executemany(prepared.text, [prepared.values(it) for it in values])
                return ()
            rows: Rows = driver.execute(prepared.text, prepared.values(values)).fetchall()
            return rows

    async def pages(
        self, prepared: Prepared, values: Given, size: int
    ) -> AsyncGenerator[Sequence[Any], None]:
        """Yield a statement's rows, so many at a time."""
        rows = await self.quick(prepared, values)
        for first in range(0, len(rows), size):
            yield rows[first : first + size]

    def _save(self) -> None:
        if not self._saved:
            _driver(self._connected).execute("SAVEPOINT own")
            self._saved = True

    async def commit(self) -> None:
        """Make the work lasting, with the commit to come."""
        self._end("RELEASE own")

    def undo(self) -> None:
        """Undo what was not committed."""
        self._end("ROLLBACK TO own", "RELEASE own")

    def _end(self, *statements: str) -> None:
        with translated():
            for statement in statements if self._saved else ():
                _driver(self._connected).execute(statement)
        self._saved = False


@dataclass(slots=True)
class _Outcome:
    """What work came to."""

    result: Any = None
    error: BaseException | None = None


@dataclass(eq=False, slots=True)
class _Job:
    """Work that waits for its turn, or runs, and where its outcome is awaited."""

    work: Callable[[Work], Coroutine[Any, Any, Any]]
    ended: "asyncio.Future[Any]"
    begun: bool = False

    def end(self, outcome: _Outcome) -> None:
        """Tell those who await it, if anybody still does."""
        if self.ended.done():
            return
        if outcome.error is None:
            self.ended.set_result(outcome.result)
        else:
            self.ended.set_exception(outcome.error)


class SqliteThread:
    """A thread with a connection of its own; `turn` is the place among those that write."""

    def __init__(
        self, engine: Engine, turn: Callable[[], AbstractAsyncContextManager[None]]
    ) -> None:
        self._engine = engine
        self._turn = turn
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        self._waiting: deque[_Job] = deque()
        self._serving: asyncio.Task[None] | None = None

    @property
    def file(self) -> str:
        """Return the name of the database's file."""
        return self._engine.url.database or ""

    async def run(self, work: Callable[[Work], Coroutine[Any, Any, T]]) -> T:
        """Run a transaction, once begun to its end, whatever happens to those who await it."""
        job = _Job(work, asyncio.get_running_loop().create_future())
        self._waiting.append(job)
        if self._serving is None or self._serving.done():
            self._serving = asyncio.create_task(self._serve())
        try:
            await asyncio.wait([job.ended])
        except asyncio.CancelledError:
            if job.begun:
                with suppress(Exception):  # the cancellation is what the caller is told
                    await whole(_result(job.ended))
            job.ended.cancel()
            raise
        result: T = job.ended.result()
        return result

    async def _serve(self) -> None:
        while self._waiting:
            try:
                async with self._turn():
                    await self._run_some()
            except StorageTrouble as error:
                while self._waiting:
                    self._waiting.popleft().end(_Outcome(error=error))

    async def _run_some(self) -> None:
        jobs = [job for job in self._waiting if not job.ended.done()][:MOST_TOGETHER]
        for job in jobs:
            job.begun = True
        works = [job.work for job in jobs]
        outcomes = await asyncio.get_running_loop().run_in_executor(
            self._thread, self._together, works
        )
        for job, outcome in zip(jobs, outcomes, strict=False):
            job.end(outcome)
        for job in jobs[len(outcomes) :]:
            job.begun = False
        # Those for whom there was no time wait on; so do those who came meanwhile.
        self._waiting = deque(job for job in self._waiting if not job.ended.done())

    def _together(
        self, works: Iterable[Callable[[Work], Coroutine[Any, Any, T]]]
    ) -> list[_Outcome]:
        """Run works in one transaction, as far as there is time; return what they came to."""
        outcomes: list[_Outcome] = []
        until = monotonic() + SHARE_FOR
        try:
            with translated(), self._engine.connect() as connection, connection.begin():
                for work in works:
                    own = ThreadedWork(connection)
                    outcomes.append(_outcome(work(own)))
                    if not _driver(connection).in_transaction:
                        # As on a full disk, the database has undone all of it.
                        raise outcomes[-1].error or StorageTrouble("failed", "undone")
                    own.undo()
                    if monotonic() > until:
                        break
        except BaseException as error:  # noqa: BLE001 - everybody who is in it is told
            trouble = _Outcome(error=error)
            return [it if it.error else trouble for it in outcomes] or [trouble]
        return outcomes

    async def close(self) -> None:
        """End the thread and its connection."""
        if self._serving is not None:
            await self._serving
        self._thread.shutdown(wait=True)
        self._engine.dispose()


async def _result(ended: "asyncio.Future[T]") -> T:
    return await ended


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _outcome(work: Coroutine[Any, Any, Any]) -> _Outcome:
    try:
        return _Outcome(_driven(work))
    except BaseException as error:  # noqa: BLE001 - it is raised where the work is awaited
        return _Outcome(error=error)


def _driven(work: Coroutine[Any, Any, T]) -> T:
    """Return what work that never waits comes to."""
    try:
        work.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    work.close()
    raise RuntimeError("a transaction waited for something that is not its own")
