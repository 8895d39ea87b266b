"""The whole house for a journey: the shipped bot between two servers on loopback."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import discord.gateway
import discord.http

from bot.app import assembled
from bot.discord.client import Threadlight
from bot.settings import Settings
from sandbox.discord.people import Person
from sandbox.discord.sample import sample_world
from sandbox.discord.seen import Seen
from sandbox.discord.server import DiscordServer
from sandbox.driving.driver import Driver
from sandbox.openrouter.server import OpenRouterServer

PATIENCE = 60.0
"""Seconds after which a journey that waits has failed: far more than it takes."""


class House:
    """The servers, the people, and the bot, which can be stopped and started again."""

    def __init__(
        self, discord: DiscordServer, router: OpenRouterServer, driver: Driver, folder: Path
    ) -> None:
        self.discord = discord
        self.router = router
        self.driver = driver
        self.folder = folder
        self.changed: dict[str, Any] = {}
        self.bot: Threadlight | None = None
        self._running: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()

    @property
    def database_url(self) -> str:
        """Return where this house's bot keeps everything."""
        return f"sqlite+aiosqlite:///{self.folder / 'threadlight.db'}"

    def settings(self) -> Settings:
        """Return settings that point the bot at this house's servers."""
        values: dict[str, Any] = {
            "discord_token": self.discord.bot_token,
            "openrouter_api_key": self.router.api_key,
            "discord_api_url": self.discord.api_url,
            "openrouter_base_url": self.router.base_url,
            "database_url": self.database_url,
            # Most journeys say what the model answers, request by request.
            "titles": "off",
        }
        return Settings(_env_file=None, **(values | self.changed))  # type: ignore[call-arg]  # pydantic's own

    async def start(self, **changed: Any) -> Threadlight:
        """Start the bot, with settings changed, and return when it listens."""
        self.changed |= changed
        started: asyncio.Future[Threadlight] = asyncio.get_running_loop().create_future()
        self._stop.clear()
        self._running = asyncio.create_task(self._run(started))
        self._running.add_done_callback(lambda _: started.done() or started.cancel())
        self.bot = await started
        await self.bot.wait_for("shard_connect", timeout=PATIENCE)
        return self.bot

    async def _run(self, started: "asyncio.Future[Threadlight]") -> None:
        settings = self.settings()
        async with assembled(settings) as client:
            serving = asyncio.create_task(client.start(settings.discord_token.get_secret_value()))
            started.set_result(client)
            stopping = asyncio.create_task(self._stop.wait())
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            await client.close()
            await serving

    async def stop(self) -> None:
        """Stop the bot as an operator does, and wait until it is gone."""
        if self._running is not None:
            self._stop.set()
            await self._running
            self._running = self.bot = None

    def person(self, name: str) -> Person:
        """Return the person with this user name."""
        user = next(user for user in self.discord.world.users.values() if user.username == name)
        return Person(self.discord, user.id)

    def channel(self, name: str) -> int:
        """Return the id of the first server's channel with this name."""
        return next(it.id for it in self.discord.world.channels.values() if it.name == name)

    @property
    def me(self) -> str:
        """Return the bot's mention."""
        return f"<@{self.discord.world.bot.id}>"

    def prompts(self) -> list[list[dict[str, Any]]]:
        """Return the messages of each request that reached the model."""
        return [chat.body["messages"] for chat in self.router.chats]

    async def answer(self, person: Person, channel_id: int, holds: Callable[[Seen], bool]) -> Seen:
        """Wait until this person sees a message by the bot for which the condition holds."""
        mine = self.discord.world.bot.id
        return await person.wait_for(
            channel_id, lambda seen: seen.author_id == mine and holds(seen), PATIENCE
        )

    def assert_polite(self) -> None:
        """Check that Discord never had to refuse or slow the bot."""
        refused = [it for it in self.discord.exchanges if it.status >= 400]
        assert not refused, refused


def ended(seen: Seen) -> bool:
    """Tell whether an answer carries its closing line: seconds and tokens, and no Stop button."""
    stops = any(button.label == "Stop" for button in seen.buttons)
    return not seen.thinking and not stops and " tokens" in seen.text.rpartition("\n")[2]


def says(*parts: str) -> Callable[[Seen], bool]:
    """Return a condition: the message holds all of these."""
    return lambda seen: all(part in seen.text for part in parts)


def both(*conditions: Callable[[Seen], bool]) -> Callable[[Seen], bool]:
    """Return the condition that all of these hold."""
    return lambda seen: all(condition(seen) for condition in conditions)


@asynccontextmanager
async def open_house(folder: Path, **router: Any) -> AsyncGenerator[House]:
    """Open the two servers; the journey starts the bot."""
    route, gateway = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    server = DiscordServer(sample_world(), identify_interval=0.01)
    openrouter = OpenRouterServer(**{"tokens_per_second": 2_000.0, **router})
    driver = Driver(server, openrouter)
    server.serve_beside(driver.install)
    async with server, openrouter:
        house = House(server, openrouter, driver, folder)
        try:
            yield house
        finally:
            with suppress(asyncio.CancelledError):
                await house.stop()
            discord.http.Route.BASE = route
            discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway
