"""Asking: `/ask`, `/chat`, mentions, replies, threads and direct messages."""

from dataclasses import replace
from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.client import Threadlight
from bot.discord.thread_starts import KEPT_OPEN, beside, explained, require_may_start, waits_in
from bot.errors import (
    ModelError,
    NotAllowed,
    NotHere,
    PlaceClosed,
    QuestionEmpty,
    Refused,
    Withdrawn,
)
from bot.messages import Place, Question
from bot.prompts.context import is_blank
from bot.prompts.titles import LONGEST, cut, shortened
from bot.reading.attachments import read
from bot.reading.questions import (
    is_addressed,
    is_ours,
    is_said,
    parent_id,
    place_of,
    question_from_interaction,
    question_from_message,
    replied_id,
)
from bot.reading.quoting import files_of
from bot.render.notices import notice, plain_text
from bot.render.sayings import said
from bot.render.screen.surfaces import language_at
from bot.render.threads import opened_words
from bot.words import say, speaking

PART = 1_900
"""Characters of a question in one message: escaping doubles them at most, and 4,000 fit."""


class Chat(commands.Cog):
    """Takes questions wherever people ask them and has them answered there."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=True)
    async def ask(
        self,
        interaction: discord.Interaction[Threadlight],
        prompt: str,
        file: discord.Attachment | None = None,
        private: bool = False,
    ) -> None:
        """Ask a question and get one answer, here."""
        message_id = await self.bot.acknowledge(interaction, ephemeral=private)
        question = question_from_interaction(interaction, prompt, private=private)
        read_files = partial(read, [file]) if file else None
        await self.bot.answering.to_interaction(interaction, question, message_id, read_files)

    @app_commands.command()
    @app_commands.guild_only()
    async def chat(
        self,
        interaction: discord.Interaction[Threadlight],
        prompt: str | None = None,
        title: str | None = None,
        private: bool = False,
    ) -> None:
        """Open a thread in which every message is answered."""
        await self.bot.acknowledge(interaction, ephemeral=private)
        if prompt is not None and is_blank(prompt):
            raise QuestionEmpty
        await self.bot.core.conversations.admit(question_from_interaction(interaction, ""))
        given, is_cut = shortened(title) if title else (None, False)
        name = given or cut(prompt or "", name_of_chat(interaction))
        thread = await open_thread(interaction, name, private=private)
        # A name that a person chose is not the bot's to change.
        mine = None if given else name
        place = Place(thread.id, thread.guild.id)
        await self.bot.core.threads.begin(place, interaction.user.id, mine)
        told = [opened_words(thread.id, waits=await waits_in(self.bot, thread))]
        if is_cut:
            told.append(say("thread-title-cut", most=LONGEST))
        await interaction.edit_original_response(view=said("\n".join(told)))
        if prompt is not None:
            await self._first_turn(interaction, thread, prompt)

    async def _first_turn(
        self, interaction: discord.Interaction[Threadlight], thread: discord.Thread, prompt: str
    ) -> None:
        question = replace(
            question_from_interaction(interaction, prompt),
            place=Place(thread.id, thread.guild.id),
            parent_channel_id=thread.parent_id,
        )
        try:
            await self._quote_and_answer(interaction, thread, question)
        except discord.Forbidden as error:
            raise NotAllowed("bot", "Send Messages in Threads") from error
        except discord.NotFound as error:  # somebody deleted the thread at once
            raise PlaceClosed from error
        except PlaceClosed:
            raise
        except (Refused, ModelError) as error:  # the thread is there, and so is who asked
            with speaking(language_at(interaction, private=False)):
                words = notice(error)
            await self.bot.post(thread, words)

    async def _quote_and_answer(
        self,
        interaction: discord.Interaction[Threadlight],
        thread: discord.Thread,
        question: Question,
    ) -> None:
        """Repeat the question in the thread: whoever deletes that takes it back."""
        with speaking(language_at(interaction, private=False)):
            head = f"{say('chat-asks', asker=plain_text(interaction.user.display_name))}\n"
        prompt = question.text
        first, *others = [prompt[it : it + PART] for it in range(0, len(prompt), PART)]
        message = await self.bot.post(thread, head + plain_text(first))
        talks = self.bot.core.conversations
        with talks.arriving(message.id):
            for part in others:
                await self.bot.post(thread, plain_text(part))
            if self.bot.core.deletions.was_deleted(message.id):  # before it was known here
                raise Withdrawn
            await self.bot.answering.in_channel(replace(question, message_id=message.id))

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is meant for the bot."""
        me = self.bot.user
        if me is None or not is_said(message) or not may_answer(message):
            return
        # At once: it, or what it replies to, may be edited or deleted in this very moment.
        core, replied = self.bot.core, replied_id(message)
        with core.conversations.arriving(message.id), core.quoting.hearing_of(replied):
            await self._answer(me, message)

    async def _answer(self, me: discord.ClientUser, message: discord.Message) -> None:
        written_to_me = is_addressed(me, message)
        if not await self._is_conversation(me, message) and not written_to_me:
            return
        question = question_from_message(me, message)
        if isinstance(message.channel, discord.PartialMessageable) and message.guild is not None:
            question = replace(question, parent_channel_id=await self._parent_of(message.channel))
        if not written_to_me and await self._wants_mentions(question):
            return
        reply_to = message.id if message.guild is not None else None
        files = files_of(message)
        read_files = partial(read, files) if files else None
        await self.bot.answering.in_channel(question, reply_to, read_files)

    async def _is_conversation(self, me: discord.ClientUser, message: discord.Message) -> bool:
        """Tell whether all that is said where a message stands is meant for the bot."""
        channel = message.channel
        if is_ours(me, channel):
            return True
        # Of a thread that slept Discord may not have told yet whose it is: the bot knows its own.
        if not isinstance(channel, discord.Thread | discord.PartialMessageable):
            return False
        if message.guild is None:
            return False
        return await self.bot.core.threads.is_conversation(place_of(message), parent_id(channel))

    async def _parent_of(self, channel: discord.PartialMessageable) -> int | None:
        """Ask for the parent of a thread that Discord has not told of: its rules hold there too."""
        try:
            return parent_id(await self.bot.fetch_channel(channel.id))
        except discord.HTTPException as error:
            raise NotHere("advice-channel-unseen") from error

    async def _wants_mentions(self, question: Question) -> bool:
        """Tell whether the place chose that only what is written to the bot is answered."""
        guild_id = question.place.guild_id
        desk = self.bot.core.administration.choices
        return guild_id is not None and await desk.mention_only(guild_id, question.channel_ids)


