"""The house for a measurement: two servers and their people here, each bot in its own process."""

import asyncio
import tempfile
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from benchmarks.children import PATIENCE, Child
from benchmarks.figures import ms
from bot.settings import Settings
from sandbox.discord.model import Channel
from sandbox.discord.people import Person
from sandbox.discord.sample import sample_world
from sandbox.discord.seen import Seen, seen
from sandbox.discord.server import DiscordServer

GENEROUS = {
    "DEFAULT_QUOTA": "requests/hour=1000000, requests/day=1000000, tokens/day=1000000000, "
    "tokens/month=1000000000, cost/month=1000000",
    "DAILY_COST_LIMIT_USD": "1000000",
}
"""Limits that are counted like any, and that no measurement reaches."""


@dataclass(frozen=True, slots=True)
class Standstill:
    """For how long a bot's event loop stood still at most, and how much of such a time was its own.

    On a busy machine it stands still without any fault of the bot's: only while the bot's process
    was working the time is its own.
    """

    seconds: float
    own: float

    def __str__(self) -> str:
        return f"{ms(self.seconds)} ({ms(self.own)})"


class Bot(Child):
    """A bot in a process of its own."""

    async def standstill(self) -> Standstill:
        """Return its event loop's longest standstill since the last time that this was asked."""
        return Standstill(**await self.ask("standstill"))


class Router(Protocol):
    """Where an OpenRouter is, and what opens it."""

    @property
    def base_url(self) -> str:
        """Return its address."""
        ...

    @property
    def api_key(self) -> str:
        """Return the key that it takes."""
        ...


R = TypeVar("R", bound=Router)


class House(Generic[R]):
    """A Discord and an OpenRouter, and what is needed to ask in one and to look at both."""

    def __init__(self, discord: DiscordServer, router: R, folder: Path) -> None:
        self.discord = discord
        self.world = discord.world
        self.router = router
        self.folder = folder

    @property
    def database_url(self) -> str:
        """Return where the bot of this house keeps everything."""
        return f"sqlite+aiosqlite:///{self.folder / 'threadlight.db'}"

    @property
    def me(self) -> str:
        """Return the bot's mention."""
        return f"<@{self.world.bot.id}>"

    def person(self, name: str) -> Person:
        """Return the person with this user name."""
        return Person(self.discord, self.world.user_named(name).id)

    def channels(self, name: str, count: int) -> list[Channel]:
        """Add so many text channels to the server Lighthouse."""
        guild = self.world.guild_named("Lighthouse")
        return [self.world.add_channel(guild, f"{name}-{number}") for number in range(count)]

    async def ended(self, channel_id: int, after: int) -> None:
        """Wait until what the bot says there after this message or command has its end."""
        await self.world.news.until(
            lambda: has_ended(self._said(channel_id, after)), PATIENCE, channel_id
        )

    async def price_question(self, channel_id: int, after: int) -> Seen | None:
        """Wait for what the bot says first, and return it where it asks for a yes to a price."""
        await self.world.news.until(
            lambda: any(not it.thinking for it in self._said(channel_id, after)),
            PATIENCE,
            channel_id,
        )
        said = self._said(channel_id, after)
        return next((it for it in said if any(b.label == "Send" for b in it.buttons)), None)

    def _said(self, channel_id: int, after: int) -> list[Seen]:
        ids = self.world.channel(channel_id).message_ids
        found = [self.world.messages[it] for it in ids if it > after]
        return [seen(self.world, it) for it in found if it.author_id == self.world.bot.id]

    def log(self, module: str) -> str:
        """Return what a bot has logged so far."""
        return (self.folder / f"{module}.log").read_text()

    @asynccontextmanager
    async def running(self, module: str, **changed: str) -> AsyncGenerator[Bot]:
        """Run a bot until the block ends, from when it listens; its log goes to the folder."""
        before = self.discord.gateway.identifies
        log = self.folder / f"{module}.log"
        bot = await Bot.start(module, log=log, environment=self._settings() | changed)
        try:
            await self._connected(bot, before, log)
            yield bot
        finally:
            await bot.stop()

    async def _connected(self, bot: Bot, before: int, log: Path) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.discord.gateway.identifies == before:
            if bot.has_ended or time.monotonic() > deadline:
                raise did_not_start(log)
            await asyncio.sleep(0.02)

    def _settings(self) -> dict[str, str]:
        return {
            "DISCORD_TOKEN": self.discord.bot_token,
            "OPENROUTER_API_KEY": self.router.api_key,
            "DISCORD_API_URL": self.discord.api_url,
            "OPENROUTER_BASE_URL": self.router.base_url,
            "DATABASE_URL": self.database_url,
            "LOG_FORMAT": "json",
            **GENEROUS,
        }


def did_not_start(log: Path) -> RuntimeError:
    """Return the error that says what a bot logged before it ended."""
    return RuntimeError(f"The bot did not start:\n{log.read_text()}")


def has_ended(said: list[Seen]) -> bool:
    """Tell whether an answer, of one or more messages, has its closing line."""
    if not said or said[-1].thinking:
        return False
    growing = any(button.label == "Stop" for button in said[-1].buttons)
    return not growing and " tokens" in said[-1].text.rpartition("\n")[2]


def own_settings() -> Settings:
    """Return the settings that a house gave this process."""
    return Settings(_env_file=None)  # type: ignore[call-arg]  # pydantic's own


@asynccontextmanager
async def open_house(
    router: AbstractAsyncContextManager[R], prepare: Callable[[DiscordServer], None] | None = None
) -> AsyncGenerator[House[R]]:
    """Open the servers in a folder of their own, gone afterwards; bots are started in them."""
    with tempfile.TemporaryDirectory(prefix="threadlight-bench-") as folder:
        discord = DiscordServer(sample_world(), identify_interval=0.01)
        if prepare is not None:
            prepare(discord)
        async with discord, router as opened:
            yield House(discord, opened, Path(folder))
