"""The bot as an operator runs it: a process of its own."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from tests.journeys.house import PATIENCE, House

ROOT = Path(__file__).parents[2]


class BotProcess:
    """A running `threadlight run`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        """Return the process's id."""
        return self._process.pid

    async def kill(self) -> None:
        """End it without warning, as a crash or a power cut does."""
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> int:
        """Ask it to stop, as Docker does, and return its exit code."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            return await self._process.wait()


def environment(house: House, **changed: str) -> dict[str, str]:
    """Return the environment that points a process at this house's servers."""
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "PYTHONPATH": str(ROOT),
        "DISCORD_TOKEN": house.discord.bot_token,
        "OPENROUTER_API_KEY": house.router.api_key,
        "DISCORD_API_URL": house.discord.api_url,
        "OPENROUTER_BASE_URL": house.router.base_url,
        "DATABASE_URL": house.database_url,
        "LOG_FORMAT": "json",
        "TITLES": "off",  # a name that is asked for would take an answer meant for another
        **changed,
    }


async def stored(house: House, message_id: int) -> None:
    """Wait until the bot has noted where it shows an answer: a kill before that leaves it there."""

    def is_stored() -> bool:
        with closing(sqlite3.connect(house.folder / "threadlight.db")) as connection:
            found = connection.execute(
                "SELECT 1 FROM answers WHERE instr(address, ?)", (str(message_id),)
            )
            return found.fetchone() is not None

    async with asyncio.timeout(PATIENCE):
        while not await asyncio.to_thread(is_stored):  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.02)


@asynccontextmanager
async def running(house: House, **changed: str) -> AsyncGenerator[BotProcess]:
    """Run the bot in a process until the block ends; its log goes to `bot.log` in the folder."""
    world, before = house.discord.world, house.discord.gateway.identifies
    with (house.folder / "bot.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=house.folder,
            env=environment(house, **changed),
            stdout=log,
            stderr=log,
        )
    bot = BotProcess(process)
    try:
        connected = world.news.until(lambda: house.discord.gateway.identifies > before, PATIENCE)
        gone = asyncio.create_task(process.wait())
        waiting = asyncio.create_task(connected)
        await asyncio.wait({gone, waiting}, return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if not waiting.done():
            waiting.cancel()
            message = (house.folder / "bot.log").read_text()
            raise AssertionError(f"The bot ended by itself:\n{message}")
        await waiting
        yield bot
    finally:
        if process.returncode is None:
            await bot.kill()
