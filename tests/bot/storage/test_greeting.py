"""Greetings: of several processes one says hello, once each time that the bot joins."""

import asyncio
from datetime import timedelta

from bot.administration.greeting import FRESH, GreetingDesk
from bot.storage.database import Database
from tests.bot.storage.conftest import NOW


async def test_one_of_many_greets(database: Database) -> None:
    """Several that would greet at the same time find that one does; a later joining is another."""
    desk = GreetingDesk(database, now=lambda: NOW + timedelta(hours=2))
    claims = await asyncio.gather(*(desk.claim(3, NOW) for _ in range(8)))
    assert sorted(claims) == [False] * 7 + [True]
    assert not await desk.claim(3, NOW)
    assert await desk.claim(4, NOW)
    assert await desk.claim(3, NOW + timedelta(hours=1))


async def test_too_late_to_greet(database: Database) -> None:
    """A server that was joined long ago is not greeted, but for one that has just been joined."""
    desk = GreetingDesk(database, now=lambda: NOW + FRESH + timedelta(seconds=1))
    assert not await desk.claim(3, NOW)
    assert await desk.claim(3, NOW, is_new=True)
    assert not await desk.claim(3, NOW, is_new=True)
