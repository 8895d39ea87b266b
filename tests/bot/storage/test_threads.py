"""Threads: for whom the bot opened one is remembered."""

from bot.messages import Place
from bot.storage.database import Database


async def test_whose_thread_it_is(database: Database) -> None:
    """For whom the bot opened a thread is remembered with its conversation."""
    async with database.writing() as tx:
        await tx.threads.begin(Place(5, 3), 11)
        await tx.history.open(Place(6, 3))
        known = await tx.history.open(Place(8, 3))
        await tx.threads.begin(Place(8, 3), 12)
        assert await tx.history.open(Place(8, 3)) == known
        assert await tx.threads.owner(8) == 12
        assert await tx.threads.owner(5) == 11
        assert await tx.threads.owner(6) is None
        assert await tx.threads.owner(7) is None
