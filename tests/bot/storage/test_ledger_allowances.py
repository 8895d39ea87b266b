"""Grants, resets, exemptions, sponsored threads and the operator's ceiling, in the books."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import QuotaReached
from bot.messages import Usage
from bot.quota.grants import Exemption, ExemptKind, Sponsorship
from bot.quota.rules import Hold, Meter, Rule, Scope, Subject
from bot.quota.windows import Window
from bot.storage.database import Database, StoredTransaction
from tests.bot.storage.conftest import NOW, Look, OpenDatabase
from tests.bot.storage.test_ledger import DEMAND, SUBJECT, limit, spend, used

ASKER = replace(SUBJECT, user_id=21, role_ids=())
GUILD, OWNER, THREAD = 1, 20, 11


async def left(tx: StoredTransaction, subject: Subject, at: datetime = NOW) -> list[int]:
    """Return what a turn may take of each limit."""
    return [standing.left for standing in await tx.ledger.standings(subject, at)]


async def test_grant_counts_for_the_server_not_for_the_person(
    database: Database, look: Look
) -> None:
    """What a grant pays is no use of the person's, but the server's and the channel's."""
    async with database.writing() as tx:
        await tx.ledger.set_rule(GUILD, limit(Scope.EVERYONE, 100), 7, NOW)
        await tx.ledger.set_rule(GUILD, limit(Scope.SERVER, 1000), 7, NOW)
        await spend(tx, SUBJECT)
        await tx.ledger.grant(GUILD, 20, Meter.TOKENS, 200, 7, NOW)
        await spend(tx, SUBJECT)
        # 40 of the hold of 100 were ordinary, and these were used up first
        assert await used(tx, SUBJECT) == [100, 120]
        await spend(tx, SUBJECT)
        await spend(tx, SUBJECT)
        assert await used(tx, SUBJECT) == [100, 240]
        assert await left(tx, SUBJECT) == [60, 760]
        await tx.commit()
    rows = "SELECT kind, sum(tokens) FROM ledger GROUP BY kind ORDER BY kind"
    assert await look(rows) == [("grant", 200), ("granted", 140), ("spend", 100)]


async def test_grant_expires(database: Database) -> None:
    """An expired grant is nothing, and a hold that was made on it is still paid by it."""
    later = NOW + timedelta(hours=1)
    async with database.writing() as tx:
        await tx.ledger.set_rule(GUILD, limit(Scope.EVERYONE, 0), 7, NOW)
        await tx.ledger.grant(GUILD, 20, Meter.TOKENS, 150, 7, NOW, expires_at=later)
        hold = await tx.ledger.reserve(SUBJECT, DEMAND, NOW)
        assert await left(tx, SUBJECT) == [50]
        assert await left(tx, SUBJECT, later) == [0]
        await tx.ledger.settle(hold.id, Usage(8, 52, 77), later)
        assert await left(tx, SUBJECT) == [90]
        with pytest.raises(QuotaReached):
            await tx.ledger.reserve(SUBJECT, DEMAND, later)


async def test_grants_are_a_persons_in_a_server(database: Database) -> None:
    """A grant is of no use to others, elsewhere, or in direct messages."""
    async with database.writing() as tx:
        for guild_id in (GUILD, 2):
            await tx.ledger.set_rule(guild_id, limit(Scope.EVERYONE, 0), 7, NOW)
        await tx.ledger.grant(GUILD, 20, Meter.TOKENS, 150, 7, NOW)
        assert await left(tx, SUBJECT) == [150]
        assert await left(tx, ASKER) == [0]
        assert await left(tx, replace(SUBJECT, guild_id=2)) == [0]


@pytest.mark.parametrize("amount", [0, -1, 10**16])
async def test_impossible_grants(database: Database, amount: int) -> None:
    """Nothing, less, or beyond all sense can't be granted."""
    async with database.writing() as tx:
        with pytest.raises(ValueError, match="can be granted"):
            await tx.ledger.grant(GUILD, 20, Meter.TOKENS, amount, 7, NOW)


