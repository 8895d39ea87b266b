"""Sums up what was used, from the sums that are kept by day and quarter of an hour."""

from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from itertools import chain

from sqlalchemy import (
    BigInteger,
    Label,
    Select,
    Table,
    bindparam,
    func,
    literal_column,
    select,
    type_coerce,
)

from bot.quota.rules import Amounts, Meter
from bot.quota.windows import Window, begin_of, quarters, stretch
from bot.records.reports.replay import Spend
from bot.records.reports.sums import NOTHING, Names, Share, Spent, UseAt
from bot.storage.listed import as_list, listed
from bot.storage.preferences import GuildPreferences
from bot.storage.quick import Prepared
from bot.storage.tables import (
    answers,
    exemptions,
    ledger,
    ledger_sums,
    quota_rules,
    turns,
)
from bot.storage.work import AnyRow, Work

AT_ONCE = 2_000
"""Rows that are read in one go: the event loop is not held up by turning them into values."""

TURNS_AT_ONCE = 20_000
"""Turns that are read in one go: in a thread, where numbers are all that is made of them."""

TURNS_ON_LOOP = 2_000
"""Turns that are read in one go from PostgreSQL, whose driver works on the event loop."""

_NAMED_AT_ONCE = 500
_LOOKED_THROUGH = 10
"""A person's latest turns in which a name is looked for; of older ones the words may be gone."""


class UseReports:
    """Sums up what was used, inside one transaction; no server means direct messages."""

    def __init__(self, work: Work, preferences: GuildPreferences) -> None:
        self._work = work
        self._preferences = preferences

    async def time_zone(self, guild_id: int | None) -> tzinfo:
        """Return the time zone whose calendar a server follows."""
        return UTC if guild_id is None else await self._preferences.time_zone(guild_id)

    async def use_of(
        self, guild_id: int | None, user_id: int, start: datetime, end: datetime
    ) -> Iterable[UseAt]:
        """Return what a person used, by the quarter of an hour; what grants paid comes apart."""
        asked = (guild_id or 0, user_id, start, end)
        ordinary = await self._quarters("member", *asked)
        granted = await self._quarters("granted", *asked)
        # Made as they are taken, which is done apart from the event loop.
        return chain(
            (UseAt(_begin(row), _amounts(row)) for row in ordinary),
            (UseAt(_begin(row), NOTHING, _amounts(row)) for row in granted),
        )

    async def use_in(self, guild_id: int, start: datetime, end: datetime) -> Iterable[UseAt]:
        """Return what was used in a server, by the quarter of an hour."""
        rows = await self._quarters("guild", guild_id, 0, start, end)
        return (UseAt(_begin(row), _amounts(row)) for row in rows)

    async def _quarters(
        self, scope: str, guild_id: int, target_id: int, start: datetime, end: datetime
    ) -> Sequence[AnyRow]:
        it = ledger_sums.c
        spans = listed("spans", is_postgres=self._work.is_postgres)
        return await self._work.rows(
            select(it.span, it.requests, it.tokens, it.cost_micros).where(
                it.span.in_(spans),
                it.scope == scope,
                it.guild_id == guild_id,
                it.target_id == target_id,
            ),
            {"spans": as_list(quarters(start, end))},
        )

    async def people(self, guild_id: int, start: datetime, end: datetime) -> Iterable[Share]:
        """Return what each person used in a server; what grants paid has a share of its own."""
        ordinary = await self._shares("member", guild_id, start, end)
        return chain(ordinary, await self._shares("granted", guild_id, start, end))

    async def channels(self, guild_id: int, start: datetime, end: datetime) -> Iterable[Share]:
        """Return what was used in each channel of a server, threads with it."""
        return await self._shares("channel", guild_id, start, end)

    async def _shares(
        self, scope: str, guild_id: int, start: datetime, end: datetime
    ) -> Iterable[Share]:
        pages: list[Sequence[AnyRow]] = []
        asked = _shares(is_postgres=self._work.is_postgres)
        # As far as quarters go, which all of a report's spans do.
        whole = quarters(start, end)
        values = {
            "spans": as_list(stretch(begin_of(whole.start), begin_of(whole.stop)).spans),
            "scope": scope,
            "guild": guild_id,
            "after": -1,
        }
        while rows := await self._work.rows(asked, values):
            pages.append(rows)
            if len(rows) < AT_ONCE:
                break
            values["after"] = rows[-1].target_id
        return (Share(row.target_id, _amounts(row)) for row in chain.from_iterable(pages))

    async def names(self, guild_id: int, user_ids: Sequence[int]) -> dict[int, Names]:
        """Return how people were called when they asked last; those who are not known are left."""
        found: dict[int, Names] = {}
        asked = _named(is_postgres=self._work.is_postgres)
        for first in range(0, len(user_ids), _NAMED_AT_ONCE):
            ids = as_list(user_ids[first : first + _NAMED_AT_ONCE])
            for row in await self._work.rows(asked, {"ids": ids, "guild": guild_id}):
                found[row.author_id] = Names(row.author_name, row.author_username)
        return found

    async def latest(self, guild_id: int | None, user_id: int, most: int) -> list[Spent]:
        """Return the latest turns that a person paid for, latest first."""
        mine = (ledger.c.user_id == user_id, ledger.c.guild_id == guild_id)
        asked = select(ledger).where(*mine, ledger.c.kind == "spend")
        rows = await self._work.rows(
            asked.order_by(ledger.c.at.desc(), ledger.c.id.desc()).limit(most)
        )
        holds = [row.hold_id for row in rows if row.hold_id is not None]
        granted = await self._granted(holds)
        return [
            Spent(row.at, _with(row, granted.get(row.hold_id)), row.estimated, row.asker_id)
            for row in rows
        ]

    async def _granted(self, holds: Sequence[int]) -> dict[int, AnyRow]:
        """Return what grants paid of turns."""
        it = ledger.c
        rows = await self._work.rows(
            select(it.hold_id, *_sums(ledger))
            .where(it.hold_id.in_(holds), it.kind == "granted")
            .group_by(it.hold_id)
        )
        return {row.hold_id: row for row in rows}

    async def spared(self, guild_id: int, meter: Meter, window: Window) -> frozenset[int]:
        """Return whom a limit for all would not meet: those exempt or with one of their own."""
        exempt = select(exemptions.c.target_id).where(
            exemptions.c.guild_id == guild_id, exemptions.c.kind == "member"
        )
        own = select(quota_rules.c.target_id).where(
            quota_rules.c.guild_id == guild_id,
            quota_rules.c.scope == "member",
            quota_rules.c.meter == meter.value,
            quota_rules.c.window == window.value,
        )
        return frozenset(row.target_id for row in await self._work.rows(exempt.union(own)))

    async def spends(
        self, guild_id: int, meter: Meter, start: datetime, end: datetime
    ) -> AsyncGenerator[Sequence[Spend], None]:
        """Yield what all turns of a server took of a meter, in their order, so many at a time."""
        asked = {"guild": guild_id, "start": start, "end": end}
        size = TURNS_ON_LOOP if self._work.is_postgres else TURNS_AT_ONCE
        async with aclosing(self._work.pages(_spends(meter), asked, size)) as pages:
            async for rows in pages:
                yield rows


