"""`/history forget`: erases what a person said, after a yes."""

import re
from typing import Self

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.client import Threadlight
from bot.errors import NotYours
from bot.render.forgetting import asked_words, done_words, nothing_words
from bot.render.sayings import said
from bot.words import say

TEMPLATE = r"forget:(?P<what>yes|no):(?P<person>\d+)"
"""What stands in a button's custom_id: whether to forget, and whose words."""


class ForgetButton(ui.DynamicItem[ui.Button[ui.LayoutView]], template=TEMPLATE):
    """A button that says yes or no; it works after a restart."""

    def __init__(self, button: ui.Button[ui.LayoutView], what: str, person_id: int) -> None:
        super().__init__(button)
        self.what = what
        self.person_id = person_id

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
        return cls(item, match["what"], int(match["person"]))

    async def callback(self, interaction: discord.Interaction[Threadlight]) -> None:  # type: ignore[override]  # only our own client calls it
        """Forget, or let things be, and explain where that can't be."""
        try:
            await interaction.response.defer()
            if interaction.user.id != self.person_id:
                raise NotYours
            with interaction.client.core.forgetting.pressed(self.person_id):
                words = say("forget-kept") if self.what == "no" else await self.forget(interaction)
                await interaction.edit_original_response(view=said(words))
        except Exception as error:  # noqa: BLE001  # discord.py would only log it
            await interaction.client.explain(interaction, error)

    async def forget(self, interaction: discord.Interaction[Threadlight]) -> str:
        """Erase all that was said until the press, and return what to say of it."""
        forgetting = interaction.client.core.forgetting
        traces = await forgetting.traces()
        found = await forgetting.forget(interaction.user.id, interaction.created_at)
        return done_words(found, traces)


class ForgetCommand(commands.Cog):
    """Asks whether somebody's words are to be forgotten; everybody may wish that, everywhere."""

    bot: Threadlight

    @app_commands.command()
    async def forget(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Erase all that you ever said to me, everywhere; you are asked first."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        found = await self.bot.core.forgetting.find(interaction.user.id)
        if found.is_nothing:
            await interaction.edit_original_response(view=said(nothing_words(found)))
            return
        view = said(asked_words(found))
        row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
        for what, label, style in (
            ("yes", say("button-forget"), discord.ButtonStyle.danger),
            ("no", say("button-keep"), discord.ButtonStyle.secondary),
        ):
            custom_id = f"forget:{what}:{interaction.user.id}"
            row.add_item(ui.Button(label=label, custom_id=custom_id, style=style))
        view.add_item(row)
        await interaction.edit_original_response(view=view)
