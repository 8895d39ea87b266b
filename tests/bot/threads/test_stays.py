"""Stays: what goes on in a place ends where that is closed, and nowhere else."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from bot.errors import PlaceClosed
from bot.messages import Person, Place, Question
from bot.threads.stays import Stay, Stays
from bot.turns.order import Turns

ADA = Person(1, "Ada", "ada")


def question(channel: int, guild: int | None = 9, parent: int | None = None) -> Question:
    """Return a question that was asked there."""
    asked_at = datetime(2026, 1, 1, tzinfo=UTC)
    return Question(ADA, Place(channel, guild), "?", asked_at, parent_channel_id=parent)


OPEN, LOCKED, GONE = (False, False), (True, False), (True, True)


def states(stays: Iterable[Stay]) -> list[tuple[bool, bool]]:
    """Return of each whether it is over, and whether nothing can be shown."""
    return [(it.is_over, it.is_gone) for it in stays]


def test_which_stays_end() -> None:
    """A channel ends with its threads, a thread alone, a server with all that is in it."""
    stays, asked = Stays(Turns()), [question(5), question(6, parent=5), question(7, guild=8)]
    with stays.of(asked[0]) as channel, stays.of(asked[1]) as thread, stays.of(asked[2]) as other:
        known = (channel, thread, other)
        stays.close_channel(6, is_gone=False)
        assert states(known) == [OPEN, LOCKED, OPEN]
        stays.close_channel(5, is_gone=True)
        assert states(known) == [GONE, GONE, OPEN]
        stays.close_server(8)
        assert states(known) == [GONE, GONE, GONE]
        with pytest.raises(PlaceClosed):
            other.require_open()
    with stays.of(asked[0]) as later:
        later.require_open()


def test_a_stay_stops_its_work() -> None:
    """What grows is stopped, once its place is closed, and not after it ended."""
    stays, stopped = Stays(Turns()), list[int]()
    with stays.of(question(5)) as stay:
        stay.stops_by(lambda: stopped.append(1))
        stays.close_channel(5, is_gone=True)
    stays.close_channel(5, is_gone=True)
    assert stopped == [1]


async def test_those_that_wait_are_turned_away() -> None:
    """Who waits for a turn there hears of it; in other places they wait on."""
    turns = Turns()
    stays = Stays(turns)

    async def ask(asked: Question) -> None:
        with stays.of(asked):
            async with turns.take(asked.queue):
                return

    here, elsewhere = question(5), question(6)
    async with turns.take(here.queue), turns.take(elsewhere.queue):
        waiting = [asyncio.create_task(ask(it)) for it in (here, here, elsewhere)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        stays.close_channel(5, is_gone=True)
        done = await asyncio.gather(*waiting[:2], return_exceptions=True)
        assert [type(it) for it in done] == [PlaceClosed, PlaceClosed]
        assert not waiting[2].done()
    await waiting[2]
    async with turns.take(here.queue):
        """The queue works on."""
