"""Threads that others pay: who may sponsor one, and what it comes to."""

from collections.abc import Callable
from datetime import datetime

from bot.errors import InvalidChoice
from bot.messages import Place
from bot.ports import Storage, Transaction
from bot.quota.grants import Sponsorship
from bot.quota.rules import Meter
from bot.quota.text import BadAmount, parse_number
from bot.records.changes import Change

METERS = (Meter.TOKENS, Meter.COST)
"""What a cap can be set on."""


class Sponsoring:
    """Keeps who pays in which thread; whoever calls has checked who may."""

    def __init__(self, storage: Storage, *, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._now = now

    async def thread_owner(self, channel_id: int) -> int | None:
        """Return for whom the bot opened a thread; None where it opened none."""
        async with self._storage.reading() as tx:
            return await tx.threads.owner(channel_id)

    async def of(self, channel_id: int) -> Sponsorship | None:
        """Return who pays in a thread, if somebody does."""
        async with self._storage.reading() as tx:
            return await tx.ledger.sponsorship(channel_id)

    async def start(
        self, place: Place, sponsor_id: int, role_ids: tuple[int, ...], meter: str, cap: float
    ) -> Sponsorship:
        """Let somebody pay in a thread from now on, up to a cap; raise `InvalidChoice`."""
        kind, amount = cap_from(meter, cap)
        sponsorship = Sponsorship(
            channel_id=place.channel_id,
            guild_id=place.guild_id or 0,
            sponsor_id=sponsor_id,
            role_ids=role_ids,
            meter=kind,
            cap=amount,
            spent=0,
            set_at=self._now(),
        )
        async with self._storage.writing() as tx:
            await tx.audit.queue(sponsorship.guild_id)
            before = await tx.ledger.sponsorship(place.channel_id)
            await tx.ledger.sponsor(sponsorship)
            await self._note(tx, "sponsor on", sponsor_id, before, sponsorship)
            await tx.commit()
        return sponsorship

    async def stop(self, place: Place, by: int) -> Sponsorship | None:
        """Let everybody in a thread pay for themselves again; return what was in force."""
        async with self._storage.writing() as tx:
            await tx.audit.queue(place.guild_id or 0)
            before = await tx.ledger.sponsorship(place.channel_id)
            if before is None:
                return None
            await tx.ledger.unsponsor(place.channel_id)
            await self._note(tx, "sponsor off", by, before, None)
            await tx.commit()
        return before

    async def _note(
        self,
        tx: Transaction,
        command: str,
        by: int,
        before: Sponsorship | None,
        after: Sponsorship | None,
    ) -> None:
        known = after or before
        if known is None:
            return
        await tx.audit.note(
            Change(
                guild_id=known.guild_id,
                at=self._now(),
                actor_id=by,
                command=command,
                subject_id=known.sponsor_id,
                target=f"channel:{known.channel_id}",
                before=_written(before),
                after=_written(after),
            )
        )


def _written(sponsorship: Sponsorship | None) -> str | None:
    return None if sponsorship is None else f"{sponsorship.meter}={sponsorship.cap}"


def cap_from(meter: str, cap: float) -> tuple[Meter, int]:
    """Read a cap as people write it, cost in dollars; raise `InvalidChoice`."""
    if meter not in METERS:
        raise InvalidChoice("meter", "advice-one-of", {"values": tuple(METERS)})
    try:
        amount = parse_number(Meter(meter), cap)
    except BadAmount as error:
        raise InvalidChoice("cap", error.advice, error.values) from error
    if not amount:
        raise InvalidChoice("cap", "advice-cap-above-nothing")
    return Meter(meter), amount
