"""What a server has chosen, as admins read and change it."""

import asyncio
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.errors import InvalidChoice
from bot.ports import Storage, Transaction
from bot.records.changes import Change

DEFAULT_ZONE = "UTC"

USUAL = (
    DEFAULT_ZONE,
    "America/Los_Angeles",
    "America/Denver",
    "America/Chicago",
    "America/New_York",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Warsaw",
    "Europe/Istanbul",
    "Africa/Cairo",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Jakarta",
    "Asia/Shanghai",
    "Asia/Seoul",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
)
"""Zones in which many people live, from west to east: proposed while nothing is typed."""

_NO_PLACES = frozenset({"factory", "localtime", "posixrules"})
"""Names in a system's folder of zones that say nothing of where a server is."""


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A time zone's name, and what its clocks show."""

    zone: str
    time: datetime


class PreferenceDesk:
    """Reads and changes what a server has chosen; whoever calls has checked who may."""

    def __init__(self, storage: Storage, *, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._now = now

    async def time_zone(self, guild_id: int) -> LocalTime:
        """Return the zone whose calendar a server's limits follow."""
        async with self._storage.reading() as tx:
            zone = await tx.preferences.time_zone(guild_id)
        return self._local(zone)

    async def known(self, typed: str) -> str:
        """Return a time zone's name, however it was typed; raise `InvalidChoice`."""
        names = await asyncio.to_thread(zone_names)
        name = names.get(_plain(typed))
        if name is None:
            raise InvalidChoice("timezone", "advice-timezone")
        return name

    async def set_in(self, tx: Transaction, guild_id: int, name: str, by: int) -> None:
        """Let a server's limits follow a known zone, as a part of a larger change."""
        before = await tx.preferences.time_zone(guild_id)
        await tx.preferences.set_time_zone(guild_id, name)
        await self._note(tx, guild_id, by, "settings set", str(before), name)

    async def reset_in(self, tx: Transaction, guild_id: int, by: int) -> None:
        """Let a server's limits follow UTC's calendar again, as a part of a larger change."""
        before = await tx.preferences.time_zone(guild_id)
        await tx.preferences.reset_time_zone(guild_id)
        await self._note(tx, guild_id, by, "settings reset", str(before), DEFAULT_ZONE)

    async def proposals(self, typed: str, most: int) -> list[LocalTime]:
        """Return the zones that fit what is typed, those whose place begins with it first."""
        names = await asyncio.to_thread(zone_names)
        wanted = _plain(typed)
        fitting = [name for plain, name in names.items() if wanted in plain] if wanted else USUAL
        if wanted:
            fitting = sorted(fitting, key=lambda name: (not _begins(name, wanted), name))
        return [self._local(ZoneInfo(name)) for name in fitting[:most]]

    def _local(self, zone: tzinfo) -> LocalTime:
        return LocalTime(str(zone), self._now().astimezone(zone))

    async def _note(
        self, tx: Transaction, guild_id: int, by: int, command: str, before: str, after: str
    ) -> None:
        if before != after:
            change = Change(guild_id, self._now(), by, command, None, "timezone", before, after)
            await tx.audit.note(change)


@lru_cache(maxsize=1)
def zone_names() -> dict[str, str]:
    """Return every time zone's name by its lower-case form; the first time it reads many files."""
    names = sorted(zoneinfo.available_timezones())
    return {name.lower(): name for name in names if name.lower() not in _NO_PLACES}


def _plain(typed: str) -> str:
    return "_".join(typed.lower().split())


def _begins(name: str, wanted: str) -> bool:
    return name.lower().startswith(wanted) or name.lower().rpartition("/")[2].startswith(wanted)
