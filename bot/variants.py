"""What can be done with an answer that has ended: show another of its variants, or its thinking."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from bot.answered import Answered
from bot.errors import (
    BeingWritten,
    NothingThere,
    NotYours,
    Repeated,
    ScreenGone,
    ThinkingHidden,
)
from bot.keeper import Keeper
from bot.messages import Again, AgainKind, Question
from bot.onscreen import OnScreen
from bot.opening import Openings
from bot.placing import looks_of
from bot.ports import OpenScreen, Storage
from bot.turns import Turns


class Variants:
    """Leads from one answer to the other ones of its question; only who asked may ask for that."""

    def __init__(
        self,
        storage: Storage,
        openings: Openings,
        turns: Turns,
        keeper: Keeper,
        onscreen: OnScreen,
    ) -> None:
        self._storage = storage
        self._openings = openings
        self._turns = turns
        self._keeper = keeper
        self._onscreen = onscreen

    async def asked_before(
        self, answer_id: int, by: Question, kind: AgainKind = AgainKind.RETRY
    ) -> Question:
        """Return the question of an answer, to be asked again; raise `NotYours` or `Repeated`."""
        async with self._storage.reading() as tx:
            answered = _of(by, await tx.variants.of(answer_id))
        known = answered.variant(answer_id)
        if kind is AgainKind.CONTINUE and (known is None or not known.is_cut_short):
            raise Repeated
        latest = answer_id if kind is AgainKind.RETRY else answered.latest_id
        again = Again(answered.turn_id, answer_id, kind, latest)
        asked = answered.question
        private = by.private or asked.private
        return replace(by, text=asked.text, files=asked.files, private=private, again=again)

    async def thinking(self, answer_id: int, by: Question) -> str:
        """Return what the model thought before an answer.

        Raise `NotYours`, `NothingThere`, or `ThinkingHidden` where the place shows none.
        """
        await self._openings.admit(by)
        async with self._storage.reading() as tx:
            _of(by, await tx.variants.of(answer_id))
            if not (await looks_of(by.place.guild_id, by.channel_ids, tx)).thinking:
                raise ThinkingHidden
            thinking = await tx.variants.thinking(answer_id)
        if not thinking.strip():
            raise NothingThere
        return thinking

    async def turn_over(
        self,
        answer_id: int,
        by: Question,
        step: int,
        open_screen: OpenScreen,
        prepare: Callable[[], Awaitable[None]],
    ) -> None:
        """Show the variant so many places from an answer, in its place; it is the one in the past.

        What has to be done before anything can be shown is done by `prepare`. Raise `NotYours`,
        `BeingWritten` where a new one is on its way, or `NothingThere`.
        """
        await self._openings.admit(by)
        async with self._storage.reading() as tx:
            answered = _of(by, await tx.variants.of(answer_id))
        _check_settled(answered)
        with self._turns.under_way():
            # One at a time: two that paint the same messages would not know of each other's.
            async with self._turns.take(("variants", answered.turn_id)):
                await prepare()
                await self._show(answer_id, by, step, open_screen)

    async def _show(self, answer_id: int, by: Question, step: int, open_screen: OpenScreen) -> None:
        async with self._storage.reading() as tx:
            answered = await tx.variants.of(answer_id)
        if answered is not None:
            await self._onscreen.clear(answered.turn_id)  # its last word on where it stands is said
        async with self._storage.writing() as tx:
            answered = await tx.variants.of(answer_id)
            looks = await looks_of(by.place.guild_id, by.channel_ids, tx)
            place = answered.place_of(answer_id) if answered is not None else None
            if answered is None or answered.is_deleted or place is None:
                raise NothingThere
            _check_settled(answered)
            wanted = answered.variants[max(0, min(place + step, len(answered.variants) - 1))]
            address = await tx.variants.take_over(answered.turn_id)
            await tx.variants.choose(answered.turn_id, wanted.id, address)
            await tx.commit()
        screen = open_screen(partial(self._keeper.locate, wanted.id), address)
        async with self._onscreen.showing(answered.turn_id, screen):
            try:
                await screen.finish(answered.snapshot(wanted, looks=looks))
            except ScreenGone:
                return  # its message is gone: what was chosen stays so
            finally:
                await screen.close()


def _of(by: Question, answered: Answered | None) -> Answered:
    """Return what somebody asked and got; raise `NotYours` or `NothingThere`."""
    if answered is None or answered.question.author.id != by.author.id:
        raise NotYours
    if answered.is_deleted:
        raise NothingThere
    return answered


def _check_settled(answered: Answered) -> None:
    if answered.is_running:
        raise BeingWritten
