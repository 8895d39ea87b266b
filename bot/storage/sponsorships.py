"""Keeps which threads are paid by their owner."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, func, select, update

from bot.grants import Sponsorship
from bot.quota import Amounts, Meter
from bot.storage.tables import holds, sponsorships
from bot.storage.work import Work

_BY_CHANNEL = select(sponsorships).where(sponsorships.c.channel_id == bindparam("channel"))
_HELD = (
    select(func.sum(holds.c.requests), func.sum(holds.c.tokens), func.sum(holds.c.cost_micros))
    .where(holds.c.channel_id == bindparam("channel"), holds.c.user_id == bindparam("sponsor"))
    .where(holds.c.asker_id.is_not(None), holds.c.reserved_at >= bindparam("since"))
)


class Sponsorships:
    """Reads and changes sponsorships, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def sponsorship(self, channel_id: int) -> Sponsorship | None:
        """Return who pays in a thread for everybody, if somebody does."""
        row = await self._work.row(_BY_CHANNEL, {"channel": channel_id})
        if row is None:
            return None
        values: dict[str, Any] = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name
        values["role_ids"] = tuple(msgspec.json.decode(row.role_ids, type=list[int]))
        values["meter"] = Meter(row.meter)
        return Sponsorship(**values)

    async def sponsor(self, given: Sponsorship) -> None:
        """Let somebody pay in a thread from now on, in place of who did before."""
        values = {
            "guild_id": given.guild_id,
            "sponsor_id": given.sponsor_id,
            "role_ids": msgspec.json.encode(given.role_ids).decode(),
            "meter": given.meter,
            "cap": given.cap,
            "spent": given.spent,
            "set_at": given.set_at,
        }
        new = self._work.insert(sponsorships).values(channel_id=given.channel_id, **values)
        await self._work.run(new.on_conflict_do_update(index_elements=["channel_id"], set_=values))

    async def unsponsor(self, channel_id: int) -> bool:
        """Let everybody in a thread pay for themselves again; False where they did already."""
        mine = sponsorships.c.channel_id == channel_id
        return await self._work.count(delete(sponsorships).where(mine)) > 0

    async def cap_left(self, sponsorship: Sponsorship) -> int:
        """Return what of a cap is neither spent nor held."""
        row = await self._work.row(
            _HELD,
            {
                "channel": sponsorship.channel_id,
                "sponsor": sponsorship.sponsor_id,
                "since": sponsorship.set_at,
            },
        )
        held = Amounts(*(int(it or 0) for it in row or (0, 0, 0)))
        return sponsorship.left - held.of(sponsorship.meter)

    async def count_sponsored(
        self, channel_id: int, sponsor_id: int, reserved_at: datetime, amounts: Amounts
    ) -> None:
        """Count what a sponsored turn took against its cap, where that cap was there then."""
        table = sponsorships.c
        for meter in Meter:
            await self._work.run(
                update(sponsorships)
                .where(table.channel_id == channel_id, table.sponsor_id == sponsor_id)
                .where(table.meter == meter, table.set_at <= reserved_at)
                .values(spent=table.spent + amounts.of(meter))
            )
