"""The state of a Discord: who and what there is, and word of every change."""

import time
from collections.abc import Mapping
from typing import Any

from sandbox.discord import problems
from sandbox.discord.model import (
    Attachment,
    Channel,
    Clock,
    Command,
    Event,
    Guild,
    Interaction,
    Message,
    MessageFlag,
    ThreadState,
    User,
)
from sandbox.discord.news import News
from sandbox.discord.nonces import Nonces
from sandbox.discord.snowflakes import Snowflakes


class State:
    """Holds everything, finds it by id or name, and tells subscribers what happens."""

    def __init__(self, clock: Clock = time.time) -> None:
        self.clock = clock
        self.ids = Snowflakes(clock)
        self.news = News()
        self.nonces = Nonces(clock)
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.messages: dict[int, Message] = {}
        self.attachments: dict[int, Attachment] = {}
        self.commands: dict[int, Command] = {}
        self.interactions: dict[str, Interaction] = {}
        self.cdn_url = "http://cdn.invalid"
        """Where files are served; a server says it when it starts."""

    # Finding

    def user(self, user_id: int) -> User:
        """Return a user, or raise 10013."""
        if (user := self.users.get(user_id)) is None:
            raise problems.unknown_user()
        return user

    def guild(self, guild_id: int) -> Guild:
        """Return a guild, or raise 10004."""
        if (guild := self.guilds.get(guild_id)) is None:
            raise problems.unknown_guild()
        return guild

    def channel(self, channel_id: int) -> Channel:
        """Return a channel, thread or DM, or raise 10003."""
        if (channel := self.channels.get(channel_id)) is None:
            raise problems.unknown_channel()
        return channel

    def user_named(self, username: str) -> User:
        """Return a user by the user name; raise LookupError if there is none."""
        for user in self.users.values():
            if user.username == username:
                return user
        raise LookupError(f"Nobody is called {username}.")

    def guild_named(self, name: str) -> Guild:
        """Return a server by its name; raise LookupError if there is none."""
        for guild in self.guilds.values():
            if guild.name == name:
                return guild
        raise LookupError(f"No server is called {name}.")

    def channel_named(self, name: str, guild: Guild | None = None) -> Channel:
        """Return a channel or thread by its name, the first of it or that of one server."""
        for channel in self.channels.values():
            if channel.name == name and guild in (None, self.guild_of(channel)):
                return channel
        raise LookupError(f"No channel is called {name}.")

    def message(self, channel_id: int, message_id: int) -> Message:
        """Return a message of a channel, or raise 10008."""
        message = self.messages.get(message_id)
        if message is None or message.channel_id != channel_id:
            raise problems.unknown_message()
        return message

    def guild_of(self, channel: Channel) -> Guild | None:
        """Return a channel's server, or None for a DM."""
        return None if channel.guild_id is None else self.guilds[channel.guild_id]

    def parent_of(self, channel: Channel) -> Channel:
        """Return the channel that a thread is in, or the channel itself."""
        if channel.thread is None or channel.parent_id is None:
            return channel
        return self.channels[channel.parent_id]

    def threads_of(self, guild: Guild) -> list[tuple[Channel, ThreadState]]:
        """Return a server's threads, archived ones too."""
        return [
            (channel, channel.thread)
            for channel in self.channels.values()
            if channel.thread is not None and channel.guild_id == guild.id
        ]

    # Telling

    def emit(
        self,
        name: str,
        channel: Channel | None = None,
        subject: Any = None,
        *,
        guild_id: int | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        """Tell everybody who listens that something happened."""
        if channel is not None:
            guild_id = channel.guild_id
        channel_id = None if channel is None else channel.id
        self.news.tell(Event(name, channel_id, guild_id, subject, extra or {}))


def is_ephemeral(event: Event) -> bool:
    """Tell whether an event is about a message that only one user sees."""
    return isinstance(event.subject, Message) and MessageFlag.EPHEMERAL in event.subject.flags