@lru_cache(maxsize=2)
def _shares(*, is_postgres: bool) -> Select[tuple[int, int, int, int]]:
    """Return the question for the next ids beyond one, and for what was used under each."""
    it = ledger_sums.c
    return (
        select(it.target_id, *_sums(ledger_sums))
        .where(
            it.span.in_(listed("spans", is_postgres=is_postgres)),
            it.scope == bindparam("scope"),
            it.guild_id == bindparam("guild"),
            it.target_id > bindparam("after"),
        )
        .group_by(it.target_id)
        .order_by(it.target_id)
        .limit(AT_ONCE)
    )


def _sums(table: Table) -> Iterator[Label[int]]:
    for meter in ("requests", "tokens", "cost_micros"):
        yield func.sum(table.c[meter]).label(meter)


def _begin(row: AnyRow) -> datetime:
    return begin_of(row.span)


def _amounts(row: AnyRow) -> Amounts:
    # PostgreSQL sums whole numbers into its decimal type.
    return Amounts(int(row.requests), int(row.tokens), int(row.cost_micros))


def _with(row: AnyRow, granted: AnyRow | None) -> Amounts:
    return _amounts(row) if granted is None else _amounts(row) + _amounts(granted)


@lru_cache(maxsize=len(Meter))
def _spends(meter: Meter) -> Prepared:
    it = ledger.c
    amounts = {Meter.REQUESTS: it.requests, Meter.TOKENS: it.tokens, Meter.COST: it.cost_micros}
    return Prepared(
        select(it.user_id, type_coerce(it.at, BigInteger), amounts[meter])
        .where(
            it.guild_id == bindparam("guild"),
            it.kind == literal_column("'spend'"),
            it.at >= bindparam("start"),
            it.at < bindparam("end"),
        )
        .order_by(it.at, it.id)
    )


@lru_cache(maxsize=2)
def _named(*, is_postgres: bool) -> Select[tuple[int, str, str]]:
    """Return the question for names: those of each one's latest own turn whose words are kept."""
    asked = listed("ids", is_postgres=is_postgres).subquery("asked")
    spent = (
        select(ledger.c.hold_id)
        .where(
            ledger.c.user_id == asked.c.number,
            ledger.c.guild_id == bindparam("guild"),
            ledger.c.kind == "spend",
        )
        .order_by(ledger.c.at.desc())
        .limit(_LOOKED_THROUGH)
        .correlate(asked)
        .subquery("spent")
    )
    own = turns.alias("own")
    latest = (
        select(own.c.id)
        .select_from(spent)
        .join(answers, answers.c.hold_id == spent.c.hold_id)
        .join(own, own.c.id == answers.c.turn_id)
        .where(own.c.author_id == asked.c.number, own.c.author_username != "")
        .order_by(own.c.id.desc())
        .limit(1)
        .correlate(asked)
        .scalar_subquery()
    )
    return (
        select(turns.c.author_id, turns.c.author_name, turns.c.author_username)
        .select_from(asked)
        .join(turns, turns.c.id == latest)
    )
