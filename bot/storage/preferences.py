"""Keeps what a server has chosen."""

from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import delete, select

from bot.errors import InvalidChoice
from bot.storage.tables import guild_settings
from bot.storage.work import Work


class GuildPreferences:
    """Reads and changes servers' settings, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def time_zone(self, guild_id: int | None) -> tzinfo:
        """Return the time zone whose calendar a server's limits follow: UTC unless it chose one."""
        name = await self._work.value(
            select(guild_settings.c.time_zone).where(guild_settings.c.guild_id == guild_id)
        )
        return UTC if name is None else ZoneInfo(name)

    async def set_time_zone(self, guild_id: int, name: str) -> None:
        """Let a server's limits follow this zone's calendar; raise `InvalidChoice`."""
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise InvalidChoice("timezone", "advice-timezone") from error
        new = self._work.insert(guild_settings).values(guild_id=guild_id, time_zone=name)
        await self._work.run(
            new.on_conflict_do_update(index_elements=["guild_id"], set_={"time_zone": name})
        )

    async def reset_time_zone(self, guild_id: int) -> None:
        """Let a server's limits follow UTC's calendar again."""
        await self._work.run(delete(guild_settings).where(guild_settings.c.guild_id == guild_id))
