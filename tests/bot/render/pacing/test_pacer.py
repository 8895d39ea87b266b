"""The pacer: coroutines wait for their permits, and nobody's cancellation stops the others."""

import asyncio

import discord
import pytest

from bot.render.pacing.lanes import Budget, Lane, LaneKind, Urgency
from bot.render.pacing.pacer import Pacer, permit_in_use
from bot.render.pacing.schedule import Schedule
from tests.bot.render.virtual_time import VirtualLoop, clock, run


async def use(pacer: Pacer, lane: Lane, urgency: Urgency = Urgency.LAST) -> float:
    """Take a permit and return when it came."""
    async with pacer.permit(lane, urgency):
        return clock()


def test_a_crowd_waits_its_turn() -> None:
    """Twelve notices in a channel go out four in each five seconds."""

    async def crowd() -> list[float]:
        pacer = Pacer(clock)
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(use(pacer, Lane.create(1), Urgency.NOTICE)) for _ in range(12)
            ]
        return sorted(task.result() for task in tasks)

    assert run(crowd()) == pytest.approx([0, 0, 0, 0, 5, 5, 5, 5, 10, 10, 10, 10])


def test_cancelling_who_waits_lets_the_others_through() -> None:
    """A cancelled waiter takes no permit, and one cancelled in flight gives it back."""

    async def play() -> float:
        pacer = Pacer(clock)

        async def hang() -> None:
            async with pacer.permit(Lane.edit(1), Urgency.LAST):
                await asyncio.sleep(1_000)

        flying = asyncio.create_task(hang())
        waiting = asyncio.create_task(use(pacer, Lane.edit(1)))
        await asyncio.sleep(0.5)
        waiting.cancel()
        third = asyncio.create_task(use(pacer, Lane.edit(1)))
        await asyncio.sleep(0.5)
        flying.cancel()
        return await third

    assert run(play()) == pytest.approx(1.0)


def test_cancelling_in_the_moment_of_the_grant_gives_the_permit_back() -> None:
    """A permit granted to somebody who is cancelled before running again is not lost."""

    async def play() -> float:
        pacer = Pacer(clock)
        first = pacer.permit(Lane.edit(1), Urgency.LAST)
        await first.__aenter__()
        waiting = asyncio.create_task(use(pacer, Lane.edit(1)))
        await asyncio.sleep(0)
        await first.__aexit__(None, None, None)
        waiting.cancel()
        return await use(pacer, Lane.edit(1))

    assert run(play()) == pytest.approx(0.0)


def test_a_waiting_paint_can_be_hurried() -> None:
    """A tick that waits becomes a last paint and goes at once."""

    async def play() -> float:
        pacer = Pacer(clock)
        await use(pacer, Lane.edit(1))
        permit = pacer.permit(Lane.edit(1), Urgency.TICK)

        async def wait() -> float:
            async with permit:
                return clock()

        task = asyncio.create_task(wait())
        await asyncio.sleep(0.5)
        permit.hurry(Urgency.LAST)
        return await task

    assert run(play()) == pytest.approx(0.5)


def test_a_lane_rests_while_discord_py_refuses_to_send() -> None:
    """What discord.py foresees of a limit is kept, even behind a translated error."""

    async def play() -> tuple[float, float]:
        pacer = Pacer(clock)
        with pytest.raises(RuntimeError):
            async with pacer.permit(Lane.edit(1)):
                raise RuntimeError from discord.RateLimited(9.0)
        same = asyncio.create_task(use(pacer, Lane.edit(1)))
        other = asyncio.create_task(use(pacer, Lane.edit(2)))
        return await same, await other

    assert run(play()) == pytest.approx((9.0, 0.0))


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_429_lets_the_lane_or_all_rest(everywhere: bool) -> None:
    """What Discord says of a limit is kept."""

    async def play() -> tuple[float, float]:
        pacer = Pacer(clock)
        async with pacer.permit(Lane.edit(1)) as permit:
            permit.rest(9.0, everywhere=everywhere)
        same = asyncio.create_task(use(pacer, Lane.edit(1)))
        other = asyncio.create_task(use(pacer, Lane.edit(2)))
        return await same, await other

    assert run(play()) == pytest.approx((9.0, 9.0 if everywhere else 0.0))


def test_a_permit_is_known_to_what_runs_under_it_alone() -> None:
    """Whoever watches the requests finds the permit they go out under."""

    async def play() -> None:
        pacer = Pacer(clock)
        assert permit_in_use() is None
        async with pacer.permit(Lane.edit(1)) as permit:
            assert permit_in_use() is permit
            assert [permit.begin_request(), permit.begin_request()] == [True, False]
        assert permit_in_use() is None

    run(play())


def test_a_late_event_loop_makes_growth_rarer() -> None:
    """Edits that only the processor limits give way to it, and come back when it has time."""

    async def busy(seconds: float) -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        while True:
            loop.work(seconds)
            await asyncio.sleep(0)

    async def growing(busy_for: float) -> float:
        pacer = Pacer(clock)
        other = asyncio.create_task(busy(busy_for)) if busy_for else None
        for _ in range(500):
            await use(pacer, Lane.interaction("t"), Urgency.GROWTH)
        began = clock()
        for _ in range(10):
            await use(pacer, Lane.interaction("t"), Urgency.GROWTH)
        if other is not None:
            other.cancel()
        return clock() - began

    assert run(growing(0.2)) > 1.5 * run(growing(0))


async def spend(pacer: Pacer, seconds: float, error: Exception | None = None) -> float:
    """Return how long a request takes that is accepted after a second and given back later."""
    began = clock()

    async def request() -> None:
        await asyncio.sleep(1)
        if error is not None:
            raise error
        permit.accept()
        await asyncio.sleep(seconds - 1)

    async with pacer.permit(Lane.create(1), Urgency.LAST) as permit:
        await permit.once_accepted(request())
    return clock() - began


def test_nobody_waits_while_discord_py_keeps_an_accepted_request() -> None:
    """The request that spends a bucket's last permit is over when Discord accepts it."""

    async def play() -> list[float]:
        pacer = Pacer(clock, Schedule({LaneKind.CREATE: Budget(2, 60.0)}))
        return [await spend(pacer, 5), await spend(pacer, 5)]

    assert run(play()) == [5, 1]


def test_a_last_request_that_fails_says_so() -> None:
    """What goes wrong before Discord accepts a bucket's last request is raised."""

    async def play() -> None:
        await spend(Pacer(clock, Schedule({LaneKind.CREATE: Budget(1, 60.0)})), 5, OSError("gone"))

    with pytest.raises(OSError, match="gone"):
        run(play())
