"""`/settings show, set, reset`: what a server has chosen."""

import discord
from discord import app_commands
from discord.ext import commands

from bot import choices
from bot.administration.preferences import LocalTime, PreferenceDesk
from bot.client import Threadlight, require_manager
from bot.managers import for_managers, guild_of, require_reader
from bot.render.sayings import said

SETTINGS = [app_commands.Choice(name="timezone", value="timezone")]


class Settings(
    commands.GroupCog, group_name="settings", group_description="What this server has chosen"
):
    """Shows and changes settings; every command checks the permission itself."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot

    @app_commands.command()
    async def show(self, interaction: discord.Interaction[Threadlight]) -> None:
        """See this server's settings."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        await require_reader(interaction)
        now = await self._desk.time_zone(guild_of(interaction))
        told = f"**Settings of this server**\n- timezone: {zone_words(now)}"
        await interaction.edit_original_response(view=said(told))

    @app_commands.command(name="set")
    @app_commands.describe(timezone="Whose clock and calendar limits follow, such as Europe/Berlin")
    async def set_(
        self,
        interaction: discord.Interaction[Threadlight],
        timezone: app_commands.Range[str, 1, 100],
    ) -> None:
        """Change a setting of this server."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        require_manager(interaction)
        guild_id, by = guild_of(interaction), interaction.user.id
        now = await self._desk.set_time_zone(guild_id, timezone, by)
        await interaction.edit_original_response(view=said(f"Set: timezone {zone_words(now)}"))

    @set_.autocomplete("timezone")
    async def zones(
        self, interaction: discord.Interaction[Threadlight], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Propose time zones, with what their clocks show."""
        del interaction
        found = await self._desk.proposals(typed, choices.MOST)
        return [
            app_commands.Choice(name=f"{it.zone} (now {it.time:%H:%M})", value=it.zone)
            for it in found
        ]

    @app_commands.command()
    @app_commands.choices(setting=SETTINGS)
    @app_commands.describe(setting="Which setting is to be as it was at first")
    async def reset(self, interaction: discord.Interaction[Threadlight], setting: str) -> None:
        """Let a setting be as it was at first."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        require_manager(interaction)
        guild_id, by = guild_of(interaction), interaction.user.id
        now = await self._desk.reset_time_zone(guild_id, by)
        await interaction.edit_original_response(view=said(f"Reset: {setting} {zone_words(now)}"))

    @property
    def _desk(self) -> PreferenceDesk:
        return self.bot.core.administration.preferences


def zone_words(now: LocalTime) -> str:
    """Return a zone with the time there, and what follows it."""
    return (
        f"**{now.zone}**, where it is {now.time:%A, %H:%M}. "
        "Days, weeks and months of this server's limits begin by this clock."
    )


async def setup(bot: Threadlight) -> None:
    """Add the cog, its commands hidden from those who can't manage the server."""
    cog = Settings(bot)
    for_managers(cog)
    await bot.add_cog(cog)
