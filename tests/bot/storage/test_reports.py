"""What was used, summed up by both databases."""

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.summing import statements
from bot.messages import AnswerState, Person, Place, Question
from bot.quota.rules import Amounts, Meter, Rule, Scope, Subject
from bot.quota.windows import Window
from bot.records.reports.sums import Names, Share, Spent, shares, total
from bot.storage.database import Database, StoredTransaction
from bot.storage.reports import AT_ONCE, TURNS_AT_ONCE
from tests.bot.storage.conftest import NOW, Look, OpenDatabase
from tests.bot.storage.test_ledger import DEMAND, USAGE, spend

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
START, END = NOW - timedelta(days=2), NOW + timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """A row of the ledger, made by hand; a paid one has a part that a grant pays."""

    user: int
    channel: int
    parent: int | None
    minutes: int
    tokens: int
    granted: int
    in_dm: bool = False

    @property
    def at(self) -> datetime:
        """Return when it was."""
        return NOW - timedelta(minutes=self.minutes)

    @property
    def whole(self) -> Amounts:
        """Return what the turn came to."""
        tokens = self.tokens + self.granted
        return Amounts(1, tokens, 2 * tokens)


entries = st.lists(
    st.builds(
        Entry,
        user=st.integers(1, 3),
        channel=st.integers(10, 12),
        parent=st.sampled_from([None, 20, 10]),
        minutes=st.integers(-30, 4 * 24 * 60),
        tokens=st.integers(0, 100),
        granted=st.sampled_from([0, 0, 7]),
        in_dm=st.sampled_from([False, False, True]),
    ),
    max_size=12,
)
_INSERT = (
    "INSERT INTO ledger (hold_id, kind, guild_id, user_id, channel_id, parent_channel_id, at, "
    "settled_at, requests, tokens, cost_micros, estimated, grant_id) VALUES (:hold, :kind, :guild, "
    ":user, :channel, :parent, :at, :at, :requests, :tokens, :cost, false, :grant)"
)


async def write(look: Look, rows: Sequence[Entry], guild: int) -> None:
    """Write rows into the ledger, and sum it up."""
    for number, row in enumerate(rows):
        for kind, grant, requests, tokens in (
            ("spend", 0, 1, row.tokens),
            ("granted", 5, 0, row.granted),
        ):
            if kind == "granted" and not tokens:
                continue
            values: dict[str, Any] = {
                "hold": guild * 1000 + number,
                "kind": kind,
                "guild": None if row.in_dm else guild,
                "user": row.user,
                "channel": row.channel,
                "parent": row.parent,
                "at": (row.at - EPOCH) // timedelta(microseconds=1),
                "requests": requests,
                "tokens": tokens,
                "cost": 2 * tokens,
                "grant": grant,
            }
            await look(_INSERT, **values)
    await sum_up(look)


async def sum_up(look: Look) -> None:
    """Sum the ledger up."""
    for statement in statements():
        await look(statement)


def shares_of(rows: Sequence[tuple[int, Amounts]]) -> dict[int, Amounts]:
    """Return sums by id, made plainly."""
    found: dict[int, Amounts] = {}
    for id_, amounts in rows:
        found[id_] = found.get(id_, Amounts()) + amounts
    return found


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=entries)
async def test_sums_are_the_ledgers(database: Database, look: Look, rows: list[Entry]) -> None:
    """People, channels and quarters of an hour come to what the ledger's rows come to."""
    await look("DELETE FROM ledger")
    await write(look, rows, guild=1)
    # Sums are kept by the quarter of an hour, as reports begin and end with one.
    start = NOW.replace(minute=30, second=0, microsecond=0) - timedelta(days=2)
    end = start + timedelta(days=2)
    here = [it for it in rows if not it.in_dm and start <= it.at < end]
    async with database.reading() as tx:
        people = shares(await tx.reports.people(1, start, end))
        channels = list(await tx.reports.channels(1, start, end))
        whole = list(await tx.reports.use_in(1, start, end))
        mine = list(await tx.reports.use_of(1, 2, start, end))
        direct = list(await tx.reports.use_of(None, 2, start, end))
    assert {it.id: it.amounts for it in people} == shares_of([(it.user, it.whole) for it in here])
    places = [(it.parent or it.channel, it.whole) for it in here]
    assert {it.id: it.amounts for it in channels} == shares_of(places)
    assert total(it.ordinary for it in whole) == total(it.whole for it in here)
    own = [it for it in here if it.user == 2]
    assert sum(it.ordinary.tokens for it in mine) == sum(it.tokens for it in own)
    assert sum(it.granted.tokens for it in mine) == sum(it.granted for it in own)
    private = [it for it in rows if it.in_dm and it.user == 2 and start <= it.at < end]
    assert total(it.ordinary + it.granted for it in direct) == total(it.whole for it in private)


