"""`/quota`: limits and all that belongs to them, for those who manage the server."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Threadlight
from cogs.quota.limits import LimitCommands
from cogs.quota.reports import ReportCommands


class Quota(
    LimitCommands,
    ReportCommands,
    commands.GroupCog,
    group_name="quota",
    group_description="Limits on what people may use",
):
    """The commands of the group, a file for each kind."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot


async def setup(bot: Threadlight) -> None:
    """Add the cog, its commands hidden from those who can't manage the server."""
    cog = Quota(bot)
    group = cog.app_command
    if isinstance(group, app_commands.Group):
        group.default_permissions = discord.Permissions(manage_guild=True)
        group.guild_only = True
    await bot.add_cog(cog)
