"""The first word in a server that the bot has come to."""

from collections.abc import Iterator

import discord
from discord.ext import commands

from bot.discord.client import Threadlight
from bot.render.joining import first_word
from bot.render.screen.refusals import UNDONE, told_of
from bot.words import language_of, speaking

MOST_TRIES = 3
"""Channels that are tried: where Discord refuses, the permissions have just changed."""


class Joining(commands.Cog):
    """Introduces the bot to servers, once each time that it joins one.

    A server that was joined while the bot was away is only told to be available.
    """

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Greet a server that has just invited the bot."""
        await self.greet(guild, is_new=True)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Greet a server that has invited the bot a short while ago."""
        await self.greet(guild, is_new=False)

    async def greet(self, guild: discord.Guild, *, is_new: bool) -> None:
        """Say who the bot is, where it may write, unless that was done since it joined."""
        me: discord.Member | None = guild.me  # None where Discord did not tell of it
        channels = list(writable(guild, me)) if me is not None else []
        if me is None or me.joined_at is None or not channels:
            return
        greetings = self.bot.core.administration.greetings
        if not await greetings.claim(guild.id, me.joined_at, is_new=is_new):
            return
        with speaking(language_of(guild.preferred_locale.value)):
            hello = first_word(self.bot.commands_by_name)
        for channel in channels[:MOST_TRIES]:
            try:
                await self.bot.post(channel, hello)
            except UNDONE as failure:
                self.bot.log.info("could not greet a server", **told_of(failure))
            else:
                return


def writable(guild: discord.Guild, me: discord.Member) -> Iterator[discord.TextChannel]:
    """Return where the bot may write: first the channel that Discord itself greets members in.

    Announcements come last: people follow them from other servers.
    """
    first = [] if guild.system_channel is None else [guild.system_channel]
    others = [it for it in guild.text_channels if it not in first]
    for channel in (*first, *sorted(others, key=discord.TextChannel.is_news)):
        may = channel.permissions_for(me)
        if may.view_channel and may.send_messages:
            yield channel


async def setup(bot: Threadlight) -> None:
    """Add the cog."""
    await bot.add_cog(Joining(bot))
