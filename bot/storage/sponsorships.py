"""Keeps which threads are paid by their owner."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import and_, bindparam, delete, func, select, update

from bot.quota.grants import Sponsorship
from bot.quota.rules import Amounts, Meter
from bot.storage.tables import holds, sponsorships
from bot.storage.work import Work

_BY_CHANNEL = select(sponsorships).where(sponsorships.c.channel_id == bindparam("channel"))
_HELD = and_(
    holds.c.channel_id == sponsorships.c.channel_id,
    holds.c.user_id == sponsorships.c.sponsor_id,
    holds.c.asker_id.is_not(None),
    holds.c.reserved_at >= sponsorships.c.set_at,
)
_LEFT = (
    select(
        sponsorships.c.cap - sponsorships.c.spent,
        *(func.sum(holds.c[name]) for name in ("requests", "tokens", "cost_micros")),
    )
    .select_from(sponsorships.outerjoin(holds, _HELD))
    .where(sponsorships.c.channel_id == bindparam("channel"))
    .where(sponsorships.c.set_at == bindparam("set_at"))
    .group_by(sponsorships.c.channel_id)
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

    async def has_room(self, sponsorship: Sponsorship, amounts: Amounts) -> bool:
        """Tell whether a cap has room beside what is spent and held; False where it is gone.

        It is one statement: in two, a hold that settles between them would be seen in neither.
        """
        given = {"channel": sponsorship.channel_id, "set_at": sponsorship.set_at}
        row = await self._work.row(_LEFT, given)
        if row is None:
            return False
        left, *held = row
        taken = Amounts(*(int(it or 0) for it in held)) + amounts
        return taken.of(sponsorship.meter) <= int(left)

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
