"""How allowances are held and spent."""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.errors import QuotaReached
from bot.messages import Price, Usage
from bot.quota.rules import (
    Amounts,
    Demand,
    Hold,
    Meter,
    Rule,
    Scope,
    Standing,
    Subject,
)
from bot.quota.text import parse_default_quota
from bot.quota.windows import Window
from bot.storage.database import Database, StoredTransaction
from tests.bot.storage.conftest import NOW, Look, OpenDatabase

PRICE = Price(prompt=Decimal("0.000001"), completion=Decimal("0.000002"))
DEMAND = Demand(prompt_tokens=10, max_output_tokens=90, least_output_tokens=40, price=PRICE)
USAGE = Usage(prompt_tokens=8, completion_tokens=52, cost_micros=77)
SUBJECT = Subject(user_id=20, guild_id=1, channel_id=11, role_ids=(30,), parent_channel_id=10)
CEILING = Rule(Scope.BOT, Meter.COST, Window.DAY, 1000)


def limit(
    scope: Scope,
    amount: int,
    target_id: int | None = None,
    meter: Meter = Meter.TOKENS,
    window: Window = Window.DAY,
) -> Rule:
    """Return a rule."""
    return Rule(scope, meter, window, amount, target_id)


async def spend(tx: StoredTransaction, subject: Subject, at: datetime = NOW) -> None:
    """Reserve and settle a turn: 60 tokens, 77 micro-dollars."""
    hold = await tx.ledger.reserve(subject, DEMAND, at)
    await tx.ledger.settle(hold.id, USAGE, at)


async def used(tx: StoredTransaction, subject: Subject, at: datetime = NOW) -> list[int]:
    """Return what counts as used under each rule that matches."""
    return [standing.used for standing in await tx.ledger.standings(subject, at)]


async def test_hold_counts_until_it_settles(open_database: OpenDatabase) -> None:
    """A hold takes its worst case from what is left; settled, only what was spent."""
    [rule] = defaults = parse_default_quota("tokens/day=1000")
    database = await open_database(defaults=defaults)
    today = datetime(2026, 3, 18, tzinfo=UTC)
    tomorrow = datetime(2026, 3, 19, tzinfo=UTC)
    async with database.writing() as tx:
        hold = await tx.ledger.reserve(SUBJECT, DEMAND, NOW)
        assert hold == Hold(hold.id, Amounts(1, 100, 190), 90)
        assert await tx.ledger.standings(SUBJECT, NOW) == [
            Standing(rule, 0, 100, tomorrow, 0, today)
        ]
        assert await tx.ledger.settle(hold.id, USAGE, NOW)
        assert await tx.ledger.standings(SUBJECT, NOW) == [
            Standing(rule, 60, 0, tomorrow, 0, today)
        ]


async def test_settles_once(database: Database, look: Look) -> None:
    """A hold settles once, whoever comes second."""
    async with database.writing() as tx:
        hold = await tx.ledger.reserve(SUBJECT, DEMAND, NOW)
        await tx.commit()

    async def settle() -> bool:
        async with database.writing() as tx:
            settled = await tx.ledger.settle(hold.id, USAGE, NOW)
            await tx.commit()
        return settled

    assert sorted(await asyncio.gather(*(settle() for _ in range(5)))) == [False] * 4 + [True]
    assert await look("SELECT requests, tokens, cost_micros FROM ledger") == [(1, 60, 77)]


async def test_freed_hold_leaves_nothing(database: Database, look: Look) -> None:
    """A hold for a turn that never began is freed, and cannot be spent later."""
    async with database.writing() as tx:
        hold = await tx.ledger.reserve(SUBJECT, DEMAND, NOW)
        assert await tx.ledger.settle(hold.id, None, NOW)
        assert not await tx.ledger.settle(hold.id, USAGE, NOW)
        await tx.commit()
    assert await look("SELECT * FROM ledger") == []
    assert await look("SELECT * FROM holds") == []


async def test_spend_of_nothing_is_a_spend(database: Database, look: Look) -> None:
    """A reported 0 is a 0: the request counts."""
    async with database.writing() as tx:
        hold = await tx.ledger.reserve(SUBJECT, DEMAND, NOW)
        await tx.ledger.settle(hold.id, Usage(0, 0, 0, estimated=True), NOW)
        await tx.commit()
    rows = "SELECT requests, tokens, cost_micros, estimated FROM ledger"
    assert await look(rows) == [(1, 0, 0, True)]


