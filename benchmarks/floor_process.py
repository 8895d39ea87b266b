"""The least that any bot does: discord.py hears a message, and aiohttp sends a request."""

import asyncio
import signal

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket

from benchmarks.house import own_settings
from bot.app import point_discord_at
from bot.settings import Settings


class Floor(discord.Client):
    """Sends on what people say, and does nothing else."""

    def __init__(self, settings: Settings, http: aiohttp.ClientSession) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
        super().__init__(intents=intents, max_messages=None)
        self._settings = settings
        self._openrouter = http

    async def setup_hook(self) -> None:
        """Find the gateway."""
        _, url, _ = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)

    async def on_message(self, message: discord.Message) -> None:
        """Ask with the message alone, and read the answer to its end."""
        settings = self._settings
        key = settings.openrouter_api_key.get_secret_value()
        body = {
            "model": settings.model,
            "messages": [{"role": "user", "content": message.content}],
            "max_tokens": 1000,
            "stream": True,
        }
        async with self._openrouter.post(
            f"{settings.openrouter_base_url}/chat/completions",
            json=body,
            headers={"Authorization": f"Bearer {key}"},
        ) as response:
            await response.read()


async def main() -> None:
    """Serve Discord until told to stop."""
    settings = own_settings()
    point_discord_at(settings.discord_api_url)
    async with aiohttp.ClientSession() as http, Floor(settings, http) as client:
        serving = asyncio.create_task(client.start(settings.discord_token.get_secret_value()))
        stopped = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
        stopping = asyncio.create_task(stopped.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        await client.close()
        await serving


if __name__ == "__main__":
    asyncio.run(main())
