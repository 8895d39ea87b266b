"""Lets whoever feeds a screen rest between two meals, and calls them before a paint."""

import asyncio
from collections.abc import Callable

_TURNS = 5
"""Rounds of the event loop within which what the system has collected is read."""


class Intake:
    """Pauses of whoever feeds a screen; `has_news` tells whether something unseen is there."""

    def __init__(self, has_news: Callable[[], bool]) -> None:
        self._has_news = has_news
        self._pause: asyncio.Future[None] | None = None

    async def pause(self, seconds: float) -> None:
        """Return after so long, or when called."""
        loop = asyncio.get_running_loop()
        self._pause = pause = loop.create_future()
        timer = loop.call_later(seconds, _end, pause)
        try:
            await pause
        finally:
            timer.cancel()

    async def call(self) -> None:
        """End a pause, and wait the moment that it takes to read what came in it."""
        if self._pause is None or self._pause.done():
            return
        _end(self._pause)
        for _ in range(_TURNS):
            await asyncio.sleep(0)
            if self._has_news():
                return


def _end(pause: asyncio.Future[None]) -> None:
    if not pause.done():
        pause.set_result(None)
