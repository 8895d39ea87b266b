"""`/settings show, set, reset`: what a server and its channels have chosen."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.administration.choices import ChoiceDesk
from bot.administration.preferences import LocalTime, PreferenceDesk
from bot.choices import WHOLE_SERVER, WORDS, Name
from bot.discord import autocomplete
from bot.discord.client import Threadlight, require_manager
from bot.discord.managers import for_managers, guild_of, require_reader
from bot.discord.permitted import allows
from bot.errors import InvalidChoice, NotAllowed
from bot.reading.questions import question_from_interaction
from bot.render.choices import chosen_lines, decided_lines, gone_lines
from bot.words import dated, say

TIMEZONE, ALL = "timezone", "all"
SETTINGS = [app_commands.Choice(name=it, value=it) for it in (TIMEZONE, *Name, ALL)]
SCOPES = [app_commands.Choice(name=it, value=it) for it in ("server", "channel")]


def either(name: Name) -> list[app_commands.Choice[str]]:
    """Return the two words that a setting can be."""
    return [app_commands.Choice(name=word, value=word) for word in WORDS[name]]


class Settings(commands.GroupCog, group_name="settings"):
    """Shows and changes settings; every command checks the permission itself."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot

    @app_commands.command()
    async def show(self, interaction: discord.Interaction[Threadlight]) -> None:
        """See the settings that hold here, and where each was set."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        await require_reader(interaction)
        guild_id = guild_of(interaction)
        asked = question_from_interaction(interaction, "")
        decided = await self._choices.shown(guild_id, asked.channel_ids)
        zone = await self._desk.time_zone(guild_id)
        lines = decided_lines(decided, asked.place.channel_id)
        await self.bot.show_lines(
            interaction, [*lines, say("timezone-line", zone=zone_words(zone))]
        )

    @app_commands.command(name="set")
    @app_commands.choices(
        scope=SCOPES,
        thinking=either(Name.THINKING),
        footer=either(Name.FOOTER),
        mention_only=either(Name.MENTION_ONLY),
    )
    async def set_(
        self,
        interaction: discord.Interaction[Threadlight],
        scope: str = "server",
        temperature: float | None = None,
        top_p: float | None = None,
        max_output: int | None = None,
        context: int | None = None,
        thinking: str | None = None,
        footer: str | None = None,
        mention_only: str | None = None,
        timezone: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Change settings of this server or of this channel."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        channel_id = require(interaction, scope)
        named: dict[Name, float | str | None] = {
            Name.TEMPERATURE: temperature,
            Name.TOP_P: top_p,
            Name.MAX_OUTPUT: max_output,
            Name.CONTEXT: context,
            Name.THINKING: thinking,
            Name.FOOTER: footer,
            Name.MENTION_ONLY: mention_only,
        }
        given = {name: value for name, value in named.items() if value is not None}
        guild_id, by = guild_of(interaction), interaction.user.id
        if timezone is not None:
            require_whole_server(scope)
        chosen = await self._choices.set(guild_id, channel_id, given, by, timezone)
        lines = chosen_lines(chosen, channel_id) if chosen else []
        if timezone is not None:
            zone = await self._desk.time_zone(guild_id)
            lines.append(say("timezone-set", zone=zone_words(zone)))
        await self.bot.show_lines(interaction, lines)

    @set_.autocomplete("timezone")
    async def zones(
        self, interaction: discord.Interaction[Threadlight], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Propose time zones, with what their clocks show."""
        del interaction
        found = await self._desk.proposals(typed, autocomplete.MOST)
        return [
            app_commands.Choice(
                name=say("timezone-proposed", zone=it.zone, time=f"{it.time:%H:%M}"), value=it.zone
            )
            for it in found
        ]

    @app_commands.command()
    @app_commands.choices(setting=SETTINGS, scope=SCOPES)
    async def reset(
        self, interaction: discord.Interaction[Threadlight], setting: str, scope: str = "server"
    ) -> None:
        """Let a setting be as if it had never been set here."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        channel_id = require(interaction, scope)
        guild_id, by = guild_of(interaction), interaction.user.id
        if setting == TIMEZONE:
            require_whole_server(scope)
        with_zone = setting == TIMEZONE or (setting == ALL and channel_id == WHOLE_SERVER)
        names = [] if setting == TIMEZONE else list(Name) if setting == ALL else [Name(setting)]
        gone = await self._choices.reset(guild_id, channel_id, names, by, with_zone=with_zone)
        lines = gone_lines(gone, channel_id) if names else []
        if with_zone:
            zone = await self._desk.time_zone(guild_id)
            lines.append(say("timezone-reset", zone=zone_words(zone)))
        await self.bot.show_lines(interaction, lines)

    @property
    def _desk(self) -> PreferenceDesk:
        return self.bot.core.administration.preferences

    @property
    def _choices(self) -> ChoiceDesk:
        return self.bot.core.administration.choices


def require(interaction: discord.Interaction[Threadlight], scope: str) -> int:
    """Return the channel that is meant, 0 for the server; raise `NotAllowed`."""
    if scope == "server":
        require_manager(interaction)
        return WHOLE_SERVER
    if not allows(interaction.permissions, "manage_channels"):
        raise NotAllowed("you", "Manage Channels")
    return interaction.channel_id or WHOLE_SERVER


def require_whole_server(scope: str) -> None:
    """Raise `InvalidChoice` where a channel alone is to have a clock of its own."""
    if scope != "server":
        raise InvalidChoice("timezone", "advice-timezone-server")


def zone_words(now: LocalTime) -> str:
    """Return a zone with the time there, and what follows it."""
    return say("timezone-now", zone=now.zone, time=dated(now.time, "pattern-clock"))


async def setup(bot: Threadlight) -> None:
    """Add the cog, its commands hidden from those who can't manage the server."""
    cog = Settings(bot)
    for_managers(cog)
    await bot.add_cog(cog)
