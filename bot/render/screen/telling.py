"""Tells where an answer is shown, in order, while its painting goes on."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.messages import ScreenAddress

log = structlog.get_logger(__name__)


class Teller:
    """Tells somebody of each new place; one who can't take note of it stops nothing."""

    def __init__(self, hears: Callable[[ScreenAddress], Awaitable[None]] | None) -> None:
        self._hears = hears
        self._told: tuple[int, ...] = ()
        self._latest: asyncio.Task[None] | None = None

    def tell(self, address: ScreenAddress) -> None:
        """Tell of a place, if its messages are others than at the last time."""
        if self._hears is not None and address.message_ids != self._told:
            self._told = address.message_ids
            self._latest = asyncio.create_task(self._tell(address, self._latest))

    async def _tell(self, address: ScreenAddress, earlier: asyncio.Task[None] | None) -> None:
        if earlier is not None:
            await asyncio.wait([earlier])
        try:
            if self._hears is not None:
                await self._hears(address)
        except Exception:  # an answer is shown even where its place can't be noted
            log.exception("an answer's place was not noted")

    async def heard(self) -> None:
        """Return when all that was told is heard."""
        if self._latest is not None:
            await asyncio.wait([self._latest])
