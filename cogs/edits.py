"""Keeping the past in step with Discord: edits and deletions."""

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import discord
from discord.ext import commands

from bot.discord.client import Threadlight
from bot.messages import Question
from bot.quota.pricing import KnownProposal
from bot.reading.attachments import read
from bot.reading.edited import Edited, edited
from bot.reading.questions import question_from_message, replied_id
from bot.reading.quoting import files_of, quote
from bot.turns.proposals import Changed

IsNewest = Callable[[], bool]
"""Tells whether a message has not been edited another time since."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """An edit, if the past knows its message; what waits `about` that, and what was `reworded`.

    `is_asked` tells that the message is a question, and not only what a thread began with. What
    was reworded waits for a yes and quotes the message.
    """

    known: Edited | None = None
    is_asked: bool = False
    about: KnownProposal | None = None
    reworded: Sequence[KnownProposal] = ()


class Edits(commands.Cog):
    """Watches what people do to questions and answers."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot
        self._newest: dict[int, object] = {}

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Remember the new words of a question, or of what a thread began with."""
        me, message, core = self.bot.user, payload.message, self.bot.core
        # Discord also sends updates when it has loaded a link's preview: nobody edited then.
        if me is None or message.edited_at is None or message.author.id == me.id:
            return
        # Questions about it that are agreed to meanwhile quote it as it is; it may quote another.
        with core.quoting.hearing_of(message.id, replied_id(message)):
            core.quoting.edit(message.id, quote(me, message))
            with self._newest_of(message.id) as is_newest:
                await self._take_in(me, message, is_newest)

    async def _take_in(
        self, me: discord.ClientUser, message: discord.Message, is_newest: IsNewest
    ) -> None:
        """Let an edit count wherever its message does; show last what became of prices."""
        core, conversations = self.bot.core, self.bot.core.conversations
        if await conversations.is_waiting(message.id) and is_newest():
            await conversations.change_waiting(message.id, question_from_message(me, message))
        stored = await self._store(me, message, is_newest)
        reworded, changed, handled = [*stored.reworded], list[Changed](), None
        while stored.about is not None and not stored.is_asked and stored.about.id != handled:
            handled = stored.about.id
            changed.append(await self._change_proposal(me, message, handled, is_newest))
            # Sent meanwhile, it is elsewhere by now: with its old words, if it was before that.
            stored = await self._store(me, message, is_newest)
            reworded += stored.reworded
        if stored.is_asked:  # where a price was asked about, the answer stands
            changed.clear()
        if (known := stored.known) is not None:
            if stored.is_asked:
                await core.memory.offer_again(known.question, self.bot.answering.screens_at)
            # Those files that are known stay until all are read, which may take long.
            files = await read(files_of(message))
            if any(it.text is not None for it in files):
                await self._attach(known.with_files(files), message.id, is_newest)
        await self._show_changes(changed, reworded)

    @contextmanager
    def _newest_of(self, message_id: int) -> Generator[IsNewest]:
        """Know of an edit while the block runs, and whether another one has come since."""
        self._newest[message_id] = this = object()

        def is_newest() -> bool:
            return self._newest.get(message_id) is this

        try:
            yield is_newest
        finally:
            if is_newest():
                del self._newest[message_id]

    async def _store(
        self, me: discord.ClientUser, message: discord.Message, is_newest: IsNewest
    ) -> _Stored:
        """Let the words count where they are stored; what waits in the message needs its files."""
        core, replied = self.bot.core, replied_id(message)
        known, is_asked, is_told = None, False, False
        # What is asked next waits for all of it, and what becomes of a quoted message for this.
        async with core.changing.under_way(message.id, *([] if replied is None else [replied])):
            if not is_newest():
                return _Stored()
            # Most messages are other people's, or other bots', some of which edit all the time.
            found = await core.proposals.concerned(message.id)
            if found.is_remembered:
                known = edited(me, message)
                question = core.quoting.as_it_is(known.question)
                is_asked = await core.memory.revise(question, known.quote)
                is_told = await core.threads.retell(known.began, known.at)
            reworded = list[KnownProposal]()
            if found.quoting:
                reworded = await core.proposals.requote(found.quoting, quote(me, message))
        return _Stored(known if is_asked or is_told else None, is_asked, found.about, reworded)

    async def _attach(self, known: Edited, message_id: int, is_newest: IsNewest) -> None:
        """Let the files count, which have been read by now, unless another edit has come since."""
        core = self.bot.core
        async with core.changing.under_way(message_id):
            if not is_newest():
                return
            has_others = await core.memory.attach(known.question)
            await core.threads.attach(known.began, known.at)
        if has_others:
            await core.memory.offer_again(known.question, self.bot.answering.screens_at)

    async def _change_proposal(
        self,
        me: discord.ClientUser,
        message: discord.Message,
        proposal_id: int,
        is_newest: IsNewest,
    ) -> Changed:
        """Let a question that waits for a yes to its price have its new words and price."""
        core, files = self.bot.core, await read(files_of(message))
        question = replace(question_from_message(me, message), files=files)

        def reword(known: Question) -> Question:
            if not is_newest():
                return known
            newest = core.quoting.as_it_is(question)
            return replace(
                known,
                text=newest.text,
                files=newest.files,
                quoted_id=newest.quoted_id,
                quoted_message_id=newest.quoted_message_id,
                quoted_at=newest.quoted_at,
            )

        changed = await core.proposals.change(proposal_id, reword)
        if is_newest():  # agreed to, and in the queue
            await core.conversations.change_waiting(message.id, question, with_files=True)
        return changed

    async def _show_changes(
        self, changed: Iterable[Changed], reworded: Iterable[KnownProposal]
    ) -> None:
        """Show what became of price questions, and the price of those with other words."""
        for it in changed:
            await self.bot.asides.show_change(it)
        for known in reworded:
            await self.bot.asides.show_change(await self.bot.core.proposals.offer_again(known))

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Take a deleted question or answer out of the past."""
        await self._retract(payload.channel_id, [payload.message_id])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Take what was deleted together out of the past."""
        await self._retract(payload.channel_id, sorted(payload.message_ids))

    async def _retract(self, channel_id: int, message_ids: Sequence[int]) -> None:
        core = self.bot.core
        # Questions about them that are agreed to meanwhile are asked without them.
        with core.quoting.hearing_of(*message_ids):
            growing = [of for it in message_ids for of in core.deletions.take_note(it)]
            for message_id in message_ids:
                # Questions on their way are waited for, and wait for what is under way below.
                await core.conversations.change_waiting(message_id, None)
            async with core.changing.under_way(*message_ids):
                # In this order: what is sent between the two is found as a turn.
                try:
                    bereft = await core.proposals.let_go(message_ids)
                finally:
                    await core.memory.retract(channel_id, message_ids, growing)
            for address in bereft.withdrawn_at:
                await self.bot.asides.show_withdrawal(address)
            await self._show_changes(bereft.withdrawn, bereft.reworded)


async def setup(bot: Threadlight) -> None:
    """Add the cog."""
    await bot.add_cog(Edits(bot))
