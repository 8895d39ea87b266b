"""`/usage`: what one has used, what is left, and when it resets."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Threadlight
from bot.quota import Scope, Subject
from bot.reading.questions import question_from_interaction
from bot.render.notices import usage_bars


class Usage(commands.Cog):
    """Shows everybody their own limits."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=True)
    async def usage(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Show your limits, what is left of them, and when they reset."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        subject = Subject.of(question_from_interaction(interaction, ""))
        standings = await self.bot.core.administration.limits.standings(subject)
        # What the whole bot spends is its operator's business.
        standings = [it for it in standings if it.rule.scope is not Scope.BOT]
        lines = usage_bars(standings) or ("No limit is set for you.",)
        await self.bot.show_lines(interaction, lines)


async def setup(bot: Threadlight) -> None:
    """Add the cog."""
    await bot.add_cog(Usage(bot))
