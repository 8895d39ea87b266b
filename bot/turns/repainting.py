"""Ends of answers that their messages do not show yet: shown as soon as that can be."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import msgspec
from structlog.typing import FilteringBoundLogger

from bot.answers.answered import Answered
from bot.answers.unfinished import LeftAnswer
from bot.errors import OutOfReach, ScreenGone, StorageTrouble
from bot.messages import AnswerState, ScreenAddress, Usage
from bot.ports import OpenScreen, Screen, Storage
from bot.snapshots import Closing, Looks, Snapshot
from bot.turns.keeper import Keeper
from bot.turns.onscreen import OnScreen
from bot.turns.placing import looks_of

STILL_NEWS = timedelta(days=30)
"""So long after an answer's end a start tries to show it; opening its thread does at any time."""

SHOWN_AGAIN_FOR = timedelta(hours=1)
"""So long after an answer's end a sweep tries to show it, where Discord was in trouble then.

One that has no message gets one only within that hour, as a new one would puzzle everybody later.
Who was interrupted is told all the same: they heard nothing at all.
"""


class Repainting:
    """Shows how answers ended of which a kill, Discord's trouble or a lock kept the last paint."""

    def __init__(
        self,
        storage: Storage,
        onscreen: OnScreen,
        keeper: Keeper,
        *,
        now: Callable[[], datetime],
        log: FilteringBoundLogger,
    ) -> None:
        self._storage = storage
        self._onscreen = onscreen
        self._keeper = keeper
        self._now = now
        self._log = log

    async def again(self, answer_id: int, open_screen: OpenScreen) -> bool:
        """Show an answer's end where its message still seems to grow; False where there is none."""
        if self._keeper.is_shown(answer_id):
            return False
        async with self._storage.reading() as tx:
            left = await tx.history.unshown_of(answer_id)
        return left is not None and await self.end_of(left, open_screen)

    async def in_channel(self, channel_id: int, open_screen: OpenScreen) -> None:
        """Show what is still to be shown in a thread that can be written to again."""
        try:
            async with self._storage.reading() as tx:
                found = await tx.history.unshown_in(channel_id)
            await asyncio.gather(*(self._in_turn(left, open_screen) for left in found))
        except StorageTrouble as error:  # another start, or a press, finds them
            self._log.warning("ends not shown", error=str(error))

    async def _in_turn(self, left: LeftAnswer, open_screen: OpenScreen) -> None:
        """Show an end, unless somebody is about to: whoever began before can't do it any more."""
        await self._onscreen.quiet(left.turn_id)
        await self.again(left.id, open_screen)

    async def end_of(self, left: LeftAnswer, open_screen: OpenScreen) -> bool:
        """Show how an answer ended, unless its turn is on its way to that; tell whether it is."""
        return await self.show(left, left.state, left.usage, open_screen)

    async def show(
        self, left: LeftAnswer, state: AnswerState, usage: Usage | None, open_screen: OpenScreen
    ) -> bool:
        """Show how an answer ended, unless another one stands in its place by now."""
        async with self._storage.reading() as tx:
            answered = await tx.variants.of(left.id)
            looks = await looks_of(left.guild_id, left.channel_ids, tx)
        is_recent = self._now() - left.last_seen_at <= SHOWN_AGAIN_FOR
        may_post = is_recent or state is AnswerState.INTERRUPTED
        address = _address(left, answered, may_post=may_post)
        if answered is None or address is None:
            self._keeper.shown(left.id)
            return False
        if self._onscreen.is_busy(answered.turn_id) or self._keeper.is_shown(left.id):
            return False
        is_open = usage is None and left.bill_is_open
        edited = answered.is_edited_since(answered.variant(left.id) or answered.chosen)
        took = left.last_seen_at - left.started_at
        closing = Closing(
            state,
            took,
            usage,
            paid_by=left.paid_by,
            bill_is_open=is_open,
            edited_since=edited,
            is_forgotten=answered.is_deleted,
        )
        snapshot = _snapshot(answered, left, closing, looks)
        return await self._paint(answered, snapshot, left, address, open_screen)

    async def _paint(
        self,
        answered: Answered,
        snapshot: Snapshot,
        left: LeftAnswer,
        address: ScreenAddress,
        open_screen: OpenScreen,
    ) -> bool:
        turn_id = answered.turn_id
        screen = open_screen(partial(self._keeper.locate, left.id), address)
        async with self._onscreen.showing(turn_id, screen):
            try:
                await screen.finish(snapshot)
            except OutOfReach:
                self._log.info("an answer's end can't be shown yet", answer=left.id)
                return False
            except ScreenGone:
                self._log.info("a lost answer has no screen any more", answer=left.id)
                self._keeper.shown(left.id)
                return False
            finally:
                await screen.close()
            if answered.chosen_id not in {None, snapshot.answer_id}:
                await self._prefer(turn_id, snapshot.answer_id, screen)
            is_done = self._onscreen.shows(turn_id, screen)
        if is_done and not (snapshot.closing and snapshot.closing.bill_is_open):
            self._keeper.shown(left.id)
        return is_done

    async def _prefer(self, turn_id: int, answer_id: int, screen: Screen) -> None:
        """Let what is shown be in the past: an earlier one was, as long as none saw this one."""
        async with self._storage.writing() as tx:
            await tx.variants.prefer(answer_id)
            if self._onscreen.shows(turn_id, screen):  # whoever takes its place chooses after this
                await tx.commit()


def _address(
    left: LeftAnswer, answered: Answered | None, *, may_post: bool
) -> ScreenAddress | None:
    """Return where an answer's end is to be shown, if it is to be shown anywhere."""
    if answered is None or answered.is_forgotten:
        return None
    address = answered.address_of(left.id)
    lacks_one = not (left.private or answered.places or answered.is_deleted)
    if address is None and may_post and lacks_one:
        return ScreenAddress(left.channel_id)  # a public one gets its message now
    return address


def _snapshot(answered: Answered, left: LeftAnswer, closing: Closing, looks: Looks) -> Snapshot:
    """Return what is shown of an answer; of one without a word, the one that it was to better."""
    own = answered.variant(left.id)
    if own is not None:
        return msgspec.structs.replace(answered.snapshot(own, looks=looks), closing=closing)
    if not left.text and answered.chosen is not None:
        return answered.snapshot(answered.chosen, closing, looks)
    return Snapshot(left.id, left.text, closing=closing, looks=looks)
