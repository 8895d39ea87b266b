"""One turn at a time in each conversation, in order, bounded; others never wait."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from bot.errors import NotYours, QueueFull, ShuttingDown
from bot.turns.order import Turns


class Room:
    """Takes turns and writes down who had one, each held until let go."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.had: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}

    async def take(self, conversation: str, name: str) -> None:
        """Take a turn under a name and hold it until its gate opens."""
        gate = self.gates.setdefault(name, asyncio.Event())
        with self.turns.under_way():
            async with self.turns.take(conversation):
                self.had.append(name)
                await gate.wait()


async def settle() -> None:
    """Let every task that can run do so."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_turns_come_in_order() -> None:
    """Three questions in one conversation are taken first come, first served."""
    room = Room(Turns())
    tasks = [asyncio.create_task(room.take("a", name)) for name in ("1", "2", "3")]
    await settle()
    assert room.had == ["1"]
    room.gates["1"].set()
    await settle()
    assert room.had == ["1", "2"]
    for gate in room.gates.values():
        gate.set()
    await asyncio.gather(*tasks)
    assert room.had == ["1", "2", "3"]


async def test_conversations_do_not_wait_for_each_other() -> None:
    """A turn in one conversation begins while another's is held."""
    room = Room(Turns())
    tasks = [asyncio.create_task(room.take(name, name)) for name in ("a", "b")]
    await settle()
    assert room.had == ["a", "b"]
    for gate in room.gates.values():
        gate.set()
    await asyncio.gather(*tasks)


async def test_the_queue_is_bounded() -> None:
    """One more than may wait is refused, and told how many do."""
    room = Room(Turns(most_waiting=2))
    tasks = [asyncio.create_task(room.take("a", name)) for name in ("1", "2", "3")]
    await settle()
    with pytest.raises(QueueFull) as refused:
        await room.take("a", "4")
    assert refused.value.waiting == 2
    for gate in room.gates.values():
        gate.set()
    await asyncio.gather(*tasks)


@pytest.mark.parametrize("leaver", ["2", "3"])
async def test_leaving_the_queue_blocks_nobody(leaver: str) -> None:
    """Whoever gives up waiting is passed over, and the rest go on in order."""
    room = Room(Turns())
    tasks = {name: asyncio.create_task(room.take("a", name)) for name in ("1", "2", "3", "4")}
    await settle()
    tasks[leaver].cancel()
    for gate in room.gates.values():
        gate.set()
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks.values())
    await settle()
    assert room.had == [name for name in ("1", "2", "3", "4") if name != leaver]
    async with room.turns.take("a"):
        pass


async def test_a_turn_given_to_one_who_just_left_goes_on() -> None:
    """A turn that arrives together with a cancellation reaches the next in line."""
    room = Room(Turns())
    tasks = {name: asyncio.create_task(room.take("a", name)) for name in ("1", "2", "3")}
    await settle()
    room.gates["1"].set()
    await asyncio.sleep(0)  # the first ends and hands the turn to the second …
    tasks["2"].cancel()  # … who is cancelled before waking up
    await settle()
    room.gates["3"].set()
    await tasks["3"]
    assert room.had[-1] == "3"


async def test_what_is_done_while_waiting_keeps_the_order() -> None:
    """Whoever has to wait is in line first; where it fails, the place goes to nobody."""
    room, checked = Room(Turns(most_waiting=2)), asyncio.Event()

    async def fail() -> None:
        raise NotYours

    async def take(name: str, meanwhile: Callable[[], Awaitable[None]]) -> None:
        async with room.turns.take("a", meanwhile):
            room.had.append(name)

    first = asyncio.create_task(room.take("a", "1"))
    await settle()
    slow = asyncio.create_task(take("2", lambda: wait_for(checked)))
    await settle()
    with pytest.raises(NotYours):
        await take("refused", fail)
    third = asyncio.create_task(take("3", settle))
    await settle()
    room.gates["1"].set()
    await settle()
    checked.set()
    await asyncio.gather(first, slow, third)
    assert room.had == ["1", "2", "3"]


async def test_a_turn_given_to_one_whose_check_fails_goes_on() -> None:
    """A turn that came during a check which fails then reaches the next in line."""
    room, checked = Room(Turns()), asyncio.Event()

    async def fail() -> None:
        await checked.wait()
        raise NotYours

    async def refused() -> None:
        async with room.turns.take("a", fail):
            raise AssertionError

    tasks = [asyncio.create_task(room.take("a", "1")), asyncio.create_task(refused())]
    await settle()
    tasks.append(asyncio.create_task(room.take("a", "3")))
    await settle()
    for gate in room.gates.values():
        gate.set()
    await settle()
    assert room.had == ["1"]
    checked.set()
    await asyncio.wait(tasks)
    assert room.had == ["1", "3"]
    assert isinstance(tasks[1].exception(), NotYours)


async def wait_for(event: asyncio.Event) -> None:
    """Return when it has happened."""
    await event.wait()


async def test_closing_lets_running_turns_end_and_refuses_the_others() -> None:
    """On close the running turn ends, the waiting one is refused, and no new one is taken."""
    room = Room(Turns())
    running = asyncio.create_task(room.take("a", "running"))
    waiting = asyncio.create_task(room.take("a", "waiting"))
    await settle()
    closing = asyncio.create_task(room.turns.close(grace=30))
    await settle()
    with pytest.raises(ShuttingDown):
        await waiting
    with pytest.raises(ShuttingDown):
        await room.take("b", "late")
    assert not closing.done()
    room.gates["running"].set()
    await asyncio.gather(running, closing)


async def test_closing_ends_turns_that_take_too_long() -> None:
    """After the grace a turn that still runs is cancelled, and close waits for its end."""
    room = Room(Turns())
    running = asyncio.create_task(room.take("a", "running"))
    await settle()
    await room.turns.close(grace=0)
    assert running.cancelled()


async def test_a_stop_reaches_only_its_answer_and_only_while_it_runs() -> None:
    """A stop cancels the work on that answer, once, and is gone afterwards."""
    turns = Turns()
    work = asyncio.create_task(asyncio.sleep(3600))
    with turns.stoppable(7, work, owner_id=1):
        assert turns.stop_of(8) is None
        stop = turns.stop_of(7)
        assert stop is not None
        assert stop.owner_id == 1
        stop.request()
        stop.request()
        with pytest.raises(asyncio.CancelledError):
            await work
        assert stop.requested
    assert turns.stop_of(7) is None
