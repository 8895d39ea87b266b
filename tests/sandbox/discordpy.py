"""The real discord.py against the loopback Discord."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from sandbox.discord.server import DiscordServer


@asynccontextmanager
async def pointed_at(server: DiscordServer) -> AsyncIterator[None]:
    """Let discord.py talk to this server instead of Discord."""
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE = server.api_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


@asynccontextmanager
async def running(
    client: discord.Client, server: DiscordServer, *, ready: bool = False
) -> AsyncIterator[None]:
    """Run a client until the block ends, from when it knows its guilds (or is ready)."""
    async with pointed_at(server):
        await client.login(server.bot_token)
        task = asyncio.create_task(client.connect())
        wanted = sum(server.world.bot.id in each.members for each in server.world.guilds.values())

        def known() -> bool:
            return sum(not guild.unavailable for guild in client.guilds) >= wanted

        try:
            async with asyncio.timeout(20):
                while not (client.is_ready() if ready else known()):
                    if task.done():
                        task.result()
                    await asyncio.sleep(0.01)
            yield
        finally:
            await client.close()
            await asyncio.gather(task, return_exceptions=True)
            if task.done() and not task.cancelled() and (error := task.exception()):
                raise error
