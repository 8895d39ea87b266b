"""A conversation's shelf, for people: what the model would see, pinned, dropped, set aside."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.choices import Most
from bot.errors import NothingThere, NotYours, QuestionTooLong
from bot.messages import Question, Turn
from bot.ports import Model, Storage, Transaction
from bot.prompts import context, tokens
from bot.quota.pricing import Pricing
from bot.quota.rules import Subject
from bot.records.shelf import Card, Cleared, Item, Shelf, Wish, items_of, shelf_of
from bot.turns.asked import Asked
from bot.turns.opening import Openings
from bot.turns.placing import Placed, placed
from bot.turns.prompting import MANY_TURNS, Past, Prompts

MOST_LISTED = 3_000
"""Turns that a shelf lists: more than any prompt holds."""


class Shelves:
    """Shows and changes what the model sees of a conversation; every way in checks access.

    `by` is an empty question: it says who looks and where, and `private` is what they would ask in
    private.
    """

    def __init__(
        self,
        storage: Storage,
        model: Model,
        openings: Openings,
        prompts: Prompts,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._model = model
        self._openings = openings
        self._prompts = prompts
        self._most = Most(prompts.limits.context_tokens, prompts.limits.max_output_tokens)
        self._now = now

    async def show(self, by: Question) -> Shelf:
        """Return what the model would see of this conversation with this person's next question."""
        await self._openings.admit(by)
        price = await self._model.price(self._prompts.slug)
        async with self._storage.reading() as tx:
            here = await placed(by, self._most, self._now(), tx)
            pricing = Pricing(price, here.choices.max_output)
            asked = Asked(replace(by, text=""), "", 0, 0, pricing, Subject.of(by), here)
            conversation = await tx.history.conversation_of(by.place.channel_id) or 0
            past = await self._prompts.past(asked, conversation, tx)
            kept, total = await self._kept(asked, past, tx)
            viewer = by.author.id if by.private else None
            cards, count = await tx.shelves.cards(conversation, viewer, MOST_LISTED)
        known = {card.turn.id for card in cards}
        cards = [*(_card(turn) for turn in kept if turn.id not in known), *cards]
        items = partial(items_of, cards, kept, past.scale)
        listed = await asyncio.to_thread(items) if len(cards) > MANY_TURNS else items()
        return self._shelf(listed, total, here, pricing, past, count - len(cards))

    async def _kept(self, asked: Asked, past: Past, tx: Transaction) -> tuple[Sequence[Turn], int]:
        """Return what a prompt would hold of the past, and all its tokens."""
        try:
            fitted = await self._prompts.fit(asked, past, tx)
        except QuestionTooLong as error:  # then no question at all is asked until that is changed
            return context.pinned_only(past.turns), error.tokens
        return fitted.kept, fitted.tokens

    def _shelf(
        self,
        items: tuple[Item, ...],
        total: int,
        here: Placed,
        pricing: Pricing,
        past: Past,
        older: int,
    ) -> Shelf:
        orders = here.orders
        told = tokens.estimate(orders.opening) + tokens.estimate(orders.aside)
        return shelf_of(
            items,
            total=total,
            budget=here.choices.context,
            instructions=past.scale.share(told),
            estimate=pricing.estimate(total),
            older=max(0, older),
        )

    async def change(self, by: Question, wishes: Sequence[Wish], *, moderates: bool) -> None:
        """Pin, unpin, drop or restore: who `moderates` anything, others what they asked themselves.

        Raise `NotYours`, or `NothingThere` where all of it is gone; then nothing is changed.
        """
        await self._openings.admit(by)
        async with self._storage.writing() as tx:
            conversation = await tx.history.conversation_of(by.place.channel_id) or 0
            authors = {
                wish: await tx.shelves.author(wish, conversation, by.author.id) for wish in wishes
            }
            there = {wish: author for wish, author in authors.items() if author is not None}
            if not there:
                raise NothingThere
            if not moderates and any(it != by.author.id for it in there.values()):
                raise NotYours(moderators=True)
            for wish in there:
                await tx.shelves.fulfil(wish, self._now())
            await tx.commit()

    async def clear(self, by: Question) -> Cleared | None:
        """Start afresh without erasing; None where nothing was said; whoever calls checked who may.

        What is pinned is set aside too.
        """
        await self._openings.admit(by)
        async with self._storage.writing() as tx:
            conversation = await tx.history.conversation_of(by.place.channel_id)
            if conversation is None:
                return None
            cleared = await tx.shelves.clear(conversation, by.author.id)
            await tx.commit()
        return cleared

    async def undo_clear(self, by: Question, until: int, before: int) -> None:
        """Bring back what was set aside; raise `NothingThere` where something else was since."""
        await self._openings.admit(by)
        async with self._storage.writing() as tx:
            conversation = await tx.history.conversation_of(by.place.channel_id) or 0
            if not await tx.shelves.undo_clear(conversation, until, before):
                raise NothingThere
            await tx.commit()


def _card(turn: Turn) -> Card:
    """Return a pinned turn that is older than all that are listed."""
    return Card(turn)
