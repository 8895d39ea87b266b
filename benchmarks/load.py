"""What the processes of a measurement cost while it runs."""

import asyncio
import os
import time
from bisect import bisect_left, bisect_right
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.children import Child, Cost
from benchmarks.telling import resident

_STAT = Path("/proc/stat")

EVERY = 0.5
"""Seconds between two looks."""


@dataclass(slots=True)
class Costs:
    """What one process had cost at several times."""

    seen: list[Cost] = field(default_factory=list)

    def cpu_between(self, start: float, end: float) -> float:
        """Return the seconds of CPU between two times, interpolated between the looks."""
        return self._cpu_at(end) - self._cpu_at(start)

    def share(self, start: float, end: float) -> float:
        """Return how much of one processor it took between two times."""
        return self.cpu_between(start, end) / (end - start)

    def growth(self) -> float:
        """Return the bytes by which its memory grew at most since the first look."""
        return max(it.rss for it in self.seen) - self.seen[0].rss

    def _cpu_at(self, at: float) -> float:
        times = [it.at for it in self.seen]
        after = min(max(1, bisect_left(times, at)), len(times) - 1)
        a, b = self.seen[after - 1], self.seen[after]
        part = (at - a.at) / (b.at - a.at)
        return a.cpu + (b.cpu - a.cpu) * min(max(part, 0.0), 1.0)


@dataclass(slots=True)
class Watch:
    """What was seen of the processes, and of the rest of the machine."""

    costs: list[Costs]
    idle: float = 0.0
    """Processors that nobody used."""
    others: float = 0.0
    """Processors that processes took which are not watched."""


@asynccontextmanager
async def watched(children: Sequence[Child]) -> AsyncGenerator[Watch]:
    """Look at each of these, and last at this process, until the block ends."""
    watch = Watch([Costs() for _ in (*children, None)])

    async def look() -> None:
        costs = await asyncio.gather(*(child.cost() for child in children))
        mine = Cost(time.monotonic(), time.process_time(), resident())
        for each, cost in zip(watch.costs, (*costs, mine), strict=True):
            each.seen.append(cost)

    async def keep_looking() -> None:
        while True:
            await asyncio.sleep(EVERY)
            await look()

    idle, total = processors()
    await look()
    looking = asyncio.create_task(keep_looking())
    try:
        yield watch
    finally:
        looking.cancel()
        await asyncio.wait([looking])
        await look()
        idle_now, total_now = processors()
        count, seconds = os.cpu_count() or 1, max(1, total_now - total)
        watch.idle = count * (idle_now - idle) / seconds
        own = sum(it.share(it.seen[0].at, it.seen[-1].at) for it in watch.costs)
        watch.others = max(0.0, count - watch.idle - own)


def processors() -> tuple[int, int]:
    """Return for how long all processors did nothing, and for how long they were there."""
    try:
        times = [int(it) for it in _STAT.read_text().partition("\n")[0].split()[1:9]]
    except OSError:
        return 0, 0
    return times[3] + times[4], sum(times)


@dataclass(frozen=True, slots=True)
class Span:
    """A time in which all streams were being written, and how many tokens came in it."""

    start: float
    end: float
    tokens: int

    @classmethod
    def steady(cls, written: Sequence[Sequence[float]]) -> "Span":
        """Return the time in which nine of ten are being written, or all where there is none.

        Else one that begins late would leave no time at all.
        """
        tenth = len(written) // 10
        start = sorted(it[0] for it in written)[-1 - tenth]
        end = sorted(it[-1] for it in written)[tenth]
        if end - start < 2 * EVERY:
            start, end = min(it[0] for it in written), max(it[-1] for it in written)
        return cls.between(written, start, end)

    @classmethod
    def between(cls, written: Sequence[Sequence[float]], start: float, end: float) -> "Span":
        """Return this time, with the tokens that came in it."""
        tokens = sum(bisect_right(it, end) - bisect_left(it, start) for it in written)
        return cls(start, end, tokens)
