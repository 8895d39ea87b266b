"""Gives each conversation one turn at a time, in order; other conversations never wait."""

import asyncio
from collections import deque
from collections.abc import (
    AsyncGenerator,
    Awaitable,
    Callable,
    Collection,
    Generator,
    Hashable,
    Iterable,
)
from contextlib import asynccontextmanager, contextmanager
from functools import partial

from bot.errors import PlaceClosed, QueueFull, Refused, ShuttingDown

MOST_WAITING = 25
"""Questions that may wait in one conversation behind the one being answered."""


ENDS_WITHIN = 4.0
"""Seconds that a cancelled turn has to store how far it came and to say so."""


class Stop:
    """Whether somebody asked for an answer to stop; `request` cancels the work on it."""

    def __init__(self, work: asyncio.Task[None], owner_id: int) -> None:
        self._work = work
        self.owner_id = owner_id
        self.requested = False

    def request(self) -> None:
        """Stop the work; a second request changes nothing."""
        if not self.requested:
            self.requested = True
            self._work.cancel()


class Floor:
    """The right to answer in a conversation; whoever has it may end it early, once."""

    def __init__(self, pass_on: Callable[[], None]) -> None:
        self._pass_on: Callable[[], None] | None = pass_on

    def end(self) -> None:
        """Let the next in line begin."""
        if self._pass_on is not None:
            self._pass_on()
            self._pass_on = None


class Turns:
    """Queues the turns of every conversation, first come first served, each queue bounded."""

    def __init__(self, most_waiting: int = MOST_WAITING) -> None:
        self._most_waiting = most_waiting
        self._queues: dict[Hashable, deque[asyncio.Future[None]]] = {}
        self._running: set[asyncio.Task[object]] = set()
        self._stops: dict[int, Stop] = {}
        self._closed = False

    @property
    def running(self) -> int:
        """Return how many turns are under way, those that wait included."""
        return len(self._running)

    def ahead_of(self, conversation: Hashable) -> int:
        """Return how many turns a new one would come after, the running one included."""
        queue = self._queues.get(conversation)
        return 0 if queue is None else len(queue) + 1

    @asynccontextmanager
    async def take(
        self, conversation: Hashable, meanwhile: Callable[[], Awaitable[None]] | None = None
    ) -> AsyncGenerator[Floor]:
        """Wait for this conversation's turn and hold it; raise `QueueFull` or `ShuttingDown`.

        Who has to wait does something `meanwhile`; where that fails, the place is given up.
        """
        if self._closed:
            raise ShuttingDown
        await self._join(conversation, meanwhile)
        floor = Floor(partial(self._pass_on, conversation))
        try:
            yield floor
        finally:
            floor.end()

    @contextmanager
    def under_way(self) -> Generator[None]:
        """Let `close` wait for the calling task, which works on a turn or on what follows it."""
        task = asyncio.current_task()
        if task is None or task in self._running:
            yield
            return
        self._running.add(task)
        try:
            yield
        finally:
            self._running.discard(task)

    async def _join(
        self, conversation: Hashable, meanwhile: Callable[[], Awaitable[None]] | None
    ) -> None:
        queue = self._queues.get(conversation)
        if queue is None:
            self._queues[conversation] = deque()
            return
        if len(queue) >= self._most_waiting:
            raise QueueFull(len(queue))
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(place)
        try:
            if meanwhile is not None:
                await meanwhile()
            await place
        except BaseException:
            if place.done() and not place.cancelled() and place.exception() is None:
                self._pass_on(conversation)  # the turn has come, so it must go to the next in line
            elif place in queue:
                queue.remove(place)
            raise

    def _pass_on(self, conversation: Hashable) -> None:
        queue = self._queues[conversation]
        while queue:
            place = queue.popleft()
            if not place.done():
                place.set_result(None)
                return
        del self._queues[conversation]

    def turn_away(self, conversations: Collection[Hashable]) -> None:
        """Let nobody wait any more in these: they get `PlaceClosed`."""
        for conversation in conversations:
            _turn_away(self._queues.get(conversation, ()), PlaceClosed)

    @contextmanager
    def stoppable(self, answer_id: int, work: asyncio.Task[None], owner_id: int) -> Generator[Stop]:
        """Let `stop_of` reach this work while the block runs."""
        stop = self._stops[answer_id] = Stop(work, owner_id)
        try:
            yield stop
        finally:
            del self._stops[answer_id]

    def stop_of(self, answer_id: int) -> Stop | None:
        """Return the stop of an answer that is being written, or None."""
        return self._stops.get(answer_id)

    def halt(self, answer_id: int) -> None:
        """Stop an answer, if it is being written."""
        stop = self._stops.get(answer_id)
        if stop is not None:
            stop.request()

    def stop_all_of(self, owner_id: int) -> None:
        """Stop every answer to a person that is being written."""
        for stop in list(self._stops.values()):
            if stop.owner_id == owner_id:
                stop.request()

    async def close(self, grace: float) -> None:
        """Take no more turns, let running ones end within `grace` seconds, then cancel them."""
        self._closed = True
        for queue in self._queues.values():
            _turn_away(queue, ShuttingDown)
        if self._running:
            await asyncio.wait(set(self._running), timeout=grace)
        late = set(self._running)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=ENDS_WITHIN)


def _turn_away(queue: Iterable[asyncio.Future[None]], why: type[Refused]) -> None:
    for place in queue:
        if not place.done():
            place.set_exception(why())
