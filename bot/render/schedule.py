"""Decides when each request may go to Discord; no clock, no I/O: times come in as numbers."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from math import inf
from types import MappingProxyType


class LaneKind(Enum):
    """Which of Discord's buckets a request takes its permit from."""

    CREATE = "create"
    EDIT = "edit"
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
    def interaction(cls, token: str) -> "Lane":
        """Return the lane of an interaction's original response and follow-ups."""
        return cls(LaneKind.INTERACTION, token)

    @classmethod
    def other(cls, channel_id: int) -> "Lane":
        """Return the lane of a channel's remaining routes, such as opening threads."""
        return cls(LaneKind.OTHER, channel_id)


@dataclass(frozen=True, slots=True)
class Budget:
    """So many permits in any span of so many seconds."""

    permits: int
    seconds: float
    counts_globally: bool = True


BUDGETS: Mapping[LaneKind, Budget] = MappingProxyType(
    {
        LaneKind.CREATE: Budget(5, 5.0),
        LaneKind.EDIT: Budget(5, 5.0),
        LaneKind.INTERACTION: Budget(5, 2.0, counts_globally=False),
        LaneKind.OTHER: Budget(5, 5.0),
    }
)
"""As observed at Discord; `OTHER` stands for a channel's remaining routes, such as threads."""

GLOBAL = Budget(10, 0.25)
"""40 a second of the bot's 50, in small portions, so that delays on the way can't heap them up."""


class Urgency(IntEnum):
    """What goes first: a last paint, a first one, plain notices, growth, ticking meters."""

    LAST = 0
    FIRST = 1
    NOTICE = 2
    GROWTH = 3
    TICK = 4


_KEPT_BACK: Mapping[Urgency, int] = MappingProxyType(
    {Urgency.LAST: 0, Urgency.FIRST: 1, Urgency.NOTICE: 1, Urgency.GROWTH: 1, Urgency.TICK: 2}
)
"""Permits of a bucket that stay unspent: discord.py sleeps on the last one until the reset.

Only a last paint may take it: Discord shows it at once, and the sleep, which is short because
growth comes evenly, keeps nobody waiting who still has something to show.
"""

_SPACED = frozenset({Urgency.GROWTH, Urgency.TICK})


@dataclass(eq=False, slots=True)
class Ticket:
    """A place in the queue; `since` is when what it would show came to be unseen."""

    lane: Lane
    urgency: Urgency
    since: float
    number: int
    granted: bool = False

    def rank(self) -> tuple[int, float, int]:
        """Return what the queue is sorted by: urgency, then who has lagged the longest."""
        return (self.urgency, self.since, self.number)


@dataclass(slots=True)
class _LaneState:
    """What a lane has spent; a permit counts until its window has passed since its return.

    Discord sees a request at some time between its grant and its return, so counting from the
    return keeps every window of Discord's within the budget, however slow the way is.
    """

    budget: Budget
    spent: deque[float] = field(default_factory=deque)
    waiting: list[Ticket] = field(default_factory=list)
    flying: Ticket | None = None
    last_grant: float = -inf
    not_before: float = -inf

    def ready_at(self, urgency: Urgency) -> float:
        """Return the earliest time at which a ticket of this urgency may go."""
        if self.flying is not None:
            return inf
        share = max(1, self.budget.permits - _KEPT_BACK[urgency])
        at = self.not_before
        if len(self.spent) >= share:
            at = max(at, self.spent[-share] + self.budget.seconds)
        if urgency in _SPACED:
            at = max(at, self.last_grant + self.budget.seconds / share)
        return at

    def forget_before(self, now: float) -> None:
        """Drop permits whose window has passed."""
        while self.spent and self.spent[0] + self.budget.seconds <= now:
            self.spent.popleft()

    def is_idle(self, now: float) -> bool:
        """Tell whether nothing about this lane matters any more."""
        return not (
            self.waiting
            or self.flying
            or self.spent
            or self.not_before > now
            or self.last_grant + self.budget.seconds > now
        )


class Schedule:
    """Decides who goes when: one request in flight a lane, none over any budget."""

    def __init__(
        self, budgets: Mapping[LaneKind, Budget] = BUDGETS, global_budget: Budget = GLOBAL
    ) -> None:
        self._budgets = budgets
        self._global = global_budget
        self._global_spent: deque[float] = deque()
        self._global_not_before = -inf
        self._lanes: dict[Lane, _LaneState] = {}
        self._asked = 0

    def ask(self, lane: Lane, urgency: Urgency, since: float) -> Ticket:
        """Queue up and return the ticket that `grant` will hand out when its time has come."""
        self._asked += 1
        ticket = Ticket(lane, urgency, since, self._asked)
        self._lane(lane).waiting.append(ticket)
        return ticket

    def grant(self, now: float) -> list[Ticket]:
        """Return the tickets that may go now; each must be given back with `done`."""
        self._tidy(now)
        ready = [
            (ticket.rank(), ticket, state)
            for state in self._lanes.values()
            if (ticket := self._next_of(state)) and state.ready_at(ticket.urgency) <= now
        ]
        ready.sort(key=lambda entry: entry[0])
        return [ticket for _, ticket, state in ready if self._take(ticket, state, now)]

    def next_at(self, now: float) -> float | None:
        """Return when `grant` is worth asking again, or None until a `done` or an `ask`."""
        earliest = inf
        for state in self._lanes.values():
            if ticket := self._next_of(state):
                at = state.ready_at(ticket.urgency)
                if state.budget.counts_globally:
                    at = max(at, self._global_ready_at())
                earliest = min(earliest, at)
        return None if earliest == inf else max(now, earliest)

    def done(self, ticket: Ticket, now: float) -> None:
        """Take a granted ticket back: its request has been answered."""
        state = self._lane(ticket.lane)
        state.flying = None
        state.spent.append(now)

    def drop(self, ticket: Ticket) -> None:
        """Forget a ticket that was never granted."""
        self._lane(ticket.lane).waiting.remove(ticket)

    def back_off(self, lane: Lane, until: float) -> None:
        """Let nothing go in this lane before then: Discord said so."""
        state = self._lane(lane)
        state.not_before = max(state.not_before, until)

    def back_off_all(self, until: float) -> None:
        """Let nothing that counts globally go before then: Discord said so."""
        self._global_not_before = max(self._global_not_before, until)

    def _lane(self, lane: Lane) -> _LaneState:
        state = self._lanes.get(lane)
        if state is None:
            state = self._lanes[lane] = _LaneState(self._budgets[lane.kind])
        return state

    @staticmethod
    def _next_of(state: _LaneState) -> Ticket | None:
        if state.flying is not None:
            return None
        return min(state.waiting, key=Ticket.rank, default=None)

    def _take(self, ticket: Ticket, state: _LaneState, now: float) -> bool:
        if state.budget.counts_globally:
            if self._global_ready_at() > now:
                return False
            self._global_spent.append(now)
        state.waiting.remove(ticket)
        state.flying = ticket
        state.last_grant = now
        ticket.granted = True
        return True

    def _global_ready_at(self) -> float:
        if len(self._global_spent) < self._global.permits:
            return self._global_not_before
        freed = self._global_spent[-self._global.permits] + self._global.seconds
        return max(freed, self._global_not_before)

    def _tidy(self, now: float) -> None:
        while self._global_spent and self._global_spent[0] + self._global.seconds <= now:
            self._global_spent.popleft()
        for lane, state in list(self._lanes.items()):
            state.forget_before(now)
            if state.is_idle(now):
                del self._lanes[lane]
