"""Keeping the past in step with Discord: edits and deletions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import discord
from discord.ext import commands

from bot.discord.client import Threadlight
from bot.messages import Attached, Question
from bot.reading.attachments import read
from bot.reading.questions import place_of, question_from_message
from bot.reading.quoting import files_of, quote, told


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
        question, quoted = question_from_message(me, message), quote(me, message)
        self.bot.core.quoting.edit(message.id, quoted)
        if await self.bot.core.conversations.change_waiting(message.id, question):
            # Agreed to and still in the queue: refused there, it would wait for a yes again.
            await self._change_proposal(message, question)
            await self._requote_proposals(message.id, quoted)
            return
        began, attached = told(me, message, place_of(message)), files_of(message)
        # Those that are known stay until all are read, which may take long.
        named = tuple(Attached(it.filename, None) for it in attached)
        self._newest[message.id] = this = object()
        try:
            asked = replace(question, files=named)
            is_known = await self._revise(message, asked, began, quoted)
            await self._requote_proposals(message.id, quoted)
            if not is_known or not attached:
                return
            files = await read(attached)
            is_newest = self._newest.get(message.id) is this  # not edited another time meanwhile
            if is_newest and any(it.text is not None for it in files):
                await self._attach(replace(question, files=files), began, message.edited_at)
        finally:
            if self._newest.get(message.id) is this:
                del self._newest[message.id]

    async def _revise(
        self, message: discord.Message, question: Question, began: Question, quoted: str
    ) -> bool:
        """Let the words count; tell whether they ask something, or a thread began with them."""
        core, at = self.bot.core, message.edited_at or message.created_at
        # What is asked next waits for both.
        with core.changing.under_way():
            is_known = is_told = False
            # Most messages are other people's, or other bots', some of which edit all the time.
            if await core.memory.concerns(message.id):
                is_known = await core.memory.revise(question, quoted)
                is_told = await core.threads.retell(replace(began, files=question.files), at)
        if is_known:
            await core.memory.offer_again(question, self.bot.answering.screens_at)
        elif not message.author.bot:
            await self._change_proposal(message, question)
        return is_known or is_told

    async def _attach(self, question: Question, began: Question, at: datetime) -> None:
        """Let the files count, which have been read by now."""
        core = self.bot.core
        with core.changing.under_way():
            has_others = await core.memory.attach(question)
            await core.threads.attach(replace(began, files=question.files), at)
        if has_others:
            await core.memory.offer_again(question, self.bot.answering.screens_at)

    async def _change_proposal(self, message: discord.Message, question: Question) -> None:
        """Let a question that waits for a yes to its price have its new words and price."""
        proposals = self.bot.core.proposals
        known = await proposals.find(message.id)
        if known is None:
            return
        files = await read(files_of(message))
        changed = await proposals.change(known, replace(question, files=files))
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
        with core.changing.under_way():
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
