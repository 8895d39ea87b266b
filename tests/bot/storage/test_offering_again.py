"""What an edited question's answer says of that, where another answer begins at the same time."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta

import structlog

from bot.choices import Most
from bot.memory.edits import Memory
from bot.storage.database import Database
from bot.turns.keeper import Keeper
from bot.turns.onscreen import OnScreen
from bot.turns.order import Turns
from tests.bot.storage.conftest import NOW
from tests.bot.storage.test_variants import QUESTION, SHOWN, Wall, ask

LATER = NOW + timedelta(minutes=1)


class Desk:
    """A memory whose only question was edited after its answer, and where that is shown."""

    def __init__(self, database: Database, onscreen: OnScreen) -> None:
        self.database = database
        self.onscreen = onscreen
        self.turns = Turns()
        self.keeper = Keeper(database, log=structlog.get_logger())
        self.wall, self.growing = Wall(), Wall()
        self.memory = Memory(
            database,
            self.turns,
            self.keeper,
            onscreen,
            most=Most(80_000, 2_000),
            now=lambda: LATER,
        )

    async def furnish(self) -> tuple[int, int]:
        """Let the question be answered and edited; return its turn and its answer."""
        [answer] = await ask(self.database, "Blue.")
        async with self.database.writing() as tx:
            await tx.history.revise(77, "A shape?", 3, LATER)
            answered = await tx.variants.of(answer)
            await tx.commit()
        assert answered is not None
        return answered.turn_id, answer

    async def offer(self) -> None:
        """Offer another answer."""
        await self.memory.offer_again(QUESTION, self.wall.open)


async def test_an_edit_offers_another_answer(database: Database) -> None:
    """An answer whose question was edited since says so where it stands."""
    desk = Desk(database, OnScreen())
    await desk.furnish()
    await desk.offer()
    assert desk.wall.address == SHOWN
    assert desk.wall.last is not None
    assert desk.wall.last.closing is not None
    assert desk.wall.last.closing.edited_since
    await desk.keeper.close()


async def test_an_answer_that_begins_first_grows_on(database: Database) -> None:
    """One that began while the offer waited for an arrow keeps its screen, and nothing is said."""
    desk = Desk(database, OnScreen())
    turn, answer = await desk.furnish()
    async with AsyncExitStack() as stack:
        async with desk.turns.take(("variants", turn)):
            offering = asyncio.create_task(desk.offer())
            async with asyncio.timeout(10):
                while desk.turns.ahead_of(("variants", turn)) < 2:  # noqa: ASYNC110 - it tells nobody
                    await asyncio.sleep(0.01)
            await stack.enter_async_context(desk.onscreen.showing(turn, desk.growing, answer + 1))
        await offering
        assert not desk.growing.is_closed
    assert desk.wall.last is None


class Overtaken(OnScreen):
    """Lets another answer begin as soon as what was there is cleared away, once."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = AsyncExitStack()
        self.begins: tuple[Wall, int] | None = None

    async def clear(self, turn_id: int) -> None:
        """Clear it, and begin another."""
        await super().clear(turn_id)
        if self.begins is not None:
            (wall, answer_id), self.begins = self.begins, None
            await self.stack.enter_async_context(self.showing(turn_id, wall, answer_id))


async def test_an_answer_that_begins_meanwhile_grows_on(database: Database) -> None:
    """So does one that begins while it is looked up where the offer is to stand."""
    onscreen = Overtaken()
    desk = Desk(database, onscreen)
    _, answer = await desk.furnish()
    async with onscreen.stack:
        onscreen.begins = (desk.growing, answer + 1)
        await desk.offer()
        assert not desk.growing.is_closed
    assert desk.wall.last is None