async def test_reset_is_a_row_and_erases_nothing(database: Database, look: Look) -> None:
    """What came before a reset counts no more for the person, and still for the server."""
    async with database.writing() as tx:
        await tx.ledger.set_rule(GUILD, limit(Scope.EVERYONE, 300), 7, NOW)
        await tx.ledger.set_rule(GUILD, limit(Scope.SERVER, 900), 7, NOW)
        await spend(tx, SUBJECT)
        hold = await tx.ledger.reserve(SUBJECT, DEMAND, NOW)
        since = await tx.ledger.reset(GUILD, 20, 7, NOW, reason="a mistake")
        assert await left(tx, SUBJECT) == [300, 740]
        await tx.ledger.settle(hold.id, Usage(10, 90, 0), NOW)
        assert await used(tx, SUBJECT) == [0, 160]
        await spend(tx, SUBJECT)
        assert await used(tx, SUBJECT) == [60, 220]
        account = await tx.ledger.account(SUBJECT, NOW)
        assert account.reset_at == since == account.standings[0].starts_at
        await tx.commit()
    rows = "SELECT by_id, reason, tokens FROM ledger WHERE kind = 'reset'"
    assert await look(rows) == [(7, "a mistake", 0)]


async def test_exempt_by_member_or_role(database: Database) -> None:
    """Who is exempt, or holds a role that is, has shared limits only; whoever is not, all."""
    rules = [limit(Scope.EVERYONE, 5), limit(Scope.SERVER, 9)]
    by_member, by_role = Exemption(ExemptKind.MEMBER, 20), Exemption(ExemptKind.ROLE, 30)
    async with database.writing() as tx:
        for rule in rules:
            await tx.ledger.set_rule(GUILD, rule, 7, NOW)
        for who in (by_member, by_role):
            assert await tx.ledger.exempt(GUILD, who, 7, NOW)
            assert not await tx.ledger.exempt(GUILD, who, 7, NOW)
            account = await tx.ledger.account(SUBJECT, NOW)
            assert [it.rule for it in account.decisions] == rules[1:]
            assert account.exempt_by == who
            assert await tx.ledger.exemptions(GUILD) == [who]
            assert (await tx.ledger.account(ASKER, NOW)).exempt_by is None
            assert await tx.ledger.unexempt(GUILD, who)
            assert not await tx.ledger.unexempt(GUILD, who)
        assert (await tx.ledger.account(SUBJECT, NOW)).exempt_by is None


async def test_operators_ceiling_is_each_servers(open_database: OpenDatabase) -> None:
    """The operator's ceiling counts a server's use by UTC's day, and no direct messages."""
    ceiling = Rule(Scope.OPERATOR, Meter.COST, Window.DAY, 500)
    database = await open_database(server_ceiling=ceiling)
    async with database.writing() as tx:
        await tx.preferences.set_time_zone(GUILD, "Asia/Tokyo")
        await spend(tx, SUBJECT, datetime(2026, 3, 18, 14, tzinfo=UTC))
        evening = datetime(2026, 3, 18, 16, tzinfo=UTC)
        await spend(tx, ASKER, evening)
        await spend(tx, replace(SUBJECT, guild_id=2), evening)
        assert await used(tx, SUBJECT, evening) == [154]
        assert await used(tx, Subject(20, None, 50), evening) == []


