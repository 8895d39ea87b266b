"""What opens transactions."""

from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

from bot.ports.allowances import Proposals, Threads, Warnings
from bot.ports.choices import PlaceChoices
from bot.ports.echoes import Echoes
from bot.ports.erasures import Erasures
from bot.ports.exports import Exports
from bot.ports.history import History
from bot.ports.ledger import Ledger
from bot.ports.reports import Reports
from bot.ports.servers import Access, Audit, Preferences
from bot.ports.shelves import Shelves
from bot.ports.variants import Branches, Variants

T = TypeVar("T")


class Transaction(Protocol):
    """One short piece of work on the storage; leaving it without `commit` undoes it."""

    @property
    def history(self) -> History:
        """Return the history's side of this transaction."""
        ...

    @property
    def variants(self) -> Variants:
        """Return what keeps questions' several answers, inside this transaction."""
        ...

    @property
    def branches(self) -> Branches:
        """Return what begins branches, inside this transaction."""
        ...

    @property
    def shelves(self) -> Shelves:
        """Return what stands on conversations' shelves, inside this transaction."""
        ...

    @property
    def ledger(self) -> Ledger:
        """Return the ledger's side of this transaction."""
        ...

    @property
    def access(self) -> Access:
        """Return who may use the bot, inside this transaction."""
        ...

    @property
    def preferences(self) -> Preferences:
        """Return the servers' settings, inside this transaction."""
        ...

    @property
    def choices(self) -> PlaceChoices:
        """Return what places chose, and the personas, inside this transaction."""
        ...

    @property
    def audit(self) -> Audit:
        """Return the trail of what admins changed."""
        ...

    @property
    def proposals(self) -> Proposals:
        """Return the questions that wait for a yes."""
        ...

    @property
    def erasures(self) -> Erasures:
        """Return what erases people's words, inside this transaction."""
        ...

    @property
    def echoes(self) -> Echoes:
        """Return what finds answers to others that repeat a person's words."""
        ...

    @property
    def exports(self) -> Exports:
        """Return what reads conversations for people to keep, inside this transaction."""
        ...

    @property
    def warnings(self) -> Warnings:
        """Return what people were told of their limits."""
        ...

    @property
    def threads(self) -> Threads:
        """Return for whom the bot opened threads."""
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
