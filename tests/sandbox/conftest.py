"""A house of its own for each test of what drives the sandbox, and a page on it."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.journeys.house import House, open_house
from tests.sandbox.driven import Page, opened


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[House]:
    """Open the two servers, without a bot."""
    async with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
async def page(house: House) -> AsyncGenerator[Page]:
    """Open a page on the house, without a browser."""
    async with opened(house) as page:
        yield page
