"""What one answer's messages are to show, what they show, and which of them is next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from math import inf

from msgspec.structs import replace

from bot.ports import Growing
from bot.render.drawing.pictures import Pictures
from bot.render.pacing.lanes import Urgency
from bot.render.screen.canvas import Canvas
from bot.render.screen.compose import Composer
from bot.render.screen.layouts import Layout
from bot.render.screen.moments import Moments
from bot.render.screen.steps import Step, has_ended, urgency_of
from bot.render.screen.surface import Surface
from bot.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Due:
    """What a message is to show now, and whether the answer ends with that."""

    index: int
    layouts: list[Layout]
    is_last: bool

    @property
    def layout(self) -> Layout:
        """Return what this message is to show."""
        return self.layouts[self.index]


class Scene:
    """Compares an answer, which grows, with what was painted of it; paints nothing itself.

    Where it `is_final`, nothing more comes; what came has been unseen since `unseen_since`.
    """

    def __init__(
        self,
        surface: Surface,
        pictures: Pictures,
        moments: Moments,
        *,
        clock: Callable[[], float],
        drawn: Callable[[], None],
    ) -> None:
        self._surface = surface
        self._moments = moments
        self._clock = clock
        self._tell_drawn = drawn
        address = surface.address
        self._composer = Composer(address.head, address.language, pictures, self._drawn)
        self._canvas = Canvas()
        self._growing: Growing | None = None
        self._only_meter = False
        self._was_worth_it = True
        self._shows_all = False
        self._has_drawn = False
        self.unseen_since: float | None = None
        self.is_final = False

    @property
    def shows_words(self) -> bool:
        """Tell whether anything of the answer was ever shown."""
        return self._canvas.shows_words

    def show(self, growing: Growing) -> bool:
        """Have this shown from now on; False where only its meter moves, which does so by itself.

        Called with each token, so nothing is laid out here.
        """
        self._growing = growing
        return growing.has_text or not self._only_meter or self.is_final or has_ended(growing)

    def close(self) -> None:
        """Draw no more."""
        self._composer.close()

    def _drawn(self) -> None:
        """Take note that a picture can be shown, maybe in a message that is full already."""
        self._has_drawn = True
        self._tell_drawn()

    def take_note(self) -> None:
        """Take note that something has come."""
        if self.unseen_since is None:
            self.unseen_since = self._clock()

    def take_all(self) -> float | None:
        """Count all that has come as seen; return since when some of it was not."""
        since, self.unseen_since = self.unseen_since, None
        return since

    async def next_step(self) -> Step | None:
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
        if last >= len(layouts) and (index is None or not self.is_final):
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
            self.unseen_since is not None
            and growing is not None
            and growing.has_text
            and not self.is_final
            and not has_ended(growing)
            and self._was_worth_it
            and not self._has_drawn  # a picture above would wait until the answer ends
            and self._canvas.ends_open
        )

    def _has_nothing_new(self) -> bool:
        """Tell whether nothing came since a paint that showed all there was of some words."""
        return (
            self.unseen_since is None
            and self._canvas.ends_open
            and self._shows_all
            and not self.is_final
            and not self._has_drawn
            and self._surface.ends_in > 0
        )

    async def due(self, index: int) -> Due | None:
        """Return what the message of this index is to show now; None where it need not change."""
        layouts, snapshot = await self._layouts()
        if index >= len(layouts):  # the text became shorter
            self._was_worth_it = self._shows_all = False
            return None
        self._was_worth_it = not self._canvas.is_at(index, layouts[index])
        if not self._was_worth_it:
            return None
        return Due(index, layouts, snapshot.closing is not None and index == len(layouts) - 1)

    def painted(self, due: Due, since: float | None) -> None:
        """Take note that a message shows what was due, some of which was unseen since then."""
        index, layouts = due.index, due.layouts
        self._canvas.put(index, layouts[index])
        self._shows_all = len(self._canvas) == len(layouts) and not self._canvas.behind(layouts)
        self._moments.painted = self._clock()
        if index < len(layouts) - 1:
            # It stands in a message yet to be painted, and came later than what was painted now.
            since = since if since is not None else self._moments.painted
            self.unseen_since = (since + self._moments.painted) / 2

    def missed(self, since: float | None) -> None:
        """Take note that nothing could be painted: what was unseen since then still is."""
        self.unseen_since, self._shows_all = since, False

    def removed(self, index: int) -> None:
        """Take note that the messages from this index on are gone."""
        self._canvas.cut(index)

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

    @property
    def waits_for_pictures(self) -> bool:
        """Tell whether pictures are still being drawn that are worth the wait."""
        return self._composer.is_drawing and self._clock() < self._moments.gives_up_at()

    def rests_for(self) -> float | None:
        """Return the seconds after which to look again if nothing comes; None for any number."""
        snapshot = self._growing.snapshot() if self._growing is not None else Snapshot(0)
        now = self._clock()
        at = self._moments.look_at(snapshot, now, self._surface.ends_in)
        return None if at == inf else max(0.0, at - now)
