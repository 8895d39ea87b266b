"""The button that goes on from an answer in a thread of its own; it works for ever."""

import discord

from bot.branching import Root
from bot.client import Threadlight
from bot.errors import NotAllowed, NotHere
from bot.messages import Place
from bot.pressing import Pressable
from bot.reading.questions import question_from_interaction
from bot.render.sayings import said

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
        thread = await open_thread(interaction, root)
        place = Place(thread.id, thread.guild.id)
        await client.core.branching.begin(root, place, interaction.user.id)
        where = f"[this answer]({message.jump_url})" if message is not None else "an answer"
        hint = "I remember all that was said until there. Every message here is answered."
        await client.post(thread, f"-# 🧵 This thread goes on from {where}. {hint}")
        await interaction.edit_original_response(
            view=said(f"Here is your thread: {thread.mention}")
        )


async def open_thread(interaction: discord.Interaction[Threadlight], root: Root) -> discord.Thread:
    """Open a thread beside the answer, as private as it; raise `NotHere` or `NotAllowed`."""
    here = interaction.channel
    private = root.is_private or (isinstance(here, discord.Thread) and here.is_private())
    channel = here.parent if isinstance(here, discord.Thread) else here
    if not isinstance(channel, discord.TextChannel):
        raise NotHere("threads can only branch off in a server's text channels")
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
        raise NotHere("Discord opens no thread in this channel now; use `/chat`") from error
    return thread


async def setup(bot: Threadlight) -> None:
    """Let Discord's clicks find the button."""
    bot.add_dynamic_items(BranchButton)
