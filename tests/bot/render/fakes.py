"""Stand-ins named like the adapters."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf

import msgspec

from bot.messages import ScreenAddress
from bot.render.markdown.parts import Picture
from bot.render.pacing.lanes import Lane
from bot.render.pacing.pacer import permit_in_use
from bot.render.screen.layouts import Layout
from tests.bot.render.pacing.discords_limits import CountingDiscord

CHANNEL = 77


@dataclass
class FakeSurface:
    """Keeps what is painted, and when; raises the `failures` first, one a paint."""

    clock: Callable[[], float]
    latency: float = 0.1
    token: str | None = None
    channel_id: int = CHANNEL
    address: ScreenAddress = field(default_factory=lambda: ScreenAddress(CHANNEL))
    failures: list[Exception] = field(default_factory=list)
    paints: list[tuple[float, int, Layout]] = field(default_factory=list)
    messages: list[Layout] = field(default_factory=list)
    painted: asyncio.Event = field(default_factory=asyncio.Event)
    discord: CountingDiscord = field(default_factory=CountingDiscord)
    in_flight: int = 0
    most_in_flight: int = 0
    ends_at: float = inf

    @property
    def ends_in(self) -> float:
        """Return the seconds until the last words are due."""
        return self.ends_at - self.clock()

    def lane(self, index: int, *, removes: bool = False) -> Lane:
        """Return the bucket of a message."""
        if self.token:
            return Lane.interaction(self.token)
        if removes:
            return Lane.other(index)
        known = index < len(self.address.message_ids)
        return Lane.edit(self.channel_id) if known else Lane.create(self.channel_id)

    async def paint(self, index: int, layout: Layout) -> None:
        """Show a layout after the latency."""
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        lane = self.lane(index)
        try:
            await asyncio.sleep(self.latency)
            heard, permit = self.discord.receive(lane, self.clock()), permit_in_use()
            if permit is not None:
                permit.hear(heard)
            if self.failures:
                raise self.failures.pop(0)
        finally:
            self.in_flight -= 1
        self.paints.append((self.clock(), index, layout))
        self.messages[index : index + 1] = [layout]
        self.painted.set()
        ids = self.address.message_ids
        if index >= len(ids):
            self._remember((*ids, 1000 + index))

    async def remove(self, index: int) -> None:
        """Take the last message away."""
        await asyncio.sleep(self.latency)
        del self.messages[index:]
        self._remember(self.address.message_ids[:index])

    def _remember(self, ids: tuple[int, ...]) -> None:
        self.address = msgspec.structs.replace(self.address, message_ids=ids)


async def undrawn(picture: Picture) -> bytes | None:
    """Draw nothing."""
    del picture
    return None