async def test_ids_of_holds_are_not_given_again(database: Database) -> None:
    """A settled hold's id is not another's later."""
    ids = []
    async with database.writing() as tx:
        for _ in range(3):
            hold = await tx.ledger.reserve(SUBJECT, DEMAND, NOW)
            await tx.ledger.settle(hold.id, USAGE, NOW)
            ids.append(hold.id)
    assert len(set(ids)) == 3


async def test_use_counts_where_it_was_reserved(open_database: OpenDatabase) -> None:
    """A turn counts in the window that admitted it, however late it settles."""
    database = await open_database(defaults=parse_default_quota("tokens/day=1000"))
    midnight = datetime(2026, 3, 19, tzinfo=UTC)
    before = midnight - timedelta(microseconds=1)
    async with database.writing() as tx:
        hold = await tx.ledger.reserve(SUBJECT, DEMAND, before)
        await tx.ledger.settle(hold.id, USAGE, midnight)
        assert await used(tx, SUBJECT, before) == [60]
        assert await used(tx, SUBJECT, midnight) == [0]
        await spend(tx, SUBJECT, midnight)
        assert await used(tx, SUBJECT, midnight) == [60]


async def test_windows_follow_the_servers_clock(open_database: OpenDatabase) -> None:
    """A server's day begins at its own midnight, the ceiling's at UTC's."""
    database = await open_database(defaults=parse_default_quota("tokens/day=1000"), ceiling=CEILING)
    evening, later = (datetime(2026, 3, 18, hour, tzinfo=UTC) for hour in (14, 16))
    async with database.writing() as tx:
        await tx.preferences.set_time_zone(1, "Asia/Tokyo")
        await spend(tx, SUBJECT, evening)
        assert await used(tx, SUBJECT, later) == [0, 77]
        dm = Subject(20, None, 50)
        await spend(tx, dm, evening)
        assert await used(tx, dm, later) == [60, 154]


class TestWhoseUseCounts:
    """Whose use a rule counts, and whose it does not."""

    others = (
        Subject(21, 1, 12),
        Subject(20, 1, 10),
        Subject(20, 2, 99),
        Subject(20, None, 98),
    )

    @pytest.mark.parametrize(
        ("rule", "turns"),
        [
            (limit(Scope.SERVER, 9999), 3),
            (limit(Scope.CHANNEL, 9999, 10), 2),
            (limit(Scope.CHANNEL, 9999, 11), 1),
            (limit(Scope.MEMBER, 9999, 20), 2),
            (limit(Scope.ROLE, 9999, 30), 2),
            (limit(Scope.EVERYONE, 9999), 2),
        ],
    )
    async def test_rules_of_a_server(self, database: Database, rule: Rule, turns: int) -> None:
        """A server's rule counts a server's, a channel's with threads, or a member's own use."""
        async with database.writing() as tx:
            await tx.ledger.set_rule(1, rule, 7, NOW)
            for subject in (SUBJECT, *self.others):
                await spend(tx, subject)
            assert await used(tx, SUBJECT) == [60 * turns]

    async def test_defaults_and_ceiling(self, open_database: OpenDatabase) -> None:
        """A default counts a person's use in one server or in DMs, the ceiling everybody's."""
        database = await open_database(
            defaults=parse_default_quota("tokens/week=9999"), ceiling=CEILING
        )
        async with database.writing() as tx:
            for subject in (SUBJECT, *self.others):
                await spend(tx, subject)
            assert await used(tx, SUBJECT) == [120, 5 * 77]
            assert await used(tx, self.others[2]) == [60, 5 * 77]
            assert await used(tx, self.others[3]) == [60, 5 * 77]

    async def test_grants_and_resets_are_no_use(self, database: Database) -> None:
        """Giving a grant, or a reset, is not counted as use by any limit."""
        async with database.writing() as tx:
            await tx.ledger.set_rule(1, limit(Scope.EVERYONE, 9999, window=Window.MINUTE), 7, NOW)
            await tx.ledger.set_rule(1, limit(Scope.SERVER, 9999, window=Window.MINUTE), 7, NOW)
            await tx.ledger.grant(1, 20, Meter.TOKENS, 1000, 7, NOW)
            await tx.ledger.reset(1, 20, 7, NOW)
            await spend(tx, SUBJECT)
            assert await used(tx, SUBJECT) == [60, 60]


