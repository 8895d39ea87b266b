"""What a conversation remembers, as people change it: edits and deletions count."""

import asyncio
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from bot.choices import Most
from bot.errors import ScreenGone
from bot.messages import Attached, Question, ScreenAddress
from bot.ports import OpenScreen, Storage
from bot.prompts import context, tokens
from bot.records.erasures import without_quote
from bot.snapshots import Snapshot
from bot.turns.keeper import Keeper
from bot.turns.onscreen import OnScreen
from bot.turns.order import Turns
from bot.turns.placing import placed


class Memory:
    """Keeps the history in step with what people do to their messages."""

    def __init__(
        self,
        storage: Storage,
        turns: Turns,
        keeper: Keeper,
        onscreen: OnScreen,
        *,
        most: Most,
        now: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._turns = turns
        self._keeper = keeper
        self._onscreen = onscreen
        self._most = most
        self._now = now
        self._changes: set[asyncio.Future[None]] = set()

    async def settled(self) -> None:
        """Wait until the edits and deletions are stored of which Discord has told."""
        while self._changes:
            await asyncio.wait(self._changes)

    @contextmanager
    def changing(self) -> Generator[None]:
        """Take note that an edit or a deletion is on its way to the storage."""
        change: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._changes.add(change)
        try:
            yield
        finally:
            self._changes.discard(change)
            change.set_result(None)

    async def revise(self, edited: Question, files: Sequence[Attached] = ()) -> bool:
        """Remember a question's new words; False for other messages, which change nothing.

        What it quoted and was forgotten since stays so.
        """
        message_id, words, quoted = edited.message_id, edited.text, edited.quoted_id
        if message_id is None:
            return False
        sized = [await context.sized(file) for file in files]
        size = await tokens.measure(words)
        async with self._storage.writing() as tx:
            if quoted is not None and await tx.erasures.is_forgotten(quoted, edited.asked_at):
                words, quoted = without_quote(words), None
                size = tokens.estimate(words)
            if not await tx.history.revise(message_id, words, size, self._now(), sized, quoted):
                return False
            await tx.commit()
        return True

    async def offer_again(self, edited: Question, open_screen: OpenScreen) -> None:
        """Say below the newest question's answer that it was edited since, if it was.

        An answer that is still written, or whose bill is open, says so by itself when it ends.
        """
        if edited.message_id is None:
            return
        with self._turns.under_way():
            found = await self._outdated(edited, edited.message_id)
            if found is None:
                return
            # As with the arrows: two that paint the same messages would not know of each other's.
            async with self._turns.take(("variants", found[0])):
                await self._onscreen.clear(found[0])
                found = await self._outdated(edited, edited.message_id)
                if found is not None:
                    await self._show(*found, open_screen)

    async def _outdated(
        self, edited: Question, message_id: int
    ) -> tuple[int, ScreenAddress, Snapshot] | None:
        """Return the turn of an edited question, where its answer stands, and that answer."""
        async with self._storage.reading() as tx:
            answered = await tx.variants.shown_for(message_id)
            here = await placed(edited, self._most, self._now(), tx)
        if answered is None or answered.is_deleted or answered.is_running:
            return None
        known, address = answered.chosen, answered.address
        if known is None or address is None or known.usage is None:
            return None
        if not answered.is_edited_since(known):
            return None
        return answered.turn_id, address, replace(answered.snapshot(known), looks=here.looks)

    async def _show(
        self, turn_id: int, address: ScreenAddress, snapshot: Snapshot, open_screen: OpenScreen
    ) -> None:
        screen = open_screen(partial(self._keeper.locate, snapshot.answer_id), address)
        async with self._onscreen.showing(turn_id, screen):
            try:
                await screen.finish(snapshot)
            except ScreenGone:
                return  # nobody can be offered anything there
            finally:
                await screen.close()
            if self._onscreen.shows(turn_id, screen):
                self._keeper.shown(snapshot.answer_id)

    async def knows(self, message_id: int) -> bool:
        """Tell whether a message is a remembered question."""
        async with self._storage.reading() as tx:
            return await tx.history.knows(message_id)

    async def repeated_in(self, channel_id: int, message_id: int) -> int | None:
        """Return whose words a message of the bot's own repeats: who asked, or began the thread."""
        async with self._storage.reading() as tx:
            answer_id = await tx.history.answer_shown(channel_id, message_id)
            if answer_id is not None:
                answered = await tx.variants.of(answer_id)
                return answered.question.author.id if answered is not None else None
            return await tx.threads.owner(channel_id)

    async def retract(self, channel_id: int, message_ids: Sequence[int]) -> None:
        """Forget the words of deleted messages, questions and answers."""
        # One transaction, begun at once: what is said next must find it done.
        async with self._storage.writing() as tx:
            questions = await tx.history.retract_all(message_ids, self._now())
            others = [it for it in message_ids if it not in questions]
            shown = await tx.history.answers_shown(channel_id, others)
            if shown:
                await tx.history.forget_answer(*shown)
            if shown or questions:
                await tx.commit()
