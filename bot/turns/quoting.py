"""Opens turns whose quotes may be deleted while they wait."""

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial

from bot.errors import NothingThere
from bot.messages import Question
from bot.ports import Storage, Transaction
from bot.quota.pricing import Proposed
from bot.records.erasures import DELETED
from bot.turns.opening import Opening, Openings
from bot.turns.quotes import unquoted


class Quoting:
    """Knows which messages are quoted by questions on their way, and which were deleted."""

    def __init__(self, storage: Storage, openings: Openings) -> None:
        self._storage = storage
        self._openings = openings
        self._quoted: Counter[int] = Counter()
        self._deleted: set[int] = set()

    @contextmanager
    def of(self, question: Question) -> Generator[None]:
        """Hear of the deletion of what a question quotes while the block runs."""
        quoted = question.quoted_message_id
        if quoted is None:
            yield
            return
        self._quoted[quoted] += 1
        try:
            yield
        finally:
            self._quoted[quoted] -= 1
            if not self._quoted[quoted]:
                del self._quoted[quoted]
                self._deleted.discard(quoted)

    def delete(self, message_id: int) -> None:
        """Take note that a message was deleted, if it is quoted."""
        if message_id in self._quoted:
            self._deleted.add(message_id)

    async def open(self, question: Question) -> Opening | Proposed:
        """Open a turn without a quote that was deleted meanwhile; raise `Refused`.

        Where the question came by a menu, it is about that message alone.
        """
        quoted = question.quoted_message_id
        if quoted in self._deleted:
            if question.message_id is None:
                raise NothingThere
            question = unquoted(question, DELETED)
        opening = await self._openings.open(question)
        if quoted is not None and quoted in self._deleted:  # before the words were stored
            await self._storage.write(partial(_unquote, quoted))
        return opening


async def _unquote(message_id: int, tx: Transaction) -> None:
    await tx.history.unquote_all([message_id])
    await tx.commit()
