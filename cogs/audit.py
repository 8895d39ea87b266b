"""`/audit`: what was changed, by whom and when."""

import discord
from discord import app_commands
from discord.ext import commands

from bot import words
from bot.administration.auditing import plain_command
from bot.discord.autocomplete import proposals
from bot.discord.client import Threadlight
from bot.discord.managers import guild_of, may_read, require_reader
from bot.discord.paging import MOST_CHOSEN, Page, page_view, turned_by_buttons
from bot.render.changes import change_lines
from bot.render.notices import plain_text
from bot.words import say

LIST = "audit"
"""The list's name in its buttons."""

LONGEST_COMMAND = 32
"""Characters of a command that is asked for: with a person's id it must fit on a button."""

assert LONGEST_COMMAND + 21 <= MOST_CHOSEN  # noqa: S101  # with a 64-bit id and a colon


class Audit(commands.Cog):
    """Shows the trail."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def audit(
        self,
        interaction: discord.Interaction[Threadlight],
        member: discord.User | None = None,
        command: app_commands.Range[str, 1, LONGEST_COMMAND] | None = None,
    ) -> None:
        """See who changed what, and when: limits, access, settings."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        chosen = f"{member.id if member else 0}:{plain_command(command or '')}"
        page = await self.page(interaction, chosen, 1)
        await interaction.edit_original_response(view=page_view(LIST, chosen, page))

    @audit.autocomplete("command")
    async def commands_noted(
        self, interaction: discord.Interaction[Threadlight], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Propose the commands by which something was changed."""
        if not await may_read(interaction):
            return []
        desk = self.bot.core.administration.auditing
        found = await desk.commands(guild_of(interaction), typed)
        return proposals(((f"/{words.command(it)}", it) for it in found), "")

    async def page(
        self, interaction: discord.Interaction[Threadlight], chosen: str, number: int
    ) -> Page:
        """Return a page of the changes by or about a person, and by a command, if chosen."""
        await require_reader(interaction)
        person, _, command = chosen.partition(":")
        person_id = int(person) or None
        desk = self.bot.core.administration.auditing
        trail = await desk.page(guild_of(interaction), person_id, command, number)
        heading = say("audit-heading")
        if person_id is not None:
            heading += say("audit-about", person=f"<@{person_id}>")
        if command:
            heading += say("audit-by", command=words.command(plain_text(command)))
        lines = change_lines(trail.changes) or [say("audit-none")]
        return Page("\n".join((heading, *lines)), trail.number, trail.pages)


async def setup(bot: Threadlight) -> None:
    """Add the cog."""
    cog = Audit(bot)
    turned_by_buttons(bot, LIST, cog.page)
    await bot.add_cog(cog)
