"""Lets every request to Discord wait for its turn, so that no limit is ever reached.

`bot.render.pacing.schedule` decides who goes when; this is the thin layer that waits for it.
"""

import asyncio
import math
import time
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from types import TracebackType
from typing import Any, Self

import discord

from bot.render.pacing.lanes import Heard, Lane, Ticket, Urgency
from bot.render.pacing.schedule import Schedule

_IN_USE: ContextVar["Permit | None"] = ContextVar("permit in use", default=None)


BEARABLE = 0.03
"""Seconds by which the event loop may be late on average before edits become rarer."""

MOST_STRAIN = 8.0
_MEMORY = 0.995


def strain_of(late: float) -> float:
    """Return how many times as rarely growth is shown when the event loop is so late.

    Rarer edits make it less late at once, so they become a little rarer first.
    """
    return min(MOST_STRAIN, max(1.0, math.sqrt(math.sqrt(late / BEARABLE))))


def permit_in_use() -> "Permit | None":
    """Return the permit under which the running code sends, if it does under any."""
    return _IN_USE.get()


class Permit:
    """A right to one request: waited for on entering, given back on leaving."""

    def __init__(self, pacer: "Pacer", lane: Lane, urgency: Urgency, since: float | None) -> None:
        self._pacer = pacer
        self._lane = lane
        self._urgency = urgency
        self._since = since
        self._ticket: Ticket | None = None
        self._requests = 0
        self._accepted: asyncio.Future[None] | None = None

    def hurry(self, urgency: Urgency) -> None:
        """Raise the urgency while waiting; one that is lower or comes too late changes nothing."""
        self._urgency = min(self._urgency, urgency)
        if self._ticket is not None:
            self._pacer.hurry(self._ticket, urgency)

    async def __aenter__(self) -> Self:
        self._ticket = await self._pacer.wait(self._lane, self._urgency, self._since, self._queued)
        self._before = _IN_USE.set(self)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _IN_USE.reset(self._before)
        if self._ticket is not None:
            self._pacer.done(self._ticket, error)

    def begin_request(self) -> bool:
        """Note that a request goes out; return whether it is the first, which the permit is for."""
        self._requests += 1
        return self._requests == 1

    async def once_accepted(self, request: Coroutine[Any, Any, object]) -> None:
        """Carry a request out, until Discord has accepted it; raise what the request raises.

        Whoever spends the last permit of a bucket is kept by discord.py until the bucket fills,
        which can take seconds: that goes on without us.
        """
        if self._ticket is None or not self._ticket.spends_last:
            await request
            return
        self._accepted = asyncio.get_running_loop().create_future()
        task = self._pacer.keep(asyncio.create_task(request))
        either: set[asyncio.Future[Any]] = {task, self._accepted}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            task.cancel()
            raise
        if task.done():
            task.result()

    def accept(self) -> None:
        """Take note that Discord has accepted the request."""
        if self._accepted is not None and not self._accepted.done():
            self._accepted.set_result(None)

    def hear(self, heard: Heard | None) -> None:
        """Learn what Discord's answer says of the lane's bucket."""
        if self._ticket is not None:
            self._pacer.hear(self._ticket, heard)

    def rest(self, seconds: float, *, everywhere: bool) -> None:
        """Let the lane, or all that counts globally, rest for so long: Discord said 429."""
        self._pacer.rest(self._lane, seconds, everywhere=everywhere)

    def _queued(self, ticket: Ticket) -> None:
        self._ticket = ticket


class Pacer:
    """Keeps all senders of one process within Discord's limits."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, schedule: Schedule | None = None
    ) -> None:
        self._clock = clock
        self._schedule = schedule or Schedule()
        self._waiting: dict[Ticket, asyncio.Future[None]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._kept = set[asyncio.Task[object]]()
        self._due: float | None = None
        self._late = 0.0

    def permit(
        self, lane: Lane, urgency: Urgency = Urgency.NOTICE, *, since: float | None = None
    ) -> Permit:
        """Return the right to one request: `async with pacer.permit(lane): await send()`.

        `since` (on the pacer's clock) is when what will be shown came to be unseen: among
        requests of one urgency the one that lags most goes first.
        """
        return Permit(self, lane, urgency, since)

    def keep(self, task: asyncio.Task[object]) -> asyncio.Task[object]:
        """Keep a request that discord.py does not give back yet from being forgotten."""
        self._kept.add(task)
        task.add_done_callback(self._let_go)
        return task

    def _let_go(self, task: asyncio.Task[object]) -> None:
        self._kept.discard(task)
        if not task.cancelled():
            # Looked at, or asyncio would complain: what went wrong after Discord accepted the
            # request matters to nobody.
            task.exception()

    async def wait(
        self,
        lane: Lane,
        urgency: Urgency,
        since: float | None,
        queued: Callable[[Ticket], None],
    ) -> Ticket:
        """Return a granted ticket, which `done` must take back; `queued` learns of it at once."""
        ticket = self._schedule.ask(lane, urgency, self._clock() if since is None else since)
        queued(ticket)
        granted = asyncio.get_running_loop().create_future()
        self._waiting[ticket] = granted
        self._serve()
        try:
            await granted
        except asyncio.CancelledError:
            if ticket.granted:
                self.done(ticket)
            else:
                del self._waiting[ticket]
                self._schedule.drop(ticket)
                self._serve()
            raise
        self._note_lateness(self._clock() - (ticket.granted_at or 0.0))
        return ticket

    def hurry(self, ticket: Ticket, urgency: Urgency) -> None:
        """Raise the urgency of a ticket that still waits."""
        self._schedule.hurry(ticket, urgency)
        self._serve()

    def hear(self, ticket: Ticket, heard: Heard | None) -> None:
        """Learn from Discord's answer to a ticket's request: discord.py may keep it for longer."""
        self._schedule.hear(ticket, heard, self._clock())
        self._serve()

    def done(self, ticket: Ticket, error: BaseException | None = None) -> None:
        """Take a ticket back; where discord.py refused to send, its lane rests for as long."""
        now = self._clock()
        self._schedule.done(ticket, now)
        while error is not None:
            if isinstance(error, discord.RateLimited):
                self._schedule.back_off(ticket.lane, now + error.retry_after)
            error = error.__cause__
        self._serve()

    def rest(self, lane: Lane, seconds: float, *, everywhere: bool) -> None:
        """Let a lane, or all that counts globally, rest for so long: Discord said 429."""
        until = self._clock() + seconds
        if everywhere:
            self._schedule.back_off_all(until)
        else:
            self._schedule.back_off(lane, until)
        self._serve()

    def _serve(self) -> None:
        """Wake whoever may go now, and come back when the next one may."""
        now = self._clock()
        for ticket in self._schedule.grant(now):
            granted = self._waiting.pop(ticket)
            # A waiter cancelled in this very moment gives its ticket back by itself.
            if not granted.done():
                granted.set_result(None)
        at = self._schedule.next_at(now)
        if at == self._due and self._timer is not None:
            return
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._due = at
        if at is not None:
            self._timer = asyncio.get_running_loop().call_later(at - now, self._serve_in_time)

    def _serve_in_time(self) -> None:
        self._timer = self._due = None
        self._serve()

    def _note_lateness(self, late: float) -> None:
        """Take note of how long the event loop takes to come to somebody who may go.

        A processor that is all in use would let every answer wait for every edit: what has to be
        done at once comes first, and edits become rarer.
        """
        self._late = _MEMORY * self._late + (1 - _MEMORY) * late
        self._schedule.strain = strain_of(self._late)
