"""Keeping the past in step with Discord: edits and deletions."""

from collections.abc import Sequence
from dataclasses import replace

import discord
from discord.ext import commands

from bot.discord.client import Threadlight
from bot.messages import Attached, Question
from bot.reading.attachments import read
from bot.reading.questions import question_from_message
from bot.reading.quoting import quote


class Edits(commands.Cog):
    """Watches what people do to questions and answers."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Remember a question's new words."""
        me, message = self.bot.user, payload.message
        # Discord also sends updates when it has loaded a link's preview: nobody edited then.
        if me is None or message.edited_at is None or message.author.bot:
            return
        question = question_from_message(me, message)
        if await self.bot.core.conversations.change_waiting(message.id, question):
            # Agreed to and still in the queue: refused there, it would wait for a yes again.
            await self._change_proposal(message, question)
            return
        files: tuple[Attached, ...] = ()
        if message.attachments:
            if not await self.bot.core.memory.knows(message.id):
                with self.bot.core.memory.changing():
                    await self.bot.core.memory.requote(message.id, quote(me, message))
                await self._change_proposal(message, question)
                return
            files = await read(message.attachments)
        # At once: what is said next must find it done.
        memory = self.bot.core.memory
        with memory.changing():
            is_known = await memory.revise(question, files, quote(me, message))
        if is_known:
            await memory.offer_again(question, self.bot.answering.screens_at)
        else:
            await self._change_proposal(message, question)

    async def _change_proposal(self, message: discord.Message, question: Question) -> None:
        """Let a question that waits for a yes to its price have its new words and price."""
        proposals = self.bot.core.proposals
        known = await proposals.find(message.id)
        if known is None:
            return
        files = await read(message.attachments)
        changed = await proposals.change(known, replace(question, files=files))
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
        talks, memory = self.bot.core.conversations, self.bot.core.memory
        with memory.changing():
            gone = [it for it in message_ids if not await talks.change_waiting(it, None)]
            for message_id in gone:
                talks.take_note_of_deleted(message_id)
            await memory.retract(channel_id, gone)
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
