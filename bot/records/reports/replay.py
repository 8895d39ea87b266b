"""What a limit would have stopped: past turns, replayed under it."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from operator import itemgetter

from bot.quota.rules import Meter
from bot.quota.windows import Window, window_bounds

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BEFORE_ALL = -(2**63)


Spend = tuple[int, int, int]
"""Who took something of their ordinary allowance, when in microseconds since 1970, and how much.

A plain tuple, as a row is: a replay goes through millions of them.
"""


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
        self._ends = _BEFORE_ALL
        self._used: dict[int, int] = {}
        self._turns: Counter[int] = Counter()
        self._stopped: dict[int, int] = {}
        self._first: dict[int, int] = {}

    def take(self, spends: Sequence[Spend]) -> None:
        """Take further turns, none of them earlier than those before."""
        told = spends[bisect_left(spends, self._told_from, key=itemgetter(1)) :]
        self._turns.update(map(itemgetter(0), told))
        # Whom it is for is asked at the end: once for a person, and not at each turn.
        most, told_from, ends = self._proposal.amount, self._told_from, self._ends
        all_used, stopped = self._used, self._stopped
        for user, at, amount in spends:
            if at >= ends:
                ends = self._begin_window(at)
            used = all_used.get(user, 0) + amount
            if used <= most:
                all_used[user] = used
            elif at >= told_from:
                if user in stopped:
                    stopped[user] += 1
                else:
                    stopped[user], self._first[user] = 1, at

    def _begin_window(self, at: int) -> int:
        """Begin the window of a moment, and return when it ends."""
        # Everybody's windows are the same ones, so that one at a time is all there is.
        self._used.clear()
        moment = _EPOCH + at * _MICROSECOND
        _, end = window_bounds(self._proposal.window, moment, self._zone)
        self._ends = (end - _EPOCH) // _MICROSECOND
        return self._ends

    def outcome(self) -> Outcome:
        """Return what came of the turns so far."""
        turns = {user: count for user, count in self._turns.items() if self._is_for(user)}
        stopped = [
            Stopped(user, turns[user], count, _EPOCH + self._first[user] * _MICROSECOND)
            for user, count in self._stopped.items()
            if user in turns
        ]
        stopped.sort(key=lambda it: (-it.stopped, it.first, it.user_id))
        return Outcome(self._since, len(turns), sum(turns.values()), tuple(stopped))


def begins(proposal: Proposal, since: datetime, zone: tzinfo) -> datetime:
    """Return from when on turns are replayed: from the start of the window around `since`."""
    return window_bounds(proposal.window, since, zone)[0]
