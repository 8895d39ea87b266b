"""The bot as a process: runs until it is told to stop, and says in one line why it could not."""

import asyncio
import gc
import signal
import sys
from collections.abc import Coroutine, Generator
from contextlib import contextmanager, suppress
from typing import Any

import aiohttp
import discord

from bot.app import assembled
from bot.discord.client import Threadlight
from bot.errors import DiscordUnreachable
from bot.settings import SettingError, Settings

LEAVES_WITHIN = 1.0
"""Seconds that discord.py has to end once the client is closed."""

THREADS_WAIT = 0.0005
"""Seconds that SQLite's thread waits at most for a busy event loop, at each statement.

With Python's own 5 ms a crowd of answers fills the queue of transactions for many seconds.
"""


async def serve(settings: Settings) -> None:
    """Run the bot until it is told to stop (SIGINT or SIGTERM)."""
    sys.setswitchinterval(THREADS_WAIT)
    async with assembled(settings) as client:
        keep_from_collection()
        freezing = asyncio.create_task(freeze_when_ready(client))
        serving = asyncio.create_task(
            client.start(settings.discord_token.get_secret_value()), name="serving"
        )
        stopping = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stopping.set)
        asked = asyncio.create_task(stopping.wait())
        await asyncio.wait({serving, asked}, return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        freezing.cancel()
        await client.close()
        # A shard that waits to connect again would keep the process for minutes.
        await asyncio.wait({serving}, timeout=LEAVES_WITHIN)
        serving.cancel()
        with explained(), suppress(asyncio.CancelledError):
            await serving


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run this to its end on the fastest event loop that the system has."""
    with asyncio.Runner(loop_factory=fastest_loop) as runner:
        runner.run(work)


def fastest_loop() -> asyncio.AbstractEventLoop:
    """Return uvloop's event loop, which spends a third less on a token, or Python's own."""
    try:
        import uvloop  # there is none for Windows
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


def keep_from_collection() -> None:
    """Let full collections, which hold up every answer, pass over what lives to the end.

    With a prompt of 2,000 turns they took 60 ms at a time, and take 10 so (`make bench`).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


async def freeze_when_ready(client: Threadlight) -> None:
    """Keep the caches of all servers from collection, once they have arrived."""
    await client.wait_until_ready()
    keep_from_collection()


@contextmanager
def explained() -> Generator[None]:
    """Let what ends the bot's connection be one clear line for whoever started it."""
    try:
        yield
    except discord.LoginFailure as error:
        raise SettingError(
            "DISCORD_TOKEN is refused by Discord: put the bot's present token there, "
            "from the Bot page of your Discord application."
        ) from error
    except discord.PrivilegedIntentsRequired as error:
        raise SettingError(
            "DISCORD_TOKEN belongs to an application without the Message Content intent: "
            "switch it on, on the Bot page of your Discord application."
        ) from error
    except discord.ConnectionClosed as error:
        raise DiscordUnreachable(
            f"Discord closed the connection for good (code {error.code})."
        ) from error
    except discord.HTTPException as error:
        raise DiscordUnreachable(
            f"Discord refused the bot's start ({error.status}); see its status page, or try later."
        ) from error
    except (aiohttp.ClientError, OSError, discord.GatewayNotFound) as error:
        raise DiscordUnreachable(
            f"Discord can't be reached ({type(error).__name__}): check the network and "
            "DISCORD_API_URL."
        ) from error
