"""Keeps extra allowances: grants, what holds and spends are on them, and resets."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, insert, select

from bot.quota.grants import Draw
from bot.quota.rules import MOST_AMOUNT, Amounts, Meter
from bot.storage.quick import Prepared
from bot.storage.sums import meters
from bot.storage.tables import hold_grants, holds, ledger
from bot.storage.work import Work

_NO_CHANNEL = 0

_ON = hold_grants.c
_RELEASE = Prepared(
    delete(hold_grants)
    .where(_ON.hold_id == bindparam("hold"))
    .returning(_ON.id, _ON.grant_id, _ON.requests, _ON.tokens, _ON.cost_micros)
)


class Grants:
    """Gives and spends extra allowances, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def grant(
        self,
        guild_id: int,
        user_id: int,
        meter: Meter,
        amount: int,
        by: int,
        at: datetime,
        *,
        expires_at: datetime | None = None,
        reason: str | None = None,
    ) -> int:
        """Give somebody an extra allowance; return its id."""
        if not 0 < amount <= MOST_AMOUNT:
            raise ValueError(f"{amount} is no amount that can be granted")
        given = Amounts.only(meter, amount)
        values = _row("grant", guild_id, user_id, given, by, at, reason)
        values["expires_at"] = expires_at
        grant_id: int = await self._work.value(insert(ledger).returning(ledger.c.id), values)
        return grant_id

    async def reset(
        self, guild_id: int, user_id: int, by: int, at: datetime, *, reason: str | None = None
    ) -> datetime:
        """Let somebody's windows begin afresh; return from when on use counts.

        What was reserved in the same microsecond, or by a clock that runs ahead, counts no more.
        """
        for table, moment in ((holds, holds.c.reserved_at), (ledger, ledger.c.at)):
            last = await self._work.value(
                select(func.max(moment)).where(
                    table.c.user_id == user_id, table.c.guild_id == guild_id, moment >= at
                )
            )
            if last is not None:
                at = last + timedelta(microseconds=1)
        await self._work.run(
            insert(ledger), _row("reset", guild_id, user_id, Amounts(), by, at, reason)
        )
        return at

    async def draw(self, hold_id: int, drawn: Sequence[Draw]) -> None:
        """Hold what grants pay of a turn."""
        if drawn:
            rows = [
                {"hold_id": hold_id, "grant_id": it.grant_id, **meters(it.amounts)} for it in drawn
            ]
            await self._work.run(insert(hold_grants), rows)

    async def release(self, hold_id: int) -> list[Draw]:
        """Free what a hold had on grants, and return it in the order in which it was drawn."""
        rows = await self._work.quick(_RELEASE, {"hold": hold_id})
        return [
            Draw(grant_id, Amounts(*amounts)) for _, grant_id, *amounts in sorted(map(tuple, rows))
        ]


def _row(
    kind: str,
    guild_id: int,
    user_id: int,
    amounts: Amounts,
    by: int,
    at: datetime,
    reason: str | None,
) -> dict[str, object]:
    return {
        "kind": kind,
        "guild_id": guild_id,
        "user_id": user_id,
        "channel_id": _NO_CHANNEL,
        "at": at,
        "settled_at": at,
        **meters(amounts),
        "estimated": False,
        "by_id": by,
        "reason": reason,
    }
