"""The button that goes on from an answer in a thread of its own; it works for ever."""

import re
from typing import Self

import discord
from discord import ui

from bot.branching import Root
from bot.client import Threadlight
from bot.errors import NotAllowed, NotHere
from bot.messages import Place
from bot.reading.questions import question_from_interaction
from bot.render.sayings import said
from bot.render.screen.surfaces import language_at
from bot.words import say, speaking

TEMPLATE = r"thread:(?P<answer>\d+)"
"""What stands in a button's custom_id: which answer to go on from."""


class BranchButton(ui.DynamicItem[ui.Button[ui.LayoutView]], template=TEMPLATE):
    """A button that branches from one answer."""

    def __init__(self, button: ui.Button[ui.LayoutView], answer_id: int) -> None:
        super().__init__(button)
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
        return cls(item, int(match["answer"]))

    async def callback(self, interaction: discord.Interaction[Threadlight]) -> None:  # type: ignore[override]  # only our own client calls it
        """Open the thread, and explain where that can't be."""
        try:
            await interaction.client.acknowledge(interaction, ephemeral=True)
            with interaction.client.core.branching.pressed(self.answer_id):
                await self.branch(interaction)
        except Exception as error:  # noqa: BLE001  # discord.py would only log it
            await interaction.client.explain(interaction, error)

    async def branch(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Open a thread whose past is this conversation up to the answer."""
        client, message = interaction.client, interaction.message
        by = question_from_interaction(interaction, "")
        root = await client.core.branching.root(self.answer_id, by)
        thread = await open_thread(interaction, root)
        place = Place(thread.id, thread.guild.id)
        await client.core.branching.begin(root, place, interaction.user.id)
        with speaking(language_at(interaction, private=False)):
            answer = say("branch-an-answer")
            if message is not None:
                answer = say("branch-this-answer", link=message.jump_url)
            first = say("branch-first", answer=answer)
        await client.post(thread, first)
        here = say("branch-here", thread=thread.mention)
        await interaction.edit_original_response(view=said(here))


async def open_thread(interaction: discord.Interaction[Threadlight], root: Root) -> discord.Thread:
    """Open a thread beside the answer, as private as it; raise `NotHere` or `NotAllowed`."""
    here = interaction.channel
    private = root.is_private or (isinstance(here, discord.Thread) and here.is_private())
    channel = here.parent if isinstance(here, discord.Thread) else here
    if not isinstance(channel, discord.TextChannel):
        raise NotHere("advice-branch-in-text-channel")
    kind = discord.ChannelType.private_thread if private else discord.ChannelType.public_thread
    try:
        thread = await channel.create_thread(
            name=root.name, type=kind, auto_archive_duration=1440, invitable=True
        )
        await thread.add_user(interaction.user)
    except discord.Forbidden as error:
        needed = "Create Private Threads" if private else "Create Public Threads"
        raise NotAllowed("bot", f"{needed} and Send Messages in Threads") from error
    except discord.HTTPException as error:
        raise NotHere("advice-no-thread-now-chat") from error
    return thread


async def setup(bot: Threadlight) -> None:
    """Let Discord's clicks find the button."""
    bot.add_dynamic_items(BranchButton)
