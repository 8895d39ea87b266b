"""The first word in a server that the bot has come to."""

from collections.abc import Iterator

import discord
from discord.ext import commands

from bot.discord.client import Threadlight
from bot.render.joining import first_word
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
        await self.greet(guild)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Greet a server that has invited the bot a short while ago."""
        await self.greet(guild)

    async def greet(self, guild: discord.Guild) -> None:
        """Say who the bot is, where it may write, unless that was done since it joined."""
        channels = list(writable(guild))
        joined_at = guild.me.joined_at
        if joined_at is None or not channels:
            return
        if not await self.bot.core.administration.greetings.claim(guild.id, joined_at):
            return
        with speaking(language_of(guild.preferred_locale.value)):
            hello = first_word(self.bot.commands_by_name)
        for channel in channels[:MOST_TRIES]:
            try:
                await self.bot.post(channel, hello)
            except discord.HTTPException as failure:
                self.bot.log.info("could not greet a server", status=failure.status)
            else:
                return


def writable(guild: discord.Guild) -> Iterator[discord.TextChannel]:
    """Return where the bot may write: first the channel that Discord itself greets members in.

    Announcements come last: people follow them from other servers.
    """
    first = [] if guild.system_channel is None else [guild.system_channel]
    others = [it for it in guild.text_channels if it not in first]
    for channel in (*first, *sorted(others, key=discord.TextChannel.is_news)):
        may = channel.permissions_for(guild.me)
        if may.view_channel and may.send_messages:
            yield channel


async def setup(bot: Threadlight) -> None:
    """Add the cog."""
    await bot.add_cog(Joining(bot))
