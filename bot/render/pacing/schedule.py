"""Decides when each request may go to Discord; no clock, no I/O: times come in as numbers."""

from collections import deque
from collections.abc import Mapping
from heapq import heappop, heappush
from itertools import count
from math import inf
from types import MappingProxyType

from bot.render.pacing.lanes import (
    BUDGETS,
    UNHEARD,
    Bucket,
    Budget,
    Heard,
    Lane,
    LaneKind,
    Ticket,
    Urgency,
)

GLOBAL_PERMITS = 50
"""Requests a second that Discord allows a whole bot, interactions' own left out."""

_KEPT_FREE: Mapping[Urgency, int] = MappingProxyType(
    {
        Urgency.LAST: 0,
        Urgency.FIRST: 0,
        Urgency.NOTICE: 0,
        Urgency.GROWTH: 0,
        Urgency.WORDLESS: 35,
        Urgency.TICK: 35,
    }
)
"""Permits of the whole bot that each urgency leaves to those before it.

Growth is spread evenly over each second, so that a permit comes free all the time, and goes to the
most urgent. What has no words would take in a crowd what others need to show theirs.
"""

PATIENCE = 5.0
"""Seconds after which a request that is still unanswered has surely been counted and forgotten."""

_JITTER = 0.01
"""Seconds by which the way to Discord may take longer for one request than for another."""

_STEPS_AHEAD = 4
_QUICK_ONES = 1_000
"""Answers of which the quickest is known: a slow second must not make all ways seem long."""


class Shared:
    """The whole bot's permits: no second of Discord's sees more than `permits` requests.

    A request reaches Discord at some time between its grant and its answer. The quickest of late
    tells how long the way is; by what another takes longer it may have come later, and a little
    is left for what no answer tells.
    """

    def __init__(self, permits: int = GLOBAL_PERMITS) -> None:
        self._permits = permits
        self._counted: list[Ticket] = []
        self._not_before = -inf
        self._grows_at = -inf
        self._ways: deque[float] = deque(maxlen=_QUICK_ONES)

    def ready_at(self, urgency: Urgency, now: float) -> float:
        """Return the earliest time at which a ticket of this urgency may go."""
        at = self._not_before
        if urgency >= Urgency.GROWTH:
            at = max(at, self._grows_at - _STEPS_AHEAD * self._step(urgency))
        room = max(1, self._permits - _KEPT_FREE[urgency])
        ends = sorted(it.counts_until for it in self._counted if it.counts_until > now)
        return max(at, ends[-room]) if len(ends) >= room else at

    def take(self, ticket: Ticket, now: float) -> None:
        """Count a ticket that was granted just now."""
        if ticket.urgency >= Urgency.GROWTH:
            # Evenly, so that a last paint never meets a second that a burst has used up.
            self._grows_at = max(self._grows_at, now) + self._step(ticket.urgency)
        self._counted = [it for it in self._counted if it.counts_until > now]
        self._counted.append(ticket)
        ticket.counts_until = now + PATIENCE

    def answered(self, ticket: Ticket, now: float) -> None:
        """Note that Discord has answered: this one has been counted, and will be forgotten."""
        if ticket.granted_at is None or ticket.counts_until != ticket.granted_at + PATIENCE:
            return
        way = now - ticket.granted_at
        self._ways.append(way)
        ticket.counts_until = ticket.granted_at + 1.0 + way - min(self._ways) + _JITTER

    def rest(self, until: float) -> None:
        """Let nothing go before then: Discord said so."""
        self._not_before = max(self._not_before, until)

    def _step(self, urgency: Urgency) -> float:
        return 1.0 / max(1, self._permits - _KEPT_FREE[urgency])


