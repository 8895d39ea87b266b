"""A house of its own for each journey."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.journeys.house import House, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[House]:
    """Open the two servers, without the bot."""
    async with open_house(tmp_path) as opened:
        yield opened
