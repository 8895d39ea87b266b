"""Keeping the past in step with Discord: edits and deletions."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import discord
from discord.ext import commands

from bot.discord.client import Threadlight
from bot.reading.attachments import read
from bot.reading.edited import Edited, edited
from bot.reading.questions import question_from_message
from bot.reading.quoting import files_of, quote

IsNewest = Callable[[], bool]
"""Tells whether a message has not been edited another time since."""


class Edits(commands.Cog):
    """Watches what people do to questions and answers."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot
        self._newest: dict[int, object] = {}

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Remember the new words of a question, or of what a thread began with."""
        me, message = self.bot.user, payload.message
        # Discord also sends updates when it has loaded a link's preview: nobody edited then.
        if me is None or message.edited_at is None or message.author.id == me.id:
            return
        quoted = quote(me, message)
        self.bot.core.quoting.edit(message.id, quoted)
        with self._newest_of(message.id) as is_newest:
            known = await self._change(me, message, is_newest)
            if is_newest():
                await self._requote_proposals(message.id, quoted)
            if known is not None:
                # Those files that are known stay until all are read, which may take long.
                files = await read(files_of(message))
                if any(it.text is not None for it in files):
                    await self._attach(known.with_files(files), message.id, is_newest)

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

    async def _change(
        self, me: discord.ClientUser, message: discord.Message, is_newest: IsNewest
    ) -> Edited | None:
        """Let the words of a question count, waiting or stored; return what `_revise` does."""
        conversations = self.bot.core.conversations
        if not await conversations.is_waiting(message.id):
            return await self._revise(me, message, is_newest)
        await conversations.change_waiting(message.id, question_from_message(me, message))
        # Agreed to and still in the queue: refused there, it would wait for a yes again.
        await self._change_proposal(me, message, is_newest)
        return None

    async def _revise(
        self, me: discord.ClientUser, message: discord.Message, is_newest: IsNewest
    ) -> Edited | None:
        """Let the words count; return them if they ask something, or a thread began with them."""
        core, known = self.bot.core, None
        is_asked = is_told = False
        # What is asked next waits for both.
        async with core.changing.under_way(message.id):
            # Most messages are other people's, or other bots', some of which edit all the time.
            if await core.memory.concerns(message.id):
                known = edited(me, message)
                is_asked = await core.memory.revise(known.question, known.quote)
                is_told = await core.threads.retell(known.began, known.at)
        if known is not None and is_asked:
            await core.memory.offer_again(known.question, self.bot.answering.screens_at)
        elif not message.author.bot:
            await self._change_proposal(me, message, is_newest)
        return known if is_asked or is_told else None

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
        self, me: discord.ClientUser, message: discord.Message, is_newest: IsNewest
    ) -> None:
        """Let a question that waits for a yes to its price have its new words and price."""
        proposals = self.bot.core.proposals
        known = await proposals.find(message.id)
        if known is None:
            return
        files = await read(files_of(message))
        if is_newest():
            question = replace(question_from_message(me, message), files=files)
            changed = await proposals.change(known, question)
            await self.bot.asides.show_change(changed)

    async def _requote_proposals(self, message_id: int, quoted: str) -> None:
        """Let questions about a message that wait for a yes to their price quote it as it is."""
        for changed in await self.bot.core.proposals.requote(message_id, quoted):
            await self.bot.asides.show_change(changed)

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
        growing = [of for it in message_ids for of in core.deletions.take_note(it)]
        # Questions on their way are waited for here, and wait for what is under way below.
        gone = [it for it in message_ids if not await core.conversations.change_waiting(it, None)]
        async with core.changing.under_way(*gone):
            await core.memory.retract(channel_id, gone, growing)
        for message_id in message_ids:
            await self._withdraw_proposal(message_id)
            for changed in await self.bot.core.proposals.unquote(message_id):
                await self.bot.asides.show_change(changed)

    async def _withdraw_proposal(self, message_id: int) -> None:
        """Let no question wait whose message was deleted, or the message that asks its price."""
        proposals = self.bot.core.proposals
        known = await proposals.find(message_id)
        if known is None:
            return
        await proposals.withdraw(known)
        if known.proposal.question.message_id == message_id:
            await self.bot.asides.show_withdrawal(known.proposal.address)


async def setup(bot: Threadlight) -> None:
    """Add the cog."""
    await bot.add_cog(Edits(bot))
