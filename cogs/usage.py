"""`/usage`: what one has used, what is left, and when it resets."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.client import Threadlight
from bot.quota.rules import Subject
from bot.reading.questions import question_from_interaction
from bot.render.accounts import own_lines
from bot.render.charts.making import usage_chart
from bot.render.reports import latest_lines
from bot.render.sayings import messages_of
from bot.render.screen.exhibits import drawn, exhibit


class Usage(commands.Cog):
    """Shows everybody their own limits."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=True)
    async def usage(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Show your limits, what is left of them, when they reset, and what you used."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        desks, person = self.bot.core.administration, interaction.user
        subject = Subject.of(question_from_interaction(interaction, ""))
        account = await desks.allowances.account(subject)
        use = await desks.reports.use_of(interaction.guild_id, person.id)
        charts = [usage_chart(use)] if use.total.requests else []
        pictures = await drawn(self.bot.core.pictures, charts)
        *more, last = messages_of(own_lines(account), most=3_000)
        latest = "\n".join(latest_lines(use, person.id))
        await exhibit(interaction, [*([it] for it in more), [last, *pictures, latest]])


async def setup(bot: Threadlight) -> None:
    """Add the cog."""
    await bot.add_cog(Usage(bot))
