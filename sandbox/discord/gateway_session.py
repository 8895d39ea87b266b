"""A session of the gateway: it outlives its connections and replays what they missed."""

import asyncio
import secrets
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox.discord.gateway_wire import Packer
from sandbox.discord.model import Json

DISPATCH = 0
REPLAYED = 10_000
"""How many of its latest events a session can replay."""


@dataclass(eq=False, slots=True)
class Connection:
    """One WebSocket; messages leave it in the order in which they were handed over."""

    socket: web.WebSocketResponse
    packer: Packer
    heard_at: float
    transport: asyncio.Transport | None
    session: "Session | None" = None
    ended: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )
    closed_with: int | None = None
    """The code with which this side closed it, if it did."""
    received: deque[float] = field(default_factory=deque)
    """When it sent something, in the last minute."""
    _outbox: asyncio.Queue[Any] = field(default_factory=asyncio.Queue)

    def send(self, payload: Json) -> None:
        """Hand over a message."""
        self._outbox.put_nowait(payload)

    def close(self, code: int) -> None:
        """Close it after all that was handed over before."""
        self._outbox.put_nowait(code)

    async def write(self) -> None:
        """Send what is handed over, until it is closed."""
        while True:
            item = await self._outbox.get()
            if isinstance(item, int):
                self.closed_with = item
                await self.socket.close(code=item)
                return
            frame = self.packer.pack(item)
            try:
                if isinstance(frame, str):
                    await self.socket.send_str(frame)
                else:
                    await self.socket.send_bytes(frame)
            except ConnectionError:
                # The other side is gone; the reader notices as well and ends this connection.
                return


@dataclass(eq=False, slots=True)
class Session:
    """What one shard of the bot has identified as."""

    shard: int
    shards: int
    intents: int
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    sequence: int = 0
    connection: Connection | None = None
    left_at: float | None = None
    """When its last connection ended, while it has none."""
    _sent: deque[Json] = field(default_factory=lambda: deque(maxlen=REPLAYED))

    def dispatch(self, name: str, data: Json) -> None:
        """Send an event now, or keep it for a connection that resumes."""
        self.sequence += 1
        payload: Json = {"op": DISPATCH, "t": name, "s": self.sequence, "d": data}
        self._sent.append(payload)
        if self.connection is not None:
            self.connection.send(payload)

    def can_replay(self, sequence: int) -> bool:
        """Tell whether everything after a sequence number is still there."""
        oldest = self._sent[0]["s"] if self._sent else self.sequence + 1
        return oldest - 1 <= sequence <= self.sequence

    def missed(self, sequence: int) -> Iterator[Json]:
        """Yield everything after a sequence number."""
        return (payload for payload in tuple(self._sent) if payload["s"] > sequence)
