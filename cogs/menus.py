"""What a message's menu offers: **Ask about this**."""

from dataclasses import replace
from functools import partial

import discord
from discord import app_commands, ui

from bot.discord.client import Threadlight
from bot.errors import QuestionEmpty
from bot.prompts.context import is_blank
from bot.reading.questions import question_from_interaction
from bot.reading.quoting import about, read_files_of, require_readable, writer
from bot.render.screen.lines import about_line
from bot.render.screen.surfaces import language_at
from bot.words import say, speaking

MOST_TEXT = 4_000
"""Characters that Discord lets people write in one field."""

OPEN_FOR = 3600.0
"""Seconds after which an open form is forgotten: nobody tells when one is closed unused."""


class AskAbout(ui.Modal):
    """A form for one question about one message."""

    def __init__(self, me: discord.ClientUser, target: discord.Message) -> None:
        super().__init__(title=say("form-ask-title"), timeout=OPEN_FOR)
        self.me = me
        self.target = target
        self.asked: ui.TextInput[AskAbout] = ui.TextInput(
            style=discord.TextStyle.paragraph,
            placeholder=say("form-ask-example"),
            max_length=MOST_TEXT,
        )
        self.add_item(ui.Label(text=say("form-ask-question"), component=self.asked))

    async def on_submit(self, interaction: discord.Interaction[Threadlight], /) -> None:  # type: ignore[override]  # only our own client calls it
        """Answer the question, with the message before it."""
        me, target, asked = self.me, self.target, self.asked.value.strip()
        if is_blank(asked):
            raise QuestionEmpty
        private = target.flags.ephemeral  # what one person alone sees is quoted to nobody else
        message_id = await interaction.client.acknowledge(interaction, ephemeral=private)
        question = question_from_interaction(interaction, about(me, target, asked), private=private)
        question = replace(
            question,
            quoted_id=await self._quoted(interaction),
            quoted_message_id=target.id,
            quoted_at=target.created_at,
        )
        read_files = partial(read_files_of, me, target)
        with speaking(language_at(interaction, private=private)):
            who = writer(me, target, say("thread-me"))
            head = about_line(question.author.name, who, target.jump_url, asked)
        await interaction.client.answering.to_interaction(
            interaction, question, message_id, read_files, head
        )

    async def _quoted(self, interaction: discord.Interaction[Threadlight]) -> int:
        """Return whose words are quoted, to be forgotten with theirs."""
        target = self.target
        if target.author.id != self.me.id:
            return target.author.id
        memory = interaction.client.core.memory
        used = target.interaction_metadata
        repeated = await memory.repeated_in(target.channel.id, target.id)
        return repeated or (used.user.id if used is not None else target.author.id)

    async def on_error(  # type: ignore[override]  # only our own client calls it
        self, interaction: discord.Interaction[Threadlight], error: Exception, /
    ) -> None:
        """Tell the person what went wrong with their question."""
        self.stop()
        await interaction.client.explain(interaction, error)


@app_commands.context_menu(name="Ask about this")
@app_commands.allowed_contexts(guilds=True, dms=True)
async def ask_about_this(
    interaction: discord.Interaction[Threadlight], message: discord.Message
) -> None:
    """Open a form for a question about a message, unless nothing in that can be read."""
    me = interaction.client.user
    assert me is not None  # noqa: S101  # who is not logged in hears of no interactions
    await interaction.client.core.conversations.admit(question_from_interaction(interaction, ""))
    require_readable(me, message)
    await interaction.response.send_modal(AskAbout(me, message))


async def setup(bot: Threadlight) -> None:
    """Add the menu."""
    bot.tree.add_command(ask_about_this)
