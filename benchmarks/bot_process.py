"""The shipped bot in a process of its own, with a probe that feels its event loop stand still."""

import asyncio
import json
import sys
import time

from benchmarks.house import own_settings
from bot import log
from bot.app import serve

EVERY = 0.002
"""Seconds between two looks."""


class Probe:
    """Wakes up often, and keeps by how much it was late at most, and what of that was the bot's."""

    def __init__(self) -> None:
        self._late = self._own = 0.0

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            began, worked = time.monotonic(), time.process_time()
            await asyncio.sleep(EVERY)
            late = time.monotonic() - began - EVERY
            self._late = max(self._late, late)
            self._own = max(self._own, min(late, time.process_time() - worked))

    async def tell(self) -> None:
        """Print what was kept, and begin anew, for each line that comes in."""
        while await asyncio.to_thread(sys.stdin.readline):
            print(json.dumps({"seconds": self._late, "own": self._own}), flush=True)
            self._late = self._own = 0.0


async def main() -> None:
    """Serve Discord until told to stop, with the probe beside it."""
    settings = own_settings()
    secrets = (settings.discord_token, settings.openrouter_api_key)
    log.configure(settings.log_format, (secret.get_secret_value() for secret in secrets))
    probe = Probe()
    beside = [asyncio.create_task(probe.run()), asyncio.create_task(probe.tell())]
    await serve(settings)
    for task in beside:
        task.cancel()


if __name__ == "__main__":
    asyncio.run(main())
