"""Buttons that work after a restart, and for ever: their custom_id says all that they are about."""

import re
from typing import Any, Self

import discord
from discord import ui

from bot.client import Threadlight

NOTHING = r"(?!)"
"""Matches no custom_id: what is common to all buttons is none itself."""


class Pressable(ui.DynamicItem[ui.Button[Any]], template=NOTHING):
    """A button that is rebuilt from its custom_id when somebody presses it.

    A subclass gives the `template` of the custom_id and says what pressing does; `said` is what
    the custom_id holds.
    """

    def __init__(self, button: ui.Button[Any], said: re.Match[str]) -> None:
        super().__init__(button)
        self.said = said

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[discord.Client],
        item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Rebuild the button from what Discord sent."""
        del interaction
        assert isinstance(item, ui.Button)  # noqa: S101  # only our buttons have such an id
        return cls(item, match)

    async def callback(self, interaction: discord.Interaction[Threadlight]) -> None:  # type: ignore[override]  # only our own client calls it
        """Do what the button is for, and explain where that can't be."""
        try:
            await self.pressed(interaction)
        except Exception as error:  # noqa: BLE001  # discord.py would only log it
            await interaction.client.explain(interaction, error)

    async def pressed(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Do what the button is for."""
        raise NotImplementedError


def is_private(interaction: discord.Interaction[Threadlight]) -> bool:
    """Tell whether the button stands in a message that one person alone sees."""
    return interaction.message is not None and interaction.message.flags.ephemeral
