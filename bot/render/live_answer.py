"""One growing answer on a screen: the newest state is painted whenever the pacer lets it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from math import inf

import structlog

from bot.errors import ScreenGone
from bot.messages import ScreenAddress, Snapshot
from bot.render.compose import compose, pager_below
from bot.render.layouts import Layout
from bot.render.pacer import Pacer, Permit
from bot.render.schedule import Urgency
from bot.render.surfaces import NotPainted, Surface

TICK = 2.5
"""Seconds between repaints that only move the meter."""

RETRY_DELAYS = (0.5, 1.0, 2.0, 4.0, 8.0, 8.0)
"""Seconds before each further try of the last paint."""

LONG = 8_000
"""Characters from which on new text is paged in a thread: it would hold the event loop up."""

READABLE = 24
"""Characters that are worth a first paint at once; fewer wait for more, `RIPENS` seconds long."""

RIPENS = 0.3

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Step:
    """What to do next: paint the message of this index, or remove it."""

    index: int
    urgency: Urgency
    removes: bool = False


class LiveAnswer:
    """Shows an answer while it grows; a `Screen`.

    `clock` tells seconds and is the pacer's own; `on_address` hears of every new or lost message.
    """

    def __init__(
        self,
        surface: Surface,
        pacer: Pacer,
        *,
        clock: Callable[[], float],
        on_address: Callable[[ScreenAddress], Awaitable[None]] | None = None,
        tick: float = TICK,
        retry_delays: Sequence[float] = RETRY_DELAYS,
    ) -> None:
        self._surface = surface
        self._pacer = pacer
        self._clock = clock
        self._on_address = on_address
        self._tick = tick
        self._retry_delays = retry_delays
        self._pager = pager_below(surface.address.head)
        self._paged: tuple[str, tuple[str, ...]] = ("", ())
        self._newest: Snapshot | None = None
        self._newest_at = self._began = self._first_words_at = clock()
        self._unseen_since: float | None = None
        self._painted: list[Layout] = []
        self._painted_at = clock()
        self._known: tuple[int, ...] = ()
        self._news = asyncio.Event()
        self._permit: Permit | None = None
        self._painter: asyncio.Task[None] | None = None
        self._finishing = False
        self._before_last: Callable[[], None] | None = None
        self._closed = False
        self._gone: ScreenGone | None = None

    def show(self, snapshot: Snapshot) -> None:
        """Show this as soon as the pacer lets it; return at once, the newest wins."""
        if self._gone is None and not self._finishing:
            self._take_in(snapshot)

    async def finish(
        self, snapshot: Snapshot, before_last: Callable[[], None] | None = None
    ) -> None:
        """Show this as the last state and return when it is on the screen.

        Call `before_last` when the last request has its permit: discord.py may keep that one for
        seconds after Discord has shown it. Raise `ScreenGone`, once, where it can't be shown any
        more.
        """
        if self._finishing:
            return
        self._finishing = True
        self._before_last = before_last
        if self._gone is None:
            self._take_in(snapshot)
            await self._painted_to_the_end()
        if self._gone is not None:
            raise self._gone

    async def close(self) -> None:
        """Stop painting, whatever is on the screen."""
        self._closed = self._finishing = True
        if self._painter is not None:
            self._painter.cancel()
            await asyncio.wait([self._painter])

    async def _painted_to_the_end(self) -> None:
        if self._painter is None:
            return
        try:
            await self._painter
        except asyncio.CancelledError:
            # Whoever closes this ends only the painter, not those who wait for it.
            task = asyncio.current_task()
            if not self._closed or (task is not None and task.cancelling()):
                raise

    def _take_in(self, snapshot: Snapshot) -> None:
        now = self._clock()
        old = self._newest
        self._newest, self._newest_at = snapshot, now
        if snapshot.text and not (old and old.text):
            self._first_words_at = now
        if self._unseen_since is None:
            self._unseen_since = now
        if self._painter is None:
            self._began = now
        if self._painter is None or (self._finishing and self._painter.done()):
            self._painter = asyncio.create_task(self._paint())
        if self._permit is not None:
            self._permit.hurry(_urgency(old, snapshot))
        self._news.set()

    async def _paint(self) -> None:
        """Paint until the last state is on the screen or the screen is gone."""
        try:
            await self._tell_address()
            await self._paint_steps()
        except ScreenGone as gone:
            self._gone = gone
        except Exception:
            if self._finishing:
                raise
            log.exception("painting an answer failed")  # its end is still tried

    async def _paint_steps(self) -> None:
        failures = 0
        while True:
            self._news.clear()
            step = await self._next_step()
            if step is None:
                if self._finishing:
                    return
                await self._wait_for_news()
                continue
            was_finishing = self._finishing
            try:
                await self._take(step)
                failures = 0
            except NotPainted as error:
                failures = failures + 1 if was_finishing else 1
                if failures > len(self._retry_delays):
                    raise ScreenGone from error
                await asyncio.sleep(self._retry_delays[failures - 1])

    async def _next_step(self) -> _Step | None:
        """Return the first message that does not show what it should, if any does not."""
        layouts = await self._layouts()
        if not layouts or self._newest is None:
            return None
        for index, layout in enumerate(layouts):
            if index >= len(self._painted):
                return _Step(index, self._urgency(index, layout))
            if self._painted[index].apart_from_meter() != layout.apart_from_meter():
                return _Step(index, self._urgency(index, layout))
        last = len(self._surface.address.message_ids) - 1
        if last >= len(layouts):
            return _Step(last, self._urgency(last, layouts[-1]), removes=True)
        meter_moved = self._painted[len(layouts) - 1].meter != layouts[-1].meter
        if meter_moved and self._clock() >= self._painted_at + self._tick:
            return _Step(len(layouts) - 1, Urgency.TICK)
        return None

    def _urgency(self, index: int, layout: Layout) -> Urgency:
        if self._newest is not None and self._newest.closing is not None:
            return Urgency.LAST
        before = self._painted[0] if self._painted else Layout()
        if not self._painted or (index == 0 and layout.page and not before.page):
            return Urgency.FIRST
        return Urgency.GROWTH

    async def _take(self, step: _Step) -> None:
        """Wait for a permit and carry the step out as things stand then."""
        lane = self._surface.lane(step.index)
        self._permit = self._pacer.permit(lane, step.urgency, since=self._unseen_since)
        try:
            async with self._permit:
                self._permit = None
                if step.removes:
                    await self._surface.remove(step.index)
                    del self._painted[step.index :]
                else:
                    await self._paint_one(step.index)
        finally:
            self._permit = None
        await self._tell_address()

    def _let_go(self) -> None:
        if self._before_last is not None:
            self._before_last()
            self._before_last = None

    async def _paint_one(self, index: int) -> None:
        has_ended = self._newest is not None and self._newest.closing is not None
        layouts = await self._layouts()
        if index >= len(layouts):
            return
        newest_at = self._newest_at
        is_last = has_ended and index == len(layouts) - 1
        if is_last and index < len(self._surface.address.message_ids):
            self._let_go()
        await self._surface.paint(index, layouts[index])
        if is_last:  # a new message has its place only once it is there
            self._let_go()
        self._painted[index : index + 1] = [layouts[index]]
        self._painted_at = self._clock()
        self._unseen_since = None if self._newest_at == newest_at else newest_at

    async def _layouts(self) -> list[Layout]:
        """Return what every message should show now."""
        snapshot = self._newest
        if snapshot is None:
            return []
        now = self._clock()
        if self._ripe_at(snapshot) > now:
            snapshot = replace(snapshot, text="")
        if snapshot.closing is None and snapshot.thinking_tokens and not snapshot.text:
            since = timedelta(seconds=now - self._newest_at)
            snapshot = replace(snapshot, thinking_for=snapshot.thinking_for + since)
        pages = await self._pages(snapshot.text)
        waited = timedelta(seconds=now - self._began)
        head, is_ending = self._surface.address.head, self._surface.is_ending
        return compose(snapshot, pages, waited, head, is_ending=is_ending)

    def _ripe_at(self, snapshot: Snapshot) -> float:
        """Return when there is enough to read: a lone letter would stand there for a second."""
        if snapshot.closing is not None or len(snapshot.text) >= READABLE:
            return 0.0
        return self._first_words_at + RIPENS if snapshot.text else 0.0

    async def _pages(self, text: str) -> tuple[str, ...]:
        paged, pages = self._paged
        if text != paged:
            if len(text) - len(paged) > LONG:
                pages = await asyncio.to_thread(self._pager.pages, text)
            else:
                pages = self._pager.pages(text)
            self._paged = (text, pages)
        return pages

    async def _wait_for_news(self) -> None:
        """Return when something new is to be shown, or when the meter should move."""
        snapshot = self._newest
        ticks = snapshot is not None and snapshot.closing is None and not snapshot.text
        at = self._painted_at + self._tick if ticks else inf
        if snapshot is not None and (ripe_at := self._ripe_at(snapshot)) > self._clock():
            at = ripe_at
        delay = None if at == inf else max(0.0, at - self._clock())
        try:
            async with asyncio.timeout(delay):
                await self._news.wait()
        except TimeoutError:
            return

    async def _tell_address(self) -> None:
        address = self._surface.address
        if address.message_ids == self._known:
            return
        self._known = address.message_ids
        if self._on_address is None:
            return
        try:
            await self._on_address(address)
        except Exception:  # an answer is shown even where its place can't be noted
            log.exception("an answer's place was not noted")


def _urgency(old: Snapshot | None, new: Snapshot) -> Urgency:
    """Return how urgent news makes a paint that already waits."""
    if new.closing is not None:
        return Urgency.LAST
    if new.text and not (old and old.text):
        return Urgency.FIRST
    return Urgency.GROWTH