def may_answer(message: discord.Message) -> bool:
    """Tell whether the bot may write where a message stands: else an answer would be for nobody."""
    channel, guild = message.channel, message.guild
    if guild is None or not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return True
    if isinstance(channel, discord.Thread) and channel.parent is None:
        return True  # Discord has not told of its channel, and so of no permissions
    mine = channel.permissions_for(guild.me)
    if isinstance(channel, discord.Thread):
        # None but moderators may write in a locked one.
        is_open = not channel.locked or mine.manage_threads
        may_send = mine.send_messages_in_threads and is_open
    else:
        may_send = mine.send_messages
    # Whoever gets a message can see its channel: figures that deny it are not worth believing.
    return may_send or not mine.view_channel


def name_of_chat(interaction: discord.Interaction[Threadlight]) -> str:
    """Return what a thread is called that begins with nothing, in its server's language."""
    with speaking(language_at(interaction, private=False)):
        return say("chat-with", person=interaction.user.display_name)


async def open_thread(
    interaction: discord.Interaction[Threadlight], name: str, *, private: bool
) -> discord.Thread:
    """Open a thread in the command's channel; raise `NotHere` or `NotAllowed`."""
    if not isinstance(interaction.channel, discord.TextChannel):
        raise NotHere("advice-chat-in-text-channel")
    if private:
        return await beside(interaction, name, private=True)
    require_may_start(interaction, private=False)
    with explained(private=False):
        message = await interaction.edit_original_response(view=said(f"💬 **{plain_text(name)}**"))
        return await message.create_thread(name=name, auto_archive_duration=KEPT_OPEN)


async def setup(bot: Threadlight) -> None:
    """Add the cog."""
    await bot.add_cog(Chat(bot))
