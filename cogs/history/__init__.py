"""`/history`: what is remembered, and what is to become of it."""

from discord import app_commands
from discord.ext import commands

from bot.client import Threadlight
from cogs.history.export import ExportCommand
from cogs.history.forgetting import ForgetButton, ForgetCommand


@app_commands.allowed_contexts(guilds=True, dms=True)
class History(
    ExportCommand,
    ForgetCommand,
    commands.GroupCog,
    group_name="history",
    group_description="What I remember",
):
    """The commands of the group, a file for each."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot


async def setup(bot: Threadlight) -> None:
    """Add the cog, and let Discord's clicks find its buttons."""
    bot.add_dynamic_items(ForgetButton)
    await bot.add_cog(History(bot))
