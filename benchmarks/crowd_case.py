"""One case of the crowd: so many answers at a time, and what was seen of them."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import chain
from math import inf
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic

from benchmarks.children import Child
from benchmarks.figures import Figures
from benchmarks.floor import CHANNEL, INTERACTION, floor_of
from benchmarks.house import Bot, House, open_house
from benchmarks.load import Span, Watch, watched
from benchmarks.numbered import Wish
from benchmarks.profile_table import Profile
from benchmarks.seen_words import Reader, delays
from benchmarks.shortcut import Shortcut
from benchmarks.writer_process import KEY
from sandbox.discord.model import Channel
from sandbox.discord.people import Person

MENTION, COMMAND = "mention", "/ask"

BOT = "benchmarks.bot_process"

OVERDUE = 30.0
"""Seconds after the last answer's end by which all must have been shown."""


@dataclass(frozen=True, slots=True)
class Plan:
    """So many answers in as many channels, begun over `spread` seconds, of different lengths."""

    answers: int
    route: str = MENTION
    latency: float = 0.0
    shortest: float = 12.0
    longest: float = 20.0
    spread: float = 2.0
    speed: float = 50.0
    thinking: int = 0
    end_together: bool = False

    def wishes(self) -> list[Wish]:
        """Return what each is asked to write; lengths are spread evenly, in a mixed order."""
        steps = max(1, self.answers - 1)
        step = 0.0 if self.end_together else (self.longest - self.shortest) / steps
        seconds = [self.longest - step * number for number in range(self.answers)]
        Random(0).shuffle(seconds)  # noqa: S311 - the same order each time
        until = monotonic() + self.longest if self.end_together else 0.0
        return [
            Wish(number, max(1, round(it * self.speed)), self.speed, self.thinking, until)
            for number, it in enumerate(seconds)
        ]


@dataclass(frozen=True, slots=True)
class Case:
    """What was seen of a plan; times in seconds, the shares are parts of one processor."""

    plan: Plan
    delay: Figures
    floor: Figures
    start: Figures
    """From a question to its request at the model."""
    first: Figures
    finish: Figures
    seen: float
    """The part of all tokens that could be read at some time."""
    torn: int
    sent: Mapping[str, int]
    refused: Mapping[int, int]
    cpu_per_token: float
    """Of the bot's process while nine of ten answers were being written."""
    cpu_per_token_in_all: float
    growth: float
    shares: tuple[float, ...]
    """The bot's, the model's, and this process's, which is Discord."""
    idle: float
    others: float
    """How many processors nobody used, and how many other processes did."""
    late: float
    """By how much the model was late at most with a token."""
    tokens: int
    profile: Profile | None = None


class Model:
    """The lean OpenRouter, in its process."""

    api_key = KEY

    def __init__(self, child: Child, base_url: str) -> None:
        self.child = child
        self.base_url = base_url


@asynccontextmanager
async def model() -> AsyncGenerator[Model]:
    """Start a lean OpenRouter, and end it with the block."""
    with TemporaryDirectory(prefix="threadlight-bench-") as folder:
        child = await Child.start("benchmarks.writer_process", log=Path(folder) / "writer.log")
        try:
            yield Model(child, (await child.hear())["base_url"])
        finally:
            await child.stop()


async def measure(plan: Plan, *, profile: bool = False, loop: str = "uvloop") -> Case:
    """Let so many answers be written at the same time, and look at them."""
    reader = Reader()
    doors: list[Shortcut] = []
    async with open_house(
        model(), lambda it: doors.append(Shortcut(it, reader.look, plan.latency))
    ) as house:
        warm, *channels = house.channels("crowd", plan.answers + 1)
        people = _people(house, plan.answers)
        async with house.running(BOT, BENCHMARK_LOOP=loop) as bot:
            await _warm_up(house, people[0], warm, reader, plan.route)
            doors[0].forget()
            sampling = asyncio.create_task(_sampled(bot, plan)) if profile else None
            async with watched([bot, house.router.child]) as watch:
                asked = await _ask_all(house, people, channels, plan)
                await _all_ended(reader, channels, plan)
            sampled = await sampling if sampling is not None else None
            sent = await house.router.child.ask("sent")
    answers = [Written(**it) for it in sent]
    seen = Seen(reader, channels, asked, answers, watch, doors[0], sampled)
    return seen.case(plan)


async def _sampled(bot: Bot, plan: Plan) -> Profile:
    """Return where the bot's CPU went while all answers were being written."""
    lead = min(1.0, plan.shortest / 4)
    await asyncio.sleep(plan.spread + lead)
    await bot.ask("watch")
    start = monotonic()
    await asyncio.sleep(plan.shortest - 2 * lead)
    return Profile(**await bot.ask("watched"), start=start, end=monotonic())


