"""The button that goes on from an answer in a thread of its own; it works for ever."""

import discord

from bot.discord.client import Threadlight
from bot.discord.pressing import Pressable
from bot.discord.thread_starts import beside, waits_in
from bot.messages import Place
from bot.reading.questions import question_from_interaction
from bot.render.sayings import said
from bot.render.screen.surfaces import language_at
from bot.render.threads import branched_words
from bot.words import say, speaking

TEMPLATE = r"thread:(?P<answer>\d+)"
"""What stands in a button's custom_id: which answer to go on from."""


class BranchButton(Pressable, template=TEMPLATE):
    """A button that branches from one answer."""

    @property
    def answer_id(self) -> int:
        """Return the id of the answer."""
        return int(self.said["answer"])

    async def pressed(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Open the thread."""
        await interaction.client.acknowledge(interaction, ephemeral=True)
        with interaction.client.core.branching.pressed(self.answer_id):
            await self.branch(interaction)

    async def branch(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Open a thread whose past is this conversation up to the answer."""
        client, message = interaction.client, interaction.message
        by = question_from_interaction(interaction, "")
        root = await client.core.branching.root(self.answer_id, by)
        is_inside = isinstance(here := interaction.channel, discord.Thread) and here.is_private()
        thread = await beside(interaction, root.name, private=root.is_private or is_inside)
        place = Place(thread.id, thread.guild.id)
        await client.core.branching.begin(root, place, interaction.user.id)
        link = message.jump_url if message is not None else ""
        waits = await waits_in(client, thread)
        with speaking(language_at(interaction, private=False)):
            first = branched_words(link, waits=waits)
        await client.post(thread, first)
        told = say("branch-here", thread=thread.mention)
        await interaction.edit_original_response(view=said(told))


async def setup(bot: Threadlight) -> None:
    """Let Discord's clicks find the button."""
    bot.add_dynamic_items(BranchButton)
