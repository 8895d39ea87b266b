"""`/quota`: limits and all that belongs to them, for those who manage the server."""

from discord.ext import commands

from bot.discord.autocomplete import PlainNames
from bot.discord.client import Threadlight
from bot.discord.managers import for_managers
from bot.discord.paging import turned_by_buttons
from cogs.quota.allowances import AllowanceCommands
from cogs.quota.limits import LIST, LimitCommands
from cogs.quota.reports import ReportCommands


class Quota(
    LimitCommands,
    AllowanceCommands,
    ReportCommands,
    commands.GroupCog,
    group_name="quota",
):
    """The commands of the group, a file for each kind."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot
        self.names = PlainNames()


async def setup(bot: Threadlight) -> None:
    """Add the cog, its commands hidden from those who can't manage the server."""
    cog = Quota(bot)
    for_managers(cog)
    turned_by_buttons(bot, LIST, cog.limits_page)
    await bot.add_cog(cog)
