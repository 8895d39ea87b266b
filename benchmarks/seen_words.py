"""Which numbered words people could read, and when."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from time import monotonic

from benchmarks.numbered import span, words_in

CLOSING = " tokens"
"""What the line below a finished answer tells of."""


@dataclass(frozen=True, slots=True)
class Paint:
    """From this time on a message shows these words, the first and the last among them."""

    at: float
    first: int
    last: int


class Reader:
    """Looks at every message of the bot as it changes; each channel holds one answer."""

    def __init__(self) -> None:
        self.ended: dict[int, float] = {}
        self._paints: defaultdict[int, list[Paint]] = defaultdict(list)
        self._end = asyncio.Event()
        self.torn: set[int] = set()
        """Channels where a finished message skips a word."""

    def look(self, channel_id: int, text: str, growing: bool) -> None:
        """Note what a message shows from now on; one that grows can still be stopped."""
        now = monotonic()
        if (found := span(text)) is not None:
            self._paints[channel_id].append(Paint(now, *found))
        if not growing and CLOSING in text.rpartition("\n")[2]:
            self.ended.setdefault(channel_id, now)
            self._end.set()
            if any(b != a + 1 for a, b in pairwise(words_in(text))):
                self.torn.add(channel_id)

    async def until_ended(self, channel_ids: Sequence[int], timeout: float) -> None:
        """Wait for the closing lines of these answers; raise `TimeoutError`."""
        async with asyncio.timeout(timeout):
            while any(it not in self.ended for it in channel_ids):
                self._end.clear()
                await self._end.wait()

    def readable(self, channel_id: int, words: int) -> list[float | None]:
        """Return when each of so many words could first be read, None for never."""
        found: list[float | None] = [None] * words
        unseen = 0
        for paint in self._paints[channel_id]:
            for number in range(max(paint.first, unseen), min(paint.last + 1, words)):
                if found[number] is None:
                    found[number] = paint.at
            while unseen < words and found[unseen] is not None:
                unseen += 1
        return found


def delays(written: Sequence[float], readable: Sequence[float | None]) -> list[float]:
    """Return the seconds from each word's writing until it could be read, where it ever was."""
    return [at - it for it, at in zip(written, readable, strict=True) if at is not None]
