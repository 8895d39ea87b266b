"""What a process seems to have left behind: mended once, unless it ends by itself after all."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import structlog

from bot.housekeeping import Housekeeping, Lost, Shards
from bot.messages import AnswerState, Price, ScreenAddress, Usage
from bot.ports import OnAddress, Screen
from bot.prompts.tokens import Correction
from bot.storage.database import Database
from bot.turns.keeper import Keeper
from bot.turns.onscreen import OnScreen
from bot.turns.opening import Opening, Openings
from bot.turns.prompting import Limits, Prompts
from bot.turns.repainting import Repainting
from bot.turns.settlement import End, Settlement
from tests.bot.storage.conftest import NOW, Look
from tests.bot.storage.test_opening import QUESTION, Model

PRICE = Price(Decimal("0.000001"), Decimal("0.000002"))
WHOLE = Usage(40, 60, 160)


class Night:
    """A bot whose answers seem to be left, and whose clock says that it is late."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = NOW
        log = structlog.get_logger("test")
        self.onscreen, self.keeper = OnScreen(), Keeper(database, log=log)
        model = Model(PRICE)
        self.openings = Openings(
            database,
            model,
            Prompts(slug="a/b", limits=Limits(8_000, 1_000), correction=Correction()),
            now=lambda: self.now,
        )
        self.settlement = Settlement(
            database, model, slug="a/b", least_output_tokens=300, now=lambda: self.now
        )
        self.house = Housekeeping(
            database,
            self.settlement,
            Repainting(database, self.onscreen, self.keeper, now=lambda: self.now, log=log),
            now=lambda: self.now,
            log=log,
        )

    async def begin(self) -> Opening:
        """Begin an answer, and let its hold expire."""
        opening = await self.openings.open(QUESTION)
        assert isinstance(opening, Opening)
        self.now += timedelta(hours=1)
        return opening

    async def lost(self) -> Lost:
        """Return what was found."""
        return await self.house.find_lost(Shards())

    def open_nothing(self, hears: OnAddress, address: ScreenAddress | None) -> Screen:
        """Show nothing: what ended by itself is not painted again."""
        del hears
        raise AssertionError(address)


@pytest.fixture
def night(database: Database) -> Night:
    """Return a bot at night."""
    return Night(database)


async def test_what_ended_by_itself_stays_as_it_is(night: Night, look: Look) -> None:
    """An answer that ends while its bill is asked for is paid and stored as it ended."""
    opening = await night.begin()
    found = await night.lost()
    end = End(opening.answer_id, opening.hold_id, AnswerState.COMPLETE, "gen-1", "All of it.", "")
    await night.settlement.settle(end, WHOLE, opening.subject)
    for left in found.answers:
        await night.house.mend(left, night.open_nothing)
    assert await look("SELECT state, text FROM answers") == [("complete", "All of it.")]
    assert await look("SELECT tokens, cost_micros FROM ledger") == [(100, 160)]


async def test_what_was_left_is_paid_once(night: Night, look: Look) -> None:
    """Of several who find the same one mends it; whoever ends it later keeps what it said."""
    opening = await night.begin()
    left = replace((await night.lost()).answers[0], private=True)
    for _ in range(2):
        await night.house.mend(left, night.open_nothing)
    assert [row[0] for row in await look("SELECT state FROM answers")] == ["interrupted"]
    end = End(opening.answer_id, opening.hold_id, AnswerState.COMPLETE, "gen-1", "All of it.", "")
    await night.settlement.settle(end, WHOLE, opening.subject)
    assert await look("SELECT state, text FROM answers") == [("complete", "All of it.")]
    assert await look("SELECT hold_id FROM ledger") == [(opening.hold_id,)]
    assert await look("SELECT * FROM holds") == []
