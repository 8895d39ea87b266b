"""`/usage`: what one has used, what is left, and when it starts afresh."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Threadlight, said
from bot.quota import Subject
from bot.reading.questions import question_from_interaction
from bot.render.notices import usage_bars


class Usage(commands.Cog):
    """Shows everybody their own limits."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=True)
    async def usage(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Show your limits, what is left of them, and when they start afresh."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        subject = Subject.of(question_from_interaction(interaction, ""))
        standings = await self.bot.core.administration.standings(subject)
        await interaction.edit_original_response(view=said("\n".join(usage_bars(standings))))


async def setup(bot: Threadlight) -> None:
    """Add the cog."""
    await bot.add_cog(Usage(bot))
