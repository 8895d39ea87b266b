"""What sums up what was used."""

from collections.abc import AsyncGenerator, Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Protocol

from bot.quota.rules import Meter
from bot.quota.windows import Window
from bot.records.reports.replay import Spend
from bot.records.reports.sums import Names, Share, Spent, UseAt


class Reports(Protocol):
    """Sums up what was used, inside one transaction; no server means direct messages."""

    async def time_zone(self, guild_id: int | None) -> tzinfo:
        """Return the time zone whose calendar a server follows."""
        ...

    async def use_of(
        self, guild_id: int | None, user_id: int, start: datetime, end: datetime
    ) -> Iterable[UseAt]:
        """Return what a person used, by the quarter of an hour; what grants paid comes apart."""
        ...

    async def use_in(self, guild_id: int, start: datetime, end: datetime) -> Iterable[UseAt]:
        """Return what was used in a server, by the quarter of an hour."""
        ...

    async def people(self, guild_id: int, start: datetime, end: datetime) -> Iterable[Share]:
        """Return what each person used in a server; what grants paid has a share of its own."""
        ...

    async def channels(self, guild_id: int, start: datetime, end: datetime) -> Iterable[Share]:
        """Return what was used in each channel of a server, threads with it."""
        ...

    async def names(self, guild_id: int, user_ids: Sequence[int]) -> dict[int, Names]:
        """Return how people were called when they asked last; those who are not known are left."""
        ...

    async def latest(self, guild_id: int | None, user_id: int, most: int) -> list[Spent]:
        """Return the latest turns that a person paid for, latest first."""
        ...

    async def spared(self, guild_id: int, meter: Meter, window: Window) -> frozenset[int]:
        """Return whom a limit for all would not meet: those exempt or with one of their own."""
        ...

    def spends(
        self, guild_id: int, meter: Meter, start: datetime, end: datetime
    ) -> AsyncGenerator[Sequence[Spend], None]:
        """Yield what all turns of a server took of a meter, in their order, so many at a time."""
        ...
