"""Discord's buckets: what each may spend, and when the next of it is worth spending; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from math import inf
from types import MappingProxyType


class LaneKind(Enum):
    """Which of Discord's buckets a request takes its permit from."""

    CREATE = "create"
    EDIT = "edit"
    OLD_EDIT = "old edit"
    INTERACTION = "interaction"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Lane:
    """One bucket: a channel's creates or edits, or an interaction's token (never shown)."""

    kind: LaneKind
    key: int | str = field(repr=False)

    @classmethod
    def create(cls, channel_id: int) -> "Lane":
        """Return the lane of new messages in a channel, thread or DM."""
        return cls(LaneKind.CREATE, channel_id)

    @classmethod
    def edit(cls, channel_id: int) -> "Lane":
        """Return the lane that all edits in a channel, thread or DM share."""
        return cls(LaneKind.EDIT, channel_id)

    @classmethod
    def old_edit(cls, channel_id: int) -> "Lane":
        """Return the lane of edits of messages older than an hour, which headers say nothing of."""
        return cls(LaneKind.OLD_EDIT, channel_id)

    @classmethod
    def interaction(cls, token: str) -> "Lane":
        """Return the lane of an interaction's original response and follow-ups."""
        return cls(LaneKind.INTERACTION, token)

    @classmethod
    def other(cls, number: int) -> "Lane":
        """Return a lane for one request of any other route: discord.py knows its bucket."""
        return cls(LaneKind.OTHER, number)


@dataclass(frozen=True, slots=True)
class Budget:
    """So many permits in so many seconds, as long as Discord's headers say nothing else."""

    permits: int
    seconds: float
    counts_globally: bool = True


UNHEARD = frozenset({LaneKind.OTHER, LaneKind.OLD_EDIT})
"""Lanes of which an answer's headers say nothing: they are of another bucket, or of several."""

BUDGETS: Mapping[LaneKind, Budget] = MappingProxyType(
    {
        LaneKind.CREATE: Budget(5, 5.0),
        LaneKind.EDIT: Budget(5, 5.0),
        LaneKind.OLD_EDIT: Budget(3, 6.0),
        LaneKind.INTERACTION: Budget(5, 2.0, counts_globally=False),
        LaneKind.OTHER: Budget(2, 1.0),
    }
)
"""As observed at Discord, and believed until a lane's first answer."""


class Urgency(IntEnum):
    """What goes first: a last paint, first words, plain notices, growth, what has no words yet."""

    LAST = 0
    FIRST = 1
    NOTICE = 2
    GROWTH = 3
    WORDLESS = 4
    TICK = 5


_KEPT_BACK: Mapping[Urgency, int] = MappingProxyType(
    {
        Urgency.LAST: 0,
        Urgency.FIRST: 0,
        Urgency.NOTICE: 1,
        Urgency.GROWTH: 0,
        Urgency.WORDLESS: 1,
        Urgency.TICK: 2,
    }
)
"""Permits of a bucket that stay unspent: discord.py sleeps on the last one until the reset.

First and last paints may take it, since Discord shows them at once. Growth takes it only shortly
before the reset: until then it is there for a last paint.
"""

LONGEST_HOLE = 0.5
"""Seconds before a reset in which growth may leave nothing for a last paint."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What an answer's headers say of its bucket: permits left of so many, until a reset."""

    limit: int
    left: int
    resets_in: float


@dataclass(eq=False, slots=True)
class Ticket:
    """A place in the queue; `since` is when what it would show came to be unseen.

    Once granted it counts globally until `counts_until`, and `spends_last` tells whether it took
    the last permit of its bucket.
    """

    lane: Lane
    urgency: Urgency
    since: float
    number: int
    granted_at: float | None = None
    spends_last: bool = False
    counts_until: float = -inf

    @property
    def granted(self) -> bool:
        """Tell whether its request may go, or went."""
        return self.granted_at is not None

    def rank(self) -> tuple[int, float, int]:
        """Return what the queue is sorted by: urgency, then who has lagged the longest."""
        return (self.urgency, self.since, self.number)


class Bucket:
    """What a lane has spent, and who waits for it; one request is in flight at a time.

    Discord counts in windows that begin with their first request. What it says of the present one
    is believed; where it says nothing, a window is taken to begin with its first request's return.
    """

    def __init__(self, budget: Budget) -> None:
        self.counts_globally = budget.counts_globally
        self.waiting: list[Ticket] = []
        self.flying: Ticket | None = None
        self.version = 0
        self._seconds = budget.seconds
        self._limit = self._left = budget.permits
        self._resets_at = self._last_grant = self._not_before = -inf
        self._is_first = False

    def next(self) -> Ticket | None:
        """Return who goes next, if anybody waits and nothing is in flight."""
        if self.flying is not None or not self.waiting:
            return None
        return self.waiting[0] if len(self.waiting) == 1 else min(self.waiting, key=Ticket.rank)

    def ready_at(self, urgency: Urgency, strain: float = 1.0) -> float:
        """Return the earliest time at which a ticket of this urgency may go.

        `strain` is how many times as rarely growth is to be shown as Discord would allow.
        """
        at = -inf if self._left > _KEPT_BACK[urgency] else self._resets_at
        if urgency is Urgency.GROWTH:
            grows_at = self._grows_at()
            if strain > 1.0 and self._last_grant > -inf:
                grows_at = self._last_grant + (grows_at - self._last_grant) * strain
            at = max(at, grows_at)
        elif urgency is Urgency.TICK:
            share = max(1, self._limit - _KEPT_BACK[urgency])
            at = max(at, self._last_grant + self._seconds / share)
        return max(at, self._not_before)

    def _grows_at(self) -> float:
        """Return when to grow next: what is left is spread evenly, the last of it comes late."""
        hole = min(LONGEST_HOLE, self._seconds / self._limit)
        if self._last_grant == -inf:
            return self._last_grant
        if self._left > 0:
            span = self._resets_at - hole - self._last_grant
            return self._last_grant + max(hole, span / self._left)
        return self._last_grant + hole

    def take(self, ticket: Ticket, now: float) -> None:
        """Spend a permit on this ticket."""
        self._is_first = now >= self._resets_at
        if self._is_first:
            self._left, self._resets_at = self._limit, now + self._seconds
        self._left -= 1
        ticket.spends_last = self._left <= 0
        self._last_grant = ticket.granted_at = now
        self.flying = ticket
        self.waiting.remove(ticket)

    def hear(self, heard: Heard, now: float) -> None:
        """Believe what Discord says after a request."""
        self._is_first = False
        if heard.left == heard.limit - 1:
            self._seconds = max(heard.resets_in, 0.001)
        self._limit, self._left = max(1, heard.limit), heard.left
        self._resets_at = now + heard.resets_in

    def rest(self, until: float) -> None:
        """Let nothing go before then: Discord said so."""
        self._not_before = max(self._not_before, until)

    def land(self, now: float) -> None:
        """Note that the request in flight is over."""
        self.flying = None
        if self._is_first:  # Discord said nothing: its window began before now
            self._resets_at = now + self._seconds

    def idle_at(self) -> float:
        """Return from when on nothing about this bucket matters any more."""
        if self.waiting or self.flying is not None:
            return inf
        return max(self._resets_at, self._not_before, self._last_grant + self._seconds)