async def test_more_than_are_read_at_once(database: Database, look: Look) -> None:
    """People, channels and turns come whole and in order, however many there are."""
    count = 2 * TURNS_AT_ONCE + 3
    assert count % AT_ONCE
    # Three of them share each moment: a chunk may end between them.
    await look(
        "INSERT INTO ledger (hold_id, kind, guild_id, user_id, channel_id, at, settled_at, "
        "requests, tokens, cost_micros, estimated, grant_id) "
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) "
        "SELECT i, 'spend', 1, i, i, CAST(:start AS BIGINT) + i / 3, 0, 1, i, 0, false, 0 FROM n",
        count=count,
        start=(START - EPOCH) // timedelta(microseconds=1),
    )
    await sum_up(look)
    async with database.reading() as tx:
        people = list(await tx.reports.people(1, START, END))
        channels = list(await tx.reports.channels(1, START, END))
        turns = [list(it) async for it in tx.reports.spends(1, Meter.TOKENS, START, END)]
    expected = [Share(it, Amounts(1, it, 0)) for it in range(1, count + 1)]
    assert people == channels == expected
    assert len(turns) > 2
    found = [tuple(it) for some in turns for it in some]
    start = (START - EPOCH) // timedelta(microseconds=1)
    assert found == [(it, start + it // 3, it) for it in range(1, count + 1)]


async def test_what_grants_paid_is_no_use_in_a_replay(database: Database, look: Look) -> None:
    """A replay is given the ordinary part of each turn, once."""
    await write(look, [Entry(1, 10, None, 5, 30, 7), Entry(1, 10, None, 4, 0, 7)], guild=1)
    async with database.reading() as tx:
        turns = {
            meter: [it[2] async for some in tx.reports.spends(1, meter, START, END) for it in some]
            for meter in Meter
        }
    assert turns == {Meter.REQUESTS: [1, 1], Meter.TOKENS: [30, 0], Meter.COST: [60, 0]}


async def test_reading_may_stop_early(database: Database, look: Look) -> None:
    """Whoever has seen enough goes, and what comes after is read as if nothing had been."""
    await write(look, [Entry(1, 10, None, 5, 30, 0), Entry(1, 10, None, 4, 40, 0)], guild=1)
    for _ in range(10):
        async with database.reading() as tx:
            turns = tx.reports.spends(1, Meter.TOKENS, START, END)
            async with aclosing(turns):
                first = await anext(turns)
            assert [it[2] for it in first] == [30, 40]
            assert len(list(await tx.reports.people(1, START, END))) == 1


async def test_latest_turns(database: Database, look: Look) -> None:
    """The latest come first, with what grants paid of them; other places do not count."""
    rows = [Entry(1, 10, None, minutes, minutes, 7 * (minutes == 4)) for minutes in range(1, 8)]
    await write(look, [*rows, Entry(1, 10, None, 0, 99, 0, in_dm=True)], guild=1)
    async with database.reading() as tx:
        latest = await tx.reports.latest(1, 1, 5)
        direct = await tx.reports.latest(None, 1, 5)
    assert latest == [Spent(it.at, it.whole, estimated=False) for it in rows[:5]]
    assert [it.amounts.tokens for it in direct] == [99]


async def asked(tx: StoredTransaction, person: Person, by: Person, at: datetime) -> None:
    """Let a person ask something that another (or the same) pays."""
    place = Place(11, 1)
    hold = await tx.ledger.reserve(Subject(by.id, 1, 11), DEMAND, at)
    conversation = await tx.history.open(place)
    turn = await tx.history.ask(conversation, Question(person, place, "?", at), 1)
    answer = await tx.history.begin(turn, hold.id, "model", 1, at)
    await tx.ledger.settle(hold.id, USAGE, at)
    await tx.history.finish(answer, AnswerState.COMPLETE, None, "!", "", 1, USAGE, at)


async def test_names_are_the_latest_that_people_asked_under(database: Database) -> None:
    """A name is what its person asked under last, not what others asked under at their expense."""
    ada, countess, ben = (
        Person(1, "Ada", "ada"),
        Person(1, "Countess", "ada"),
        Person(2, "Ben", "ben"),
    )
    async with database.writing() as tx:
        await asked(tx, ada, ada, NOW - timedelta(hours=2))
        await asked(tx, countess, countess, NOW - timedelta(hours=1))
        await asked(tx, ben, countess, NOW)
        await spend(tx, Subject(3, 1, 11))
        await tx.commit()
    async with database.reading() as tx:
        assert await tx.reports.names(1, [1, 2, 3, 4]) == {1: Names("Countess", "ada")}
        assert await tx.reports.names(2, [1]) == {}
        assert await tx.reports.names(1, []) == {}


async def test_who_is_spared(open_database: OpenDatabase, look: Look) -> None:
    """A limit for all meets neither the exempt nor those who have one of their own like it."""
    database = await open_database()
    async with database.writing() as tx:
        for user, meter in ((1, Meter.TOKENS), (2, Meter.COST)):
            await tx.ledger.set_rule(1, Rule(Scope.MEMBER, meter, Window.DAY, 5, user), 9, NOW)
        await tx.commit()
    for kind, target, guild in (("member", 3, 1), ("role", 4, 1), ("member", 5, 2)):
        await look(
            "INSERT INTO exemptions (guild_id, kind, target_id, set_by, set_at) "
            "VALUES (:guild, :kind, :target, 9, 0)",
            guild=guild,
            kind=kind,
            target=target,
        )
    async with database.reading() as tx:
        assert await tx.reports.spared(1, Meter.TOKENS, Window.DAY) == {1, 3}
