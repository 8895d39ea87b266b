"""Sponsorships: one for a thread, replaced and removed."""

from dataclasses import replace

from bot.messages import Place
from bot.quota import Meter
from bot.sponsorship import Sponsorship
from bot.storage.database import Database
from tests.bot.storage.conftest import NOW

PAID = Sponsorship(5, 3, 11, (1, 2), Meter.TOKENS, 5_000, NOW)


async def test_set_replaced_and_removed(database: Database) -> None:
    """What was set comes back whole; a second one takes its place; removing it says what was."""
    other = replace(PAID, sponsor_id=12, role_ids=(), meter=Meter.COST, cap=7)
    async with database.writing() as tx:
        assert await tx.sponsorships.get(5) is None
        await tx.sponsorships.set(PAID)
        assert await tx.sponsorships.get(5) == PAID
        assert await tx.sponsorships.get(6) is None
        await tx.sponsorships.set(other)
        assert await tx.sponsorships.get(5) == other
        assert await tx.sponsorships.remove(5)
        assert not await tx.sponsorships.remove(5)


def test_what_is_left_is_never_below_nothing() -> None:
    """A turn that took more than was left leaves nothing."""
    assert PAID.left == 5_000
    assert replace(PAID, spent=6_000).left == 0


async def test_whose_thread_it_is(database: Database) -> None:
    """For whom the bot opened a thread is remembered with its conversation."""
    async with database.writing() as tx:
        await tx.sponsorships.begin_thread(Place(5, 3), 11)
        await tx.history.open(Place(6, 3))
        known = await tx.history.open(Place(8, 3))
        await tx.sponsorships.begin_thread(Place(8, 3), 12)
        assert await tx.history.open(Place(8, 3)) == known
        assert await tx.sponsorships.thread_owner(8) == 12
        assert await tx.sponsorships.thread_owner(5) == 11
        assert await tx.sponsorships.thread_owner(6) is None
        assert await tx.sponsorships.thread_owner(7) is None
