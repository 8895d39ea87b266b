"""Warnings: each level of a limit is told once a window, however many ask at once."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.quota.rules import Meter, Rule, Scope, Standing, Subject
from bot.quota.windows import Window
from bot.storage.database import Database
from tests.bot.storage.conftest import NOW

ADA = Subject(11, 3, 5)


def standing(starts_at: datetime) -> Standing:
    """Return how a limit of Ada's stands."""
    rule = Rule(Scope.MEMBER, Meter.REQUESTS, Window.DAY, 50, 11)
    return Standing(rule, 40, 0, NOW, starts_at=starts_at)


async def note(
    database: Database, level: int, *, subject: Subject = ADA, hours: int = 0, rule: str = "a"
) -> bool:
    """Note a level of a window that began so many hours later."""
    async with database.writing() as tx:
        began = standing(NOW + timedelta(hours=hours))
        told = await tx.warnings.note(subject, began, rule, level)
        await tx.commit()
    return told


async def test_once_a_level_window_and_limit(database: Database) -> None:
    """A level is told once; a higher one, another limit, person or window anew; a lower never."""
    assert await note(database, 80)
    assert not await note(database, 80)
    assert await note(database, 80, rule="b")
    assert await note(database, 80, subject=Subject(12, 3, 5))
    assert await note(database, 80, subject=Subject(11, None, 5))
    assert await note(database, 100)
    assert not await note(database, 80)
    assert await note(database, 80, hours=1)
    assert not await note(database, 100)


@pytest.mark.parametrize("kind", ["postgresql"])
async def test_simultaneous_transactions_tell_once(database: Database) -> None:
    """Of transactions that run at the same time one tells."""
    told = await asyncio.gather(*(note(database, 80) for _ in range(8)))
    assert sum(told) == 1


async def alarm(database: Database, kind: str = "gone", *, minutes: int = 0) -> bool:
    """Tell the operator of something so many minutes later."""
    async with database.writing() as tx:
        told = await tx.warnings.alarm(kind, NOW + timedelta(minutes=minutes), timedelta(hours=1))
        await tx.commit()
    return told


async def test_the_operator_hears_once_an_hour_from_all_processes(database: Database) -> None:
    """Of those who would tell of the same thing one does, and again when an hour has passed."""
    assert sum(await asyncio.gather(*(alarm(database) for _ in range(4)))) == 1
    assert await alarm(database, "low")
    assert not await alarm(database, minutes=59)
    assert await alarm(database, minutes=60)
    assert not await alarm(database, minutes=61)
