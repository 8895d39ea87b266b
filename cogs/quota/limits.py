"""`/quota set, remove, list, show`."""

from collections.abc import Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.administration.limits import rule_from
from bot.discord.autocomplete import PlainNames
from bot.discord.client import Threadlight, require_manager
from bot.discord.managers import Place, guild_of, require_reader
from bot.discord.paging import Page, page_of, page_view
from bot.discord.permitted import allows
from bot.errors import InvalidChoice
from bot.quota.rules import Meter, Scope, Subject
from bot.quota.windows import Window
from bot.reading.questions import question_from_interaction
from bot.render.accounts import account_lines, exempt_lines
from bot.render.amounts import limit_words, quota_lines, rule_words
from bot.render.notices import plain_text
from bot.render.sayings import said
from bot.words import joined, say
from cogs.quota.choosing import proposed, rule_of

LIST = "quota"
"""The list of limits, in its buttons."""

METERS = [app_commands.Choice(name=meter.value, value=meter.value) for meter in Meter]
WINDOWS = [app_commands.Choice(name=window.value, value=window.value) for window in Window]


class LimitCommands(commands.Cog):
    """Sets, removes and shows limits; every command checks the permission itself."""

    bot: Threadlight
    names: PlainNames

    @app_commands.command(name="set")
    @app_commands.choices(meter=METERS, window=WINDOWS)
    async def set_limit(
        self,
        interaction: discord.Interaction[Threadlight],
        meter: str,
        window: str,
        amount: app_commands.Range[float, 0],
        member: discord.User | None = None,
        role: discord.Role | None = None,
        channel: Place | None = None,
        whole_server: bool = False,
    ) -> None:
        """Set a limit: for a member, a role, a channel, the whole server, or for every member."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        require_manager(interaction)
        scope, target_id = target(member, role, channel, whole_server=whole_server)
        rule = rule_from(meter, window, scope, target_id, amount)
        defaults = self.bot.core.administration.limits.defaults
        await self.bot.core.administration.limits.set_limit(
            guild_of(interaction), rule, interaction.user.id
        )
        told = say("limit-set", rule=rule_words(rule))
        if defaults and rule.scope is not Scope.CHANNEL:
            limits = joined([limit_words(it.meter, it.amount, it.window) for it in defaults])
            told += f"\n{say('limit-set-no-defaults', limits=limits)}"
        await interaction.edit_original_response(view=said(told))

    @app_commands.command(name="remove")
    @app_commands.choices(meter=METERS, window=WINDOWS)
    async def remove_limit(
        self,
        interaction: discord.Interaction[Threadlight],
        limit: str | None = None,
        meter: str | None = None,
        window: str | None = None,
        member: discord.User | None = None,
        role: discord.Role | None = None,
        channel: Place | None = None,
        whole_server: bool = False,
    ) -> None:
        """Remove a limit."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        require_manager(interaction)
        if limit is not None:
            if any((meter, window, member, role, channel, whole_server)):
                raise InvalidChoice("limit", "advice-alone")
            rule = rule_of(limit)
        elif meter is None or window is None:
            raise InvalidChoice("limit", "advice-limit-or-its-parts")
        else:
            scope, target_id = target(member, role, channel, whole_server=whole_server)
            rule = rule_from(meter, window, scope, target_id, 0)
        removed = await self.bot.core.administration.limits.remove_limit(
            guild_of(interaction), rule, interaction.user.id
        )
        told = say("limit-removed") if removed else say("limit-not-there")
        await interaction.edit_original_response(view=said(told))

    @remove_limit.autocomplete("limit")
    async def limits_to_remove(
        self, interaction: discord.Interaction[Threadlight], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Propose the limits that this server has set."""
        if not allows(interaction.permissions, "manage_guild"):
            return []
        return await proposed(interaction, self.names, typed)

    @app_commands.command(name="list")
    async def list_limits(self, interaction: discord.Interaction[Threadlight]) -> None:
        """List every limit that is in force here."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        page = await self.limits_page(interaction, "", 1)
        await interaction.edit_original_response(view=page_view(LIST, "", page))

    async def limits_page(
        self, interaction: discord.Interaction[Threadlight], chosen: str, number: int
    ) -> Page:
        """Return a page of all limits."""
        del chosen
        await require_reader(interaction)
        limits = await self.bot.core.administration.limits.limits(guild_of(interaction))
        own = quota_lines(limits.own) or (say("limits-none"),)
        told = _under(say("limits-own"), own)
        if limits.defaults:
            told += _under(say("limits-default"), quota_lines(limits.defaults))
        if limits.server_ceiling is not None:
            told += _under(say("limits-operator"), quota_lines([limits.server_ceiling]))
        if limits.ceiling is not None:
            told += _under(say("limits-bot"), quota_lines([limits.ceiling]))
        if limits.exempt:
            told += _under(say("limits-exempt"), exempt_lines(limits.exempt))
        return page_of(told, number)

    @app_commands.command(name="show")
    async def show(
        self, interaction: discord.Interaction[Threadlight], member: discord.User
    ) -> None:
        """Show a member's use, which limits decide, and why."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        await require_reader(interaction)
        subject = Subject.of(question_from_interaction(interaction, "", by=member))
        account = await self.bot.core.administration.allowances.account(subject)
        heading = say("heading-account", name=plain_text(member.display_name))
        told = [heading, *account_lines(account)]
        await self.bot.show_lines(interaction, told)


def _under(heading: str, lines: Sequence[str]) -> list[str]:
    """Return lines below a heading that no page ends with."""
    first, *more = lines
    return [f"{heading}\n{first}", *more]


def target(
    member: discord.User | None,
    role: discord.Role | None,
    channel: Place | None,
    *,
    whole_server: bool,
) -> tuple[Scope, int | None]:
    """Return whom a limit is for; raise `InvalidChoice` where more than one is named."""
    chosen: list[tuple[Scope, int | None]] = []
    if member is not None:
        chosen.append((Scope.MEMBER, member.id))
    if role is not None:
        chosen.append((Scope.ROLE, role.id))
    if channel is not None:
        chosen.append((Scope.CHANNEL, channel))
    if whole_server:
        chosen.append((Scope.SERVER, None))
    if len(chosen) > 1:
        raise InvalidChoice("member, role, channel, whole_server", "advice-at-most-one")
    return chosen[0] if chosen else (Scope.EVERYONE, None)
