"""Where an answer appears: the one place that sends and edits its messages and reads refusals."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

import discord

from bot.errors import ThreadlightError
from bot.messages import ScreenAddress
from bot.render.layouts import Layout
from bot.render.schedule import Lane


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


class NotPainted(ThreadlightError):
    """Say that Discord could not be reached or was in trouble: the next paint may succeed."""


class Surface(Protocol):
    """A row of messages; `DiscordSurface` is one."""

    @property
    def address(self) -> ScreenAddress:
        """Return where the messages are, as it stands now."""
        ...

    def lane(self, index: int) -> Lane:
        """Return the bucket that painting this message takes its permit from now."""
        ...

    async def paint(self, index: int, layout: Layout) -> None:
        """Show this as the message of that index; raise `NotPainted` or `ScreenGone`."""
        ...

    async def remove(self, index: int) -> None:
        """Delete the last message, which has this index; raise `NotPainted` or `ScreenGone`."""
        ...


class DiscordSurface:
    """Messages in Discord, reached by an interaction's token while it lives, else by their ids."""

    def __init__(
        self,
        client: discord.Client,
        address: ScreenAddress,
        *,
        now: Callable[[], datetime] = utc_now,
        reply_to: int | None = None,
    ) -> None:
        raise NotImplementedError


class InteractionSurface(DiscordSurface):
    """The response of an interaction already deferred with `thinking=True`, and follow-ups.

    `message_id` is the deferral's, if known.
    """

    def __init__(
        self,
        interaction: "discord.Interaction[discord.Client]",
        *,
        ephemeral: bool,
        message_id: int | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        raise NotImplementedError


class ChannelSurface(DiscordSurface):
    """New messages in a channel, thread or DM; the first replies to the question if told to."""

    def __init__(
        self,
        channel: "discord.abc.MessageableChannel",
        *,
        reply_to: discord.Message | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        raise NotImplementedError


class StoredSurface(DiscordSurface):
    """Messages that an earlier process painted."""

    def __init__(
        self,
        client: discord.Client,
        address: ScreenAddress,
        *,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        raise NotImplementedError
