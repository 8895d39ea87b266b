"""`/access allow, deny, remove, list`: who may use the bot, and where."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.administration.access import AccessDesk
from bot.discord.autocomplete import PlainNames, id_from, proposals
from bot.discord.client import Threadlight, require_manager
from bot.discord.managers import Place, for_managers, guild_of, require_reader
from bot.discord.paging import Page, page_of, page_view, turned_by_buttons
from bot.discord.permitted import allows
from bot.errors import InvalidChoice
from bot.quota.access import AccessRule, Area, Effect, Kind, Target
from bot.render.admissions import access_lines, outcome_lines
from bot.render.sayings import said
from bot.words import say

LIST = "access"
"""The list's name in its buttons."""

AREAS = [app_commands.Choice(name=it, value=it) for it in Area]


class Access(commands.GroupCog, group_name="access"):
    """Changes and lists the rules; every command checks the permission itself."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot
        self.names = PlainNames()

    @app_commands.command()
    @app_commands.choices(area=AREAS)
    async def allow(
        self,
        interaction: discord.Interaction[Threadlight],
        channel: Place | None = None,
        role: discord.Role | None = None,
        member: discord.User | None = None,
        area: str = Area.USE.value,
    ) -> None:
        """Allow these; where some are allowed, only those may."""
        await self._set(interaction, Effect.ALLOW, area, targets(channel, role, member))

    @app_commands.command()
    @app_commands.choices(area=AREAS)
    async def deny(
        self,
        interaction: discord.Interaction[Threadlight],
        channel: Place | None = None,
        role: discord.Role | None = None,
        member: discord.User | None = None,
        area: str = Area.USE.value,
    ) -> None:
        """Deny these, whatever else allows them."""
        await self._set(interaction, Effect.DENY, area, targets(channel, role, member))

    @app_commands.command()
    @app_commands.choices(area=AREAS)
    async def remove(
        self,
        interaction: discord.Interaction[Threadlight],
        rule: str | None = None,
        channel: Place | None = None,
        role: discord.Role | None = None,
        member: discord.User | None = None,
        area: str = Area.USE.value,
    ) -> None:
        """Take back what was allowed or denied to these."""
        named = targets(channel, role, member)
        await self._set(interaction, None, area, named, rule)

    @remove.autocomplete("rule")
    async def rules_to_remove(
        self, interaction: discord.Interaction[Threadlight], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Propose the rules that this server has set."""
        guild = interaction.guild
        if guild is None or not allows(interaction.permissions, "manage_guild"):
            return []
        rules = await self._desk.rules(guild.id)
        members = (it.target.id for it in rules if it.target.kind is Kind.MEMBER)
        await self.names.learn(guild, members)
        named = ((in_plain_words(guild, it, self.names), f"{it.area}:{it.target}") for it in rules)
        return proposals(named, typed)

    async def _set(
        self,
        interaction: discord.Interaction[Threadlight],
        effect: Effect | None,
        area: str,
        named: list[Target],
        rule: str | None = None,
    ) -> None:
        await self.bot.acknowledge(interaction, ephemeral=True)
        require_manager(interaction)
        if rule is not None:
            area, named = chosen(rule, named)
        desk, guild_id, by = self._desk, guild_of(interaction), interaction.user.id
        if effect is None:
            outcome = await desk.remove_rules(guild_id, Area(area), named, by)
        else:
            outcome = await desk.set_rules(guild_id, Area(area), effect, named, by)
        lines = outcome_lines(effect, Area(area), outcome.changed, outcome.unchanged, outcome.rules)
        await interaction.edit_original_response(view=said("\n".join(lines)))

    @app_commands.command(name="list")
    async def list_rules(self, interaction: discord.Interaction[Threadlight]) -> None:
        """List what is allowed and denied here."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        page = await self.page(interaction, "", 1)
        await interaction.edit_original_response(view=page_view(LIST, "", page))

    async def page(
        self, interaction: discord.Interaction[Threadlight], chosen: str, number: int
    ) -> Page:
        """Return a page of the rules."""
        del chosen
        await require_reader(interaction)
        return page_of(access_lines(await self._desk.rules(guild_of(interaction))), number)

    @property
    def _desk(self) -> AccessDesk:
        return self.bot.core.administration.access


def targets(
    channel: int | None, role: discord.Role | None, member: discord.User | None
) -> list[Target]:
    """Return what was named, which may be nothing."""
    named: list[Target] = []
    if channel is not None:
        named.append(Target(Kind.CHANNEL, channel))
    if role is not None:
        named.append(Target(Kind.ROLE, role.id))
    if member is not None:
        named.append(Target(Kind.MEMBER, member.id))
    return named


def in_plain_words(guild: discord.Guild, rule: AccessRule, names: PlainNames) -> str:
    """Return a rule in words without mentions."""
    name_of = {Kind.CHANNEL: names.channel, Kind.ROLE: names.role, Kind.MEMBER: names.member}
    whom = name_of[rule.target.kind](guild, rule.target.id)
    about = "" if rule.area is Area.USE else "-reports"
    return say(f"access-plain-{rule.effect}{about}", whom=whom)


def chosen(rule: str, named: list[Target]) -> tuple[str, list[Target]]:
    """Return the area and the target of a rule that was proposed; raise `InvalidChoice`."""
    if named:
        raise InvalidChoice("rule", "advice-alone")
    area, kind, target_id = (*rule.split(":"), "", "", "")[:3]
    try:
        return Area(area).value, [Target(Kind(kind), id_from(target_id))]
    except ValueError as error:
        raise InvalidChoice("rule", "advice-proposed") from error


async def setup(bot: Threadlight) -> None:
    """Add the cog, its commands hidden from those who can't manage the server."""
    cog = Access(bot)
    for_managers(cog)
    turned_by_buttons(bot, LIST, cog.page)
    await bot.add_cog(cog)
