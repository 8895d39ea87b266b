"""What was used, for the person who did and for admins, and what a limit would have stopped."""

from collections.abc import Callable, Sequence
from contextlib import aclosing
from datetime import datetime
from functools import partial

from bot.ports import Storage
from bot.records.reports.replay import Outcome, Proposal, Replay, begins
from bot.records.reports.sums import (
    Names,
    PersonUse,
    Report,
    Span,
    bounds_of,
    by_day,
    by_hour,
    days_back,
    shares,
    total,
)

LATEST = 5
"""Turns of which a person is told what they came to."""


class ReportDesk:
    """Reports what was used; whoever calls has checked who may know."""

    def __init__(self, storage: Storage, *, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._now = now

    async def use_of(self, guild_id: int | None, user_id: int) -> PersonUse:
        """Return what a person used in the latest days, in a server or in direct messages."""
        now = self._now()
        async with self._storage.reading() as tx:
            zone = await tx.reports.time_zone(guild_id)
            start, end = days_back(now, zone)
            use = await tx.reports.use_of(guild_id, user_id, start, end)
            latest = await tx.reports.latest(guild_id, user_id, LATEST)
            days = await tx.apart(lambda: by_day(use, now, zone))
        return PersonUse(days, tuple(latest))

    async def report(self, guild_id: int, span: Span) -> Report:
        """Return what was used in a server, by whom, where and when."""
        async with self._storage.reading() as tx:
            zone = await tx.reports.time_zone(guild_id)
            end = self._now()
            start, _ = bounds_of(span, end, zone)
            use = await tx.reports.use_in(guild_id, start, end)
            used = await tx.reports.people(guild_id, start, end)
            people = await tx.apart(partial(shares, used))
            used = await tx.reports.channels(guild_id, start, end)
            channels = await tx.apart(partial(shares, used))
            names = await tx.reports.names(guild_id, [it.id for it in people])
            hours = await tx.apart(lambda: by_hour(use, zone))
        return Report(span, start, end, zone, total(hours), people, channels, hours, names)

    async def spenders(self, guild_id: int) -> list[int]:
        """Return who asked in a server in the latest days, those with the most tokens first."""
        async with self._storage.reading() as tx:
            zone = await tx.reports.time_zone(guild_id)
            used = await tx.reports.people(guild_id, *days_back(self._now(), zone))
            people = await tx.apart(partial(shares, used))
        return [it.id for it in people]

    async def names(self, guild_id: int, user_ids: Sequence[int]) -> dict[int, Names]:
        """Return how people were called when they asked last."""
        async with self._storage.reading() as tx:
            return await tx.reports.names(guild_id, user_ids)

    async def simulate(
        self, guild_id: int, proposal: Proposal, holders: frozenset[int] | None = None
    ) -> Outcome:
        """Return what a limit would have stopped in the latest days.

        It is for the holders of a role, or without any for every member; those whom it would not
        meet are left out.
        """
        now = self._now()
        async with self._storage.reading() as tx:
            zone = await tx.reports.time_zone(guild_id)
            since, _ = days_back(now, zone)
            spared = await tx.reports.spared(guild_id, proposal.meter, proposal.window)
            replay = Replay(proposal, zone, since, _for(holders, spared))
            start = begins(proposal, since, zone)
            turns = tx.reports.spends(guild_id, proposal.meter, start, now)
            async with aclosing(turns) as pages:
                async for spends in pages:
                    await tx.apart(partial(replay.take, spends))
            return await tx.apart(replay.outcome)


def _for(holders: frozenset[int] | None, spared: frozenset[int]) -> Callable[[int], bool]:
    if holders is None:
        return lambda user_id: user_id not in spared
    met = holders - spared
    return lambda user_id: user_id in met
