"""Word of everything that happens, for those who subscribe and those who wait."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from types import TracebackType
from typing import Self

from sandbox.discord.model import Event

Subscriber = Callable[[Event], None]


class News:
    """Tells of events at once and in order."""

    def __init__(self) -> None:
        self._subscribers: list[Subscriber] = []
        self._waiting: defaultdict[int | None, set[asyncio.Future[None]]] = defaultdict(set)

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call back on every event from now on; the answer ends that."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    def tell(self, event: Event) -> None:
        """Tell everybody of an event."""
        for subscriber in tuple(self._subscribers):
            subscriber(event)
        for key in {None, event.channel_id}:
            for future in self._waiting.pop(key, ()):
                if not future.done():
                    future.set_result(None)

    async def until(
        self, condition: Callable[[], bool], timeout: float, channel_id: int | None = None
    ) -> None:
        """Wait until a condition holds, looking again at each event (of one channel).

        Raise TimeoutError if it does not within so many seconds.
        """
        async with asyncio.timeout(timeout):
            while not condition():
                future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self._waiting[channel_id].add(future)
                await future


class Changes:
    """Yields every event since it was made, in order; for live displays."""

    def __init__(self, news: News) -> None:
        self._queue: asyncio.Queue[Event] = asyncio.Queue()
        self._unsubscribe = news.subscribe(self._queue.put_nowait)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event:
        return await self._queue.get()

    def close(self) -> None:
        """Stop listening."""
        self._unsubscribe()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