class Schedule:
    """Decides who goes when: one request in flight a lane, none over any budget.

    Deciding takes the same time for one lane and for hundreds: each lane is noted in a queue under
    the time, or once that has come under the rank, of its next ticket. A note is outdated once its
    lane's version has moved on.

    `strain`, from 1 up, lets the growth of interactions' answers be shown so many times as rarely.
    """

    def __init__(
        self, budgets: Mapping[LaneKind, Budget] = BUDGETS, permits: int = GLOBAL_PERMITS
    ) -> None:
        self._budgets = budgets
        self._shared = Shared(permits)
        self._lanes: dict[Lane, Bucket] = {}
        self._later: list[tuple[float, int, int, Lane]] = []
        self._ready: list[tuple[tuple[int, float, int], int, Lane]] = []
        self._idle: list[tuple[float, int, int, Lane]] = []
        self._asked = count(1)
        self._noted = count()
        self.strain = 1.0

    @property
    def lanes(self) -> int:
        """Return how many lanes are known at present."""
        return len(self._lanes)

    def ask(self, lane: Lane, urgency: Urgency, since: float) -> Ticket:
        """Queue up and return the ticket that `grant` will hand out when its time has come."""
        ticket = Ticket(lane, urgency, since, next(self._asked))
        bucket = self._bucket(lane)
        bucket.waiting.append(ticket)
        self._note(lane, bucket)
        return ticket

    def hurry(self, ticket: Ticket, urgency: Urgency) -> None:
        """Raise the urgency of a ticket that still waits."""
        if not ticket.granted and urgency < ticket.urgency:
            ticket.urgency = urgency
            self._note(ticket.lane, self._bucket(ticket.lane))

    def drop(self, ticket: Ticket) -> None:
        """Forget a ticket that was never granted."""
        bucket = self._bucket(ticket.lane)
        bucket.waiting.remove(ticket)
        self._note(ticket.lane, bucket)

    def grant(self, now: float) -> list[Ticket]:
        """Return the tickets that may go now; each must be given back with `done`."""
        granted = self._wake(now)
        while turn := self._first_ready():
            bucket, ticket = turn
            if self._shared.ready_at(ticket.urgency, now) > now:
                break  # whoever comes after it is less urgent, and has to leave more
            heappop(self._ready)
            self._shared.take(ticket, now)
            granted.append(self._take(bucket, ticket, now))
        self._tidy(now)
        return granted

    def next_at(self, now: float) -> float | None:
        """Return when `grant` is worth asking again, or None until a `done` or an `ask`."""
        while self._later and self._is_outdated(self._later[0][2], self._later[0][3]):
            heappop(self._later)
        at = self._later[0][0] if self._later else inf
        if turn := self._first_ready():
            at = min(at, self._shared.ready_at(turn[1].urgency, now))
        return None if at == inf else max(now, at)

    def hear(self, ticket: Ticket, heard: Heard | None, now: float) -> None:
        """Learn from Discord's answer to a granted ticket's request."""
        self._shared.answered(ticket, now)
        bucket = self._bucket(ticket.lane)
        if heard is not None and bucket.flying is ticket and ticket.lane.kind not in UNHEARD:
            bucket.hear(heard, now)

    def done(self, ticket: Ticket, now: float) -> None:
        """Take a granted ticket back: its request is over."""
        self._shared.answered(ticket, now)
        bucket = self._bucket(ticket.lane)
        bucket.land(now)
        self._note(ticket.lane, bucket)

    def back_off(self, lane: Lane, until: float) -> None:
        """Let nothing go in this lane before then: Discord said so."""
        bucket = self._bucket(lane)
        bucket.rest(until)
        self._note(lane, bucket)

    def back_off_all(self, until: float) -> None:
        """Let nothing that counts globally go before then: Discord said so."""
        self._shared.rest(until)

    def _bucket(self, lane: Lane) -> Bucket:
        bucket = self._lanes.get(lane)
        if bucket is None:
            bucket = self._lanes[lane] = Bucket(self._budgets[lane.kind])
        return bucket

    def _note(self, lane: Lane, bucket: Bucket) -> None:
        """Note when the lane's next ticket may go, or from when on the lane can be forgotten."""
        bucket.version += 1
        if ticket := bucket.next():
            # What counts globally is few enough by that.
            strain = 1.0 if bucket.counts_globally else self.strain
            at = bucket.ready_at(ticket.urgency, strain)
            heappush(self._later, (at, next(self._noted), bucket.version, lane))
        elif bucket.flying is None:
            heappush(self._idle, (bucket.idle_at(), next(self._noted), bucket.version, lane))

    def _wake(self, now: float) -> list[Ticket]:
        """Queue by rank those whose time has come; return those that need not wait for others."""
        granted: list[Ticket] = []
        while self._later and self._later[0][0] <= now:
            _, _, version, lane = heappop(self._later)
            if self._is_outdated(version, lane):
                continue
            bucket = self._lanes[lane]
            ticket = bucket.next()
            if ticket is None:
                continue
            if bucket.counts_globally:
                heappush(self._ready, (ticket.rank(), version, lane))
            else:
                granted.append(self._take(bucket, ticket, now))
        return granted

    def _first_ready(self) -> tuple[Bucket, Ticket] | None:
        while self._ready:
            _, version, lane = self._ready[0]
            if not self._is_outdated(version, lane):
                bucket = self._lanes[lane]
                if ticket := bucket.next():
                    return bucket, ticket
            heappop(self._ready)
        return None

    def _is_outdated(self, version: int, lane: Lane) -> bool:
        bucket = self._lanes.get(lane)
        return bucket is None or bucket.version != version

    def _take(self, bucket: Bucket, ticket: Ticket, now: float) -> Ticket:
        bucket.take(ticket, now)
        bucket.version += 1
        return ticket

    def _tidy(self, now: float) -> None:
        while self._idle and self._idle[0][0] <= now:
            _, _, version, lane = heappop(self._idle)
            if not self._is_outdated(version, lane):
                del self._lanes[lane]
