"""Sums up use: kept by day and quarter with each row of the ledger, read for any stretch."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnClause,
    Select,
    Table,
    and_,
    bindparam,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)

from bot.quota.rules import Amounts, Subject, Use
from bot.quota.windows import Stretch, spans_of, stretch
from bot.storage.listed import as_list, listed
from bot.storage.quick import Prepared
from bot.storage.tables import hold_grants, holds, ledger, ledger_sums
from bot.storage.work import Work

_METERS = ("requests", "tokens", "cost_micros")

# Written out, so that a statement has no list whose length may differ.
_ORDINARY: ColumnClause[bool] = literal_column("ledger.kind IN ('spend', 'title', 'correction')")
_ALL: ColumnClause[bool] = literal_column(
    "ledger.kind IN ('spend', 'title', 'correction', 'granted')"
)
_CHANNELS: ColumnClause[bool] = literal_column("ledger_sums.scope IN ('channel', 'thread')")


class Counted(NamedTuple):
    """Whose use is summed, from when, and until when."""

    use: Use
    start: datetime
    end: datetime


class Sum(NamedTuple):
    """What was used and what is held; a person's own without what grants pay."""

    used: Amounts
    held: Amounts


class Sums:
    """Keeps and reads the sums, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def add(
        self, subject: Subject, at: datetime, ordinary: Amounts, granted: Amounts
    ) -> None:
        """Count what was spent, of which `granted` is what grants paid."""
        rows = [
            {
                "span": span,
                "scope": scope,
                "guild_id": guild_id,
                "target_id": target_id,
                **meters(amounts),
            }
            for span in spans_of(at)
            for scope, guild_id, target_id, amounts in _places(subject, ordinary, granted)
        ]
        # In the order of their keys, so that no two transactions of PostgreSQL wait for each other.
        await self._work.quick(_adding(self._work.is_postgres), rows)

    async def of(self, counted: Sequence[Counted]) -> dict[Counted, Sum]:
        """Sum what was spent and what is held, in one statement.

        In two, a hold that settles between them would be seen in neither or in both.
        """
        asked = list(dict.fromkeys(counted))
        if not asked:
            return {}
        stretches = [stretch(it.start, it.end) for it in asked]
        shapes = tuple(map(_shape, asked, stretches))
        summing = _summing(shapes, is_postgres=self._work.is_postgres)
        values: dict[str, object] = {}
        for number, (it, within) in enumerate(zip(asked, stretches, strict=True)):
            values.update(_values(number, it, within))
        found = [Amounts()] * (2 * len(asked))
        for requests, tokens, cost_micros, place in await self._work.quick(summing, values):
            # PostgreSQL sums whole numbers into its decimal type.
            found[place] += Amounts(int(requests), int(tokens), int(cost_micros))
        return {it: Sum(found[2 * at], found[2 * at + 1]) for at, it in enumerate(asked)}


def meters(amounts: Amounts) -> dict[str, int]:
    """Return amounts as a row's columns."""
    return {
        "requests": amounts.requests,
        "tokens": amounts.tokens,
        "cost_micros": amounts.cost_micros,
    }


def _places(
    subject: Subject, ordinary: Amounts, granted: Amounts
) -> Iterator[tuple[str, int, int, Amounts]]:
    """Yield where use counts, in the order of the keys: scope, server, target."""
    whole = ordinary + granted
    guild_id = subject.guild_id or 0
    channel_id, parent_id = subject.channel_id, subject.parent_channel_id
    yield "bot", 0, 0, whole
    yield "channel", guild_id, parent_id or channel_id, whole
    if granted != Amounts():
        yield "granted", guild_id, subject.user_id, granted
    if subject.guild_id is not None:
        yield "guild", guild_id, 0, whole
    yield "member", guild_id, subject.user_id, ordinary
    if parent_id is not None:
        yield "thread", guild_id, channel_id, whole


@lru_cache(maxsize=2)
def _adding(is_postgres: bool) -> Prepared:
    new = Work.insert_into(ledger_sums, is_postgres=is_postgres)
    added = new.on_conflict_do_update(
        index_elements=list(ledger_sums.primary_key.columns.keys()),
        set_={name: ledger_sums.c[name] + new.excluded[name] for name in _METERS},
    )
    return Prepared(added)


class _Shape(NamedTuple):
    """What decides how a use is asked for."""

    whose: str
    in_spans: bool
    edges: int

    @property
    def is_personal(self) -> bool:
        return self.whose in ("member", "direct")


