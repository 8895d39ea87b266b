"""What a limit would have stopped: past turns, replayed under it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

from bot.quota import Meter
from bot.windows import Window, window_bounds

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BEFORE_ALL = -(2**63)


class Spend(NamedTuple):
    """What a turn took of a person's ordinary allowance; `at` is microseconds since 1970.

    A tuple with a number for its moment: a replay goes through millions of them.
    """

    user_id: int
    at: int
    requests: int
    tokens: int
    cost_micros: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A limit for each person, as it might be set."""

    meter: Meter
    window: Window
    amount: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """Whom the limit would have stopped: how many of their turns, and when first."""

    user_id: int
    turns: int
    stopped: int
    first: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a limit would have done to the turns of those whom it is for.

    `people` are those who asked at all; `stopped` names those whom it met, the most often first.
    """

    since: datetime
    people: int
    turns: int
    stopped: tuple[Stopped, ...]

    @property
    def stopped_turns(self) -> int:
        """Return how many turns would have been stopped."""
        return sum(it.stopped for it in self.stopped)


class Replay:
    """Takes past turns in their order; what it keeps grows with people, and not with turns.

    A turn that does not fit whole is stopped and counts as no use, as a refused one does. Turns
    before `since` are counted and not told of: a window may have begun with them.
    """

    def __init__(
        self,
        proposal: Proposal,
        zone: tzinfo,
        since: datetime,
        is_for: Callable[[int], bool] = lambda _: True,
    ) -> None:
        self._proposal = proposal
        self._zone = zone
        self._since = since
        self._is_for = is_for
        self._told_from = (since - _EPOCH) // _MICROSECOND
        self._meter = 2 + list(Meter).index(proposal.meter)
        self._ends = _BEFORE_ALL
        self._used: dict[int, int] = {}
        self._turns: dict[int, int] = {}
        self._stopped: dict[int, int] = {}
        self._first: dict[int, int] = {}

    def take(self, spends: Iterable[Spend]) -> None:
        """Take further turns, none of them earlier than those before."""
        most, meter = self._proposal.amount, self._meter
        for spend in spends:
            user, at = spend.user_id, spend.at
            if not self._is_for(user):
                continue
            if at >= self._ends:
                self._begin_window(at)
            used = self._used.get(user, 0) + spend[meter]
            fits = used <= most
            if fits:
                self._used[user] = used
            if at >= self._told_from:
                self._turns[user] = self._turns.get(user, 0) + 1
                if not fits:
                    self._stopped[user] = self._stopped.get(user, 0) + 1
                    self._first.setdefault(user, at)

    def _begin_window(self, at: int) -> None:
        # Everybody's windows are the same ones, so that one at a time is all there is.
        self._used.clear()
        moment = _EPOCH + at * _MICROSECOND
        _, end = window_bounds(self._proposal.window, moment, self._zone)
        self._ends = (end - _EPOCH) // _MICROSECOND

    def outcome(self) -> Outcome:
        """Return what came of the turns so far."""
        stopped = [
            Stopped(user, self._turns[user], count, _EPOCH + self._first[user] * _MICROSECOND)
            for user, count in self._stopped.items()
        ]
        stopped.sort(key=lambda it: (-it.stopped, it.first, it.user_id))
        return Outcome(self._since, len(self._turns), sum(self._turns.values()), tuple(stopped))


def begins(proposal: Proposal, since: datetime, zone: tzinfo) -> datetime:
    """Return from when on turns are replayed: from the start of the window around `since`."""
    return window_bounds(proposal.window, since, zone)[0]
