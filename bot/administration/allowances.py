"""What admins give to single people: more than their limits, windows afresh, or no limit at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.administration.limits import amount_from
from bot.errors import InvalidChoice
from bot.ports import Storage
from bot.quota.grants import Account, Exemption, ExemptKind
from bot.quota.rules import Meter, Subject
from bot.records.changes import Change

MOST_DAYS = 3_650
"""Days after which a grant expires at the latest, if it does at all."""


@dataclass(frozen=True, slots=True)
class Given:
    """A grant as it was given."""

    meter: Meter
    amount: int
    expires_at: datetime | None


class AllowanceDesk:
    """Gives and takes allowances; whoever calls has checked who may."""

    def __init__(self, storage: Storage, *, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._now = now

    async def account(self, subject: Subject) -> Account:
        """Return how somebody stands, and why: which rules decide, what grants have left."""
        async with self._storage.reading() as tx:
            return await tx.ledger.account(subject, self._now())

    async def grant(
        self,
        guild_id: int,
        user_id: int,
        by: int,
        *,
        meter: str,
        amount: float,
        days: int | None = None,
        reason: str | None = None,
    ) -> Given:
        """Give somebody an extra allowance, cost in dollars; raise `InvalidChoice`."""
        number = amount_from(meter, amount)
        if number == 0:
            raise InvalidChoice("amount", "advice-more-than-nothing")
        if days is not None and not 1 <= days <= MOST_DAYS:
            raise InvalidChoice("days", "advice-days", {"most": MOST_DAYS})
        async with self._storage.writing() as tx:
            now = self._now()
            given = Given(Meter(meter), number, now + timedelta(days=days) if days else None)
            await tx.ledger.grant(
                *(guild_id, user_id, given.meter, number, by, now),
                expires_at=given.expires_at,
                reason=reason,
            )
            until = f" until {given.expires_at:%Y-%m-%d %H:%M} UTC" if given.expires_at else ""
            after = f"{number} {meter}{until}{_because(reason)}"
            target = f"member:{user_id} {meter}"
            await tx.audit.note(
                Change(guild_id, now, by, "quota grant", user_id, target, None, after)
            )
            await tx.commit()
        return given

    async def reset(
        self, subject: Subject, guild_id: int, by: int, *, reason: str | None = None
    ) -> Account:
        """Let somebody's windows begin afresh; return how they stood before."""
        async with self._storage.writing() as tx:
            await tx.audit.queue(guild_id)
            now = self._now()
            before = await tx.ledger.account(subject, now)
            await tx.ledger.reset(guild_id, subject.user_id, by, now, reason=reason)
            used = ", ".join(
                f"{it.used} of {it.rule.amount} {it.rule.meter}/{it.rule.window}"
                for it in before.standings
                if it.rule.is_personal
            )
            target = f"member:{subject.user_id}"
            after = f"afresh{_because(reason)}"
            await tx.audit.note(
                Change(
                    *(guild_id, now, by, "quota reset", subject.user_id),
                    *(target, used or None, after),
                )
            )
            await tx.commit()
        return before

    async def exempt(
        self, guild_id: int, kind: ExemptKind, target_id: int, by: int, *, on: bool
    ) -> bool:
        """Let somebody skip the personal limits, or no longer; False where that was so already."""
        who = Exemption(kind, target_id)
        async with self._storage.writing() as tx:
            now = self._now()
            changed = (
                await tx.ledger.exempt(guild_id, who, by, now)
                if on
                else await tx.ledger.unexempt(guild_id, who)
            )
            if changed:
                subject_id = target_id if kind is ExemptKind.MEMBER else None
                words = ("not exempt", "exempt") if on else ("exempt", "not exempt")
                await tx.audit.note(
                    Change(
                        *(guild_id, now, by, "quota exempt", subject_id),
                        *(f"{kind}:{target_id}", *words),
                    )
                )
            await tx.commit()
        return changed


def _because(reason: str | None) -> str:
    return f" ({reason})" if reason else ""
