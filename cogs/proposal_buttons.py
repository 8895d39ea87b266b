"""The buttons of a price question, which work after a restart: Send, Trim and Cancel."""

import re
from typing import Self

import discord
from discord import ui

from bot.client import Threadlight
from bot.reading.questions import question_from_interaction

TEMPLATE = r"price:(?P<what>send|trim|cancel):(?P<proposal>\d+)"
"""What stands in a button's custom_id: what it does, and with which proposal."""


class ProposalButton(ui.DynamicItem[ui.Button[ui.LayoutView]], template=TEMPLATE):
    """A button that decides about one question."""

    def __init__(self, button: ui.Button[ui.LayoutView], what: str, proposal_id: int) -> None:
        super().__init__(button)
        self.what = what
        self.proposal_id = proposal_id

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
        return cls(item, match["what"], int(match["proposal"]))

    async def callback(self, interaction: discord.Interaction[Threadlight]) -> None:  # type: ignore[override]  # only our own client calls it
        """Do what the button says, and explain where that can't be."""
        try:
            await interaction.response.defer()
            with interaction.client.core.proposals.pressed(self.proposal_id):
                await (
                    self.cancel(interaction) if self.what == "cancel" else self.send(interaction)
                )
        except Exception as error:  # noqa: BLE001  # discord.py would only log it
            await interaction.client.explain(interaction, error)

    async def cancel(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Forget the question, and say so in its place."""
        client = interaction.client
        await client.core.proposals.cancel(self.proposal_id, interaction.user.id)
        surface = client.surface_of(
            interaction, private=is_private(interaction), message_id=message_id_of(interaction)
        )
        await client.asides.say_instead(surface, "price-cancelled")

    async def send(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Answer the question, in place of what asked about its price."""
        by = question_from_interaction(interaction, "", private=is_private(interaction))
        question = await interaction.client.core.proposals.agreed(
            self.proposal_id, by, trim=self.what == "trim"
        )
        if question.again is not None and question.again.is_in_place and not question.private:
            # The question stands in a message of its own, the answer in that of the earlier one.
            await interaction.client.answer_in_place(interaction, question, is_agreed=True)
            return
        message_id = message_id_of(interaction)
        await interaction.client.answer_interaction(
            interaction, question, message_id, head=question.head
        )


def is_private(interaction: discord.Interaction[Threadlight]) -> bool:
    """Tell whether the button stands in a message that one person alone sees."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def message_id_of(interaction: discord.Interaction[Threadlight]) -> int | None:
    """Return the id of the message below which the button stands."""
    return interaction.message.id if interaction.message is not None else None


async def setup(bot: Threadlight) -> None:
    """Let Discord's clicks find the buttons."""
    bot.add_dynamic_items(ProposalButton)
