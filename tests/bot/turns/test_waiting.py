"""Questions on their way: what changes them waits until it is known where they are."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from bot.errors import Withdrawn
from bot.messages import Attached, Consent, Person, Place, Question
from bot.turns.opening import Openings
from bot.turns.order import Turns
from bot.turns.waiting import WaitingQuestions

QUESTION = Question(
    Person(1, "Ada", "ada"), Place(5), "Old?", datetime(2026, 3, 1, tzinfo=UTC), message_id=7
)
NEW = replace(QUESTION, text="New?")
ASKED = replace(
    QUESTION,
    files=(Attached("old.txt", "Old."),),
    role_ids=(3,),
    parent_channel_id=4,
    consent=Consent(1),
)


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


async def reworded(*changes: Question | None, with_files: bool) -> Question:
    """Change a question one after the other while it waits; return it as it is asked."""
    gate, turns = Gate(), Turns()
    gate.open.set()
    waiting = WaitingQuestions(turns, cast("Openings", gate))

    async def ask() -> Question:
        async with waiting.turn_of(ASKED, None) as (_, asked):
            return asked

    async with turns.take(ASKED.queue):
        with waiting.arriving(7):
            asking = asyncio.create_task(ask())
            for it in changes:
                assert await waiting.change(7, it, with_files=with_files)
    return await asking


async def test_what_was_deleted_stays_so() -> None:
    """A question that was deleted while it waited is not brought back by an edit told of later."""
    with pytest.raises(Withdrawn):
        await reworded(None, NEW, with_files=False)


@pytest.mark.parametrize("with_files", [False, True])
async def test_words_alone(with_files: bool) -> None:
    """An edit changes the words of what waits, its files where they are read, and nothing else."""
    edited = replace(NEW, files=(Attached("new.txt", "New."),), role_ids=())
    asked = await reworded(edited, with_files=with_files)
    files = edited.files if with_files else ASKED.files
    assert asked == replace(ASKED, text="New?", files=files)
