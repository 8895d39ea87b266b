"""Ending what goes on where a place is deleted, locked or left."""

import discord
from discord.ext import commands

from bot.discord.client import Threadlight


class Places(commands.Cog):
    """Watches what becomes of channels, threads and servers."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """End the turns in a channel that was deleted, and in its threads."""
        self.bot.core.stays.close_channel(channel.id, is_gone=True)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """End the turns in a thread that was deleted."""
        self.bot.core.stays.close_channel(payload.thread_id, is_gone=True)
        await self.bot.core.threads.end(payload.thread_id)

    @commands.Cog.listener()
    async def on_thread_update(self, before: discord.Thread, after: discord.Thread) -> None:
        """End the turns in a thread that was locked: none but moderators may go on in it."""
        if after.locked and not before.locked:
            self.bot.core.stays.close_channel(after.id, is_gone=False)

    @commands.Cog.listener()
    async def on_raw_thread_update(self, payload: discord.RawThreadUpdateEvent) -> None:
        """Do the same for a thread that was archived before, which discord.py forgets."""
        if payload.thread is None and payload.data.get("thread_metadata", {}).get("locked", False):
            self.bot.core.stays.close_channel(payload.thread_id, is_gone=False)

    @commands.Cog.listener("on_raw_thread_update")
    async def on_opening(self, payload: discord.RawThreadUpdateEvent) -> None:
        """Show in a thread that is not archived any more how answers ended there meanwhile."""
        if not payload.data.get("thread_metadata", {}).get("archived", False):
            screens = self.bot.answering.screens_at
            await self.bot.core.repainting.in_channel(payload.thread_id, screens)

    @commands.Cog.listener()
    async def on_thread_remove(self, thread: discord.Thread) -> None:
        """End the turns in a private thread that the bot was taken out of.

        With enough permissions it still sees the thread: then the end is shown.
        """
        if thread.is_private():
            self.bot.core.stays.close_channel(thread.id, is_gone=False)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """End the turns in a server that the bot was removed from."""
        self.bot.core.stays.close_server(guild.id)


async def setup(bot: Threadlight) -> None:
    """Add the cog."""
    await bot.add_cog(Places(bot))
