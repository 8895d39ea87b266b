"""What a conversation remembers, as people change it: edits and deletions count."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot import tokens
from bot.context import with_files
from bot.messages import Attached


class History(Protocol):
    """Changes remembered turns, inside one transaction."""

    async def revise(self, message_id: int, text: str, tokens: int, at: datetime) -> bool:
        """Replace a question's words, mark later answers stale; False where it is not known."""
        ...

    async def retract(self, message_id: int, at: datetime) -> bool:
        """Take a question out of the past; False where it is not known."""
        ...


class Transaction(Protocol):
    """One short piece of work on the history."""

    @property
    def history(self) -> History:
        """Return the history's side of this transaction."""
        ...

    async def commit(self) -> None:
        """Make the work lasting."""
        ...


class Storage(Protocol):
    """Opens transactions."""

    def writing(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction that may write."""
        ...


class Memory:
    """Keeps the history in step with what people do to their messages."""

    def __init__(self, storage: Storage, *, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._now = now

    async def revise(self, message_id: int, words: str, files: Sequence[Attached] = ()) -> bool:
        """Remember a message's new words; False where it is no remembered question."""
        text = with_files(words, files)
        size = await tokens.measure(text)
        async with self._storage.writing() as tx:
            known = await tx.history.revise(message_id, text, size, self._now())
            await tx.commit()
        return known

    async def retract(self, message_id: int) -> bool:
        """Forget a deleted message's words; False where it is no remembered question."""
        async with self._storage.writing() as tx:
            known = await tx.history.retract(message_id, self._now())
            await tx.commit()
        return known
