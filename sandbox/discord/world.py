"""A Discord that can be built, changed and asked who may do what."""

import time
from collections.abc import Sequence

from sandbox.discord import problems
from sandbox.discord.model import (
    Channel,
    ChannelType,
    Clock,
    Guild,
    Member,
    Message,
    Role,
    User,
)
from sandbox.discord.permissions import (
    NONE,
    Overwrite,
    Permission,
    channel_permissions,
    dm_permissions,
    may_view_thread,
)
from sandbox.discord.state import State

EVERYDAY = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ATTACH_FILES
    | Permission.EMBED_LINKS
    | Permission.ADD_REACTIONS
    | Permission.USE_APPLICATION_COMMANDS
)
"""What everyone may do in a new guild."""


class World(State):
    """Holds guilds with their channels and members, and the bot that they may invite."""

    def __init__(self, clock: Clock = time.time) -> None:
        super().__init__(clock)
        self.bot = self.add_user("threadlight", global_name="Threadlight", bot=True)

    # Building

    def add_user(
        self,
        username: str,
        *,
        global_name: str | None = None,
        bot: bool = False,
        user_id: int | None = None,
    ) -> User:
        """Let somebody have an account."""
        user = User(user_id or self.ids.next(), username, global_name, bot)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, owner: User, *, guild_id: int | None = None) -> Guild:
        """Found a server whose @everyone may do the everyday things, with its owner in it."""
        guild = Guild(guild_id or self.ids.next(), name, owner.id)
        guild.roles[guild.id] = Role(guild.id, "@everyone", int(EVERYDAY), 0)
        self.guilds[guild.id] = guild
        self.add_member(guild, owner)
        return guild

    def add_role(
        self,
        guild: Guild,
        name: str,
        permissions: Permission = NONE,
        *,
        mentionable: bool = False,
        managed_by: int | None = None,
        colour: int = 0,
    ) -> Role:
        """Add a role above all the others."""
        role = Role(
            self.ids.next(),
            name,
            int(permissions),
            len(guild.roles),
            mentionable,
            managed_by,
            colour,
        )
        guild.roles[role.id] = role
        self.emit("GUILD_ROLE_CREATE", guild_id=guild.id, subject=role)
        return role

    def add_member(
        self, guild: Guild, user: User, roles: Sequence[Role] = (), ago: float = 0.0
    ) -> Member:
        """Let somebody join a server, `ago` seconds ago; for the bot that is being invited."""
        member = Member(user.id, self.clock() - ago, [role.id for role in roles])
        guild.members[user.id] = member
        name = "GUILD_CREATE" if user is self.bot else "GUILD_MEMBER_ADD"
        self.emit(name, guild_id=guild.id, subject=guild if user is self.bot else member)
        return member

    def remove_member(self, guild: Guild, user_id: int) -> None:
        """Let somebody leave or be thrown out."""
        member = guild.members.pop(user_id)
        if user_id == self.bot.id:
            self.emit("GUILD_DELETE", guild_id=guild.id, subject=guild)
        else:
            self.emit("GUILD_MEMBER_REMOVE", guild_id=guild.id, subject=member)

    def go_down(self, guild: Guild) -> None:
        """Let an outage take a server away from the bot, which stays its member."""
        self.emit("GUILD_DELETE", guild_id=guild.id, subject=guild, extra={"down": True})

    def come_back(self, guild: Guild) -> None:
        """Let a server's outage end."""
        self.emit("GUILD_CREATE", guild_id=guild.id, subject=guild, extra={"returns": True})

    def set_permissions(self, guild: Guild, role: Role, permissions: Permission) -> None:
        """Let a role, which may be @everyone's, give exactly these permissions."""
        role.permissions = int(permissions)
        self.emit("GUILD_ROLE_UPDATE", guild_id=guild.id, subject=role)

    def set_roles(self, guild: Guild, user_id: int, roles: Sequence[Role]) -> None:
        """Give a member exactly these roles."""
        guild.members[user_id].role_ids = [role.id for role in roles]
        self.emit("GUILD_MEMBER_UPDATE", guild_id=guild.id, subject=guild.members[user_id])

    def add_channel(
        self,
        guild: Guild,
        name: str,
        *,
        overwrites: Sequence[Overwrite] = (),
        parent: Channel | None = None,
        type: ChannelType = ChannelType.TEXT,  # noqa: A002 - the field's term
    ) -> Channel:
        """Add a channel at the end of a server's list."""
        channel = Channel(
            self.ids.next(),
            type,
            name,
            guild.id,
            parent.id if parent else None,
            position=len(guild.channel_ids),
            overwrites=list(overwrites),
        )
        self.channels[channel.id] = channel
        guild.channel_ids.append(channel.id)
        self.emit("CHANNEL_CREATE", channel, channel)
        return channel

    def set_overwrites(self, channel: Channel, overwrites: Sequence[Overwrite]) -> None:
        """Give a channel exactly these overwrites."""
        channel.overwrites = list(overwrites)
        self.emit("CHANNEL_UPDATE", channel, channel)

    def delete_channel(self, channel: Channel) -> None:
        """Remove a channel or thread with its messages, and a channel's threads with it."""
        for thread in [each for each in self.channels.values() if each.parent_id == channel.id]:
            if thread.thread is not None:
                self.delete_channel(thread)
        del self.channels[channel.id]
        for message_id in channel.message_ids:
            self.messages.pop(message_id, None)
        if channel.guild_id is not None and channel.thread is None:
            self.guilds[channel.guild_id].channel_ids.remove(channel.id)
        self.emit("THREAD_DELETE" if channel.thread else "CHANNEL_DELETE", channel, channel)

    def dm(self, user_id: int, other_id: int) -> Channel:
        """Return the DM between two users, made if there was none."""
        pair = tuple(sorted((user_id, other_id)))
        for channel in self.channels.values():
            if channel.is_dm and channel.recipient_ids == pair:
                return channel
        channel = Channel(self.ids.next(), ChannelType.DM, recipient_ids=pair)
        self.channels[channel.id] = channel
        self.emit("DM_OPENED", channel, channel)  # for live displays; no session hears of it
        return channel

    # Permissions

    def permissions(self, user_id: int, channel: Channel) -> Permission:
        """Return what somebody may do in a channel; a thread has its parent's permissions."""
        guild = self.guild_of(channel)
        if guild is None:
            return dm_permissions() if user_id in channel.recipient_ids else NONE
        if (member := guild.members.get(user_id)) is None:
            return NONE
        return channel_permissions(
            owner=guild.owner_id == user_id,
            everyone_permissions=guild.roles[guild.id].permissions,
            role_permissions=[guild.roles[role_id].permissions for role_id in member.role_ids],
            overwrites=self.parent_of(channel).overwrites,
            member_id=user_id,
            role_ids=member.role_ids,
            everyone_id=guild.id,
            thread=channel.thread is not None,
        )

    def can_see(self, user_id: int, channel: Channel) -> bool:
        """Tell whether somebody sees a channel: a private thread only if in it or a moderator."""
        return may_view_thread(
            self.permissions(user_id, channel),
            private=channel.type is ChannelType.PRIVATE_THREAD,
            joined=channel.thread is not None and user_id in channel.thread.member_ids,
        )

    def require(self, user_id: int, channel: Channel, *needed: Permission) -> Permission:
        """Return somebody's permissions, or raise 50001 (unseen) or 50013 (one is missing)."""
        if not self.can_see(user_id, channel):
            raise problems.missing_access()
        permissions = self.permissions(user_id, channel)
        if any(permission not in permissions for permission in needed):
            raise problems.missing_permissions()
        return permissions

    def visible_messages(self, user_id: int, channel: Channel) -> list[Message]:
        """Return a channel's messages as one user sees them, oldest first."""
        found = (self.messages[message_id] for message_id in channel.message_ids)
        return [message for message in found if message.only_for in (None, user_id)]
