"""What a conversation remembers, as people change it: edits and deletions count."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from bot.choices import Most
from bot.errors import QuoteForgotten, ScreenGone
from bot.messages import Question, ScreenAddress
from bot.ports import OpenScreen, Storage
from bot.prompts import context, tokens
from bot.records.erasures import GONE
from bot.snapshots import Snapshot
from bot.turns.keeper import Keeper
from bot.turns.onscreen import OnScreen
from bot.turns.order import Turns
from bot.turns.placing import placed
from bot.turns.quotes import is_quote_forgotten, unquoted


@dataclass(frozen=True, slots=True)
class _Outdated:
    """An answer whose question was edited since, as it is shown then; the turn's latest one."""

    turn_id: int
    latest_id: int
    address: ScreenAddress
    snapshot: Snapshot


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

    async def revise(self, edited: Question, quote: str = "") -> bool:
        """Remember a question's new words and files; False for other messages.

        Where other questions are about it, they have this `quote` of it before them from now on.
        What it quoted itself and was forgotten stays so.
        """
        message_id = edited.message_id
        if message_id is None:
            return False
        sized = [await context.sized(file) for file in edited.files]
        size = await tokens.measure(edited.text)
        async with self._storage.writing() as tx:
            if await is_quote_forgotten(edited, tx):
                edited = unquoted(edited, GONE)
                size = tokens.estimate(edited.text)
            quoted = edited.quoted_id, edited.quoted_message_id
            words, now = edited.text, self._now()
            is_known = await tx.history.revise(message_id, words, size, now, sized, *quoted)
            is_quoted = bool(quote) and await tx.history.requote(message_id, quote)
            if is_known or is_quoted:
                await tx.commit()
        return is_known

    async def attach(self, edited: Question) -> bool:
        """Remember a question's files as they are now; False where nothing changes by that."""
        if edited.message_id is None:
            return False
        sized = [await context.sized(file) for file in edited.files]
        async with self._storage.writing() as tx:
            if not await tx.history.attach(edited.message_id, sized, self._now()):
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
            async with self._turns.take(("variants", found.turn_id)):
                if self._is_overtaken(found):
                    return
                await self._onscreen.clear(found.turn_id)
                found = await self._outdated(edited, edited.message_id)
                if found is not None and not self._is_overtaken(found):
                    await self._show(found, open_screen)

    def _is_overtaken(self, found: _Outdated) -> bool:
        """Tell whether another answer grows by now: its screen is not to be taken away."""
        return self._onscreen.has_later(found.turn_id, found.latest_id)

    async def _outdated(self, edited: Question, message_id: int) -> _Outdated | None:
        """Return the answer of an edited question that is worth another one, if it is."""
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
        snapshot = replace(answered.snapshot(known), looks=here.looks)
        return _Outdated(answered.turn_id, answered.latest_id, address, snapshot)

    async def _show(self, found: _Outdated, open_screen: OpenScreen) -> None:
        answer_id = found.snapshot.answer_id
        screen = open_screen(partial(self._keeper.locate, answer_id), found.address)
        async with self._onscreen.showing(found.turn_id, screen):
            try:
                await screen.finish(found.snapshot)
            except ScreenGone:
                return  # nobody can be offered anything there
            finally:
                await screen.close()
            if self._onscreen.shows(found.turn_id, screen):
                self._keeper.shown(answer_id)

    async def repeated_in(self, channel_id: int, message_id: int) -> int | None:
        """Return whose words a message of the bot's own repeats: who asked, or began the thread.

        A thread that begins with a message has that message's id. Raise `QuoteForgotten` where
        words of somebody forgotten went from it.
        """
        async with self._storage.reading() as tx:
            answer_id = await tx.history.answer_shown(channel_id, message_id)
            if answer_id is not None:
                if await tx.erasures.is_emptied(answer_id):
                    raise QuoteForgotten
                answered = await tx.variants.of(answer_id)
                return answered.question.author.id if answered is not None else None
            began = await tx.threads.owner(message_id)
            return began if began is not None else await tx.threads.owner(channel_id)

    async def retract(
        self, channel_id: int, message_ids: Sequence[int], growing: Sequence[int] = ()
    ) -> None:
        """Forget the words of deleted messages, questions and answers: also of those that grow.

        A question that no message shows but its answer's goes with that.
        """
        # One transaction, begun at once: what is said next must find it done.
        async with self._storage.writing() as tx:
            questions = await tx.history.retract_all(message_ids, self._now())
            others = [it for it in message_ids if it not in questions]
            shown = [*await tx.history.answers_shown(channel_id, others), *growing]
            if shown:
                await tx.history.forget_answer(*shown)
                await tx.history.retract_with(*shown)
            is_quoted = await tx.history.unquote_all(message_ids)
            if shown or questions or is_quoted:
                await tx.commit()
