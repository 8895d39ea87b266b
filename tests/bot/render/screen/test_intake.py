"""The intake: whoever feeds a screen rests, and is called before a paint."""

import asyncio

import pytest

from bot.render.screen.intake import Intake
from tests.bot.render.virtual_time import clock, run


def test_a_pause_lasts_as_long_as_it_was_asked_for() -> None:
    """Where nothing is painted, what comes meanwhile is collected."""

    async def play() -> float:
        await Intake(lambda: False).pause(0.1)
        return clock()

    assert run(play()) == pytest.approx(0.1)


def test_a_paint_ends_the_pause_and_waits_for_what_was_collected() -> None:
    """What came in the pause is on the screen with this paint, not with the next."""
    news: list[str] = []

    async def feed(intake: Intake) -> float:
        await intake.pause(60)
        ended = clock()
        await asyncio.sleep(0)  # the system hands over what it has
        news.append("word")
        return ended

    async def play() -> tuple[float, list[str]]:
        intake = Intake(lambda: bool(news))
        feeding = asyncio.create_task(feed(intake))
        await asyncio.sleep(1)
        await intake.call()
        return await feeding, list(news)

    ended, came = run(play())
    assert ended == pytest.approx(1.0)
    assert came == ["word"]


def test_a_call_outside_of_a_pause_costs_nothing() -> None:
    """Whoever reads each token at once is not waited for."""

    async def play() -> float:
        await Intake(lambda: False).call()
        return clock()

    assert run(play()) == 0.0
