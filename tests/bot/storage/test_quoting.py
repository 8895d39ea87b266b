"""Questions about messages that are edited or deleted while their turns are being opened."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.errors import NothingThere
from bot.messages import Price, Question, ScreenAddress
from bot.prompts.tokens import Correction
from bot.quota.pricing import Proposed
from bot.storage.database import Database
from bot.turns.changing import Changing
from bot.turns.opening import Opening, Openings
from bot.turns.prompting import Limits, Prompts
from bot.turns.proposals import Proposals
from bot.turns.quoting import Quoting
from tests.bot.storage.conftest import NOW, Look
from tests.bot.storage.test_opening import QUESTION, Model
from tests.bot.storage.test_opening import database as database

TOLD = 70
QUOTED = replace(
    QUESTION,
    text="(about what Ben wrote: “I like Kelmuffin.”)\nwhy?",
    quoted_id=12,
    quoted_message_id=TOLD,
)
EDITED = "(about what Ben wrote: “I like lamps.”)\n"


class Slow(Model):
    """A model whose price is long in coming, as often as there are doors."""

    def __init__(self, doors: int) -> None:
        super().__init__(None)
        self.asked = asyncio.Semaphore(0)
        self.doors = [asyncio.Event() for _ in range(doors)]
        self._closed = iter(self.doors)

    async def price(self, model: str) -> Price | None:
        """Wait at the next door, if one is left."""
        if (door := next(self._closed, None)) is not None:
            self.asked.release()
            await door.wait()
        return await super().price(model)


def quoting(database: Database, model: Model) -> Quoting:
    """Return what opens turns with this model."""
    return heard(database, openings(database, model))


def openings(database: Database, model: Model) -> Openings:
    """Return what opens turns with this model, without hearing of anything."""
    prompts = Prompts(slug="a/b", limits=Limits(80_000, 2_000), correction=Correction())
    return Openings(database, model, prompts, now=lambda: NOW)


def heard(database: Database, its: Openings, changing: Changing | None = None) -> Quoting:
    """Return what opens turns by this and hears of edits meanwhile."""
    proposals = Proposals(database, its, now=lambda: NOW)
    return Quoting(database, its, proposals, changing or Changing())


async def opened(its: Quoting, question: Question) -> Opening | Proposed:
    """Open a turn while what becomes of the message that is quoted is heard of."""
    with its.of(question):
        return await its.open(question)


async def proposed(database: Database, opening: Opening | Proposed) -> str:
    """Return what waits for a yes."""
    assert isinstance(opening, Proposed)
    async with database.reading() as tx:
        known = await tx.proposals.find(opening.proposal_id)
    assert known is not None
    return known.proposal.question.text


async def test_deleted_meanwhile(database: Database, look: Look) -> None:
    """What was deleted while a dear question about it was stored is in no proposal."""
    model = Slow(1)
    its = quoting(database, model)
    task = asyncio.create_task(opened(its, QUOTED))
    await model.asked.acquire()
    its.delete(TOLD)
    model.doors[0].set()
    assert await proposed(database, await task) == "(about words that were deleted since)\nwhy?"
    assert len(await look("SELECT id FROM proposals")) == 1


async def test_deleted_meanwhile_by_a_menu(database: Database, look: Look) -> None:
    """A dear question about that message alone waits no more."""
    model = Slow(1)
    its = quoting(database, model)
    task = asyncio.create_task(opened(its, replace(QUOTED, message_id=None)))
    await model.asked.acquire()
    its.delete(TOLD)
    model.doors[0].set()
    with pytest.raises(NothingThere):
        await task
    assert await look("SELECT id FROM proposals") == []


async def test_a_form_that_was_open(database: Database) -> None:
    """What was deleted while a form was open is asked about, also while that is taken in."""
    its = quoting(database, Model(None))
    asked = replace(QUOTED, message_id=None)
    with its.hearing_of(TOLD):
        its.delete(TOLD)
        with its.hearing_anew(TOLD):
            assert await proposed(database, await opened(its, asked)) == QUOTED.text
            its.delete(TOLD)
            with pytest.raises(NothingThere):
                await opened(its, asked)


@pytest.mark.parametrize("is_deleted", [False, True])
async def test_edited_meanwhile(database: Database, look: Look, *, is_deleted: bool) -> None:
    """A dear question quotes the newest words, unless they were deleted in the end."""
    model = Slow(2)
    its = quoting(database, model)
    task = asyncio.create_task(opened(its, QUOTED))
    await model.asked.acquire()
    its.edit(TOLD, "(about what Ben wrote: “Drazzlebop”)\n")
    model.doors[0].set()
    await model.asked.acquire()  # it is asked about once more
    its.edit(TOLD, EDITED)
    if is_deleted:
        its.delete(TOLD)
        its.edit(TOLD, EDITED)  # nothing brings it back
    model.doors[1].set()
    before = "(about words that were deleted since)\n" if is_deleted else EDITED
    assert await proposed(database, await task) == f"{before}why?"
    assert len(await look("SELECT id FROM proposals")) == 1


async def test_edited_while_a_cheap_one_is_stored(database: Database, look: Look) -> None:
    """A turn that was stored with the old words has the new ones afterwards."""
    await look("UPDATE conversations SET cleared_turn_id = 2")
    model = Slow(1)
    its = quoting(database, model)
    task = asyncio.create_task(opened(its, QUOTED))
    await model.asked.acquire()
    its.edit(TOLD, EDITED)
    model.doors[0].set()
    assert isinstance(await task, Opening)
    assert await look("SELECT text FROM turns WHERE message_id = 77") == [(f"{EDITED}why?",)]


async def test_edited_again_while_a_cheap_one_follows(database: Database, look: Look) -> None:
    """A turn that was stored with old words has those of the last edit that is stored before it."""
    await look("UPDATE conversations SET cleared_turn_id = 2")
    model, changing = Slow(1), Changing()
    its = heard(database, openings(database, model), changing)
    task = asyncio.create_task(opened(its, QUOTED))
    await model.asked.acquire()
    async with changing.under_way(TOLD):
        its.edit(TOLD, "(about what Ben wrote: “Drazzlebop”)\n")
        model.doors[0].set()
        while not await look("SELECT text FROM turns WHERE message_id = 77"):
            assert not task.done()
        its.edit(TOLD, EDITED)
    assert isinstance(await task, Opening)
    assert await look("SELECT text FROM turns WHERE message_id = 77") == [(f"{EDITED}why?",)]


async def test_what_is_quoted_by_nobody(database: Database) -> None:
    """What became of a message before anybody quoted it is not known any more."""
    its = quoting(database, Model(None))
    its.edit(TOLD, EDITED)
    its.delete(TOLD)
    assert await proposed(database, await opened(its, QUOTED)) == QUOTED.text


async def test_edited_or_deleted_before_it_is_agreed_to(database: Database) -> None:
    """While an edit or a deletion is being stored, what is agreed to is asked with that already."""
    its = quoting(database, Model(None))
    with its.hearing_of(TOLD, None, TOLD):
        its.edit(TOLD, EDITED)
        assert await proposed(database, await opened(its, QUOTED)) == f"{EDITED}why?"
        its.delete(TOLD)
        with pytest.raises(NothingThere):
            await opened(its, replace(QUOTED, message_id=None))
    later = replace(QUOTED, message_id=78)
    assert await proposed(database, await opened(its, later)) == QUOTED.text


class Overtaken(Openings):
    """What opens turns, each of which something becomes of before anybody else hears of it."""

    becomes: Callable[[int], Awaitable[object]]

    async def open(self, question: Question) -> Opening | Proposed:
        """Open a turn, and let that happen at once."""
        opening = await super().open(question)
        assert isinstance(opening, Proposed)
        await self.becomes(opening.proposal_id)
        return opening


async def test_nothing_is_kept_of_what_nobody_saw(database: Database) -> None:
    """A proposal that an edit and a deletion overtook before it was shown leaves nothing behind."""
    prompts = Prompts(slug="a/b", limits=Limits(80_000, 2_000), correction=Correction())
    opens = Overtaken(database, Model(None), prompts, now=lambda: NOW)
    proposals = Proposals(database, opens, now=lambda: NOW)
    its = Quoting(database, opens, proposals, Changing())
    made: list[int] = []

    async def become(proposal_id: int) -> None:
        made.append(proposal_id)
        if len(made) > 1:
            return
        its.edit(TOLD, EDITED)
        known = (await proposals.concerned(TOLD)).quoting
        for it in await proposals.requote(known, EDITED):
            await proposals.offer_again(it)
        assert (await proposals.let_go([77])).withdrawn_at == []

    opens.becomes = become
    await opened(its, QUOTED)
    assert len(made) == 2
    assert await proposals.shown(made[0], ScreenAddress(5, (90,))) is None
