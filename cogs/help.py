"""`/help`: what the bot can do, in one screen."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Threadlight
from bot.render.sayings import said

TEXT = """\
## Threadlight
Talk with a reasoning model, here in Discord.
- `/ask` answers one question; with `private` only you see the answer.
- `/chat` opens a thread in which every message is answered.
- Mention me, or reply to me, anywhere. In a direct message just write.
- Right-click a message (or hold it) → Apps → **Ask about this**, about anybody's message.
- Text files that you attach are read, too.

While I write, **Stop** ends the answer. Editing or deleting your question changes what I remember.
A dear question is not sent before you have seen its price and pressed **Send**.
- `/persona` tells me what to be: for you, this channel or this server.
- `/usage` shows your limits, what is left, and what you used.
- `/sponsor` lets everybody in a thread of yours count on you.
- For those who manage the server: `/quota` sets limits and reports what was used, `/access` who \
may use me, `/settings` how I \
answer and the time zone, and `/audit` shows what was changed."""


class Help(commands.Cog):
    """Explains the bot."""

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=True)
    async def help(self, interaction: discord.Interaction[Threadlight]) -> None:
        """See what I can do."""
        await interaction.response.send_message(view=said(TEXT), ephemeral=True)


async def setup(bot: Threadlight) -> None:
    """Add the cog."""
    await bot.add_cog(Help())
