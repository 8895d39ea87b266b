"""What a conversation remembers, as people change it: edits and deletions count."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot import context, tokens
from bot.messages import Attached
from bot.ports import Storage


class Memory:
    """Keeps the history in step with what people do to their messages."""

    def __init__(self, storage: Storage, *, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._now = now

    async def revise(self, message_id: int, words: str, files: Sequence[Attached] = ()) -> bool:
        """Remember a question's new words; False for other messages, which change nothing."""
        sized = [await context.sized(file) for file in files]
        size = await tokens.measure(words)
        async with self._storage.writing() as tx:
            if not await tx.history.revise(message_id, words, size, self._now(), sized):
                return False
            await tx.commit()
        return True

    async def knows(self, message_id: int) -> bool:
        """Tell whether a message is a remembered question."""
        async with self._storage.reading() as tx:
            return await tx.history.knows(message_id)

    async def retract(self, channel_id: int, message_id: int) -> None:
        """Forget the words of a deleted message, question or answer."""
        # One transaction, begun at once: what is said next must find it done.
        async with self._storage.writing() as tx:
            if not await tx.history.retract(message_id, self._now()):
                answer_id = await tx.history.answer_shown(channel_id, message_id)
                if answer_id is None:
                    return
                await tx.history.forget_answer(answer_id)
            await tx.commit()
