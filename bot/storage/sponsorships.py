"""Keeps who pays for others in which thread, and whose the threads are that the bot opened."""

import json

from sqlalchemy import delete, select

from bot.messages import Place
from bot.quota import Meter
from bot.sponsorship import Sponsorship
from bot.storage.tables import conversations, sponsorships
from bot.storage.work import Work


class SponsorshipBook:
    """Reads and changes sponsorships, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def get(self, channel_id: int) -> Sponsorship | None:
        """Return who pays in a thread, if somebody does."""
        row = await self._work.row(
            select(sponsorships).where(sponsorships.c.channel_id == channel_id)
        )
        if row is None:
            return None
        return Sponsorship(
            channel_id=row.channel_id,
            guild_id=row.guild_id,
            sponsor_id=row.sponsor_id,
            role_ids=tuple(json.loads(row.role_ids)),
            meter=Meter(row.meter),
            cap=row.cap,
            set_at=row.set_at,
            spent=row.spent,
        )

    async def set(self, sponsorship: Sponsorship) -> None:
        """Let somebody pay in a thread, in place of whoever did."""
        values = {
            "guild_id": sponsorship.guild_id,
            "sponsor_id": sponsorship.sponsor_id,
            "role_ids": json.dumps(sponsorship.role_ids),
            "meter": sponsorship.meter.value,
            "cap": sponsorship.cap,
            "spent": sponsorship.spent,
            "set_at": sponsorship.set_at,
        }
        new = self._work.insert(sponsorships).values(channel_id=sponsorship.channel_id, **values)
        await self._work.run(new.on_conflict_do_update(index_elements=["channel_id"], set_=values))

    async def remove(self, channel_id: int) -> bool:
        """Let everybody in a thread pay for themselves; False where they did."""
        removed = await self._work.count(
            delete(sponsorships).where(sponsorships.c.channel_id == channel_id)
        )
        return removed > 0

    async def begin_thread(self, place: Place, owner_id: int) -> None:
        """Remember for whom the bot opened a thread, with its conversation."""
        new = self._work.insert(conversations).values(
            channel_id=place.channel_id, guild_id=place.guild_id, owner_id=owner_id
        )
        await self._work.run(
            new.on_conflict_do_update(index_elements=["channel_id"], set_={"owner_id": owner_id})
        )

    async def thread_owner(self, channel_id: int) -> int | None:
        """Return for whom the bot opened a thread; None where it opened none."""
        found: int | None = await self._work.value(
            select(conversations.c.owner_id).where(conversations.c.channel_id == channel_id)
        )
        return found
