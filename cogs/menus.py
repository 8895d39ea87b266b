"""What a message's menu offers: **Ask about this**."""

import re
from collections import OrderedDict
from dataclasses import replace
from functools import partial

import discord
from discord import app_commands

from bot.discord.client import Threadlight
from bot.discord.forms import Form, field
from bot.errors import QuestionEmpty, QuoteGone
from bot.prompts.context import is_blank
from bot.reading.questions import question_from_interaction
from bot.reading.quoting import about, read_files_of, require_readable, writer
from bot.render.screen.lines import about_line
from bot.render.screen.surfaces import language_at
from bot.words import say, speaking

MOST_TEXT = 4_000
"""Characters that Discord lets people write in one field."""

MOST_OPEN = 1_000
"""Messages that are remembered for open forms: nobody tells when one is closed unused."""


class AskAbout(Form, template=r"about:(?P<message>\d+)(?P<private>:private)?"):
    """A form for one question about one message.

    What the message said is remembered for who opened the form, as some can't be read again: it
    was deleted, or one person alone sees it. After a restart the others are read anew.
    """

    def __init__(self) -> None:
        self._seen: OrderedDict[tuple[int, int], discord.Message] = OrderedDict()

    async def open(
        self, interaction: discord.Interaction[Threadlight], message: discord.Message
    ) -> None:
        """Open a form for a question about a message, unless nothing in that can be read."""
        await interaction.client.core.conversations.admit(
            question_from_interaction(interaction, "")
        )
        require_readable(_me(interaction), message)
        key = interaction.user.id, message.id
        self._seen[key] = message
        self._seen.move_to_end(key)
        if len(self._seen) > MOST_OPEN:
            self._seen.popitem(last=False)
        asked = field(say("form-ask-question"), most=MOST_TEXT, example=say("form-ask-example"))
        private = ":private" if message.flags.ephemeral else ""
        await self.show(interaction, f"about:{message.id}{private}", asked, say("form-ask-title"))

    async def submitted(
        self, interaction: discord.Interaction[Threadlight], custom_id: re.Match[str], typed: str
    ) -> None:
        """Answer the question, with the message before it."""
        if is_blank(typed):
            raise QuestionEmpty
        about_id, is_private = int(custom_id["message"]), custom_id["private"] is not None
        # At once: it may be deleted in this very moment. What was before the form is asked about.
        with interaction.client.core.quoting.hearing_anew(about_id):
            await self._ask(interaction, about_id, typed, is_private=is_private)

    async def _ask(
        self,
        interaction: discord.Interaction[Threadlight],
        about_id: int,
        typed: str,
        *,
        is_private: bool,
    ) -> None:
        known = self._seen.get((interaction.user.id, about_id))
        # What one person alone sees is quoted to nobody else.
        private = known.flags.ephemeral if known is not None else is_private
        message_id = await interaction.client.acknowledge(interaction, ephemeral=private)
        me = _me(interaction)
        target = known or await read_anew(interaction, about_id)
        question = question_from_interaction(interaction, about(me, target, typed), private=private)
        question = replace(
            question,
            quoted_id=await quoted(interaction, target),
            quoted_message_id=target.id,
            quoted_at=target.created_at,
        )
        with speaking(language_at(interaction, private=private)):
            who = writer(me, target, say("thread-me"))
            head = about_line(question.author.name, who, target.jump_url, typed)
        await interaction.client.answering.to_interaction(
            interaction, question, message_id, partial(read_files_of, me, target), head
        )


async def read_anew(
    interaction: discord.Interaction[Threadlight], message_id: int
) -> discord.Message:
    """Return a message of the place where a form was submitted; raise `QuoteGone`."""
    channel = interaction.channel
    # Of direct messages Discord tells no permissions.
    may = interaction.guild_id is None or interaction.permissions.read_message_history
    if not isinstance(channel, discord.abc.Messageable) or not may:
        raise QuoteGone
    try:
        return await channel.fetch_message(message_id)
    except (discord.NotFound, discord.Forbidden) as error:
        raise QuoteGone from error


async def quoted(interaction: discord.Interaction[Threadlight], target: discord.Message) -> int:
    """Return whose words are quoted, to be forgotten with theirs."""
    if target.author.id != _me(interaction).id:
        return target.author.id
    repeated = await interaction.client.core.memory.repeated_in(target.channel.id, target.id)
    used = target.interaction_metadata
    return repeated or (used.user.id if used is not None else target.author.id)


def _me(interaction: discord.Interaction[Threadlight]) -> discord.ClientUser:
    me = interaction.client.user
    assert me is not None  # noqa: S101  # who is not logged in hears of no interactions
    return me


async def setup(bot: Threadlight) -> None:
    """Add the menu, and listen for its form."""
    form = AskAbout()
    bot.add_listener(form.hear, "on_interaction")

    @app_commands.context_menu(name="Ask about this")
    @app_commands.allowed_contexts(guilds=True, dms=True)
    async def ask_about_this(
        interaction: discord.Interaction[Threadlight], message: discord.Message
    ) -> None:
        await form.open(interaction, message)

    bot.tree.add_command(ask_about_this)
