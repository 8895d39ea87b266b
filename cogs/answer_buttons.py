"""The buttons below an answer, which work after a restart: Stop and Retry."""

import re
from typing import Self

import discord
from discord import ui

from bot.client import Threadlight
from bot.reading.questions import question_from_interaction

TEMPLATE = r"(?P<what>stop|retry):(?P<answer>\d+)"
"""What stands in a button's custom_id: what it does, and to which answer."""


class AnswerButton(ui.DynamicItem[ui.Button[ui.LayoutView]], template=TEMPLATE):
    """A button that belongs to one answer."""

    def __init__(self, button: ui.Button[ui.LayoutView], what: str, answer_id: int) -> None:
        super().__init__(button)
        self.what = what
        self.answer_id = answer_id

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[discord.Client],
        item: ui.Item[ui.LayoutView],
        match: re.Match[str],
        /,
    ) -> Self:
        """Rebuild the button from what Discord sent."""
        del interaction
        assert isinstance(item, ui.Button)  # noqa: S101  # only our buttons have such an id
        return cls(item, match["what"], int(match["answer"]))

    async def callback(self, interaction: discord.Interaction[Threadlight]) -> None:  # type: ignore[override]  # only our own client calls it
        """Do what the button says, and explain where that can't be."""
        try:
            await (self.stop(interaction) if self.what == "stop" else self.retry(interaction))
        except Exception as error:  # noqa: BLE001  # discord.py would only log it
            await interaction.client.explain(interaction, error)

    async def stop(self, interaction: discord.Interaction[Threadlight]) -> None:
        """End the answer early; its message then says so."""
        await interaction.response.defer()
        asked = question_from_interaction(interaction, "")
        await interaction.client.core.conversations.admit(asked)
        moderator = interaction.permissions.manage_messages
        interaction.client.core.conversations.stop(
            self.answer_id, interaction.user.id, moderator=moderator
        )

    async def retry(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Answer the same question afresh, in a new message."""
        message = interaction.message
        private = message is not None and message.flags.ephemeral
        message_id = await interaction.client.acknowledge(interaction, ephemeral=private)
        asked = question_from_interaction(interaction, "", private=private)
        question = await interaction.client.core.conversations.asked_before(self.answer_id, asked)
        await interaction.client.answer_interaction(interaction, question, message_id)


async def setup(bot: Threadlight) -> None:
    """Let Discord's clicks find the buttons."""
    bot.add_dynamic_items(AnswerButton)
