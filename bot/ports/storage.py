"""What opens transactions."""

from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

from bot.ports.history import History
from bot.ports.ledger import Audit, Ledger
from bot.ports.reports import Reports

T = TypeVar("T")


class Transaction(Protocol):
    """One short piece of work on the storage; leaving it without `commit` undoes it."""

    @property
    def history(self) -> History:
        """Return the history's side of this transaction."""
        ...

    @property
    def ledger(self) -> Ledger:
        """Return the ledger's side of this transaction."""
        ...

    @property
    def audit(self) -> Audit:
        """Return the trail of what admins changed."""
        ...

    @property
    def reports(self) -> Reports:
        """Return what sums up what was used."""
        ...

    async def apart(self, heavy: Callable[[], T]) -> T:
        """Return what this comes to, without holding the event loop up meanwhile."""
        ...

    async def commit(self) -> None:
        """Make the work lasting."""
        ...


class Storage(Protocol):
    """Opens transactions; `bot.storage.database.Database` is one."""

    async def write(self, work: Callable[[Transaction], Coroutine[Any, Any, T]]) -> T:
        """Run a transaction that may write and awaits nothing but its own; return what it does.

        It is the quickest way: on SQLite a single trip to its thread.
        """
        ...

    def writing(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction that may write: on SQLite `BEGIN IMMEDIATE`, one at a time."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction that only reads, and waits for no writer."""
        ...
