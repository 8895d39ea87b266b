"""`/history forget`: erases what a person said, after a yes."""

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.discord.client import Threadlight
from bot.discord.pressing import Pressable
from bot.errors import NotYours
from bot.render.forgetting import asked_words, done_words, nothing_words
from bot.render.sayings import said
from bot.words import say

TEMPLATE = r"forget:(?P<what>yes|no):(?P<person>\d+)"
"""What stands in a button's custom_id: whether to forget, and whose words."""


class ForgetButton(Pressable, template=TEMPLATE):
    """A button that says yes or no."""

    async def pressed(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Forget, or let things be."""
        await interaction.response.defer()
        person_id = int(self.said["person"])
        if interaction.user.id != person_id:
            raise NotYours
        with interaction.client.core.forgetting.pressed(person_id):
            keeps = self.said["what"] == "no"
            words = say("forget-kept") if keeps else await self.forget(interaction)
            await interaction.edit_original_response(view=said(words))

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
