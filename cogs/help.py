"""`/help`: what one can do with the bot, in one screen."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.client import Threadlight
from bot.discord.managers import may_read
from bot.discord.permitted import allows
from bot.errors import AccessDenied
from bot.quota.rules import Subject, left_of, tightest
from bot.reading.questions import question_from_interaction
from bot.render.help import Here, help_lines


class Help(commands.Cog):
    """Explains the bot."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=True)
    async def help(self, interaction: discord.Interaction[Threadlight]) -> None:
        """See what I can do for you here."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        lines = help_lines(await here_of(interaction), self.bot.commands_by_name)
        await self.bot.show_lines(interaction, lines)


async def here_of(interaction: discord.Interaction[Threadlight]) -> Here:
    """Return what holds for whoever asks, where they ask."""
    core, question = interaction.client.core, question_from_interaction(interaction, "")
    guild_id, desks = interaction.guild_id, core.administration
    denied: AccessDenied | None = None
    try:
        await core.conversations.admit(question)
    except AccessDenied as error:
        denied = error
    account = await desks.allowances.account(Subject.of(question))
    waits = guild_id is not None and await desks.choices.mention_only(
        guild_id, question.channel_ids
    )
    return Here(
        in_server=guild_id is not None,
        manages=guild_id is not None and allows(interaction.permissions, "manage_guild"),
        reads_reports=guild_id is not None and await may_read(interaction),
        denied=denied,
        left=left_of(tightest(account.standings)),
        is_exempt=account.exempt_by is not None,
        is_thread=isinstance(interaction.channel, discord.Thread),
        waits_for_mention=waits,
    )


async def setup(bot: Threadlight) -> None:
    """Add the cog."""
    await bot.add_cog(Help(bot))
