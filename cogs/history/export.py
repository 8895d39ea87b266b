"""`/history export`: this conversation as a file."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.client import Threadlight
from bot.discord.permitted import allows
from bot.errors import NotAllowed
from bot.reading.questions import question_from_interaction
from bot.records.exports.packing import Form
from bot.render.exports import export_words
from bot.render.sayings import Attachment, Part
from bot.render.screen.exhibits import exhibit

FORMATS = [app_commands.Choice(name=it, value=it) for it in (Form.MARKDOWN, Form.JSON)]


class ExportCommand(commands.Cog):
    """Hands the conversation out, to one person alone."""

    bot: Threadlight

    @app_commands.command()
    @app_commands.rename(form="format")
    @app_commands.choices(form=FORMATS)
    async def export(self, interaction: discord.Interaction[Threadlight], form: str) -> None:
        """Get what I remember of this conversation as a file; only you see it."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        may = interaction.permissions
        if interaction.guild_id is not None and not allows(may, "read_message_history"):
            raise NotAllowed("you", "Read Message History")
        by = question_from_interaction(interaction, "")
        await self.bot.core.changing.settled()
        export = await self.bot.core.exporting.export(by, Form(form), interaction.filesize_limit)
        messages: list[list[Part]] = [[Attachment(it.name, it.content)] for it in export.files]
        first, *others = messages or [[]]
        await exhibit(interaction, [[export_words(export), *first], *others])