def _shape(counted: Counted, within: Stretch) -> _Shape:
    use = counted.use
    if use.channel_id is not None:
        whose = "channel"
    elif use.user_id is not None:
        whose = "direct" if use.guild_id is None else "member"
    else:
        whose = "bot" if use.guild_id is None else "guild"
    return _Shape(whose, bool(within.spans), len(within.edges))


def _values(number: int, counted: Counted, within: Stretch) -> Iterator[tuple[str, object]]:
    use, start, end = counted
    yield from ((f"start{number}", start), (f"end{number}", end))
    if within.spans:
        yield f"spans{number}", as_list(within.spans)
    for edge, (begin, until) in enumerate(within.edges):
        yield from ((f"from{number}_{edge}", begin), (f"to{number}_{edge}", until))
    ids = {"user": use.user_id, "guild": use.guild_id, "channel": use.channel_id}
    yield from ((f"{name}{number}", value) for name, value in ids.items() if value is not None)


@lru_cache(maxsize=512)
def _summing(shapes: tuple[_Shape, ...], *, is_postgres: bool) -> Prepared:
    """Return the statement that sums such uses.

    Made once a shape: to put it together anew would take longer than the database takes to answer.
    """
    parts: list[Select[Any]] = []
    for number, shape in enumerate(shapes):
        used, held = literal(2 * number), literal(2 * number + 1)
        parts += [part.add_columns(used) for part in _used(shape, number, is_postgres=is_postgres)]
        parts += [part.add_columns(held) for part in _held(shape, number)]
    return Prepared(union_all(*parts))


def _given(name: str, number: int) -> BindParameter[Any]:
    return bindparam(f"{name}{number}")


def _used(shape: _Shape, number: int, *, is_postgres: bool) -> Iterator[Select[Any]]:
    """Yield sums that together count what was used, each within one index."""
    if shape.in_spans:
        spans = listed(f"spans{number}", is_postgres=is_postgres)
        yield _in_spans(_total(ledger_sums).where(ledger_sums.c.span.in_(spans)), shape, number)
    for edge in range(shape.edges):
        total = _total(ledger).where(
            ledger.c.at >= bindparam(f"from{number}_{edge}"),
            ledger.c.at < bindparam(f"to{number}_{edge}"),
            _ORDINARY if shape.is_personal else _ALL,
        )
        yield _whose(total, ledger, shape.whose, number)


def _in_spans(total: Select[Any], shape: _Shape, number: int) -> Select[Any]:
    table = ledger_sums.c
    match shape.whose:
        case "channel":
            # It may be a thread itself, or what threads belong to.
            return total.where(
                _CHANNELS,
                table.guild_id == _given("guild", number),
                table.target_id == _given("channel", number),
            )
        case "member" | "direct":
            direct = shape.whose == "direct"
            return total.where(
                table.scope == "member",
                table.guild_id == (0 if direct else _given("guild", number)),
                table.target_id == _given("user", number),
            )
        case "guild":
            guild = _given("guild", number)
            return total.where(
                table.scope == "guild", table.guild_id == guild, table.target_id == 0
            )
        case _:
            return total.where(table.scope == "bot", table.guild_id == 0, table.target_id == 0)


def _held(shape: _Shape, number: int) -> Iterator[Select[Any]]:
    """Yield sums of what is held; there are only ever as many holds as open turns."""
    within = and_(
        holds.c.reserved_at >= _given("start", number), holds.c.reserved_at < _given("end", number)
    )
    total = _total(holds).where(within)
    yield _whose(total, holds, shape.whose, number)
    if shape.is_personal:
        on_grants = _total(hold_grants, sign=-1).join_from(
            hold_grants, holds, holds.c.id == hold_grants.c.hold_id
        )
        yield _whose(on_grants.where(within), holds, shape.whose, number)


def _whose(total: Select[Any], table: Table, whose: str, number: int) -> Select[Any]:
    user, guild = table.c.user_id, table.c.guild_id
    match whose:
        case "member":
            return total.where(user == _given("user", number), guild == _given("guild", number))
        case "direct":
            return total.where(user == _given("user", number), guild.is_(None))
        case "guild":
            return total.where(guild == _given("guild", number))
        case "channel":
            here = _given("channel", number)
            return total.where(
                guild == _given("guild", number),
                or_(table.c.channel_id == here, table.c.parent_channel_id == here),
            )
        case _:
            return total


def _total(table: Table, sign: int = 1) -> Select[Any]:
    return select(*(sign * func.coalesce(func.sum(table.c[name]), 0) for name in _METERS))
