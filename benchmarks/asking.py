"""From a person's message to the request that leaves for OpenRouter."""

import asyncio
import math
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from time import monotonic
from typing import Any

from rich.table import Table

from benchmarks.children import PATIENCE
from benchmarks.figures import Figures, ms, times
from benchmarks.house import House, open_house
from benchmarks.past import Past, remember
from bot.messages import Person, Place
from sandbox.discord.model import Channel
from sandbox.openrouter.replies import Reply
from sandbox.openrouter.server import OpenRouterServer

TARGET = 0.025
"""Seconds: what the median with a long past is to stay under."""

QUIET = 0.02
"""Seconds to let everything come to rest before the next message."""

FLOOR = "bare discord.py and aiohttp"
EMPTY = "message, empty channel"
LONG = "message, long past"
COMMAND = "/ask, long past, right after an answer"

QUESTION = (
    "Which lighthouse keepers wrote down what they saw in the winter storms, and what did "
    "their letters say about the light, the water and the boats? (question {number})"
)

Ask = Callable[[int], Awaitable[float]]
"""Asks the question of that number and returns for how many seconds its request took to leave."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured; the long past is in so many channels, since Discord limits each."""

    rounds: int = 100
    warm_up: int = 10
    long_channels: int = 8
    turns: int = 10_000


class Answering(OpenRouterServer):
    """Answers every request at once, and tells when the last one came in whole."""

    def __init__(self) -> None:
        super().__init__(tokens_per_second=math.inf, script=self._reply)
        self._asked = 0

    def _reply(self, _messages: Sequence[Mapping[str, Any]]) -> Reply:
        self._asked += 1
        return Reply(text="The light stood on the island, and the keeper wrote it down. " * 6)

    async def next_at(self, act: Callable[[], Awaitable[Any]]) -> tuple[Any, float]:
        """Act, and return what came of it and when the request that follows from it was here."""
        before = self._asked
        done = await act()
        async with asyncio.timeout(PATIENCE):
            await self.until(lambda: self._asked > before)
        return done, self.chats[-1].at


@asynccontextmanager
async def _opened(size: Size) -> AsyncGenerator[dict[str, Ask]]:
    """Open a house for the bot and one for the floor, and hand out the ways to ask."""
    router, bare_router = Answering(), Answering()
    async with open_house(router) as house, open_house(bare_router) as bare:
        long = house.channels("long", size.long_channels)
        empty = house.channels("empty", size.rounds + size.warm_up)
        await _remember(house, long, size)
        async with (
            house.running("benchmarks.bot_process"),
            bare.running("benchmarks.floor_process"),
        ):
            yield {
                FLOOR: _by_bare_message(bare, bare_router),
                EMPTY: _by_message(house, router, empty),
                LONG: _by_message(house, router, long),
                COMMAND: _by_command(house, router, long),
            }


async def _remember(house: House[Answering], channels: Sequence[Channel], size: Size) -> None:
    user = house.person("ada").user
    places = [Place(channel.id, channel.guild_id) for channel in channels]
    asker = Person(user.id, user.name, user.username)
    await remember(house.database_url, Past(asker, places, size.turns, size.turns))


def _by_bare_message(house: House[Answering], router: Answering) -> Ask:
    person, channel = house.person("ada"), house.channels("bare", 1)[0]

    async def ask(number: int) -> float:
        began = monotonic()
        _, at = await router.next_at(lambda: person.say(channel.id, QUESTION.format(number=number)))
        await router.idle()
        return at - began

    return ask


def _by_message(house: House[Answering], router: Answering, channels: Sequence[Channel]) -> Ask:
    person, places = house.person("ada"), cycle(channels)

    async def ask(number: int) -> float:
        channel = next(places)
        words = f"{house.me} {QUESTION.format(number=number)}"
        began = monotonic()
        said, at = await router.next_at(lambda: person.say(channel.id, words))
        await house.ended(channel.id, said.id)
        return at - began

    return ask


def _by_command(house: House[Answering], router: Answering, channels: Sequence[Channel]) -> Ask:
    person, places = house.person("ada"), cycle(channels)

    async def ask(number: int) -> float:
        channel = next(places)
        options = {"prompt": QUESTION.format(number=number)}
        began = monotonic()
        used, at = await router.next_at(lambda: person.slash(channel.id, "ask", options))
        await house.ended(channel.id, used.id)
        return at - began

    return ask


async def measure(size: Size) -> dict[str, Figures]:
    """Ask in every way in turn, round by round, so that all meet the same noise."""
    taken: dict[str, list[float]] = {}
    async with _opened(size) as ways:
        for number in range(-size.warm_up, size.rounds):
            for name, ask in ways.items():
                seconds = await ask(number)
                if number >= 0:
                    taken.setdefault(name, []).append(seconds)
                await asyncio.sleep(QUIET)
    return {name: Figures.of(seconds) for name, seconds in taken.items()}


def table(found: Mapping[str, Figures], size: Size) -> Table:
    """Return the figures as they are printed."""
    median = found[LONG].median
    met = "met" if median < TARGET else "MISSED"
    shown = Table(
        title="From a message to its request at OpenRouter, in ms",
        caption=(
            f"Long past: {size.turns:,} turns in the channel, and as many spends of that person in "
            f"this month.\nTarget: median under {ms(TARGET)} ms with it. "
            f"Median: {ms(median)} ms, {met}."
        ),
    )
    shown.add_column("")
    for name in ("n", "median", "p95", "max", "to the floor", "to empty"):
        shown.add_column(name, justify="right")
    for name, it in found.items():
        shown.add_row(
            name,
            str(it.count),
            ms(it.median),
            ms(it.p95),
            ms(it.most),
            times(it.median, found[FLOOR].median),
            times(it.median, found[EMPTY].median),
        )
    return shown


async def run() -> Table:
    """Measure, and return the figures as they are printed."""
    size = Size()
    return table(await measure(size), size)
