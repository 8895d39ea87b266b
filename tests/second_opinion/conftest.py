"""The shipped bot, put together as `threadlight run` does, in a Discord of simcord's."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot.app import assembled
from bot.discord.client import Threadlight
from bot.settings import Settings
from sandbox.openrouter.server import OpenRouterServer
from tests.second_opinion.server import Server


@pytest.fixture
async def router() -> AsyncIterator[OpenRouterServer]:
    """Open an OpenRouter on loopback, which answers at once: simcord has no models, and no time."""
    async with OpenRouterServer(tokens_per_second=inf, generation_lag=0.0) as opened:
        yield opened


@pytest.fixture
def changed() -> dict[str, Any]:
    """Return what a module's tests want set otherwise than usual."""
    return {}


@pytest.fixture
def settings(sqlite_file: Path, router: OpenRouterServer, changed: dict[str, Any]) -> Settings:
    """Return settings for a bot with a database of its own."""
    values: dict[str, Any] = {
        "discord_token": "no.real.token",
        "openrouter_api_key": router.api_key,
        "openrouter_base_url": router.base_url,
        "shard_count": 1,
        "database_url": f"sqlite+aiosqlite:///{sqlite_file}",
    }
    return Settings(_env_file=None, **(values | changed))  # type: ignore[call-arg]  # pydantic's own


@pytest.fixture
async def threadlight(settings: Settings) -> AsyncIterator[Threadlight]:
    """Return the bot, ready to start."""
    async with assembled(settings) as client:
        yield client


@pytest.fixture
def simcord_bot() -> discord.Client:
    """Return a client that does nothing, while simcord's clock is set."""
    return discord.Client(intents=discord.Intents.none())


@pytest.fixture
async def server(
    simcord_env: simcord.Env, threadlight: Threadlight, router: OpenRouterServer
) -> Server:
    """Return a server in which the bot is."""
    env = simcord_env
    # simcord's clock begins in January 2026, and the bot goes by its own: to that, each use of a
    # command would look long past the 15 minutes that Discord gives for an answer.
    await env.advance_time((datetime.now(UTC) - env.now()).total_seconds())
    await env.restart_bot(threadlight)
    guild = env.create_guild()
    managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    moderators = guild.create_role(
        "Moderators", permissions=discord.Permissions(manage_messages=True)
    )
    return Server(
        env,
        threadlight,
        router,
        guild,
        guild.create_text_channel("general"),
        admin=guild.add_member(env.create_user("olga"), roles=[managers]),
        moderator=guild.add_member(env.create_user("mo"), roles=[moderators]),
        member=guild.add_member(env.create_user("ada")),
        helpers=guild.create_role("Helpers"),
    )
