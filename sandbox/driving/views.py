"""What one person sees of a Discord, in Discord's own JSON: places, messages, what may be done."""

from sandbox.discord.commands import CommandRegistry
from sandbox.discord.modals import Modal
from sandbox.discord.model import Channel, ChannelType, Guild, Json, Message
from sandbox.discord.payloads import channel_json, guild_json, member_json, role_json, user_json
from sandbox.discord.payloads_messages import message_json
from sandbox.discord.permissions import Permission, may_send_in_thread
from sandbox.discord.world import World

PAGE = 60
"""Messages that are shown of a channel at once; earlier ones are asked for."""

_MAY = {
    "attach": Permission.ATTACH_FILES,
    "manage_messages": Permission.MANAGE_MESSAGES,
    "manage_threads": Permission.MANAGE_THREADS,
    "create_threads": Permission.CREATE_PUBLIC_THREADS,
}


class Views:
    """Shows a world to one person at a time; ids are strings, as in Discord's API."""

    def __init__(self, world: World, commands: CommandRegistry) -> None:
        self._world = world
        self._commands = commands

    def people(self) -> Json:
        """Return who one can be, and who one is at first: a plain member, where there is one."""
        people = [user for user in self._world.users.values() if not user.bot]
        first = next((user for user in people if self._is_plain(user.id)), people[0])
        return {
            "people": [user_json(user) for user in people],
            "bot": user_json(self._world.bot),
            "first": str(first.id),
        }

    def _is_plain(self, user_id: int) -> bool:
        guild = next(iter(self._world.guilds.values()))
        member = guild.members.get(user_id)
        return member is not None and not member.role_ids and guild.owner_id != user_id

    def places(self, user_id: int) -> Json:
        """Return the servers with their channels, threads and members, and the DMs."""
        servers = [
            self._server(user_id, guild)
            for guild in self._world.guilds.values()
            if user_id in guild.members
        ]
        dms = [
            channel_json(self._world, channel)
            | {"last_message_id": None}
            | self._reader(user_id, channel)
            for channel in self._world.channels.values()
            if channel.is_dm and user_id in channel.recipient_ids
        ]
        return {"me": str(user_id), "servers": servers, "dms": dms}

    def _server(self, user_id: int, guild: Guild) -> Json:
        channels = [self._world.channels[channel_id] for channel_id in guild.channel_ids]
        threads = [channel for channel, _ in self._world.threads_of(guild)]
        open_ = [each for each in [*channels, *threads] if self._world.can_see(user_id, each)]
        # A category shows by its own right, or where anything in it does.
        shown = {each.id for each in open_}
        above = {each.parent_id for each in open_}
        seen = [
            channel_json(self._world, each) | {"last_message_id": None}
            for each in [*channels, *threads]
            if each.id in shown or (each.type is ChannelType.CATEGORY and each.id in above)
        ]
        return guild_json(guild) | {
            "channels": seen,
            "members": [
                member_json(self._world, member) | {"user": user_json(self._world.users[member_id])}
                for member_id, member in guild.members.items()
            ],
            "roles": [role_json(role) for role in guild.roles.values()],
        }

    def _reader(self, user_id: int, channel: Channel) -> Json:
        others = [each for each in channel.recipient_ids if each != user_id]
        return {"recipients": [user_json(self._world.users[each]) for each in others]}

    def channel(self, user_id: int, channel: Channel) -> Json:
        """Return a channel's latest messages and what may be done there."""
        return {
            "channel": str(channel.id),
            **self.messages(user_id, channel),
            **self.doors(user_id, channel),
        }

    def messages(self, user_id: int, channel: Channel, before: int | None = None) -> Json:
        """Return a page of messages, oldest first, and whether there are earlier ones."""
        visible: list[Message] = []
        if Permission.READ_MESSAGE_HISTORY in self._world.permissions(user_id, channel):
            visible = self._world.visible_messages(user_id, channel)
        if before is not None:
            visible = [message for message in visible if message.id < before]
        page = visible[-PAGE:]
        return {
            "messages": [self.message(user_id, message) for message in page],
            "earlier": len(visible) > len(page),
        }

    def message(self, user_id: int, message: Message) -> Json:
        """Return a message; it says whether it mentions this person."""
        body = message_json(self._world, message)
        guild = self._world.guild_of(self._world.channels[message.channel_id])
        member = guild.members.get(user_id) if guild else None
        roles = set(member.role_ids) if member else set()
        mentions = message.mentions
        body["mentions_me"] = bool(
            user_id in mentions.user_ids or roles & mentions.role_ids or mentions.everyone
        )
        return body

    def doors(self, user_id: int, channel: Channel) -> Json:
        """Return the commands that are offered in a channel, and what else may be done there."""
        permissions = self._world.permissions(user_id, channel)
        may = {name: permission in permissions for name, permission in _MAY.items()}
        asleep = channel.thread is not None and channel.thread.archived
        commands = [] if asleep else self._commands.available(user_id, channel)
        return {
            "may": may | {"send": self._may_send(permissions, channel)},
            "commands": [command.definition for command in commands],
        }

    @staticmethod
    def _may_send(permissions: Permission, channel: Channel) -> bool:
        if channel.thread is None:
            return Permission.SEND_MESSAGES in permissions
        return may_send_in_thread(permissions, locked=channel.thread.locked)


def modal_json(modal: Modal) -> Json:
    """Return a modal as Discord's API writes it, and the interaction by which it is submitted."""
    return {
        "title": modal.title,
        "custom_id": modal.custom_id,
        "components": list(modal.components),
        "interaction": str(modal.interaction.id),
    }
