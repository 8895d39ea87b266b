"""The screens of questions' answers: where a new one takes its place, the old one is done."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.ports import Screen


class OnScreen:
    """Knows what shows each turn's answer now, while that is being painted or waits for its bill.

    Of two answers to one question that stand in the same messages only one may paint.
    """

    def __init__(self) -> None:
        self._screens: dict[int, tuple[int, Screen]] = {}
        self._waiting: dict[int, list[asyncio.Future[None]]] = {}
        self._unbilled: dict[int, Callable[[], Awaitable[None]]] = {}

    def has_later(self, turn_id: int, answer_id: int) -> bool:
        """Tell whether what shows an answer to this turn grows for a later one than that."""
        known, _ = self._screens.get(turn_id, (0, None))
        return known > answer_id

    def is_busy(self, turn_id: int) -> bool:
        """Tell whether somebody is painting an answer to this turn, or is still to do so."""
        return turn_id in self._screens

    async def quiet(self, turn_id: int) -> None:
        """Return when nobody paints an answer to this turn."""
        while self.is_busy(turn_id):
            done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.setdefault(turn_id, []).append(done)
            await done

    def shows(self, turn_id: int, screen: Screen) -> bool:
        """Tell whether it is still this screen that shows the turn: none has come after it."""
        return self._screens.get(turn_id, (0, None))[1] is screen

    async def clear(self, turn_id: int) -> None:
        """Let whatever shows an answer to this turn paint no more."""
        self._unbilled.pop(turn_id, None)
        _, screen = self._screens.pop(turn_id, (0, None))
        if screen is not None:
            await screen.close()

    def await_bill(self, turn_id: int, repaint: Callable[[], Awaitable[None]]) -> None:
        """Let what is shown of a turn be painted again when a bill comes, if it still is then."""
        self._unbilled[turn_id] = repaint

    async def bill_came(self, turn_id: int) -> None:
        """Paint again what is shown without its bill."""
        repaint = self._unbilled.pop(turn_id, None)
        if repaint is not None:
            await repaint()

    @asynccontextmanager
    async def showing(
        self, turn_id: int, screen: Screen, growing_id: int = 0
    ) -> AsyncGenerator[None]:
        """Know a screen while the block runs; the one before it paints no more.

        It may be that of a growing answer.
        """
        await self.clear(turn_id)
        self._screens[turn_id] = known = growing_id, screen
        try:
            yield
        finally:
            if self._screens.get(turn_id) is known:
                del self._screens[turn_id]
            for waiting in self._waiting.pop(turn_id, ()):
                if not waiting.done():
                    waiting.set_result(None)
