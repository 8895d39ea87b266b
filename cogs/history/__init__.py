"""`/history`: what is remembered of a conversation, and what is to become of it."""

from discord import app_commands
from discord.ext import commands

from bot.discord.client import Threadlight
from cogs.history.export import ExportCommand
from cogs.history.forgetting import ForgetButton, ForgetCommand
from cogs.history.shelf import DYNAMIC, ShelfCommands


@app_commands.allowed_contexts(guilds=True, dms=True)
class History(
    ShelfCommands,
    ExportCommand,
    ForgetCommand,
    commands.GroupCog,
    group_name="history",
):
    """The commands of the group, a file for each kind."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot


async def setup(bot: Threadlight) -> None:
    """Add the cog, and let Discord's clicks find what stands below its messages."""
    bot.add_dynamic_items(*DYNAMIC, ForgetButton)
    await bot.add_cog(History(bot))
