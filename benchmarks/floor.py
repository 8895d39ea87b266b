"""The delay below which no bot can stay: a schedule that wastes nothing of Discord's limits; pure.

Requests take no time here, every permit is used and none is kept back. A lane (the edits of one
channel, or one interaction's token) lets one edit go every `seconds / permits`, the whole bot one
every 1/50 s; whoever has the oldest unseen token goes first. An edit shows all that has arrived.

Evenly spaced is what makes it a floor. Tokens that arrive at an even pace wait for half a gap on
average, so the mean delay grows with the sum of the gaps' squares, which is least where all gaps
are the same: five edits at once and then five seconds of nothing make 2.5 s, one a second makes
0.5 s. The same holds between lanes: equal turns, which the oldest token gives, are the best mean.
It holds for what does not know the future: who knew when an answer ends could move its last few
edits together, and gain about one edit in an answer's whole number of them.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from benchmarks.figures import Figures

GLOBAL_A_SECOND = 50


@dataclass(frozen=True, slots=True)
class Lane:
    """So many edits in so many seconds, which count in the whole bot's limit or do not."""

    permits: int
    seconds: float
    counts_globally: bool

    @property
    def gap(self) -> float:
        """Return the seconds between two edits that are evenly spaced."""
        return self.seconds / self.permits


CHANNEL = Lane(5, 5.0, counts_globally=True)
INTERACTION = Lane(5, 2.0, counts_globally=False)


PHASES = (0.0, 0.002, 0.005, 0.01)
"""Seconds by which first edits may be held back; the best of these counts."""


def floor(arrivals: Sequence[Sequence[float]], lane: Lane, phase: float = 0.0) -> list[list[float]]:
    """Return each token's delay, for answers that have a lane of this kind each.

    `arrivals` are each answer's token times, in ascending order. Each first edit is held back by
    `phase`: where tokens come at a beat that the gaps are a multiple of, edits that are always a
    trifle too early for one more token show everything a token later.
    """
    gap = 1 / GLOBAL_A_SECOND if lane.counts_globally else 0.0
    delays: list[list[float]] = [[] for _ in arrivals]
    # Those who may go from a time on, and those who may go now, by their oldest unseen token.
    waiting = [(times[0] + phase, answer) for answer, times in enumerate(arrivals) if times]
    heapq.heapify(waiting)
    ready: list[tuple[float, int]] = []
    now = 0.0
    while waiting or ready:
        if not ready:
            now = max(now, waiting[0][0])
        while waiting and waiting[0][0] <= now:
            answer = heapq.heappop(waiting)[1]
            heapq.heappush(ready, (arrivals[answer][len(delays[answer])], answer))
        answer = heapq.heappop(ready)[1]
        times, shown = arrivals[answer], delays[answer]
        while len(shown) < len(times) and times[len(shown)] <= now:
            shown.append(now - times[len(shown)])
        if len(shown) < len(times):
            heapq.heappush(waiting, (max(times[len(shown)], now + lane.gap), answer))
        now += gap
    return delays


def floor_of(arrivals: Sequence[Sequence[float]], lane: Lane) -> Figures:
    """Return what the delays of all tokens of all answers come to."""
    found = [Figures.of(chain.from_iterable(floor(arrivals, lane, phase))) for phase in PHASES]
    return min(found, key=lambda it: it.mean)
