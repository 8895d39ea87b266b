"""Warnings: each level of a limit is told once a window, however many ask at once."""

import asyncio
from datetime import timedelta

import pytest

from bot.quota import Meter, Rule, Scope, Standing, Subject
from bot.storage.database import Database
from bot.windows import Window
from tests.bot.storage.conftest import NOW, Look

ADA = Subject(11, 3, 5)


def standing(window: Window = Window.DAY) -> Standing:
    """Return how a limit of Ada's stands."""
    return Standing(Rule(Scope.MEMBER, Meter.REQUESTS, window, 50, 11), 40, 0, NOW)


async def note(
    database: Database, level: int, *, subject: Subject = ADA, days: int = 0, rule: str = "a"
) -> bool:
    """Note a level, some days later."""
    async with database.writing() as tx:
        at = NOW + timedelta(days=days)
        told = await tx.warnings.note(subject, standing(), rule, level, at)
        await tx.commit()
    return told


async def test_once_a_level_window_and_limit(database: Database) -> None:
    """A level is told once; a higher one, another limit, person or day anew; a lower one never."""
    assert await note(database, 80)
    assert not await note(database, 80)
    assert await note(database, 80, rule="b")
    assert await note(database, 80, subject=Subject(12, 3, 5))
    assert await note(database, 80, subject=Subject(11, None, 5))
    assert await note(database, 100)
    assert not await note(database, 80)
    assert await note(database, 80, days=1)
    assert not await note(database, 100)


async def test_a_reset_begins_anew(database: Database, look: Look) -> None:
    """After an admin has reset somebody's windows, they are told anew of the same day."""
    assert await note(database, 80)
    micros = round(NOW.timestamp() * 1_000_000) - 60_000_000
    await look(
        "INSERT INTO ledger (kind, guild_id, user_id, channel_id, at, settled_at, requests,"
        " tokens, cost_micros, estimated, grant_id)"
        " VALUES ('reset', 3, 11, 5, :at, :at, 0, 0, 0, false, 0)",
        at=micros,
    )
    assert await note(database, 80)
    assert not await note(database, 80)


@pytest.mark.parametrize("kind", ["postgresql"])
async def test_simultaneous_transactions_tell_once(database: Database) -> None:
    """Of transactions that run at the same time one tells."""
    told = await asyncio.gather(*(note(database, 80) for _ in range(8)))
    assert sum(told) == 1
