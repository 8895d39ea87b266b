"""The buttons of a price question, which work after a restart: Send, Trim and Cancel."""

import discord

from bot.discord.client import Threadlight
from bot.discord.pressing import Pressable, is_private, require_unlocked, wake
from bot.reading.questions import question_from_interaction

TEMPLATE = r"price:(?P<what>send|trim|cancel):(?P<proposal>\d+)"
"""What stands in a button's custom_id: what it does, and with which proposal."""


class ProposalButton(Pressable, template=TEMPLATE):
    """A button that decides about one question."""

    @property
    def proposal_id(self) -> int:
        """Return the id of the proposal."""
        return int(self.said["proposal"])

    async def pressed(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Do what the button says."""
        await interaction.response.defer()
        cancels = self.said["what"] == "cancel"
        with interaction.client.core.proposals.pressed(self.proposal_id):
            await (self.cancel(interaction) if cancels else self.send(interaction))

    async def cancel(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Forget the question, and say so in its place."""
        client = interaction.client
        await client.core.proposals.cancel(self.proposal_id, interaction.user.id)
        surface = client.answering.surface_of(
            interaction, private=is_private(interaction), message_id=message_id_of(interaction)
        )
        await client.asides.say_instead(surface, "price-cancelled")

    async def send(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Answer the question, in place of what asked about its price."""
        require_unlocked(interaction)
        by = question_from_interaction(interaction, "", private=is_private(interaction))
        await wake(interaction)
        question = await interaction.client.core.proposals.agreed(
            self.proposal_id, by, trim=self.said["what"] == "trim"
        )
        if question.again is not None and question.again.is_in_place and not question.private:
            # The question stands in a message of its own, the answer in that of the earlier one.
            await interaction.client.answering.in_place(interaction, question, is_agreed=True)
            return
        message_id = message_id_of(interaction)
        await interaction.client.answering.to_interaction(
            interaction, question, message_id, head=question.head
        )


def message_id_of(interaction: discord.Interaction[Threadlight]) -> int | None:
    """Return the id of the message below which the button stands."""
    return interaction.message.id if interaction.message is not None else None


async def setup(bot: Threadlight) -> None:
    """Let Discord's clicks find the buttons."""
    bot.add_dynamic_items(ProposalButton)
