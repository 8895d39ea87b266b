"""The buttons below an answer: they work after a restart, and for ever."""

from collections.abc import Mapping
from functools import partial

import discord

from bot.discord.client import Threadlight
from bot.discord.permitted import allows
from bot.discord.pressing import Pressable, is_private, require_unlocked, wake
from bot.errors import AlreadyEnded
from bot.messages import AgainKind
from bot.reading.questions import question_from_interaction
from bot.render.screen.thoughts import show_thinking

TEMPLATE = r"(?P<what>stop|retry|regenerate|continue|earlier|later|thinking):(?P<answer>\d+)"
"""What stands in a button's custom_id: what it does, and to which answer."""

AGAIN: Mapping[str, AgainKind] = {
    "regenerate": AgainKind.REGENERATE,
    "continue": AgainKind.CONTINUE,
}
STEPS: Mapping[str, int] = {"earlier": -1, "later": 1}


class AnswerButton(Pressable, template=TEMPLATE):
    """A button that belongs to one answer."""

    @property
    def answer_id(self) -> int:
        """Return the id of the answer."""
        return int(self.said["answer"])

    async def pressed(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Do what the button says."""
        what = self.said["what"]
        if what in AGAIN:
            await self.again(interaction, AGAIN[what])
        elif what in STEPS:
            await self.turn_over(interaction, STEPS[what])
        elif what == "thinking":
            await self.thinking(interaction)
        else:
            await (self.stop(interaction) if what == "stop" else self.retry(interaction))

    async def stop(self, interaction: discord.Interaction[Threadlight]) -> None:
        """End the answer early; its message then says so.

        Who may not use the bot may end what it does all the same.
        """
        core, ended = interaction.client.core, None
        moderator = allows(interaction.permissions, "manage_messages")
        try:  # first of all: Discord may be slow, or refuse to hear of it
            core.conversations.stop(self.answer_id, interaction.user.id, moderator=moderator)
        except AlreadyEnded as error:
            ended = error
        finally:
            await interaction.response.defer()
        if ended is not None:
            # Its message may not know: Discord was in trouble then, or the thread was locked.
            screens = interaction.client.answering.screens_in_place(interaction)
            if not await core.repainting.again(self.answer_id, screens):
                raise ended

    async def retry(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Answer the same question afresh, in a new message."""
        private = is_private(interaction)
        message_id = await interaction.client.acknowledge(interaction, ephemeral=private)
        require_unlocked(interaction)
        asked = question_from_interaction(interaction, "", private=private)
        question = await interaction.client.core.variants.asked_before(self.answer_id, asked)
        await interaction.client.answering.to_interaction(interaction, question, message_id)

    async def again(self, interaction: discord.Interaction[Threadlight], kind: AgainKind) -> None:
        """Answer the same question another time, or to its end, where the answer stands."""
        await interaction.response.defer()
        require_unlocked(interaction)
        core = interaction.client.core
        asked = question_from_interaction(interaction, "", private=is_private(interaction))
        await core.conversations.admit(asked)
        question = await core.variants.asked_before(self.answer_id, asked, kind)
        await wake(interaction)
        await interaction.client.answering.in_place(interaction, question)

    async def turn_over(self, interaction: discord.Interaction[Threadlight], step: int) -> None:
        """Show the answer before or after this one; it is what the model remembers from then on."""
        await interaction.response.defer()
        client, by = interaction.client, question_from_interaction(interaction, "")
        await client.core.variants.turn_over(
            self.answer_id,
            by,
            step,
            client.answering.screens_in_place(interaction),
            partial(wake, interaction),
        )

    async def thinking(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Show what the model thought before the answer, to who asked alone."""
        await interaction.client.acknowledge(interaction, ephemeral=True)
        by = question_from_interaction(interaction, "")
        thinking = await interaction.client.core.variants.thinking(self.answer_id, by)
        await show_thinking(interaction, thinking)


async def setup(bot: Threadlight) -> None:
    """Let Discord's clicks find the buttons."""
    bot.add_dynamic_items(AnswerButton)
