"""Holds and spends allowances, exactly once and never past a limit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, bindparam, delete, insert, select, type_coerce

from bot.errors import PriceUnknown, QuotaReached
from bot.messages import Usage
from bot.quota.fitting import fit
from bot.quota.grants import Account, Draw, Grant, draws, granted_left, settled
from bot.quota.rules import (
    Amounts,
    Demand,
    Hold,
    Rule,
    Scope,
    Standing,
    Subject,
    decisions,
    use_counted,
    zone_counted,
)
from bot.quota.windows import window_bounds
from bot.storage.exemptions import Exemptions
from bot.storage.grants import Grants
from bot.storage.quick import Prepared, moment
from bot.storage.rules import RuleBook
from bot.storage.sponsorships import Sponsorships
from bot.storage.sums import Counted, Sum, Sums, meters
from bot.storage.tables import holds, ledger, quota_locks
from bot.storage.terms import Terms, terms_of
from bot.storage.work import Work

HELD_FOR = timedelta(minutes=30)
"""How long a hold lives; longer than any answer takes."""

_HOLD = Prepared(insert(holds).returning(holds.c.id))
_TAKE = Prepared(
    delete(holds)
    .where(holds.c.id == bindparam("hold"))
    .returning(
        holds.c.guild_id,
        holds.c.user_id,
        holds.c.channel_id,
        holds.c.parent_channel_id,
        holds.c.asker_id,
        type_coerce(holds.c.reserved_at, BigInteger),
        holds.c.requests,
        holds.c.tokens,
        holds.c.cost_micros,
    )
)
_SPEND = Prepared(insert(ledger))


class QuotaLedger(RuleBook, Exemptions, Grants, Sponsorships):
    """Holds and spends allowances, inside one transaction."""

    def __init__(self, work: Work, defaults: Sequence[Rule], ceilings: Iterable[Rule]) -> None:
        super().__init__(work)
        self._sums = Sums(work)
        self._defaults = defaults
        self._ceilings = tuple(ceilings)

    async def reserve(self, subject: Subject, demand: Demand, at: datetime) -> Hold:
        """Hold the worst case under every rule that matches; raise `QuotaReached`.

        It needs a writing transaction: from its sums to that transaction's end nobody else may
        hold anything under the same rules.
        """
        await self._lock(self._keys(subject))
        terms = await terms_of(self._work, subject, at)
        if terms.is_sponsored:
            hold = await self._on_sponsor(subject, demand, at)
            if hold is not None:
                return hold
        return await self._hold(subject, await self._plan(subject, demand, terms, at))

    async def _plan(self, subject: Subject, demand: Demand, terms: Terms, at: datetime) -> "_Plan":
        """Return what a turn of this person's would hold; raise `QuotaReached`."""
        # A clock that lags behind the one of a reset must not put this turn before it.
        at = max(at, terms.reset_at or at)
        account = await self._account(subject, terms, at)
        amounts, output = fit(demand, account.standings)
        return _Plan(at, amounts, output, draws(account.standings, account.grants, amounts))

    async def _on_sponsor(self, subject: Subject, demand: Demand, at: datetime) -> Hold | None:
        """Hold on who pays in this thread; None where the cap, or that person, has no room."""
        sponsorship = await self.sponsorship(subject.channel_id)
        if sponsorship is None:
            return None
        payer = replace(subject, user_id=sponsorship.sponsor_id, role_ids=sponsorship.role_ids)
        # A turn that waited while its thread was sponsored must count against the cap.
        at = max(at, sponsorship.set_at)
        try:
            plan = await self._plan(payer, demand, await terms_of(self._work, payer, at), at)
        except (QuotaReached, PriceUnknown):
            return None
        if not await self.has_room(sponsorship, plan.amounts):
            return None
        return await self._hold(payer, plan, asker_id=subject.user_id)

    async def _hold(self, payer: Subject, plan: "_Plan", asker_id: int | None = None) -> Hold:
        [(hold_id,)] = await self._work.quick(
            _HOLD,
            {
                "guild_id": payer.guild_id,
                "user_id": payer.user_id,
                "channel_id": payer.channel_id,
                "parent_channel_id": payer.parent_channel_id,
                **meters(plan.amounts),
                "reserved_at": plan.at,
                "expires_at": plan.at + HELD_FOR,
                "asker_id": asker_id,
            },
        )
        await self.draw(hold_id, plan.drawn)
        sponsor_id = None if asker_id is None else payer.user_id
        return Hold(hold_id, plan.amounts, plan.max_output_tokens, sponsor_id)

    async def _lock(self, keys: list[str]) -> None:
        """Keep others from the same limits until this transaction ends.

        SQLite has one writer at a time anyway. In PostgreSQL every transaction locks in the order
        of the keys, so that no two wait for each other.
        """
        if not self._work.is_postgres:
            return
        keys = sorted(keys)
        new = self._work.insert(quota_locks).values([{"key": key} for key in keys])
        await self._work.run(new.on_conflict_do_nothing())
        await self._work.run(
            select(quota_locks.c.key)
            .where(quota_locks.c.key.in_(keys))
            .order_by(quota_locks.c.key)
            .with_for_update()
        )

    def _keys(self, subject: Subject) -> list[str]:
        """Name everything under which this turn's use counts: the whole bot, a server or a DM."""
        guild_id = subject.guild_id
        keys = [f"user:{subject.user_id}" if guild_id is None else f"guild:{guild_id}"]
        whole_bot = any(rule.scope is Scope.BOT for rule in self._ceilings)
        return ["bot", *keys] if whole_bot else keys

    async def settle(self, hold_id: int, usage: Usage | None, at: datetime) -> bool:
        """Turn a hold into what was spent (None: nothing); False if it was settled before."""
        taken = await self._work.quick(_TAKE, {"hold": hold_id})
        if not taken:
            return False
        drawn = await self.release(hold_id)
        if usage is None:
            return True
        guild_id, user_id, channel_id, parent_id, asker_id, reserved_at, *held = taken[0]
        payer = Subject(user_id, guild_id, channel_id, parent_channel_id=parent_id)
        since = moment(reserved_at)
        reserved = Amounts(*held)
        spent = Amounts(reserved.requests, usage.tokens, usage.cost_micros)
        ordinary, paid = settled(spent, reserved, drawn)
        row = {
            "hold_id": hold_id,
            "kind": "spend" if reserved.requests else "title",
            "guild_id": guild_id,
            "user_id": user_id,
            "channel_id": channel_id,
            "parent_channel_id": parent_id,
            "at": since,
            "settled_at": at,
            **meters(ordinary),
            "estimated": usage.estimated,
            "grant_id": 0,
            "asker_id": asker_id,
        }
        granted = [
            row | {"kind": "granted", "grant_id": it.grant_id} | meters(it.amounts) for it in paid
        ]
        await self._work.quick(_SPEND, [row, *granted])
        extra = sum((it.amounts for it in paid), Amounts())
        await self._sums.add(payer, since, ordinary, extra)
        if asker_id is not None:
            await self.count_sponsored(channel_id, user_id, since, spent)
        return True

    async def standings(self, subject: Subject, at: datetime) -> list[Standing]:
        """Return how every rule that matches stands now."""
        return list((await self.account(subject, at)).standings)

    async def account(self, subject: Subject, at: datetime) -> Account:
        """Return how somebody stands, and why: which rules decide, what grants have left."""
        return await self._account(subject, await terms_of(self._work, subject, at), at)

    async def _account(self, subject: Subject, terms: Terms, at: datetime) -> Account:
        deciding = decisions(
            terms.rules,
            subject,
            self._defaults,
            self._ceilings,
            exempt=terms.exempt_by is not None,
        )
        counted = [_counted(it.rule, subject, terms, at) for it in deciding]
        sums = await self._sums.of(counted)
        return Account(
            standings=tuple(
                _standing(it.rule, window, sums[window], terms.grants)
                for it, window in zip(deciding, counted, strict=True)
            ),
            decisions=tuple(deciding),
            grants=tuple(terms.grants),
            exempt_by=terms.exempt_by,
            reset_at=terms.reset_at,
        )


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a turn would hold, from when on, and what of it on grants."""

    at: datetime
    amounts: Amounts
    max_output_tokens: int
    drawn: tuple[Draw, ...]


def _counted(rule: Rule, subject: Subject, terms: Terms, at: datetime) -> Counted:
    zone = zone_counted(rule, subject.guild_id, terms.zone)
    start, end = window_bounds(rule.window, at, zone)
    if rule.is_personal and terms.reset_at is not None:
        start = max(start, terms.reset_at)
    return Counted(use_counted(rule, subject), start, end)


def _standing(rule: Rule, window: Counted, found: Sum, grants: Sequence[Grant]) -> Standing:
    return Standing(
        rule,
        used=found.used.of(rule.meter),
        held=found.held.of(rule.meter),
        resets_at=window.end,
        granted=granted_left(grants, rule.meter) if rule.is_personal else 0,
        starts_at=window.start,
    )
