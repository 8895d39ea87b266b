"""Holds and spends allowances, exactly once and never past a limit."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
)

from bot.messages import Usage
from bot.quota import (
    Amounts,
    Demand,
    Hold,
    Rule,
    Standing,
    Subject,
    Use,
    fit,
    matching,
    use_counted,
    zone_counted,
)
from bot.storage.preferences import GuildPreferences
from bot.storage.rules import RuleBook
from bot.storage.tables import holds, ledger, quota_locks
from bot.storage.work import Work
from bot.windows import window_bounds

HELD_FOR = timedelta(minutes=30)
"""How long a hold lives; longer than any answer takes."""

_SPENT = ("spend", "correction")

Counted = tuple[Use, datetime, datetime]
"""Whose use is summed, from when, and until when."""


class QuotaLedger(RuleBook):
    """Holds and spends allowances, inside one transaction."""

    def __init__(
        self,
        work: Work,
        preferences: GuildPreferences,
        defaults: Sequence[Rule],
        ceiling: Rule | None,
    ) -> None:
        super().__init__(work)
        self._preferences = preferences
        self._defaults = defaults
        self._ceiling = ceiling

    async def reserve(self, subject: Subject, demand: Demand, at: datetime) -> Hold:
        """Hold the worst case under every rule that matches; raise `QuotaReached`.

        It needs a writing transaction: from its sums to that transaction's end nobody else may
        hold anything under the same rules.
        """
        await self._lock(self._keys(subject))
        amounts, output = fit(demand, await self.standings(subject, at))
        hold_id = await self._work.value(
            insert(holds)
            .values(
                guild_id=subject.guild_id,
                user_id=subject.user_id,
                channel_id=subject.channel_id,
                parent_channel_id=subject.parent_channel_id,
                requests=amounts.requests,
                tokens=amounts.tokens,
                cost_micros=amounts.cost_micros,
                reserved_at=at,
                expires_at=at + HELD_FOR,
            )
            .returning(holds.c.id)
        )
        return Hold(hold_id, amounts, output)

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
        return ["bot", *keys] if self._ceiling else keys

    async def settle(self, hold_id: int, usage: Usage | None, at: datetime) -> bool:
        """Turn a hold into what was spent (None: nothing); False if it was settled before."""
        hold = await self._work.row(delete(holds).where(holds.c.id == hold_id).returning(holds))
        if hold is None:
            return False
        if usage is not None:
            await self._work.run(
                insert(ledger).values(
                    hold_id=hold_id,
                    kind="spend",
                    guild_id=hold.guild_id,
                    user_id=hold.user_id,
                    channel_id=hold.channel_id,
                    parent_channel_id=hold.parent_channel_id,
                    at=hold.reserved_at,
                    settled_at=at,
                    requests=1,
                    tokens=usage.tokens,
                    cost_micros=usage.cost_micros,
                    estimated=usage.estimated,
                )
            )
        return True

    async def standings(self, subject: Subject, at: datetime) -> list[Standing]:
        """Return how every rule that matches stands now."""
        guild_id = subject.guild_id
        known = [] if guild_id is None else await self.rules(guild_id)
        rules = matching(known, subject, self._defaults, self._ceiling)
        zone = UTC if guild_id is None else await self._preferences.time_zone(guild_id)
        counted: list[Counted] = []
        for rule in rules:
            bounds = window_bounds(rule.window, at, zone_counted(rule, guild_id, zone))
            counted.append((use_counted(rule, subject), *bounds))
        sums = await self._sums(counted)
        return [
            Standing(rule, sums[it, ledger].of(rule.meter), sums[it, holds].of(rule.meter), it[2])
            for rule, it in zip(rules, counted, strict=True)
        ]

    async def _sums(self, counted: Sequence[Counted]) -> dict[tuple[Counted, Table], Amounts]:
        """Sum what was spent and what is held, in one statement.

        In two, a hold that settles between them would be seen in neither or in both.
        """
        asked = list(dict.fromkeys(counted))
        places = [(it, table) for it in asked for table in _TABLES]
        sums = dict.fromkeys(places, Amounts())
        if not asked:
            return sums
        summing = _summing(tuple(_shape(use) for use, _, _ in asked))
        values = {
            f"{name}{number}": value
            for number, (use, start, end) in enumerate(asked)
            for name, value in _values(use, start, end)
        }
        for requests, tokens, cost_micros, number in await self._work.rows(summing, values):
            known = sums[places[number]]
            # PostgreSQL sums whole numbers into its decimal type.
            sums[places[number]] = Amounts(
                known.requests + int(requests),
                known.tokens + int(tokens),
                known.cost_micros + int(cost_micros),
            )
        return sums


_TABLES = (ledger, holds)


def _shape(use: Use) -> str:
    """Return whose use is counted, which decides how it is asked for."""
    if use.channel_id is not None:
        return "channel"
    if use.user_id is not None:
        return "direct" if use.guild_id is None else "member"
    return "bot" if use.guild_id is None else "guild"


def _values(use: Use, start: datetime, end: datetime) -> Iterator[tuple[str, object]]:
    yield from (("start", start), ("end", end))
    if use.channel_id is not None:
        yield "channel", use.channel_id
    else:
        ids = (("user", use.user_id), ("guild", use.guild_id))
        yield from ((name, value) for name, value in ids if value is not None)


@lru_cache(maxsize=256)
def _summing(shapes: tuple[str, ...]) -> CompoundSelect[Any]:
    """Return the statement that sums such uses.

    Made once a shape: to put it together anew would take longer than the database takes to answer.
    """
    places = [(number, shape, table) for number, shape in enumerate(shapes) for table in _TABLES]
    return union_all(
        *(
            part.add_columns(literal(place).label("place"))
            for place, (number, shape, table) in enumerate(places)
            for part in _parts(table, shape, number)
        )
    )


def _parts(table: Table, shape: str, number: int) -> Iterator[Select[Any]]:
    """Yield sums that together count a use in a table, each within one index."""

    def given(name: str) -> BindParameter[Any]:
        return bindparam(f"{name}{number}")

    at = ledger.c.at if table is ledger else holds.c.reserved_at
    total = _total(table).where(at >= given("start"), at < given("end"))
    user, guild = table.c.user_id, table.c.guild_id
    match shape:
        case "channel":
            yield total.where(table.c.channel_id == given("channel"))
            yield total.where(table.c.parent_channel_id == given("channel"))
        case "member":
            yield total.where(user == given("user"), guild == given("guild"))
        case "direct":
            yield total.where(user == given("user"), guild.is_(None))
        case "guild":
            yield total.where(guild == given("guild"))
        case _:
            yield total


def _total(table: Table) -> Select[Any]:
    meters = (table.c.requests, table.c.tokens, table.c.cost_micros)
    total = select(*(func.coalesce(func.sum(meter), 0) for meter in meters))
    return total.where(ledger.c.kind.in_(_SPENT)) if table is ledger else total
