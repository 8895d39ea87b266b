"""When what happened to an answer on the screen, and when to look again; pure."""

from math import inf

from bot.snapshots import Snapshot

TICK, SLOWEST_TICK = 2.5, 10.0
"""Seconds between repaints that only move the meter; the longer it has run, the rarer they are."""

READABLE = 24
"""Characters that are worth a first paint at once; fewer wait for more, `RIPENS` seconds long."""

RIPENS = 0.12

DRAWS_WITHIN = 15.0
"""Seconds that an ended answer waits for its last pictures."""


class Moments:
    """One answer's moments, in seconds."""

    def __init__(self, now: float, tick: float) -> None:
        self.began = self.painted = now
        self.first_words: float | None = None
        self.ended = inf
        self._tick = tick

    def ticks_at(self) -> float:
        """Return when the meter should move next."""
        ran = self.painted - self.began
        return self.painted + max(self._tick, min(SLOWEST_TICK, ran / 4))

    def ripe_at(self, snapshot: Snapshot) -> float:
        """Return when there is enough to read: a lone letter would stand there for a second."""
        if snapshot.closing is not None or len(snapshot.text) >= READABLE or not snapshot.text:
            return 0.0
        return self.first_words + RIPENS if self.first_words is not None else 0.0

    def gives_up_at(self) -> float:
        """Return when pictures that are still missing are not waited for any more."""
        return self.ended + DRAWS_WITHIN

    def look_at(self, snapshot: Snapshot, now: float, ends_in: float = inf) -> float:
        """Return when to look again if nothing new comes, or infinity.

        A screen that `ends_in` so many seconds is looked at then: it has to say so in time.
        """
        if self.ended < inf:
            return self.gives_up_at()
        if (ripe_at := self.ripe_at(snapshot)) > now:
            return ripe_at
        if snapshot.closing is not None:
            return inf
        if snapshot.text:
            return now + ends_in if ends_in > 0 else inf
        return self.ticks_at() if self.ticks_at() > now else now + self._tick
