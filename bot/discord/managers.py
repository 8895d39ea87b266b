"""What the commands for those who manage a server have in common."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.client import Threadlight
from bot.discord.permitted import allows
from bot.errors import AccessDenied, InvalidChoice
from bot.quota.rules import Subject
from bot.reading.questions import question_from_interaction


class AnyPlace(app_commands.Transformer):
    """Takes the id of a channel or thread in which people can write, cached or not."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """Return that it is a channel's."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Return all but categories."""
        kinds = discord.ChannelType
        threads = [kinds.news_thread, kinds.public_thread, kinds.private_thread]
        return [kinds.text, kinds.voice, kinds.stage_voice, kinds.news, kinds.forum, *threads]

    async def transform(
        self,
        interaction: discord.Interaction[discord.Client],
        value: app_commands.AppCommandChannel | app_commands.AppCommandThread,
        /,
    ) -> int:
        """Return its id."""
        del interaction
        return value.id


Place = app_commands.Transform[int, AnyPlace]


def for_managers(cog: commands.GroupCog) -> None:
    """Let Discord show a group of commands to those who manage the server, and only in servers.

    It is a hint to clients, which a server's owner can change: every command checks by itself.
    """
    group = cog.app_command
    if isinstance(group, app_commands.Group):
        group.default_permissions = discord.Permissions(manage_guild=True)
        group.guild_only = True


def guild_of(interaction: discord.Interaction[Threadlight]) -> int:
    """Return the server of a command that only servers have."""
    if interaction.guild_id is None:
        raise InvalidChoice("server", "advice-in-server")
    return interaction.guild_id


async def thread_owner(bot: Threadlight, thread: discord.Thread) -> int | None:
    """Return whose thread it is: of one that the bot opened, who asked for it."""
    if bot.user is None or thread.owner_id != bot.user.id:
        return thread.owner_id
    return await bot.core.sponsoring.thread_owner(thread.id)


async def moderates(interaction: discord.Interaction[Threadlight]) -> bool:
    """Tell whether the person looks after this conversation.

    In a server that is who has Manage Messages here, and a thread's owner; in a DM it is oneself.
    """
    if interaction.guild_id is None or allows(interaction.permissions, "manage_messages"):
        return True
    here = interaction.channel
    if not isinstance(here, discord.Thread):
        return False
    return await thread_owner(interaction.client, here) == interaction.user.id


async def require_reader(interaction: discord.Interaction[Threadlight]) -> None:
    """Raise `AccessDenied` unless the person may read what those read who manage the server.

    Those who manage it may, and those whom its rules for the area `reports` name.
    """
    if not allows(interaction.permissions, "manage_guild"):
        visitor = Subject.of(question_from_interaction(interaction, ""))
        await interaction.client.core.administration.access.check_reports(visitor)


async def may_read(interaction: discord.Interaction[Threadlight]) -> bool:
    """Tell whether the person may: proposals, which can't be explained, are none for others."""
    try:
        await require_reader(interaction)
    except AccessDenied:
        return False
    return True
