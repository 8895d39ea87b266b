"""Keeps who is exempt from personal limits."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.quota.grants import Exemption, ExemptKind
from bot.storage.tables import exemptions
from bot.storage.work import Work


class Exemptions:
    """Reads and changes a server's exemptions, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def exemptions(self, guild_id: int) -> list[Exemption]:
        """Return who is exempt in a server, in a fixed order."""
        table = exemptions.c
        rows = await self._work.rows(
            select(table.kind, table.target_id)
            .where(table.guild_id == guild_id)
            .order_by(table.kind, table.target_id)
        )
        return [Exemption(ExemptKind(kind), target_id) for kind, target_id in rows]

    async def exempt(self, guild_id: int, who: Exemption, by: int, at: datetime) -> bool:
        """Let somebody skip the personal limits; False where that was so already."""
        new = self._work.insert(exemptions).values(
            guild_id=guild_id, kind=who.kind, target_id=who.target_id, set_by=by, set_at=at
        )
        return await self._work.count(new.on_conflict_do_nothing()) > 0

    async def unexempt(self, guild_id: int, who: Exemption) -> bool:
        """Let the personal limits hold for somebody again; False where they did already."""
        table = exemptions.c
        removed = await self._work.count(
            delete(exemptions)
            .where(table.guild_id == guild_id, table.kind == who.kind)
            .where(table.target_id == who.target_id)
        )
        return removed > 0
