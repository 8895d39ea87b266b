"""Asking: `/ask`, `/chat`, mentions, replies, threads and direct messages."""

from dataclasses import replace
from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Threadlight
from bot.context import is_blank, one_line
from bot.errors import ModelError, NotAllowed, NotHere, QuestionEmpty, Refused
from bot.messages import Place, Question
from bot.reading.attachments import read
from bot.reading.questions import (
    is_addressed,
    is_for,
    parent_id,
    question_from_interaction,
    question_from_message,
)
from bot.render.notices import notice, plain_text
from bot.render.sayings import said

LONGEST_NAME = 100
"""Characters that Discord allows in a thread's name."""

PART = 1_900
"""Characters of a question in one message: escaping doubles them at most, and 4,000 fit."""


class Chat(commands.Cog):
    """Takes questions wherever people ask them and has them answered there."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=True)
    @app_commands.describe(
        prompt="What do you want to know?",
        file="A text file that the question is about",
        private="Only you see the answer",
    )
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
        await self.bot.answer_interaction(interaction, question, message_id, read_files)

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.describe(
        prompt="The first question",
        title="The thread's name",
        private="Only you, and those you invite, see the thread",
    )
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
        name, shortened = thread_name(
            title or prompt or f"Chat with {interaction.user.display_name}"
        )
        thread = await open_thread(interaction, name, private=private)
        place = Place(thread.id, thread.guild.id)
        await self.bot.core.sponsoring.begin_thread(place, interaction.user.id)
        note = f"-# The title was longer than {LONGEST_NAME} characters; this is its beginning."
        hint = "Every message in it is answered; no mention is needed."
        told = [f"Here is your thread: <#{thread.id}>", f"-# {hint}"]
        if title and shortened:
            told.append(note)
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
            await self._quote(interaction, thread, prompt)
            await self.bot.answer_in_channel(question)
        except discord.Forbidden as error:
            raise NotAllowed("bot", "Send Messages in Threads") from error
        except (Refused, ModelError) as error:  # the thread is there, and so is who asked
            await self.bot.post(thread, notice(error))

    async def _quote(
        self, interaction: discord.Interaction[Threadlight], thread: discord.Thread, prompt: str
    ) -> None:
        quoted = f"**{plain_text(interaction.user.display_name)}** asks:\n"
        for start in range(0, len(prompt), PART):
            await self.bot.post(thread, quoted + plain_text(prompt[start : start + PART]))
            quoted = ""

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is meant for the bot."""
        me = self.bot.user
        if me is None or not is_for(me, message) or not may_answer(message):
            return
        question = question_from_message(me, message)
        if isinstance(message.channel, discord.PartialMessageable) and message.guild is not None:
            question = replace(question, parent_channel_id=await self._parent_of(message.channel))
        if not is_addressed(me, message) and await self._wants_mentions(question):
            return
        reply_to = message.id if message.guild is not None else None
        read_files = partial(read, message.attachments) if message.attachments else None
        await self.bot.answer_in_channel(question, reply_to, read_files)

    async def _parent_of(self, channel: discord.PartialMessageable) -> int | None:
        """Ask for the parent of a thread that Discord has not told of: its rules hold there too."""
        try:
            return parent_id(await self.bot.fetch_channel(channel.id))
        except discord.HTTPException as error:
            raise NotHere("I can't see this channel yet; ask again in a moment") from error

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
    mine = channel.permissions_for(guild.me)
    in_thread = isinstance(channel, discord.Thread)
    may_send = mine.send_messages_in_threads if in_thread else mine.send_messages
    # Whoever gets a message can see its channel: figures that deny it are not worth believing.
    return may_send or not mine.view_channel


def thread_name(text: str) -> tuple[str, bool]:
    """Return a thread's name from a title or a question, and whether it had to be shortened."""
    name = one_line(text) or "Chat"
    if len(name) <= LONGEST_NAME:
        return name, False
    return name[: LONGEST_NAME - 1].rstrip() + "…", True


async def open_thread(
    interaction: discord.Interaction[Threadlight], name: str, *, private: bool
) -> discord.Thread:
    """Open a thread in the command's channel; raise `NotHere` or `NotAllowed`."""
    channel = interaction.channel
    if not isinstance(channel, discord.TextChannel):
        raise NotHere("use `/chat` in a text channel; here, mention me or use `/ask`")
    try:
        if not private:
            message = await interaction.edit_original_response(
                view=said(f"💬 **{plain_text(name)}**")
            )
            return await message.create_thread(name=name, auto_archive_duration=1440)
        thread = await channel.create_thread(
            name=name,
            type=discord.ChannelType.private_thread,
            auto_archive_duration=1440,
            invitable=True,
        )
        await thread.add_user(interaction.user)
    except discord.Forbidden as error:
        kind = "Create Private Threads" if private else "Create Public Threads"
        raise NotAllowed("bot", f"{kind} and Send Messages in Threads") from error
    except discord.HTTPException as error:
        raise NotHere("Discord opens no thread in this channel now; use `/ask`") from error
    return thread


async def setup(bot: Threadlight) -> None:
    """Add the cog."""
    await bot.add_cog(Chat(bot))
