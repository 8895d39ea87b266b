"""Starts threads in Discord, or says clearly why there can be none."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import discord

from bot.discord.client import Threadlight
from bot.discord.permitted import Right, allows
from bot.errors import NotAllowed, NotHere

KEPT_OPEN: Final = 1440
"""Minutes without a message after which Discord archives a thread."""

HAS_THREAD = 160004
"""Discord's code for a message from which a thread was started already."""


async def on_message(message: discord.Message, name: str) -> discord.Thread:
    """Start a public thread from a message; raise `NotHere` or `NotAllowed`."""
    with explained(private=False):
        return await message.create_thread(name=name, auto_archive_duration=KEPT_OPEN)


async def beside(
    interaction: discord.Interaction[Threadlight], name: str, *, private: bool
) -> discord.Thread:
    """Start a thread in the channel, or in the one that this thread belongs to; let the user in."""
    here = interaction.channel
    channel = here.parent if isinstance(here, discord.Thread) else here
    if not isinstance(channel, discord.TextChannel):
        raise NotHere("advice-branch-in-text-channel")
    if private and channel.is_news():
        raise NotHere("advice-all-read-announcements")
    require_may_start(interaction, private=private)
    with explained(private=private):
        thread = await channel.create_thread(
            name=name,
            type=_kind_in(channel, private=private),
            auto_archive_duration=KEPT_OPEN,
            invitable=True,
        )
        await thread.add_user(interaction.user)
    return thread


def _kind_in(channel: discord.TextChannel, *, private: bool) -> discord.ChannelType:
    """Return which kind of thread a channel can have: announcements have one of their own."""
    if channel.is_news():
        return discord.ChannelType.news_thread
    return discord.ChannelType.private_thread if private else discord.ChannelType.public_thread


@contextmanager
def explained(*, private: bool) -> Generator[None]:
    """Turn Discord's refusals to start a thread into `NotAllowed` and `NotHere`."""
    try:
        yield
    except discord.Forbidden as error:
        kind = "Create Private Threads" if private else "Create Public Threads"
        raise NotAllowed("bot", f"{kind} and Send Messages in Threads") from error
    except discord.HTTPException as error:
        if error.code == HAS_THREAD:
            raise
        raise NotHere("advice-no-thread-now-ask") from error


def require_may_start(interaction: discord.Interaction[Threadlight], *, private: bool) -> None:
    """Raise `NotAllowed` unless the bot may start a thread and write in it.

    Discord would find out only once the thread is there.
    """
    _require("bot", interaction.app_permissions, private=private)


def require_both_may_start(interaction: discord.Interaction[Threadlight]) -> None:
    """Raise `NotAllowed` unless the person, too, may start a thread on anybody's message."""
    _require("you", interaction.permissions, private=False)
    _require("bot", interaction.app_permissions, private=False)


def _require(who: str, may: discord.Permissions, *, private: bool) -> None:
    needed: dict[str, Right] = {
        "Create Private Threads" if private else "Create Public Threads": (
            "create_private_threads" if private else "create_public_threads"
        ),
        "Send Messages in Threads": "send_messages_in_threads",
    }
    missing = [words for words, right in needed.items() if not allows(may, right)]
    if not missing:
        return
    if not allows(may, "view_channel"):  # it takes all others with it
        raise NotAllowed(who, "View Channel")
    raise NotAllowed(who, " and ".join(missing))


async def waits_in(client: Threadlight, thread: discord.Thread) -> bool:
    """Tell whether only what is written to the bot is answered in a thread."""
    channels = (thread.id, thread.parent_id)
    desk = client.core.administration.choices
    return await desk.mention_only(thread.guild.id, channels)
