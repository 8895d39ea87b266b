"""Opens transactions on SQLite or PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from typing import Any, TypeVar

from bot.quota.rules import Rule
from bot.storage.access import AccessBook
from bot.storage.branches import BranchBook
from bot.storage.choices import ChoiceBook
from bot.storage.echoes import EchoBook
from bot.storage.engines import address_of, is_sqlite, sqlite_thread_engine
from bot.storage.erasures import ErasureBook
from bot.storage.exports import ExportBook
from bot.storage.history import TurnHistory
from bot.storage.lanes import AT_ONCE, WRITING_MOST, Lane, postgres_lanes, sqlite_lanes
from bot.storage.ledger import QuotaLedger
from bot.storage.migrating import migrate as migrate
from bot.storage.preferences import GuildPreferences
from bot.storage.proposals import ProposalBook
from bot.storage.purging import purge, purge_left, size_of
from bot.storage.reports import UseReports
from bot.storage.shelves import ShelfBook
from bot.storage.threaded import SqliteThread
from bot.storage.threads import ThreadBook
from bot.storage.trail import AuditTrail
from bot.storage.variants import VariantBook
from bot.storage.warnings import WarningBook
from bot.storage.work import Work
from bot.whole import whole

T = TypeVar("T")


class StoredTransaction:
    """One short piece of work on the storage; leaving it without `commit` undoes it."""

    def __init__(
        self,
        work: Work,
        clock: Callable[[], datetime],
        defaults: Sequence[Rule],
        ceilings: Sequence[Rule],
    ) -> None:
        self._work = work
        self._history = TurnHistory(work, clock)
        self._variants = VariantBook(work)
        self._branches = BranchBook(work)
        self._shelves = ShelfBook(work)
        self._preferences = GuildPreferences(work)
        self._ledger = QuotaLedger(work, defaults, ceilings)
        self._access = AccessBook(work)
        self._choices = ChoiceBook(work)
        self._audit = AuditTrail(work)
        self._proposals = ProposalBook(work)
        self._erasures = ErasureBook(work)
        self._echoes = EchoBook(work)
        self._exports = ExportBook(work)
        self._warnings = WarningBook(work)
        self._threads = ThreadBook(work)
        self._reports = UseReports(work, self._preferences)

    @property
    def history(self) -> TurnHistory:
        """Return the history's side of this transaction."""
        return self._history

    @property
    def variants(self) -> VariantBook:
        """Return what keeps questions' several answers, inside this transaction."""
        return self._variants

    @property
    def branches(self) -> BranchBook:
        """Return what begins branches, inside this transaction."""
        return self._branches

    @property
    def shelves(self) -> ShelfBook:
        """Return what stands on conversations' shelves, inside this transaction."""
        return self._shelves

    @property
    def ledger(self) -> QuotaLedger:
        """Return the ledger's side of this transaction."""
        return self._ledger

    @property
    def preferences(self) -> GuildPreferences:
        """Return the servers' settings, inside this transaction."""
        return self._preferences

    @property
    def access(self) -> AccessBook:
        """Return who may use the bot, inside this transaction."""
        return self._access

    @property
    def choices(self) -> ChoiceBook:
        """Return what places chose, and the personas, inside this transaction."""
        return self._choices

    @property
    def audit(self) -> AuditTrail:
        """Return the trail of what admins changed, inside this transaction."""
        return self._audit

    @property
    def proposals(self) -> ProposalBook:
        """Return the questions that wait for a yes, inside this transaction."""
        return self._proposals

    @property
    def erasures(self) -> ErasureBook:
        """Return what erases people's words, inside this transaction."""
        return self._erasures

    @property
    def echoes(self) -> EchoBook:
        """Return what finds answers to others that repeat a person's words."""
        return self._echoes

    @property
    def exports(self) -> ExportBook:
        """Return what reads conversations for people to keep, inside this transaction."""
        return self._exports

    @property
    def warnings(self) -> WarningBook:
        """Return what people were told of their limits, inside this transaction."""
        return self._warnings

    @property
    def threads(self) -> ThreadBook:
        """Return for whom the bot opened threads, inside this transaction."""
        return self._threads

    @property
    def reports(self) -> UseReports:
        """Return what sums up what was used, inside this transaction."""
        return self._reports

    async def apart(self, heavy: Callable[[], T]) -> T:
        """Return what this comes to, without holding the event loop up meanwhile."""
        return heavy() if self._work.in_thread else await asyncio.to_thread(heavy)

    async def commit(self) -> None:
        """Make the work lasting."""
        await self._work.commit()


