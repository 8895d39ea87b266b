"""Existing limits as Discord proposes them while one is chosen."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress

import discord
from discord import app_commands

from bot.client import Threadlight
from bot.errors import InvalidChoice
from bot.quota import Meter, Rule, Scope
from bot.render.amounts import amount_words, window_words
from bot.windows import Window

MOST_CHOICES, LONGEST = 25, 100
"""Proposals that Discord shows, and the characters of one."""

LARGEST_ID = 2**63 - 1

NAMES_WITHIN = 1.5
"""Seconds for finding members' names: Discord waits 3 for the proposals."""

MOST_NAMES = 1_000
"""Members whose names are remembered."""


class Proposals:
    """Puts limits into plain words, with names in place of mentions."""

    def __init__(self) -> None:
        self._names: OrderedDict[tuple[int, int], str] = OrderedDict()

    async def of(
        self, guild: discord.Guild, rules: Sequence[Rule], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Return those of the limits that hold all that is typed."""
        await self._learn_names(guild, rules)
        wanted = typed.lower().split()
        choices: list[app_commands.Choice[str]] = []
        for rule in rules:
            limit = f"{amount_words(rule.meter, rule.amount)} {window_words(rule.window)}"
            words = f"{limit} for {self._whom(guild, rule)}"
            if all(word in words.lower() for word in wanted):
                name = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
                choices.append(app_commands.Choice(name=name, value=key_of(rule)))
        return choices[:MOST_CHOICES]

    async def _learn_names(self, guild: discord.Guild, rules: Sequence[Rule]) -> None:
        """Ask for the names of members that are not known yet, for as long as there is time."""
        ids = [it.target_id for it in rules if it.scope is Scope.MEMBER and it.target_id]
        unknown = [it for it in dict.fromkeys(ids) if (guild.id, it) not in self._names]
        asked = [self._learn_name(guild, user_id) for user_id in unknown[:MOST_CHOICES]]
        with suppress(TimeoutError):
            async with asyncio.timeout(NAMES_WITHIN):
                # Where Discord does not tell a name, the id alone will do.
                await asyncio.gather(*asked, return_exceptions=True)

    async def _learn_name(self, guild: discord.Guild, user_id: int) -> None:
        try:
            name = f"@{(await guild.fetch_member(user_id)).display_name}"
        except discord.NotFound:
            name = f"somebody who left ({user_id})"
        self._names[guild.id, user_id] = name
        while len(self._names) > MOST_NAMES:
            self._names.popitem(last=False)

    def _whom(self, guild: discord.Guild, rule: Rule) -> str:
        match rule.scope:
            case Scope.MEMBER:
                name = self._names.get((guild.id, rule.target_id or 0))
                return name or f"the member {rule.target_id}"
            case Scope.ROLE:
                role = guild.get_role(rule.target_id or 0)
                return f"each member with @{role.name}" if role else "a role that is gone"
            case Scope.CHANNEL:
                channel = guild.get_channel_or_thread(rule.target_id or 0)
                return f"#{channel.name}" if channel else f"the channel {rule.target_id}"
            case Scope.SERVER:
                return "the whole server"
            case _:
                return "each member"


def key_of(rule: Rule) -> str:
    """Return what names a limit of a server, whatever its amount."""
    return f"{rule.scope}:{rule.target_id or 0}:{rule.meter}:{rule.window}"


def rule_of(key: str) -> Rule:
    """Return the limit that `key_of` named, its amount 0; raise `InvalidChoice`."""
    scope, target_id, meter, window = (*key.split(":"), "", "", "", "")[:4]
    try:
        target = int(target_id)
        if not 0 <= target <= LARGEST_ID:
            raise ValueError(target_id)
        return Rule(Scope(scope), Meter(meter), Window(window), 0, target or None)
    except ValueError as error:
        raise InvalidChoice(
            "limit", "choose one of those proposed, or give `meter` and `window` instead"
        ) from error


async def proposed(
    interaction: discord.Interaction[Threadlight], proposals: Proposals, typed: str
) -> list[app_commands.Choice[str]]:
    """Return the limits of the command's server that hold all that is typed."""
    if interaction.guild is None:
        return []
    limits = await interaction.client.core.administration.limits.limits(interaction.guild.id)
    return await proposals.of(interaction.guild, limits.own, typed)
