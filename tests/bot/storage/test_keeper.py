"""The keeper: a kill loses no more than a moment of each answer that grows."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, ExitStack
from typing import Any, TypeVar

import pytest
import structlog

from bot.answers.draft import Draft
from bot.errors import StorageTrouble
from bot.messages import ScreenAddress
from bot.ports import Transaction
from bot.storage.database import Database
from bot.streaming import Delta, Started
from bot.turns.keeper import Keeper
from tests.bot.storage.test_history import ask, begin, question

T = TypeVar("T")

LOG = structlog.get_logger(__name__)


class Counting:
    """The database, with a count of its writing transactions; the first of them fail on demand."""

    def __init__(self, database: Database, failures: int = 0) -> None:
        self._database = database
        self._failures = failures
        self.written = 0

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        """Read as the database does."""
        return self._database.reading()

    def writing(self) -> AbstractAsyncContextManager[Transaction]:
        """Write as the database does."""
        return self._database.writing()

    async def write(self, work: Callable[[Transaction], Coroutine[Any, Any, T]]) -> T:
        """Write as the database does, or fail."""
        if self._failures:
            self._failures -= 1
            raise StorageTrouble("full", "The disk is full.")
        self.written += 1
        return await self._database.write(work)


async def begun(database: Database, count: int) -> list[int]:
    """Begin so many answers."""
    async with database.writing() as tx:
        ids = [(await begin(tx, await ask(tx, question())))[0] for _ in range(count)]
        await tx.commit()
    return ids


def draft_of(answer_id: int, text: str) -> Draft:
    """Return an answer that has come so far."""
    draft = Draft(answer_id, (), time.monotonic)
    draft.take(Started(f"gen-{answer_id}"))
    draft.take(Delta(text))
    return draft


async def stored(database: Database) -> dict[int, tuple[str | None, str]]:
    """Return the generation and the text of every running answer, as a restart would find them."""
    async with database.reading() as tx:
        return {it.id: (it.generation_id, it.text) for it in await tx.history.running()}


async def until(holds: Callable[[dict[int, tuple[str | None, str]]], bool], it: Database) -> None:
    """Wait until what is stored is like that."""
    async with asyncio.timeout(10):
        while True:
            if holds(await stored(it)):
                return
            await asyncio.sleep(0.01)


async def test_a_crowd_of_answers_shares_its_transactions(database: Database) -> None:
    """Thirty answers are stored at once, and again as they grow, in a few transactions."""
    ids = await begun(database, 30)
    storage = Counting(database)
    keeper = Keeper(storage, log=LOG, every=0.2)
    drafts = {it: draft_of(it, "One") for it in ids}
    with ExitStack() as stack:
        for answer_id, draft in drafts.items():
            stack.enter_context(keeper.keeping(answer_id, draft))
        await until(lambda it: all(it[n] == (f"gen-{n}", "One") for n in ids), database)
        for draft in drafts.values():
            draft.take(Delta(" and two"))
        await until(lambda it: all(it[n][1] == "One and two" for n in ids), database)
        assert storage.written <= 6
    await asyncio.wait_for(alone(), 5)


async def alone() -> None:
    """Return once no other task is left."""
    while True:
        if len(asyncio.all_tasks()) <= 2:
            return
        await asyncio.sleep(0.01)


async def test_places_are_stored_together(database: Database) -> None:
    """Where answers are shown is stored before whoever tells it goes on, in few transactions."""
    ids = await begun(database, 30)
    storage = Counting(database)
    keeper = Keeper(storage, log=LOG)
    await asyncio.gather(*(keeper.locate(it, ScreenAddress(10, (it,))) for it in ids))
    async with database.reading() as tx:
        places = {it.id: it.address for it in await tx.history.running()}
    assert places == {it: ScreenAddress(10, (it,)) for it in ids}
    assert storage.written <= 2


async def test_a_place_that_cannot_be_stored_is_told(database: Database) -> None:
    """Whoever told of the place hears that it is not stored."""
    [answer_id] = await begun(database, 1)
    keeper = Keeper(Counting(database, failures=1), log=LOG)
    with pytest.raises(StorageTrouble):
        await keeper.locate(answer_id, ScreenAddress(10, (7,)))


async def test_a_newcomer_is_stored_without_waiting(database: Database) -> None:
    """The generation, which tells what a killed answer cost, is stored as soon as it is known."""
    first, second = await begun(database, 2)
    keeper = Keeper(Counting(database), log=LOG, every=600)
    with keeper.keeping(first, draft_of(first, "One")):
        await until(lambda it: it[first][0] is not None, database)
        with keeper.keeping(second, draft_of(second, "Two")):
            await until(lambda it: it[second] == (f"gen-{second}", "Two"), database)


async def test_nothing_is_written_while_nothing_grows(database: Database) -> None:
    """An answer that waits for its next word costs no transaction."""
    [answer_id] = await begun(database, 1)
    storage = Counting(database)
    with Keeper(storage, log=LOG, every=0.01).keeping(answer_id, draft_of(answer_id, "One")):
        await until(lambda it: it[answer_id][1] == "One", database)
        await asyncio.sleep(0.2)
        assert storage.written == 1


async def test_trouble_stops_nothing(database: Database) -> None:
    """After the storage failed, what came meanwhile is stored the next time."""
    [answer_id] = await begun(database, 1)
    storage = Counting(database, failures=3)
    draft = draft_of(answer_id, "One")
    with Keeper(storage, log=LOG, every=0.02).keeping(answer_id, draft):
        await until(lambda it: it[answer_id][1] == "One", database)


async def test_it_rests_once_nothing_grows(database: Database) -> None:
    """After the last place is stored, nothing is left that waits for more."""
    [answer_id] = await begun(database, 1)
    before = asyncio.all_tasks()
    keeper = Keeper(Counting(database), log=LOG, every=600)
    await keeper.locate(answer_id, ScreenAddress(10, (7,)))
    assert asyncio.all_tasks() == before