class TestSponsored:
    """Threads whose owner pays."""

    sponsorship = Sponsorship(THREAD, GUILD, OWNER, (30,), Meter.TOKENS, 220, 0, NOW)

    async def prepare(self, tx: StoredTransaction, own: int = 1000) -> None:
        """Give everybody a limit, the owner another one, and let the owner pay."""
        await tx.ledger.set_rule(GUILD, limit(Scope.EVERYONE, 500), 7, NOW)
        await tx.ledger.set_rule(GUILD, limit(Scope.ROLE, own, 30), 7, NOW)
        await tx.ledger.sponsor(self.sponsorship)

    async def test_owner_pays_up_to_the_cap(self, database: Database, look: Look) -> None:
        """Turns of others count on the owner while the cap has room for all they hold, then not."""
        async with database.writing() as tx:
            await self.prepare(tx)
            first = await tx.ledger.reserve(ASKER, DEMAND, NOW)
            second = await tx.ledger.reserve(ASKER, DEMAND, NOW)
            third = await tx.ledger.reserve(ASKER, DEMAND, NOW)
            assert [it.sponsor_id for it in (first, second, third)] == [OWNER, OWNER, None]
            for hold in (first, second, third):
                await tx.ledger.settle(hold.id, Usage(8, 52, 77), NOW)
            assert await used(tx, SUBJECT) == [120]
            assert await used(tx, ASKER) == [60]
            sponsorship = await tx.ledger.sponsorship(THREAD)
            assert sponsorship is not None
            assert (sponsorship.spent, sponsorship.left) == (120, 100)
            assert (await tx.ledger.reserve(ASKER, DEMAND, NOW)).sponsor_id == OWNER
            await tx.commit()
        rows = "SELECT user_id, asker_id FROM ledger ORDER BY id"
        assert await look(rows) == [(OWNER, 21), (OWNER, 21), (21, None)]

    async def test_owner_without_room(self, database: Database) -> None:
        """Where the owner's own limit has no room, who asks pays."""
        async with database.writing() as tx:
            await self.prepare(tx, own=10)
            assert (await tx.ledger.reserve(ASKER, DEMAND, NOW)).sponsor_id is None
            assert await left(tx, ASKER) == [400]

    async def test_owners_own_turns(self, database: Database) -> None:
        """The owner's turns are ordinary ones, and no part of the cap."""
        async with database.writing() as tx:
            await self.prepare(tx)
            await spend(tx, SUBJECT)
            assert await tx.ledger.sponsorship(THREAD) == self.sponsorship
            assert await used(tx, SUBJECT) == [60]

    async def test_elsewhere_and_afterwards(self, database: Database) -> None:
        """Only the thread is paid, and only until the owner ends it."""
        async with database.writing() as tx:
            await self.prepare(tx)
            elsewhere = await tx.ledger.reserve(replace(ASKER, channel_id=12), DEMAND, NOW)
            assert elsewhere.sponsor_id is None
            assert await tx.ledger.unsponsor(THREAD)
            assert not await tx.ledger.unsponsor(THREAD)
            assert await tx.ledger.sponsorship(THREAD) is None
            assert (await tx.ledger.reserve(ASKER, DEMAND, NOW)).sponsor_id is None

    async def test_turns_that_waited_count_on_the_cap(self, database: Database) -> None:
        """A turn from before its thread was sponsored takes of the cap like any other."""
        began = replace(self.sponsorship, set_at=NOW + timedelta(seconds=1))
        async with database.writing() as tx:
            await self.prepare(tx)
            await tx.ledger.sponsor(began)
            holds = [await tx.ledger.reserve(ASKER, DEMAND, NOW) for _ in range(3)]
            assert [it.sponsor_id for it in holds] == [OWNER, OWNER, None]
            await tx.ledger.settle(holds[0].id, Usage(8, 52, 77), NOW)
            assert await tx.ledger.sponsorship(THREAD) == replace(began, spent=60)

    @pytest.mark.parametrize("kind", ["postgresql"])
    async def test_a_hold_that_settles_meanwhile(self, database: Database, url: str) -> None:
        """A turn that settles while another looks at the cap is seen as held or as spent."""
        async with database.writing() as tx:
            await self.prepare(tx)
            first = await tx.ledger.reserve(ASKER, DEMAND, NOW)
            await tx.ledger.reserve(ASKER, DEMAND, NOW)
            await tx.commit()

        async def reserve(tx: StoredTransaction) -> Hold:
            return await tx.ledger.reserve(ASKER, DEMAND, NOW)

        engine = create_async_engine(url, poolclass=NullPool)
        async with engine.begin() as other:
            # Where limits are read a turn waits, between who sponsors it and what is left of that.
            await other.execute(text("LOCK TABLE ledger_sums"))
            reserving = asyncio.create_task(database.write(reserve))
            waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            while not (await other.execute(waiting)).scalar():
                assert not reserving.done()
            await other.execute(text("DELETE FROM holds WHERE id = :id"), {"id": first.id})
            await other.execute(text("UPDATE sponsorships SET spent = 100"))
        assert (await reserving).sponsor_id is None
