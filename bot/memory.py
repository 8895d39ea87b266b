"""What a conversation remembers, as people change it: edits and deletions count."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot import tokens
from bot.context import with_files
from bot.messages import Attached
from bot.ports import Storage


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
