"""A house of its own for each journey, its traffic held against Discord's own document."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.conformity import Conformity
from tests.journeys.house import House, open_house


@pytest.fixture(scope="session")
def conformity() -> Conformity | None:
    """Read Discord's document once; None where it is absent."""
    return Conformity.load()


@pytest.fixture
async def house(sqlite_file: Path, conformity: Conformity | None) -> AsyncGenerator[House]:
    """Open the two servers, without the bot; check at the end what went over the wire."""
    async with open_house(sqlite_file.parent) as opened:
        yield opened
        await opened.stop()
        if conformity is not None:
            exchanges = list(opened.discord.exchanges)
            faults = [fault for it in exchanges for fault in conformity.check(it)]
            assert faults == []
