"""Questions on their way: what changes them waits until it is known where they are."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

from bot.messages import Person, Place, Question
from bot.turns.opening import Openings
from bot.turns.order import Turns
from bot.turns.waiting import WaitingQuestions

QUESTION = Question(
    Person(1, "Ada", "ada"), Place(5), "Old?", datetime(2026, 3, 1, tzinfo=UTC), message_id=7
)
NEW = replace(QUESTION, text="New?")


class Gate:
    """Lets everybody ask, once it is open."""

    def __init__(self) -> None:
        self.open = asyncio.Event()

    async def admit(self, _: Question) -> None:
        """Wait until it is open."""
        await self.open.wait()


@asynccontextmanager
async def changing(waiting: WaitingQuestions) -> AsyncIterator[asyncio.Task[bool]]:
    """Begin to change the question; end that in any case."""
    task = asyncio.create_task(waiting.change(7, NEW))
    await asyncio.sleep(0)
    yield task
    task.cancel()


async def test_until_it_waits() -> None:
    """A change behind a message that has just arrived finds its question as soon as it waits."""
    gate = Gate()
    waiting = WaitingQuestions(Turns(), cast("Openings", gate))

    async def no_files() -> Any:
        return ()

    with waiting.arriving(7):
        async with changing(waiting) as change:
            assert not change.done()
            taken = waiting.turn_of(QUESTION, no_files)
            asking = asyncio.create_task(taken.__aenter__())
            assert await change
            gate.open.set()
            _, asked = await asking
            assert asked.text == "New?"
            await taken.__aexit__(None, None, None)


async def test_until_it_is_stored() -> None:
    """A change while a question is opened waits until that is stored, and is then none of ours."""
    waiting = WaitingQuestions(Turns(), cast("Openings", Gate()))
    with waiting.arriving(7):
        async with waiting.turn_of(QUESTION, None), changing(waiting) as change:
            assert not change.done()
            waiting.arrived(7)
            assert not await change
        assert not await waiting.change(7, NEW)


async def test_until_it_is_no_question() -> None:
    """A change to a message that turns out to be no question is none of ours."""
    waiting = WaitingQuestions(Turns(), cast("Openings", Gate()))
    with waiting.arriving(7):
        with waiting.arriving(7):
            pass
        async with changing(waiting) as change:
            assert not change.done()
            waiting.arrived(7)
            assert not await change
    assert not await waiting.change(8, NEW)
