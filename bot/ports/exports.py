"""What reads conversations for people to keep."""

from collections.abc import AsyncGenerator, Sequence
from typing import Protocol

from bot.records.exports.values import Turn


class Exports(Protocol):
    """Reads conversations, inside one transaction."""

    def turns(self, channel_id: int, viewer_id: int) -> AsyncGenerator[Sequence[Turn], None]:
        """Yield what a prompt of this person's may hold of a channel's past, oldest first.

        Some turns at a time; whoever does not take them to their end closes it.
        """
        ...
