"""The buttons below an answer: they work after a restart, and for ever."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Self

import discord
from discord import ui

from bot.client import Threadlight
from bot.errors import NotHere
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
            if self.what in AGAIN:
                await self.again(interaction, AGAIN[self.what])
            elif self.what in STEPS:
                await self.turn_over(interaction, STEPS[self.what])
            elif self.what == "thinking":
                await self.thinking(interaction)
            else:
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
        private = is_private(interaction)
        message_id = await interaction.client.acknowledge(interaction, ephemeral=private)
        asked = question_from_interaction(interaction, "", private=private)
        question = await interaction.client.core.variants.asked_before(self.answer_id, asked)
        await interaction.client.answer_interaction(interaction, question, message_id)

    async def again(self, interaction: discord.Interaction[Threadlight], kind: AgainKind) -> None:
        """Answer the same question another time, or to its end, where the answer stands."""
        await interaction.response.defer()
        core = interaction.client.core
        asked = question_from_interaction(interaction, "", private=is_private(interaction))
        await core.conversations.admit(asked)
        question = await core.variants.asked_before(self.answer_id, asked, kind)
        await wake(interaction)
        await interaction.client.answer_in_place(interaction, question)

    async def turn_over(self, interaction: discord.Interaction[Threadlight], step: int) -> None:
        """Show the answer before or after this one; it is what the model remembers from then on."""
        await interaction.response.defer()
        client, by = interaction.client, question_from_interaction(interaction, "")
        await client.core.variants.turn_over(
            self.answer_id, by, step, client.opens_in_place(interaction), partial(wake, interaction)
        )

    async def thinking(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Show what the model thought before the answer, to who asked alone."""
        await interaction.client.acknowledge(interaction, ephemeral=True)
        by = question_from_interaction(interaction, "")
        thinking = await interaction.client.core.variants.thinking(self.answer_id, by)
        await show_thinking(interaction, thinking)


def is_private(interaction: discord.Interaction[Threadlight]) -> bool:
    """Tell whether the button stands in a message that one person alone sees."""
    return interaction.message is not None and interaction.message.flags.ephemeral


async def wake(interaction: discord.Interaction[Threadlight]) -> None:
    """Wake an archived thread, in which nothing can be edited; raise `NotHere` if it is locked."""
    thread = interaction.channel
    if not isinstance(thread, discord.Thread) or not thread.archived:
        return
    try:
        await thread.edit(archived=False)
    except discord.HTTPException as error:
        raise NotHere("advice-thread-locked") from error


async def setup(bot: Threadlight) -> None:
    """Let Discord's clicks find the buttons."""
    bot.add_dynamic_items(AnswerButton)
