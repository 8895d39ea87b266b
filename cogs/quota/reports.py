"""`/quota report, simulate`."""

import asyncio
from collections.abc import Callable
from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot.administration.limits import rule_from
from bot.discord.client import Threadlight
from bot.discord.managers import guild_of, require_reader
from bot.quota.rules import Scope
from bot.records.reports.replay import Outcome, Proposal
from bot.records.reports.sheets import outcome_sheet, report_sheet
from bot.records.reports.sums import Report, Span
from bot.render.charts.making import report_charts
from bot.render.reports import (
    MOST_LINES,
    outcome_lines,
    proposal_words,
    report_head,
    report_table,
)
from bot.render.sayings import Attachment, Part
from bot.render.screen.exhibits import drawn, exhibit
from bot.words import say
from cogs.quota.limits import METERS, WINDOWS

SPANS = [app_commands.Choice(name=it, value=it) for it in Span]
FORMATS = [app_commands.Choice(name=it, value=it) for it in ("all", "chart", "table", "csv")]

ASKED_AT_ONCE = 100
"""Members whose roles Discord tells in one answer."""

MOST_ASKED = 1_000
"""People whose roles are asked for; those who used most come first."""


class ReportCommands(commands.Cog):
    """Tells what was used, and what a limit would have stopped."""

    bot: Threadlight

    @app_commands.command(name="report")
    @app_commands.rename(span="window", form="format")
    @app_commands.choices(span=SPANS, form=FORMATS)
    async def report(
        self,
        interaction: discord.Interaction[Threadlight],
        span: str = Span.MONTH.value,
        form: str = "all",
    ) -> None:
        """Show who used what, where and when: charts, a table, and a CSV file."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        await require_reader(interaction)
        report = await self.bot.core.administration.reports.report(
            guild_of(interaction), Span(span)
        )
        parts: list[Part] = [report_head(report)]
        if report.total.requests:
            parts += await self._details(report, form, channel_namer(interaction.guild))
        await exhibit(interaction, [parts])

    async def _details(
        self, report: Report, form: str, channel_name: Callable[[int], str | None]
    ) -> list[Part]:
        parts: list[Part] = []
        if form in ("all", "chart"):
            parts += await drawn(self.bot.core.pictures, report_charts(report, channel_name))
        if form in ("all", "table"):
            parts.append("\n".join(report_table(report)))
        if form in ("all", "csv"):
            sheet = await asyncio.to_thread(report_sheet, report, channel_name)
            parts.append(Attachment(f"use-{report.span.replace(' ', '-')}.csv", sheet))
        return parts

    @app_commands.command(name="simulate")
    @app_commands.choices(meter=METERS, window=WINDOWS)
    async def simulate(
        self,
        interaction: discord.Interaction[Threadlight],
        meter: str,
        window: str,
        amount: app_commands.Range[float, 0],
        role: discord.Role | None = None,
    ) -> None:
        """Replay the last 30 days under a limit: who would have been stopped, and when."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        await require_reader(interaction)
        guild_id = guild_of(interaction)
        rule = rule_from(meter, window, Scope.EVERYONE, None, amount)
        proposal = Proposal(rule.meter, rule.window, rule.amount)
        # Discord's @everyone is a role too, with the server's own id.
        asked = None if role is None or role.id == guild_id else role
        holders, doubts = await self._holders(guild_id, asked)
        outcome = await self.bot.core.administration.reports.simulate(guild_id, proposal, holders)
        limit = proposal_words(proposal, asked.id if asked else None)
        told = [
            say("simulated-heading", limit=limit),
            *outcome_lines(outcome),
            say("simulated-how"),
            *doubts,
        ]
        parts: list[Part] = ["\n".join(told)]
        if len(outcome.stopped) > MOST_LINES:
            parts.append(await self._everybody(guild_id, outcome))
        await exhibit(interaction, [parts])

    async def _everybody(self, guild_id: int, outcome: Outcome) -> Attachment:
        ids = [it.user_id for it in outcome.stopped]
        names = await self.bot.core.administration.reports.names(guild_id, ids)
        sheet = await asyncio.to_thread(partial(outcome_sheet, outcome, names.get))
        return Attachment("stopped.csv", sheet)

    async def _holders(
        self, guild_id: int, role: discord.Role | None
    ) -> tuple[frozenset[int] | None, tuple[str, ...]]:
        """Return who of those who asked holds a role now, and what is not known of that.

        The bot keeps no list of members, so that Discord is asked, for a hundred at a time.
        """
        if role is None:
            return None, ()
        spenders = await self.bot.core.administration.reports.spenders(guild_id)
        asked, unasked = spenders[:MOST_ASKED], spenders[MOST_ASKED:]
        holders: set[int] = set()
        for first in range(0, len(asked), ASKED_AT_ONCE):
            some = asked[first : first + ASKED_AT_ONCE]
            try:
                members = await role.guild.query_members(
                    user_ids=some, limit=ASKED_AT_ONCE, cache=False
                )
            except (TimeoutError, RuntimeError, discord.DiscordException):
                unasked = [*asked[first:], *unasked]
                break
            holders |= {it.id for it in members if it.get_role(role.id)}
        if not unasked:
            return frozenset(holders), (say("simulated-holders-now"),)
        doubt = say("simulated-doubt", unasked=len(unasked), people=len(spenders))
        return frozenset(holders), (doubt,)


def channel_namer(guild: discord.Guild | None) -> Callable[[int], str | None]:
    """Return what knows the names of a server's channels, as far as they are there."""

    def name(channel_id: int) -> str | None:
        channel = guild.get_channel_or_thread(channel_id) if guild else None
        return channel.name if channel else None

    return name
