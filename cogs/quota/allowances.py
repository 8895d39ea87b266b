"""`/quota grant, reset, exempt`."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.administration.allowances import MOST_DAYS
from bot.discord.client import Threadlight, require_manager
from bot.discord.managers import guild_of
from bot.errors import InvalidChoice
from bot.quota.grants import Exemption, ExemptKind
from bot.quota.rules import Subject
from bot.reading.questions import question_from_interaction
from bot.render.amounts import amount_words, relative, window_now
from bot.render.sayings import said
from bot.words import joined, say
from cogs.quota.limits import METERS

Reason = app_commands.Range[str, 1, 200]


class AllowanceCommands(commands.Cog):
    """Gives and takes allowances; every command checks the permission itself."""

    bot: Threadlight

    @app_commands.command()
    @app_commands.choices(meter=METERS)
    async def grant(
        self,
        interaction: discord.Interaction[Threadlight],
        member: discord.User,
        meter: str,
        amount: app_commands.Range[float, 0],
        days: app_commands.Range[int, 1, MOST_DAYS] | None = None,
        reason: Reason | None = None,
    ) -> None:
        """Give a member an extra allowance, which is spent when the ordinary one is used up."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        require_manager(interaction)
        given = await self.bot.core.administration.allowances.grant(
            *(guild_of(interaction), member.id, interaction.user.id),
            meter=meter,
            amount=amount,
            days=days,
            reason=reason,
        )
        given_words = amount_words(given.meter, given.amount)
        if given.expires_at is None:
            told = say("granted-forever", amount=given_words, member=member.mention)
        else:
            expires = relative(given.expires_at)
            told = say("granted-until", amount=given_words, member=member.mention, expires=expires)
        await interaction.edit_original_response(view=said(told))

    @app_commands.command()
    async def reset(
        self,
        interaction: discord.Interaction[Threadlight],
        member: discord.User,
        reason: Reason | None = None,
    ) -> None:
        """Let a member's limits begin afresh; what was used stays in the books."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        require_manager(interaction)
        subject = Subject.of(question_from_interaction(interaction, "", by=member))
        before = await self.bot.core.administration.allowances.reset(
            subject, guild_of(interaction), interaction.user.id, reason=reason
        )
        used = [
            say(
                "used-now",
                amount=amount_words(it.rule.meter, it.used),
                now=window_now(it.rule.window),
            )
            for it in before.standings
            if it.rule.is_personal and it.used
        ]
        told = say("reset-member", member=member.mention)
        if used:
            told += f"\n{say('reset-uncounted', used=joined(used))}"
        await interaction.edit_original_response(view=said(told))

    @app_commands.command()
    async def exempt(
        self,
        interaction: discord.Interaction[Threadlight],
        on: bool,
        member: discord.User | None = None,
        role: discord.Role | None = None,
    ) -> None:
        """Let a member, or a role's members, skip their own limits; shared ones still count."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        require_manager(interaction)
        kind, target = _who(member, role)
        changed = await self.bot.core.administration.allowances.exempt(
            guild_of(interaction), kind, target.id, interaction.user.id, on=on
        )
        whom = target.mention
        if kind is ExemptKind.ROLE:
            whom = say("each-with-role", role=target.mention)
        told = _outcome(whom, changed=changed, on=on)
        if not on and member is not None and (by := await self._exempt_by(interaction, member)):
            still = "exempt-still-by-role" if changed else "exempt-still-by-role-only"
            told = say(still, whom=whom, role=f"<@&{by.target_id}>")
        await interaction.edit_original_response(view=said(told))

    async def _exempt_by(
        self, interaction: discord.Interaction[Threadlight], member: discord.User
    ) -> Exemption | None:
        subject = Subject.of(question_from_interaction(interaction, "", by=member))
        return (await self.bot.core.administration.allowances.account(subject)).exempt_by


def _outcome(whom: str, *, changed: bool, on: bool) -> str:
    if not changed:
        return say("exempt-already" if on else "exempt-not-already", whom=whom)
    return say("exempt-now" if on else "exempt-no-more", whom=whom)


def _who(
    member: discord.User | None, role: discord.Role | None
) -> tuple[ExemptKind, discord.User | discord.Role]:
    if member is not None and role is None:
        return ExemptKind.MEMBER, member
    if role is not None and member is None:
        return ExemptKind.ROLE, role
    raise InvalidChoice("member, role", "advice-one-of-them")
