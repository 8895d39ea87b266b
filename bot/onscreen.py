"""The screens of questions' answers: where a new one takes its place, the old one is done."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bot.ports import Screen


class OnScreen:
    """Knows what shows each turn's answer now, while that is being painted or waits for its bill.

    Of two answers to one question that stand in the same messages only one may paint.
    """

    def __init__(self) -> None:
        self._screens: dict[int, Screen] = {}

    async def clear(self, turn_id: int) -> None:
        """Let whatever shows an answer to this turn paint no more."""
        screen = self._screens.pop(turn_id, None)
        if screen is not None:
            await screen.close()

    @asynccontextmanager
    async def showing(self, turn_id: int, screen: Screen) -> AsyncGenerator[None]:
        """Know a screen while the block runs; the one before it paints no more."""
        await self.clear(turn_id)
        self._screens[turn_id] = screen
        try:
            yield
        finally:
            if self._screens.get(turn_id) is screen:
                del self._screens[turn_id]
