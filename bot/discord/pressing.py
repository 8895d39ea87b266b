"""Buttons and selects that work after a restart: their custom_id says all that they are about."""

import re
from abc import ABC, abstractmethod
from typing import Any, Self

import discord
from discord import ui

from bot.discord.client import Threadlight
from bot.discord.permitted import allows
from bot.errors import NotHere

NOTHING = r"(?!)"
"""Matches no custom_id: what is common to all of them is none itself."""


class Pressable(ui.DynamicItem[ui.Item[Any]], ABC, template=NOTHING):
    """A button, or a select, that is rebuilt from its custom_id when somebody uses it.

    A subclass gives the `template` of the custom_id and says what pressing does; `said` is what
    the custom_id holds.
    """

    def __init__(self, item: ui.Item[Any], said: re.Match[str]) -> None:
        super().__init__(item)
        self.said = said

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[discord.Client],
        item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Rebuild it from what Discord sent."""
        del interaction
        return cls(item, match)

    async def callback(self, interaction: discord.Interaction[Threadlight]) -> None:  # type: ignore[override]  # only our own client calls it
        """Do what it is for, and explain where that can't be."""
        try:
            await self.pressed(interaction)
        except Exception as error:  # noqa: BLE001  # discord.py would only log it
            await interaction.client.explain(interaction, error)

    @abstractmethod
    async def pressed(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Do what it is for."""


def is_private(interaction: discord.Interaction[Threadlight]) -> bool:
    """Tell whether the button stands in a message that one person alone sees."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def require_unlocked(interaction: discord.Interaction[Threadlight]) -> None:
    """Raise `NotHere` in a locked thread: buttons work there, but only moderators may go on."""
    thread = interaction.channel
    if not isinstance(thread, discord.Thread) or not thread.locked:
        return
    if not allows(interaction.permissions, "manage_threads"):
        raise NotHere("advice-thread-locked")


async def wake(interaction: discord.Interaction[Threadlight]) -> None:
    """Wake an archived thread, in which nothing can be edited; raise `NotHere` if it is locked."""
    thread = interaction.channel
    if not isinstance(thread, discord.Thread) or not thread.archived:
        return
    try:
        await thread.edit(archived=False)
    except discord.HTTPException as error:
        raise NotHere("advice-thread-locked") from error
