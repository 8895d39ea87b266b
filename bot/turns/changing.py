"""Edits and deletions on their way to the storage: what is asked meanwhile waits for them."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager


class Changing:
    """Knows of the changes to messages that are being stored."""

    def __init__(self) -> None:
        self._changes: set[asyncio.Future[None]] = set()

    @contextmanager
    def under_way(self) -> Generator[None]:
        """Take note that an edit or a deletion is on its way to the storage."""
        change: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._changes.add(change)
        try:
            yield
        finally:
            self._changes.discard(change)
            change.set_result(None)

    async def settled(self) -> None:
        """Wait until the edits and deletions are stored of which Discord has told by now."""
        if self._changes:
            await asyncio.wait(set(self._changes))
