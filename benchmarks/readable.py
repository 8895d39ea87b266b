"""From a token's arrival at the bot until it can be read in Discord."""

import asyncio
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from itertools import chain, islice

from rich.table import Table

from benchmarks.figures import Figures, half_interval, ms, times
from benchmarks.house import Bot, House, Standstill, open_house
from benchmarks.numbered import WORDS_PER_SECOND, Reader, Writer
from sandbox.discord.model import Channel
from sandbox.openrouter.replies import Reply

QUESTION = "Please tell me everything about lighthouses."

BY_MESSAGE = "message"
BY_COMMAND = "/ask"

PERMITS, SECONDS = 4, {BY_MESSAGE: 5.0, BY_COMMAND: 2.0}
"""Discord allows five edits in so many seconds; discord.py sleeps on the fifth."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured; 450 words are 15 seconds of writing, and somewhat over one page."""

    words: int = 450
    crowds: tuple[int, ...] = (1, 20)


@dataclass(frozen=True, slots=True)
class Case:
    """So many answers at a time by one route, and what was seen of them."""

    route: str
    answers: int
    delay: Figures
    first: Figures
    ending: Figures
    edits: int
    refused: int
    standstill: Standstill

    @property
    def floor(self) -> float:
        """Return the mean delay that this route's edits allow at best."""
        return half_interval(PERMITS, SECONDS[self.route])


async def measure(size: Size) -> list[Case]:
    """Let so many answers be written at the same time, by each route."""
    router = Writer(size.words)
    async with open_house(router) as house:
        # Before the bot comes: it is told of them when it enters.
        channels = iter(house.channels("busy", 1 + 2 * sum(size.crowds)))
        async with house.running("benchmarks.bot_process") as bot:
            router.reply_next(Reply(text="Everything is loaded now."))
            await _ask(house, next(channels), BY_MESSAGE)
            with closing(Reader(house.world)) as reader:
                return [
                    await _case(house, bot, router, reader, route, list(islice(channels, crowd)))
                    for crowd in size.crowds
                    for route in (BY_MESSAGE, BY_COMMAND)
                ]


async def _case(
    house: House, bot: Bot, router: Writer, reader: Reader, route: str, channels: Sequence[Channel]
) -> Case:
    await bot.standstill()
    exchanges, first = house.discord.exchanges, router.answers
    before = len(exchanges)
    await asyncio.gather(*(_ask(house, channel, route) for channel in channels))
    standstill = await bot.standstill()
    written = {it: router.written(it) for it in range(first, router.answers)}
    delays = [reader.delays(it, at) for it, at in written.items()]
    sent = list(exchanges)[before:]
    return Case(
        route=route,
        answers=len(channels),
        delay=Figures.of(chain.from_iterable(delays)),
        first=Figures.of(each[0] for each in delays),
        ending=Figures.of(reader.ending(it, at) for it, at in written.items()),
        edits=sum(it.method == "PATCH" for it in sent),
        refused=sum(it.status >= HTTPStatus.BAD_REQUEST for it in sent),
        standstill=standstill,
    )


async def _ask(house: House, channel: Channel, route: str) -> None:
    """Ask, and return when the answer has its end."""
    person = house.person("ada")
    if route == BY_COMMAND:
        asked = (await person.slash(channel.id, "ask", {"prompt": QUESTION})).id
    else:
        asked = (await person.say(channel.id, f"{house.me} {QUESTION}")).id
    await house.ended(channel.id, asked)


def table(cases: Sequence[Case], size: Size) -> Table:
    """Return the figures as they are printed."""
    shown = Table(
        title="From a token's arrival at the bot until it can be read in Discord, in ms",
        caption=(
            f"Answers of {size.words} tokens, {WORDS_PER_SECOND:.0f} a second each. First: the "
            "first token. End: from the last token to the closing line.\nRefused: by Discord, with "
            "429 or any other error. Floor: half the time between edits if four of "
            "the five that Discord allows are used, evenly.\nStandstill: of the bot's event loop "
            "at most (in brackets what of such a time the bot itself was working)."
        ),
    )
    shown.add_column("at a time")
    for name in (
        *("mean", "floor", "to it", "median", "p95", "max", "first", "end"),
        *("edits", "refused", "standstill"),
    ):
        shown.add_column(name, justify="right")
    for it in cases:
        shown.add_row(
            f"{it.answers} by {it.route}",
            ms(it.delay.mean),
            ms(it.floor),
            times(it.delay.mean, it.floor),
            *(ms(seconds) for seconds in (it.delay.median, it.delay.p95, it.delay.most)),
            ms(it.first.mean),
            ms(it.ending.mean),
            str(it.edits),
            str(it.refused),
            str(it.standstill),
        )
    return shown


async def run() -> Table:
    """Measure, and return the figures as they are printed."""
    size = Size()
    return table(await measure(size), size)