async def test_output_is_lowered_to_what_is_left(open_database: OpenDatabase) -> None:
    """What is left bounds the output that may be asked for, and then refuses."""
    database = await open_database(defaults=parse_default_quota("tokens/day=160"))
    async with database.writing() as tx:
        first = await tx.ledger.reserve(SUBJECT, DEMAND, NOW)
        second = await tx.ledger.reserve(SUBJECT, DEMAND, NOW)
        assert (first.max_output_tokens, second.max_output_tokens) == (90, 50)
        assert second.amounts.tokens == 60
        with pytest.raises(QuotaReached) as caught:
            await tx.ledger.reserve(SUBJECT, DEMAND, NOW)
    refusal = caught.value
    assert (refusal.scope, refusal.meter, refusal.window) == ("default", "tokens", "day")
    assert (refusal.limit, refusal.used, refusal.held, refusal.needed) == (160, 0, 160, 50)
    assert refusal.resets_at == datetime(2026, 3, 19, tzinfo=UTC)


class TestRules:
    """How a server's rules are kept."""

    async def test_set_again_replaces(self, database: Database) -> None:
        """A rule replaces the one for the same people, meter and window, in its server alone."""
        async with database.writing() as tx:
            for rule in (
                limit(Scope.SERVER, 5),
                limit(Scope.SERVER, 6),
                limit(Scope.MEMBER, 7, 20),
            ):
                await tx.ledger.set_rule(1, rule, 7, NOW)
            await tx.ledger.set_rule(2, limit(Scope.SERVER, 8), 7, NOW)
            assert await tx.ledger.rules(1) == [limit(Scope.MEMBER, 7, 20), limit(Scope.SERVER, 6)]

    async def test_remove(self, database: Database) -> None:
        """A rule that is removed is gone, once, and others stay."""
        async with database.writing() as tx:
            await tx.ledger.set_rule(1, limit(Scope.SERVER, 5), 7, NOW)
            await tx.ledger.set_rule(1, limit(Scope.SERVER, 5, window=Window.WEEK), 7, NOW)
            gone = (1, Scope.SERVER, None, Meter.TOKENS, Window.DAY)
            assert await tx.ledger.remove_rule(*gone)
            assert not await tx.ledger.remove_rule(*gone)
            assert await tx.ledger.rules(1) == [limit(Scope.SERVER, 5, window=Window.WEEK)]

    @pytest.mark.parametrize(
        "rule", [CEILING, limit(Scope.SERVER, -1), limit(Scope.SERVER, 10**16)]
    )
    async def test_impossible_rules(self, database: Database, rule: Rule) -> None:
        """A server can set neither the bot's ceiling nor an amount beyond all sense."""
        async with database.writing() as tx:
            with pytest.raises(ValueError, match="no rule that a server can set"):
                await tx.ledger.set_rule(1, rule, 7, NOW)


class TestManyAtOnce:
    """Simultaneous turns of one person never pass a limit together."""

    @pytest.mark.parametrize(
        ("quota", "admitted", "sum_of"),
        [
            ("requests/day=100", 100, Meter.REQUESTS),
            # 100 a turn, and the last one gets what is left
            ("tokens/day=2560", 26, Meter.TOKENS),
            ("cost/day=0.0041", 22, Meter.COST),
        ],
    )
    async def test_300_turns(
        self, open_database: OpenDatabase, quota: str, admitted: int, sum_of: Meter
    ) -> None:
        """Of 300 turns at once as many are admitted as fit; settled, nothing is held."""
        [rule] = defaults = parse_default_quota(quota)
        database = await open_database(defaults=defaults, ceiling=CEILING_FAR_OFF)

        async def reserve() -> Hold | None:
            async with database.writing() as tx:
                try:
                    hold = await tx.ledger.reserve(SUBJECT, DEMAND, NOW)
                except QuotaReached:
                    return None
                await tx.commit()
                return hold

        async def settle(hold: Hold) -> bool:
            amounts = hold.amounts
            async with database.writing() as tx:
                usage = Usage(0, amounts.tokens, amounts.cost_micros)
                settled = await tx.ledger.settle(hold.id, usage, NOW)
                await tx.commit()
            return settled

        tried = await asyncio.gather(*(reserve() for _ in range(300)))
        holds = [hold for hold in tried if hold]
        held = sum(hold.amounts.of(sum_of) for hold in holds)
        assert len(holds) == admitted
        assert held <= rule.amount
        async with database.reading() as tx:
            assert (await tx.ledger.standings(SUBJECT, NOW))[0].held == held
        assert all(await asyncio.gather(*(settle(hold) for hold in holds)))
        async with database.reading() as tx:
            standing = (await tx.ledger.standings(SUBJECT, NOW))[0]
        assert (standing.used, standing.held) == (held, 0)


CEILING_FAR_OFF = Rule(Scope.BOT, Meter.COST, Window.DAY, 10**12)
