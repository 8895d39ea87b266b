"""One growing answer on a screen: the newest state is painted whenever the pacer lets it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from msgspec.structs import replace

from bot.errors import OutOfReach, ScreenGone
from bot.messages import ScreenAddress
from bot.ports import Growing
from bot.render.drawing.pictures import Pictures
from bot.render.pacing.lanes import Urgency
from bot.render.pacing.pacer import Pacer, Permit
from bot.render.screen.intake import Intake
from bot.render.screen.moments import RIPENS, TICK, Moments
from bot.render.screen.refusals import NotPainted
from bot.render.screen.scene import Scene
from bot.render.screen.steps import Step, aging, has_ended
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
        self._moments = Moments(clock(), tick)
        self._scene = Scene(surface, pictures, self._moments, clock=clock, drawn=self._news.set)
        self._intake = Intake(lambda: self._scene.unseen_since is not None)
        self._permit: Permit | None = None
        self._painter: asyncio.Task[None] | None = None
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
        return self._scene.shows_words

    def show(self, growing: Growing) -> None:
        """Note that this has grown, and show it as soon as the pacer lets it; return at once."""
        if self._gone is not None or self._scene.is_final:
            return
        is_news = self._scene.show(growing)
        if has_ended(growing):  # it was stopped: its bill is still to come
            self._hurry()
        if is_news:
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
        if self._scene.is_final:
            return
        self._scene.is_final, self._moments.ended = True, self._clock()
        self._before_last = before_last
        if self._gone is None:
            self._scene.show(snapshot)
            self._hurry()
            self._take_note(snapshot)
            try:
                await self._painted_to_the_end()
            finally:
                self._scene.close()
        await self._teller.heard()
        if self._gone is not None:
            raise self._gone

    async def close(self) -> None:
        """Stop painting, whatever is on the screen."""
        self._closed = self._scene.is_final = True
        if self._painter is not None:
            self._painter.cancel()
            await asyncio.wait([self._painter])
        self._scene.close()
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
        """Wake the painter."""
        self._scene.take_note()
        if growing.has_text and self._moments.first_words is None:
            self._moments.first_words = self._clock()
            asyncio.get_running_loop().call_later(RIPENS, self._hurry_first_words)
        if self._painter is None or (self._scene.is_final and self._painter.done()):
            self._painter = asyncio.create_task(self._paint())
        self._news.set()

    def _hurry(self) -> None:
        """Let what waits to be painted come first: it is how the answer ended."""
        if self._permit is not None:
            self._permit.hurry(Urgency.LAST)

    def _hurry_first_words(self) -> None:
        """Let what waits to be painted come before growth, now that it has words to show."""
        if self._permit is not None and not self._scene.shows_words:
            self._permit.hurry(Urgency.FIRST)

    async def _paint(self) -> None:
        """Paint until the last state is on the screen or the screen is gone."""
        try:
            self._teller.tell(self._surface.address)
            await self._paint_steps()
        except ScreenGone as gone:
            self._gone = gone
            self._scene.close()
        except Exception:
            if self._scene.is_final:
                raise
            log.exception("painting an answer failed")  # its end is still tried

    async def _paint_steps(self) -> None:
        failures = 0
        while True:
            self._news.clear()
            step = await self._scene.next_step()
            if step is None:
                if self._scene.is_final and not self._scene.waits_for_pictures:
                    return
                await self._wait_for_news()
                continue
            was_final = self._scene.is_final
            try:
                await self._take(step)
                failures = 0
            except NotPainted as error:
                failures = failures + 1 if was_final else 1
                if failures > len(self._retry_delays):
                    raise OutOfReach from error
                await asyncio.sleep(self._retry_delays[failures - 1])

    async def _take(self, step: Step) -> None:
        """Wait for a permit and carry the step out as things stand then."""
        lane = self._surface.lane(step.index, removes=step.removes)
        self._permit = self._pacer.permit(lane, step.urgency, since=self._scene.unseen_since)
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
            self._scene.removed(step.index)
        else:
            await self._paint_one(step.index)

    def _let_go(self) -> None:
        if self._before_last is not None:
            self._before_last()
            self._before_last = None

    async def _paint_one(self, index: int) -> None:
        since = self._scene.take_all()
        await self._intake.call()
        self._scene.take_all()
        due = await self._scene.due(index)
        if due is None:
            return
        if due.is_last and index < len(self._surface.address.message_ids):
            self._let_go()
        try:
            await self._surface.paint(index, due.layout)
        except NotPainted:
            self._scene.missed(since)
            raise
        if due.is_last:  # a new message has its place only once it is there
            self._let_go()
        self._scene.painted(due, since)

    async def _wait_for_news(self) -> None:
        """Return when something new is to be shown, or when it is time to look again."""
        try:
            async with asyncio.timeout(self._scene.rests_for()):
                await self._news.wait()
        except TimeoutError:
            return