class Database:
    """Opens transactions on one database; make it with `Database.open`, end it with `close`."""

    def __init__(
        self,
        writers: Lane,
        readers: Lane,
        thread: SqliteThread | None,
        *,
        clock: Callable[[], datetime],
        defaults: Sequence[Rule],
        ceilings: Sequence[Rule],
    ) -> None:
        self._writers = writers
        self._readers = readers
        self._thread = thread
        self._clock = clock
        self._defaults = tuple(defaults)
        self._ceilings = tuple(ceilings)

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        clock: Callable[[], datetime],
        defaults: Sequence[Rule],
        ceiling: Rule | None,
        server_ceiling: Rule | None = None,
    ) -> "Database":
        """Bring the database at this address to the newest schema and open it.

        The ceilings are the operator's: one for the whole bot, one for each server.
        """
        ceilings = [rule for rule in (server_ceiling, ceiling) if rule is not None]
        await asyncio.to_thread(migrate, url)
        await asyncio.to_thread(purge_left, url, clock())
        address = address_of(url)
        if not is_sqlite(address):
            lanes = postgres_lanes(address)
            return cls(*lanes, None, clock=clock, defaults=defaults, ceilings=ceilings)
        engine = sqlite_thread_engine(address, begin=AT_ONCE, pragmas=WRITING_MOST)
        lanes = sqlite_lanes(address)
        thread = SqliteThread(engine, lanes[0].turn)
        return cls(*lanes, thread, clock=clock, defaults=defaults, ceilings=ceilings)

    def writing(self) -> AbstractAsyncContextManager[StoredTransaction]:
        """Open a transaction that may write; on SQLite they come one at a time, in order."""
        return self._transaction(self._writers)

    def reading(self) -> AbstractAsyncContextManager[StoredTransaction]:
        """Open a transaction that only reads, and waits for no writer."""
        return self._transaction(self._readers)

    async def write(self, work: Callable[[StoredTransaction], Coroutine[Any, Any, T]]) -> T:
        """Run a transaction that may write and awaits nothing but its own; return what it does.

        On SQLite it runs in a thread, once begun to its end even where whoever awaits it is
        cancelled, and those that wait share a commit.
        """
        if self._thread is None:
            async with self.writing() as tx:
                return await work(tx)
        return await self._thread.run(lambda it: work(self._stored(it)))

    async def size(self) -> int | None:
        """Return the bytes of the file; None on PostgreSQL, whose files are its server's."""
        if self._thread is None:
            return None
        return await asyncio.to_thread(size_of, self._thread.file)

    async def purge(self, *, most_bytes: int | None = None) -> bool:
        """Let nothing that was deleted remain in the database's files, as far as that is ours.

        PostgreSQL's are its server's. False where a file is larger than `most_bytes`, or in use.
        """
        if self._thread is None:
            return True
        async with self._writers.turn():
            return await whole(asyncio.to_thread(purge, self._thread.file, most_bytes))

    @asynccontextmanager
    async def _transaction(self, lane: Lane) -> AsyncIterator[StoredTransaction]:
        async with lane.transaction() as work:
            yield self._stored(work)

    def _stored(self, work: Work) -> StoredTransaction:
        return StoredTransaction(work, self._clock, self._defaults, self._ceilings)

    async def close(self) -> None:
        """Let transactions under way end, and close every connection."""
        await self._writers.close()
        await self._readers.close()
        if self._thread is not None:
            await self._thread.close()