def _people(house: House[Model], count: int) -> list[Person]:
    guild = house.world.guild_named("Lighthouse")
    people = []
    for number in range(count):
        user = house.world.add_user(f"visitor{number}", global_name=f"Visitor {number}")
        house.world.add_member(guild, user)
        people.append(Person(house.discord, user.id))
    return people


async def _warm_up(
    house: House[Model], person: Person, channel: Channel, reader: Reader, route: str
) -> None:
    """Have one short answer, by which everything is loaded."""
    await _ask(house, person, channel, "Say something short.", route)
    try:
        await reader.until_ended([channel.id], OVERDUE)
    except TimeoutError:
        raise RuntimeError(f"The bot does not answer:\n{house.log(BOT)}") from None


async def _ask(
    house: House[Model], person: Person, channel: Channel, words: str, route: str
) -> None:
    if route == COMMAND:
        await person.slash(channel.id, "ask", {"prompt": words})
    else:
        await person.say(channel.id, f"{house.me} {words}")


async def _ask_all(
    house: House[Model], people: Sequence[Person], channels: Sequence[Channel], plan: Plan
) -> list[float]:
    """Ask for all answers, spread over their time, and return when each was asked for."""
    wishes, began, asked = plan.wishes(), monotonic(), list[float]()
    for wish, person, channel in zip(wishes, people, channels, strict=True):
        at = began + plan.spread * wish.answer / plan.answers
        await asyncio.sleep(max(0.0, at - monotonic()))
        asked.append(monotonic())
        await _ask(house, person, channel, f"Please write {wish}.", plan.route)
    return asked


async def _all_ended(reader: Reader, channels: Sequence[Channel], plan: Plan) -> None:
    """Wait for the closing lines; what has none when it is overdue is seen by its figures."""
    try:
        await reader.until_ended([it.id for it in channels], plan.longest + OVERDUE)
    except TimeoutError:
        return


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as the model wrote it."""

    answer: int
    thinking: int
    asked: float
    sent: list[float]
    late: float

    @property
    def words(self) -> list[float]:
        """Return when each word of the text was written."""
        return self.sent[self.thinking :]


@dataclass(frozen=True, slots=True)
class Seen:
    """All that was seen of one case."""

    reader: Reader
    channels: Sequence[Channel]
    asked: Sequence[float]
    answers: Sequence[Written]
    watch: Watch
    door: Shortcut
    profile: Profile | None

    def case(self, plan: Plan) -> Case:
        """Return what it comes to."""
        waits, finish = self._waits(), self._finish()
        written = [it.words for it in self.answers]
        steady = Span.steady([it.sent for it in self.answers])
        tokens = sum(len(it.sent) for it in self.answers)
        bot = self.watch.costs[0]
        return Case(
            plan=plan,
            delay=Figures.of(chain.from_iterable(waits)),
            floor=floor_of(written, INTERACTION if plan.route == COMMAND else CHANNEL),
            start=Figures.of(it.asked - self.asked[it.answer] for it in self.answers),
            first=Figures.of(each[0] for each in waits if each),
            finish=Figures.of(finish or [inf]),
            seen=sum(map(len, waits)) / sum(map(len, written)),
            torn=len(self.reader.torn),
            sent=Counter(self.door.sent),
            refused=Counter(self.door.refused),
            cpu_per_token=bot.cpu_between(steady.start, steady.end) / steady.tokens,
            cpu_per_token_in_all=(bot.seen[-1].cpu - bot.seen[0].cpu) / tokens,
            growth=bot.growth(),
            shares=tuple(it.share(steady.start, steady.end) for it in self.watch.costs),
            idle=self.watch.idle,
            others=self.watch.others,
            late=max(it.late for it in self.answers),
            tokens=tokens,
            profile=self._profile(),
        )

    def _profile(self) -> Profile | None:
        if (it := self.profile) is None:
            return None
        sent = [each.sent for each in self.answers]
        return replace(it, tokens=Span.between(sent, it.start, it.end).tokens)

    def _waits(self) -> list[list[float]]:
        """Return for each answer how long each word waited to be readable, where it ever was."""
        return [
            delays(it.words, self.reader.readable(self._place(it), len(it.words)))
            for it in self.answers
        ]

    def _finish(self) -> list[float]:
        """Return how long each answer's end waited for its closing line."""
        ended = self.reader.ended
        found = [(ended.get(self._place(it)), it.sent[-1]) for it in self.answers]
        return [at - last for at, last in found if at is not None]

    def _place(self, answer: Written) -> int:
        return self.channels[answer.answer].id
