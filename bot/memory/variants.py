"""What can be done with an answer that has ended: show another of its variants, or its thinking."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from bot.answers.answered import Answered, Variant
from bot.errors import (
    BeingWritten,
    Forgotten,
    NotHere,
    NothingThere,
    NotYours,
    Repeated,
    ScreenGone,
    ThinkingHidden,
)
from bot.messages import Again, AgainKind, Question, ScreenAddress
from bot.ports import OpenScreen, Storage
from bot.turns.keeper import Keeper
from bot.turns.onscreen import OnScreen
from bot.turns.opening import Openings
from bot.turns.order import Turns
from bot.turns.placing import looks_of


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
        """Return the question of an answer, to be asked again.

        Raise `NotYours` or `Repeated`, and where another answer is to take its place `NothingThere`
        or `BeingWritten`.
        """
        async with self._storage.reading() as tx:
            answered = _of(by, await tx.variants.of(answer_id))
        known = answered.variant(answer_id)
        if kind is not AgainKind.RETRY:
            _check_settled(answered)
            if known is None:
                raise NothingThere
        if kind is AgainKind.CONTINUE and known is not None and not known.is_cut_short:
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
        `BeingWritten` where a new one is on its way, `NothingThere`, or `NotHere` where it can't be
        shown: then what was in the past stays there.
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
            _check_settled(answered)
            if self._onscreen.has_later(answered.turn_id, answered.latest_id):
                raise BeingWritten  # begun since: its screen is not to be taken away
            await self._onscreen.clear(answered.turn_id)  # its last word on where it stands is said
        async with self._storage.writing() as tx:
            answered = await tx.variants.of(answer_id)
            place = answered.place_of(answer_id) if answered is not None else None
            if answered is None or answered.is_deleted or place is None:
                raise NothingThere
            _check_settled(answered)
            wanted = answered.variants[max(0, min(place + step, len(answered.variants) - 1))]
            address = await tx.variants.take_over(answered.turn_id)
            await tx.variants.choose(answered.turn_id, wanted.id, address)
            await tx.commit()
        try:
            await self._paint(answered, wanted, by, open_screen, address)
        except ScreenGone as error:
            await self._take_back(answered, wanted)
            raise NotHere("Discord does not let me change this message now") from error

    async def _paint(
        self,
        answered: Answered,
        wanted: Variant,
        by: Question,
        open_screen: OpenScreen,
        address: ScreenAddress | None,
    ) -> None:
        async with self._storage.reading() as tx:
            looks = await looks_of(by.place.guild_id, by.channel_ids, tx)
        screen = open_screen(partial(self._keeper.locate, wanted.id), address)
        async with self._onscreen.showing(answered.turn_id, screen):
            if wanted.usage is None:
                again = partial(self._paint_billed, wanted.id, by, open_screen)
                self._onscreen.await_bill(answered.turn_id, again)
            try:
                await screen.finish(answered.snapshot(wanted, looks=looks))
            finally:
                await screen.close()
            if self._onscreen.shows(answered.turn_id, screen):
                self._keeper.shown(wanted.id)

    async def _paint_billed(self, answer_id: int, by: Question, open_screen: OpenScreen) -> None:
        """Paint a variant again that was shown before its bill came, where it still stands."""
        async with self._storage.reading() as tx:
            answered = await tx.variants.of(answer_id)
        known = answered.variant(answer_id) if answered is not None else None
        if answered is None or known is None or answered.is_running or known.usage is None:
            return
        address = answered.address_of(answer_id)
        if address is not None and not self._onscreen.has_later(
            answered.turn_id, answered.latest_id
        ):
            with suppress(ScreenGone):
                await self._paint(answered, known, by, open_screen, address)

    async def _take_back(self, before: Answered, wanted: Variant) -> None:
        """Let what is still shown be the one in the past, unless something newer decided that."""
        async with self._storage.writing() as tx:
            answered = await tx.variants.of(wanted.id)
            newest = answered is not None and answered.latest_id == before.latest_id
            if answered is None or not newest or answered.chosen_id != wanted.id:
                return
            shown = before.chosen or wanted
            address = await tx.variants.take_over(answered.turn_id)
            await tx.variants.choose(answered.turn_id, shown.id, address)
            await tx.commit()


def _of(by: Question, answered: Answered | None) -> Answered:
    """Return what somebody asked and got; raise `NotYours`, `Forgotten` or `NothingThere`."""
    if answered is None or answered.question.author.id != by.author.id:
        raise NotYours
    if answered.is_forgotten:
        raise Forgotten
    if answered.is_deleted:
        raise NothingThere
    return answered


def _check_settled(answered: Answered) -> None:
    if answered.is_running:
        raise BeingWritten
