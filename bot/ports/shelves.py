"""What lists what is remembered, and keeps what people pin, drop or set aside."""

from datetime import datetime
from typing import Protocol

from bot.records.shelf import Card, Cleared, Wish


class Shelves(Protocol):
    """Reads and changes what stands on shelves, inside one transaction."""

    async def cards(
        self, conversation_id: int, viewer_id: int | None, most: int
    ) -> tuple[list[Card], int]:
        """Return the latest turns, oldest first, and how many there are in all.

        Those in private are left out, but for the viewer's own.
        """
        ...

    async def author(self, wish: Wish, conversation_id: int, viewer_id: int) -> int | None:
        """Return who asked what a wish is about; None where the viewer can't see that here."""
        ...

    async def fulfil(self, wish: Wish, at: datetime) -> None:
        """Pin, unpin, drop or restore a turn or a file."""
        ...

    async def clear(self, conversation_id: int, viewer_id: int) -> Cleared | None:
        """Let the past begin after the newest turn; None where there is nothing to set aside."""
        ...

    async def undo_clear(self, conversation_id: int, until: int, before: int) -> bool:
        """Let the past begin where it did before it was cleared; False where that is over."""
        ...
