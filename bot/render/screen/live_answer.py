"""One growing answer on a screen: the newest state is painted whenever the pacer lets it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from math import inf

import structlog
from msgspec.structs import replace

from bot.errors import OutOfReach, ScreenGone
from bot.messages import ScreenAddress
from bot.ports import Growing
from bot.render.drawing.pictures import Pictures
from bot.render.pacing.lanes import Urgency
from bot.render.pacing.pacer import Pacer, Permit
from bot.render.screen.canvas import Canvas
from bot.render.screen.compose import Composer
from bot.render.screen.intake import Intake
from bot.render.screen.layouts import Layout
from bot.render.screen.moments import RIPENS, TICK, Moments
from bot.render.screen.refusals import NotPainted
from bot.render.screen.steps import Step, aging, has_ended, urgency_of
from bot.render.screen.surface import Surface
from bot.render.screen.telling import Teller
from bot.snapshots import Snapshot

RETRY_DELAYS = (0.5, 1.0, 2.0, 4.0, 8.0, 8.0)
"""Seconds before each further try of the last paint."""

log = structlog.get_logger(__name__)


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
        self._retry_delays = retry_delays
        self._news = asyncio.Event()
        self._composer = Composer(
            surface.address.head, surface.address.language, pictures, self._drawn
        )
        self._growing: Growing | None = None
        self._moments = Moments(clock(), tick)
        self._unseen_since: float | None = None
        self._only_meter = False
        self._was_worth_it = True
        self._shows_all = False
        self._has_drawn = False
        self._canvas = Canvas()
        self._intake = Intake(lambda: self._unseen_since is not None)
        self._permit: Permit | None = None
        self._painter: asyncio.Task[None] | None = None
        self._finishing = False
        self._before_last: Callable[[], None] | None = None
        self._closed = False
        self._gone: ScreenGone | None = None

    @property
    def is_gone(self) -> bool:
        """Tell whether nothing can be shown there any more."""
        return self._gone is not None

    @property
    def shows_words(self) -> bool:
        """Tell whether anything of the answer was ever shown."""
        return self._canvas.shows_words

    def show(self, growing: Growing) -> None:
        """Note that this has grown, and show it as soon as the pacer lets it; return at once."""
        if self._gone is not None or self._finishing:
            return
        self._growing = growing
        if has_ended(growing):  # it was stopped: its bill is still to come
            self._hurry()
        elif not growing.has_text and self._only_meter:
            return  # the meter moves by itself
        self._take_note(growing)

    async def pause(self, seconds: float) -> None:
        """Return after so long, or before it paints: what has come till then is shown too."""
        await self._intake.pause(seconds)

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
        self._finishing, self._moments.ended = True, self._clock()
        self._before_last = before_last
        if self._gone is None:
            self._growing = snapshot
            self._hurry()
            self._take_note(snapshot)
            try:
                await self._painted_to_the_end()
            finally:
                self._composer.close()
        await self._teller.heard()
        if self._gone is not None:
            raise self._gone

    async def close(self) -> None:
        """Stop painting, whatever is on the screen."""
        self._closed = self._finishing = True
        if self._painter is not None:
            self._painter.cancel()
            await asyncio.wait([self._painter])
        self._composer.close()
        await self._teller.heard()

    def _drawn(self) -> None:
        """Take note that a picture can be shown, maybe in a message that is full already."""
        self._has_drawn = True
        self._news.set()

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
        if growing.has_text and self._moments.first_words is None:
            self._moments.first_words = self._clock()
            asyncio.get_running_loop().call_later(RIPENS, self._hurry_first_words)
        if self._painter is None or (self._finishing and self._painter.done()):
            self._painter = asyncio.create_task(self._paint())
        self._news.set()

    def _hurry(self) -> None:
        """Let what waits to be painted come first: it is how the answer ended."""
        if self._permit is not None:
            self._permit.hurry(Urgency.LAST)

    def _hurry_first_words(self) -> None:
        """Let what waits to be painted come before growth, now that it has words to show."""
        if self._permit is not None and not self._canvas.shows_words:
            self._permit.hurry(Urgency.FIRST)

    async def _paint(self) -> None:
        """Paint until the last state is on the screen or the screen is gone."""
        try:
            self._teller.tell(self._surface.address)
            await self._paint_steps()
        except ScreenGone as gone:
            self._gone = gone
            self._composer.close()
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
                    raise OutOfReach from error
                await asyncio.sleep(self._retry_delays[failures - 1])

    async def _next_step(self) -> Step | None:
        """Return the first message that does not show what it should, if any does not."""
        if self._grows_on():
            return Step(len(self._canvas) - 1, Urgency.GROWTH)
        if self._has_nothing_new():
            return None
        layouts, snapshot = await self._layouts()
        if not layouts:
            return None
        behind, has_ended = self._canvas.behind(layouts), snapshot.closing is not None
        index = self._canvas.next_of(behind, layouts, has_ended=has_ended)
        # A picture that was drawn while the text went on to a new message waits for that alone.
        self._has_drawn = any(it < len(layouts) - 1 for it in behind)
        shows_words, last = self._canvas.shows_words, len(self._surface.address.message_ids) - 1
        if last >= len(layouts) and (index is None or not self._finishing):
            # What leaked goes first; an answer's end does not wait for that.
            urgency = urgency_of(snapshot, layouts[-1], shows_words=shows_words)
            return Step(last, urgency, removes=True)
        if index is not None:
            only_pictures = self._canvas.shows(index, layouts[index], pictures=False)
            urgency = urgency_of(snapshot, layouts[index], shows_words=shows_words)
            return Step(index, Urgency.GROWTH if only_pictures else urgency)
        self._only_meter = bool(snapshot.thinking_tokens) and not snapshot.text
        if self._canvas.meter_moved(layouts) and self._clock() >= self._moments.ticks_at():
            return Step(len(layouts) - 1, Urgency.TICK)
        return None

    def _grows_on(self) -> bool:
        """Tell whether the last message has surely more to show: to look would cost as much."""
        growing = self._growing
        return (
            self._unseen_since is not None
            and growing is not None
            and growing.has_text
            and not self._finishing
            and not has_ended(growing)
            and self._was_worth_it
            and not self._has_drawn  # a picture above would wait until the answer ends
            and self._canvas.ends_open
        )

    def _has_nothing_new(self) -> bool:
        """Tell whether nothing came since a paint that showed all there was of some words."""
        return (
            self._unseen_since is None
            and self._canvas.ends_open
            and self._shows_all
            and not self._finishing
            and not self._has_drawn
            and self._surface.ends_in > 0
        )

    def _waits_for_pictures(self) -> bool:
        return self._composer.is_drawing and self._clock() < self._moments.gives_up_at()

    async def _take(self, step: Step) -> None:
        """Wait for a permit and carry the step out as things stand then."""
        lane = self._surface.lane(step.index, removes=step.removes)
        self._permit = self._pacer.permit(lane, step.urgency, since=self._unseen_since)
        try:
            with aging(self._permit, step.urgency):
                async with self._permit:
                    self._permit = None
                    await self._carry_out(step)
        finally:
            self._permit = None
        self._teller.tell(self._surface.address)

    async def _carry_out(self, step: Step) -> None:
        if step.removes:
            # Known first: Discord tells of the deletion, and it is not a person's.
            address = self._surface.address
            left = replace(address, message_ids=address.message_ids[: step.index])
            self._teller.tell(left)
            await self._teller.heard()
            await self._surface.remove(step.index)
            self._canvas.cut(step.index)
        else:
            await self._paint_one(step.index)

    def _let_go(self) -> None:
        if self._before_last is not None:
            self._before_last()
            self._before_last = None

    async def _paint_one(self, index: int) -> None:
        unseen_since, self._unseen_since = self._unseen_since, None
        await self._intake.call()
        self._unseen_since = None
        layouts, snapshot = await self._layouts()
        if index >= len(layouts):  # the text became shorter
            self._was_worth_it = self._shows_all = False
            return
        self._was_worth_it = not self._canvas.is_at(index, layouts[index])
        if not self._was_worth_it:
            return
        is_last = snapshot.closing is not None and index == len(layouts) - 1
        if is_last and index < len(self._surface.address.message_ids):
            self._let_go()
        try:
            await self._surface.paint(index, layouts[index])
        except NotPainted:
            self._unseen_since, self._shows_all = unseen_since, False
            raise
        if is_last:  # a new message has its place only once it is there
            self._let_go()
        self._canvas.put(index, layouts[index])
        self._shows_all = len(self._canvas) == len(layouts) and not self._canvas.behind(layouts)
        self._moments.painted = self._clock()
        if index < len(layouts) - 1:
            # It stands in a message yet to be painted, and came later than what was painted now.
            since = unseen_since if unseen_since is not None else self._moments.painted
            self._unseen_since = (since + self._moments.painted) / 2

    async def _layouts(self) -> tuple[list[Layout], Snapshot]:
        """Return what every message should show now, and the answer's state behind it."""
        if self._growing is None:
            return [], Snapshot(0)
        now, snapshot = self._clock(), self._growing.snapshot()
        if self._moments.ripe_at(snapshot) > now:
            snapshot = replace(snapshot, text="")
        waited = timedelta(seconds=now - self._moments.began)
        is_ending = self._surface.ends_in <= 0
        return await self._composer.layouts(snapshot, waited, is_ending=is_ending), snapshot

    async def _wait_for_news(self) -> None:
        """Return when something new is to be shown, or when it is time to look again."""
        snapshot = self._growing.snapshot() if self._growing is not None else Snapshot(0)
        now = self._clock()
        at = self._moments.look_at(snapshot, now, self._surface.ends_in)
        try:
            async with asyncio.timeout(None if at == inf else max(0.0, at - now)):
                await self._news.wait()
        except TimeoutError:
            return
