"""The shipped bot in a process of its own, which tells of its event loop, its CPU and memory.

Asked for its `standstill`: how long its event loop stood still since the last time that this was
asked (it looks only once it was asked first). For its `cost`: its CPU and memory so far. To `watch`
and for what it `watched`: where its CPU went in between.
"""

import asyncio
import os
import time
from typing import Any

from benchmarks.house import own_settings
from benchmarks.sampling import Sampler
from benchmarks.telling import cost, tell
from bot import log
from bot.process import run, serve

EVERY = 0.002
"""Seconds between two looks."""


class Probe:
    """Wakes up often, and keeps by how much it was late at most, and what of that was the bot's."""

    def __init__(self) -> None:
        self._late = self._own = 0.0
        self._looking: asyncio.Task[None] | None = None

    async def _look(self) -> None:
        while True:
            began, worked = time.monotonic(), time.process_time()
            await asyncio.sleep(EVERY)
            late = time.monotonic() - began - EVERY
            self._late = max(self._late, late)
            self._own = max(self._own, min(late, time.process_time() - worked))

    def standstill(self) -> dict[str, float]:
        """Return what was kept, and begin anew."""
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())
        found = {"seconds": self._late, "own": self._own}
        self._late = self._own = 0.0
        return found


class Answers:
    """Answers whoever measures this process."""

    def __init__(self) -> None:
        self._probe = Probe()
        self._sampler = Sampler()

    async def answer(self, words: str) -> Any:
        """Return what is asked for."""
        if words == "standstill":
            return self._probe.standstill()
        if words == "watch":
            self._sampler.start()
        elif words == "watched":
            return self._sampler.stop()
        return cost()


async def main() -> None:
    """Serve Discord until told to stop, and answer beside it."""
    settings = own_settings()
    secrets = (settings.discord_token, settings.openrouter_api_key)
    log.configure(settings.log_format, (secret.get_secret_value() for secret in secrets))
    beside = asyncio.create_task(tell(Answers().answer))
    await serve(settings)
    beside.cancel()


if __name__ == "__main__":
    # As the shipped bot is run, unless asyncio's own loop is to be compared with its loop.
    (asyncio.run if os.environ.get("BENCHMARK_LOOP") == "asyncio" else run)(main())
