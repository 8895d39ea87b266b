"""What is proposed while somebody fills in a command: plain words, as mentions don't show there."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress

import discord
from discord import app_commands

from bot.words import say

MOST, LONGEST = 25, 100
"""Proposals that Discord shows, and the characters of one."""

LARGEST_ID = 2**63 - 1
"""The largest id that a database keeps."""

NAMES_WITHIN = 1.5
"""Seconds for finding members' names: Discord waits 3 for the proposals."""

MOST_NAMES = 1_000
"""Members whose names are remembered."""


def proposals(named: Iterable[tuple[str, str]], typed: str) -> list[app_commands.Choice[str]]:
    """Return those of these, words and value of each, whose words hold all that is typed."""
    wanted = typed.lower().split()
    fitting = [
        app_commands.Choice(name=_shortened(words), value=value)
        for words, value in named
        if all(word in words.lower() for word in wanted)
    ]
    return fitting[:MOST]


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def id_from(text: str, least: int = 1) -> int:
    """Read an id that stands in a proposal's value; raise `ValueError`."""
    number = int(text)
    if not least <= number <= LARGEST_ID:
        raise ValueError(text)
    return number


class PlainNames:
    """Names channels, roles and members, also those that are gone."""

    def __init__(self) -> None:
        # Those who left have the empty name.
        self._members: OrderedDict[tuple[int, int], str] = OrderedDict()

    async def learn(self, guild: discord.Guild, user_ids: Iterable[int]) -> None:
        """Ask for the names of members that are not known yet, for as long as there is time."""
        unknown = [it for it in dict.fromkeys(user_ids) if (guild.id, it) not in self._members]
        asked = [self._learn(guild, user_id) for user_id in unknown[:MOST]]
        with suppress(TimeoutError):
            async with asyncio.timeout(NAMES_WITHIN):
                # Where Discord does not tell a name, the id alone will do.
                await asyncio.gather(*asked, return_exceptions=True)

    async def _learn(self, guild: discord.Guild, user_id: int) -> None:
        try:
            name = f"@{(await guild.fetch_member(user_id)).display_name}"
        except discord.NotFound:
            name = ""
        self._members[guild.id, user_id] = name
        while len(self._members) > MOST_NAMES:
            self._members.popitem(last=False)

    def member(self, guild: discord.Guild, user_id: int) -> str:
        """Return a member's name, as far as it was learnt."""
        name = self._members.get((guild.id, user_id))
        if name is None:
            return say("plain-member", id=str(user_id))
        return name or say("plain-left", id=str(user_id))

    @staticmethod
    def role(guild: discord.Guild, role_id: int) -> str:
        """Return a role's name."""
        role = guild.get_role(role_id)
        return (
            f"@{role.name.removeprefix('@')}" if role else say("plain-role-gone", id=str(role_id))
        )

    @staticmethod
    def channel(guild: discord.Guild, channel_id: int) -> str:
        """Return a channel's name; it may be gone, or a thread that sleeps."""
        channel = guild.get_channel_or_thread(channel_id)
        return f"#{channel.name}" if channel else say("plain-channel-unseen", id=str(channel_id))
