"""Hears of deleted messages: answers that grow in them end, and nothing of those is kept."""

from collections.abc import Generator
from contextlib import contextmanager
from functools import partial

from bot.answers.places import Places
from bot.messages import ScreenAddress
from bot.ports import Storage, Transaction
from bot.turns.keeper import Keeper
from bot.turns.order import Turns
from bot.turns.quoting import Quoting


class Deletions:
    """Knows where growing answers stand, and which messages were deleted of late."""

    def __init__(self, storage: Storage, turns: Turns, keeper: Keeper, quoting: Quoting) -> None:
        self._storage = storage
        self._turns = turns
        self._keeper = keeper
        self._quoting = quoting
        self._places = Places()

    @contextmanager
    def growing(self, answer_id: int) -> Generator[None]:
        """Know an answer while the block runs."""
        with self._places.of(answer_id):
            yield

    def take_note(self, message_id: int) -> list[int]:
        """Forget the answers that stood in a deleted message, of those that grow; return them."""
        self._quoting.delete(message_id)
        deleted = self._places.delete(message_id)
        for answer_id in deleted:
            self._forget(answer_id)
        return deleted

    def was_deleted(self, message_id: int) -> bool:
        """Tell whether a message was deleted of late: maybe before anybody knew what it is."""
        return self._places.is_deleted(message_id)

    def is_forgotten(self, answer_id: int) -> bool:
        """Tell whether nothing of an answer may be stored."""
        return self._places.is_forgotten(answer_id)

    async def locate(self, answer_id: int, address: ScreenAddress) -> None:
        """Take note of where an answer is shown; somebody may have deleted it already."""
        is_deleted = self._places.put(answer_id, address.message_ids)
        if is_deleted:
            self._forget(answer_id)
        await self._keeper.locate(answer_id, address)
        if is_deleted:
            await self._storage.write(partial(_retract_with, answer_id))

    def _forget(self, answer_id: int) -> None:
        """Stop an answer whose message was deleted, and keep nothing of what it said."""
        self._places.forget(answer_id)  # also where its end is about to be stored
        self._turns.halt(answer_id)


async def _retract_with(answer_id: int, tx: Transaction) -> None:
    await tx.history.retract_with(answer_id)
    await tx.commit()
