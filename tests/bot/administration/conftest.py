"""A database for the desks, and a clock that stands still."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.storage.database import Database

NOW = datetime(2026, 3, 18, 22, 34, 56, tzinfo=UTC)
GUILD, OLGA, ADA = 1, 20, 21


def clock() -> datetime:
    """Return the one moment of these tests."""
    return NOW


@pytest.fixture
async def database(sqlite_file: Path) -> AsyncIterator[Database]:
    """Open a database without any limits."""
    url = f"sqlite+aiosqlite:///{sqlite_file}"
    opened = await Database.open(url, clock=clock, defaults=(), ceiling=None)
    yield opened
    await opened.close()
