"""Edits and deletions on their way to the storage: what is asked meanwhile waits for them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


class Changing:
    """Knows of the changes to messages that are being stored: those of one message in order."""

    def __init__(self) -> None:
        self._changes: dict[asyncio.Future[None], frozenset[int]] = {}

    @asynccontextmanager
    async def under_way(self, *message_ids: int) -> AsyncGenerator[None]:
        """Take note, at once, that messages are being changed; begin when it is their turn.

        That is when the changes to any of them have ended that came before: a database may be done
        with the later one first.
        """
        earlier = [it for it, ids in self._changes.items() if not ids.isdisjoint(message_ids)]
        change: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._changes[change] = frozenset(message_ids)
        try:
            if earlier:
                await asyncio.wait(earlier)
            yield
        finally:
            del self._changes[change]
            change.set_result(None)

    async def settled(self) -> None:
        """Wait until the edits and deletions are stored of which Discord has told by now."""
        if self._changes:
            await asyncio.wait(set(self._changes))
