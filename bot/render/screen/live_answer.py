"""One growing answer on a screen: the newest state is painted whenever the pacer lets it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from math import inf

import structlog

from bot.errors import ScreenGone
from bot.messages import ScreenAddress, Snapshot
from bot.ports import Growing
from bot.render.drawing.pictures import Pictures
from bot.render.pacing.lanes import Urgency
from bot.render.pacing.pacer import Pacer, Permit
from bot.render.screen.compose import Composer
from bot.render.screen.layouts import Layout
from bot.render.screen.refusals import NotPainted
from bot.render.screen.surfaces import Surface
from bot.render.screen.telling import Teller

TICK, SLOWEST_TICK = 2.5, 10.0
"""Seconds between repaints that only move the meter; the longer it has run, the rarer they are."""

RETRY_DELAYS = (0.5, 1.0, 2.0, 4.0, 8.0, 8.0)
"""Seconds before each further try of the last paint."""

READABLE = 24
"""Characters that are worth a first paint at once; fewer wait for more, `RIPENS` seconds long."""

RIPENS = 0.15

DRAWS_WITHIN = 15.0
"""Seconds that an ended answer waits for its last pictures."""

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
        pictures: Pictures,
        *,
        clock: Callable[[], float],
        on_address: Callable[[ScreenAddress], Awaitable[None]] | None = None,
        tick: float = TICK,
        retry_delays: Sequence[float] = RETRY_DELAYS,
    ) -> None:
        self._surface = surface
        self._pacer = pacer
        self._clock = clock
        self._teller = Teller(on_address)
        self._tick = tick
        self._retry_delays = retry_delays
        self._news = asyncio.Event()
        self._composer = Composer(surface.address.head, pictures, self._news.set)
        self._growing: Growing | None = None
        self._began = self._painted_at = clock()
        self._first_words_at: float | None = None
        self._unseen_since: float | None = None
        self._only_meter = False
        self._painted: list[Layout] = []
        self._permit: Permit | None = None
        self._painter: asyncio.Task[None] | None = None
        self._finishing = False
        self._ended_at = inf
        self._before_last: Callable[[], None] | None = None
        self._closed = False
        self._gone: ScreenGone | None = None

    def show(self, growing: Growing) -> None:
        """Note that this has grown, and show it as soon as the pacer lets it; return at once."""
        if self._gone is not None or self._finishing:
            return
        self._growing = growing
        if not growing.has_text and self._only_meter:
            return  # the meter moves by itself
        self._take_note(growing)

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
        self._finishing, self._ended_at = True, self._clock()
        self._before_last = before_last
        if self._gone is None:
            self._growing = snapshot
            if self._permit is not None:
                self._permit.hurry(Urgency.LAST)
            self._take_note(snapshot)
            await self._painted_to_the_end()
        await self._teller.heard()
        if self._gone is not None:
            raise self._gone

    async def close(self) -> None:
        """Stop painting, whatever is on the screen."""
        self._closed = self._finishing = True
        if self._painter is not None:
            self._painter.cancel()
            await asyncio.wait([self._painter])
        await self._teller.heard()

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

    def _take_note(self, growing: Growing) -> None:
        """Wake the painter; called with each token, so nothing is laid out here."""
        if self._unseen_since is None:
            self._unseen_since = self._clock()
        if growing.has_text and self._first_words_at is None:
            self._first_words_at = self._clock()
            if self._permit is not None:
                self._permit.hurry(Urgency.FIRST)
        if self._painter is None or (self._finishing and self._painter.done()):
            self._painter = asyncio.create_task(self._paint())
        self._news.set()

    async def _paint(self) -> None:
        """Paint until the last state is on the screen or the screen is gone."""
        try:
            self._teller.tell(self._surface.address)
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
                if self._finishing and not self._waits_for_pictures():
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
        layouts, snapshot = await self._layouts()
        if not layouts:
            return None
        for index, layout in enumerate(layouts):
            painted = self._painted[index] if index < len(self._painted) else None
            if painted is None or painted.apart_from_meter() != layout.apart_from_meter():
                return _Step(index, self._urgency(snapshot, index, layout))
        last = len(self._surface.address.message_ids) - 1
        if last >= len(layouts):
            return _Step(last, self._urgency(snapshot, last, layouts[-1]), removes=True)
        self._only_meter = bool(snapshot.thinking_tokens) and not snapshot.text
        meter_moved = self._painted[len(layouts) - 1].meter != layouts[-1].meter
        if meter_moved and self._clock() >= self._ticks_at():
            return _Step(len(layouts) - 1, Urgency.TICK)
        return None

    def _ticks_at(self) -> float:
        """Return when the meter should move next."""
        ran = self._painted_at - self._began
        return self._painted_at + max(self._tick, min(SLOWEST_TICK, ran / 4))

    def _waits_for_pictures(self) -> bool:
        return self._composer.is_drawing and self._clock() < self._ended_at + DRAWS_WITHIN

    def _urgency(self, snapshot: Snapshot, index: int, layout: Layout) -> Urgency:
        if snapshot.closing is not None:
            return Urgency.LAST
        before = self._painted[0] if self._painted else Layout()
        if not self._painted or (index == 0 and layout.page and not before.page):
            return Urgency.FIRST
        return Urgency.GROWTH

    async def _take(self, step: _Step) -> None:
        """Wait for a permit and carry the step out as things stand then."""
        lane = self._surface.lane(step.index, removes=step.removes)
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
        self._teller.tell(self._surface.address)

    def _let_go(self) -> None:
        if self._before_last is not None:
            self._before_last()
            self._before_last = None

    async def _paint_one(self, index: int) -> None:
        unseen_since, self._unseen_since = self._unseen_since, None
        layouts, snapshot = await self._layouts()
        if index >= len(layouts):
            return
        is_last = snapshot.closing is not None and index == len(layouts) - 1
        if is_last and index < len(self._surface.address.message_ids):
            self._let_go()
        try:
            await self._surface.paint(index, layouts[index])
        except NotPainted:
            self._unseen_since = unseen_since
            raise
        if is_last:  # a new message has its place only once it is there
            self._let_go()
        self._painted[index : index + 1] = [layouts[index]]
        self._painted_at = self._clock()
        if index < len(layouts) - 1:
            self._unseen_since = unseen_since  # it stands in a message yet to be painted

    async def _layouts(self) -> tuple[list[Layout], Snapshot]:
        """Return what every message should show now, and the answer's state behind it."""
        if self._growing is None:
            return [], Snapshot(0)
        now, snapshot = self._clock(), self._growing.snapshot()
        if self._ripe_at(snapshot) > now:
            snapshot = replace(snapshot, text="")
        waited = timedelta(seconds=now - self._began)
        is_ending = self._surface.is_ending
        return await self._composer.layouts(snapshot, waited, is_ending=is_ending), snapshot

    def _ripe_at(self, snapshot: Snapshot) -> float:
        """Return when there is enough to read: a lone letter would stand there for a second."""
        if snapshot.closing is not None or len(snapshot.text) >= READABLE or not snapshot.text:
            return 0.0
        return self._first_words_at + RIPENS if self._first_words_at is not None else 0.0

    async def _wait_for_news(self) -> None:
        """Return when something new is to be shown, or when the meter should move."""
        growing = self._growing
        snapshot = growing.snapshot() if growing is not None else None
        now, at = self._clock(), inf
        if snapshot is not None and snapshot.closing is None and not snapshot.text:
            at = self._ticks_at() if self._ticks_at() > now else now + self._tick
        if snapshot is not None and (ripe_at := self._ripe_at(snapshot)) > now:
            at = ripe_at
        if self._finishing:
            at = self._ended_at + DRAWS_WITHIN
        delay = None if at == inf else max(0.0, at - now)
        try:
            async with asyncio.timeout(delay):
                await self._news.wait()
        except TimeoutError:
            return
