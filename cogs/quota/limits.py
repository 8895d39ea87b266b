"""`/quota set, remove, list, show`."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.administration.limits import rule_from
from bot.client import Threadlight, require_manager
from bot.errors import InvalidChoice
from bot.quota import Meter, Scope, Subject
from bot.reading.questions import question_from_interaction
from bot.render.accounts import account_lines
from bot.render.notices import plain_text, quota_lines, rule_words
from bot.render.sayings import said
from bot.windows import Window

METERS = [app_commands.Choice(name=meter.value, value=meter.value) for meter in Meter]
WINDOWS = [app_commands.Choice(name=window.value, value=window.value) for window in Window]


class LimitCommands(commands.Cog):
    """Sets, removes and shows limits; every command checks the permission itself."""

    bot: Threadlight

    @app_commands.command(name="set")
    @app_commands.describe(
        meter="What is counted",
        window="Over which span",
        amount="How much: a whole number, or for cost dollars, such as 2.50",
        member="For this member",
        role="For each member with this role",
        channel="For all use in this channel",
        whole_server="For everybody's use together",
    )
    @app_commands.choices(meter=METERS, window=WINDOWS)
    async def set_limit(
        self,
        interaction: discord.Interaction[Threadlight],
        meter: str,
        window: str,
        amount: app_commands.Range[float, 0],
        member: discord.Member | None = None,
        role: discord.Role | None = None,
        channel: discord.TextChannel | None = None,
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
        told = f"Set: {rule_words(rule)}. It holds from the next question on."
        if defaults and rule.scope is not Scope.CHANNEL:
            words = ", ".join(rule_words(each).partition(" for ")[0] for each in defaults)
            told += f"\n-# Whoever this limit is for no longer has the bot's defaults: {words}."
        await interaction.edit_original_response(view=said(told))

    @app_commands.command(name="remove")
    @app_commands.choices(meter=METERS, window=WINDOWS)
    @app_commands.describe(
        meter="What is counted",
        window="Over which span",
        member="The limit of this member",
        role="The limit of this role",
        channel="The limit of this channel",
        whole_server="The limit of the whole server",
    )
    async def remove_limit(
        self,
        interaction: discord.Interaction[Threadlight],
        meter: str,
        window: str,
        member: discord.Member | None = None,
        role: discord.Role | None = None,
        channel: discord.TextChannel | None = None,
        whole_server: bool = False,
    ) -> None:
        """Remove a limit."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        require_manager(interaction)
        scope, target_id = target(member, role, channel, whole_server=whole_server)
        rule = rule_from(meter, window, scope, target_id, 0)
        removed = await self.bot.core.administration.limits.remove_limit(
            guild_of(interaction), rule, interaction.user.id
        )
        told = (
            "Removed. `/quota list` shows what remains."
            if removed
            else "There is no such limit. `/quota list` shows those there are."
        )
        await interaction.edit_original_response(view=said(told))

    @app_commands.command(name="list")
    async def list_limits(self, interaction: discord.Interaction[Threadlight]) -> None:
        """List every limit that is in force here."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        require_manager(interaction)
        limits = await self.bot.core.administration.limits.limits(guild_of(interaction))
        own = quota_lines(limits.own) or ("none",)
        told = ["**Limits of this server**", *own]
        if limits.defaults:
            told += ["**For members for whom it has set none**", *quota_lines(limits.defaults)]
        if limits.server_ceiling is not None:
            told += ["**Set by the bot's operator**", *quota_lines([limits.server_ceiling])]
        if limits.ceiling is not None:
            told += ["**For the whole bot, in all servers**", *quota_lines([limits.ceiling])]
        await self.bot.show_lines(interaction, told)

    @app_commands.command(name="show")
    @app_commands.describe(member="Whose use")
    async def show(
        self, interaction: discord.Interaction[Threadlight], member: discord.Member
    ) -> None:
        """Show a member's use, which limits decide, and why."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        require_manager(interaction)
        subject = Subject.of(question_from_interaction(interaction, "", by=member))
        account = await self.bot.core.administration.allowances.account(subject)
        told = [f"**{plain_text(member.display_name)}**, in this channel", *account_lines(account)]
        await self.bot.show_lines(interaction, told)


def guild_of(interaction: discord.Interaction[Threadlight]) -> int:
    """Return the server of a command that only servers have."""
    if interaction.guild_id is None:
        raise InvalidChoice("server", "use this command in a server")
    return interaction.guild_id


def target(
    member: discord.Member | None,
    role: discord.Role | None,
    channel: discord.TextChannel | None,
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
        chosen.append((Scope.CHANNEL, channel.id))
    if whole_server:
        chosen.append((Scope.SERVER, None))
    if len(chosen) > 1:
        raise InvalidChoice("member, role, channel, whole_server", "choose at most one of them")
    return chosen[0] if chosen else (Scope.EVERYONE, None)
