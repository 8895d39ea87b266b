"""What people do with a bot: commands, menus, buttons, selects and modals."""

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.discord import interactions
from sandbox.discord.display import walk
from sandbox.discord.modals import Modal, choose_values, filled_in
from sandbox.discord.model import Channel, Command, InteractionType, Json, Message, MessageFlag
from sandbox.discord.options import NotPossible, Resolver, fill, find, nested
from sandbox.discord.payloads_messages import message_json
from sandbox.discord.seen import BUTTON, SELECTS, Seen, seen
from sandbox.discord.server import DiscordServer
from sandbox.discord.used import Used


class Acting:
    """A user who sets off interactions; raises NotPossible where a client offers no such thing."""

    def __init__(self, discord: DiscordServer, user_id: int) -> None:
        self._discord = discord
        self._world = discord.world
        self.user = self._world.users[user_id]

    @property
    def id(self) -> int:
        """Return the user's id."""
        return self.user.id

    # Commands

    def commands(self, channel_id: int) -> list[Command]:
        """Return the commands that the client offers in a channel."""
        return self._discord.commands.available(self.id, self._usable(channel_id))

    async def slash(
        self, channel_id: int, path: str, options: Mapping[str, Any] | None = None
    ) -> Used:
        """Use a slash command by its full name ("quota set"), with options by name."""
        data = self._command_data(channel_id, path, options or {})
        return self._begin(
            InteractionType.COMMAND, channel_id, data, command_name=path.removeprefix("/")
        )

    async def autocomplete(
        self,
        channel_id: int,
        path: str,
        options: Mapping[str, Any] | None = None,
        *,
        focused: str,
    ) -> list[tuple[str, Any]]:
        """Return what the bot proposes (name, value) for the option that is being typed."""
        data = self._command_data(channel_id, path, options or {}, focused)
        used = self._begin(InteractionType.AUTOCOMPLETE, channel_id, data)
        await used.acknowledged()
        return [(each["name"], each["value"]) for each in used.choices or ()]

    async def menu(self, name: str, message: Seen) -> Used:
        """Use a command of a message's context menu."""
        found = self._visible(message)
        command = self._menu_command(name, message.channel_id, 3)
        resolver = Resolver(self._world, self._world.channel(found.channel_id))
        resolver.user(found.author_id)
        resolved = {"messages": {str(found.id): message_json(self._world, found)}}
        data = _command(command) | {"target_id": str(found.id), "resolved": resolved}
        return self._begin(
            InteractionType.COMMAND,
            message.channel_id,
            data,
            command_name=name,
            target_message_id=found.id,
        )

    async def menu_user(self, name: str, channel_id: int, user_id: int) -> Used:
        """Use a command of a user's context menu."""
        command = self._menu_command(name, channel_id, 2)
        resolver = Resolver(self._world, self._world.channel(channel_id))
        target = resolver.user(user_id)
        data = _command(command) | {"target_id": target, "resolved": resolver.resolved}
        return self._begin(
            InteractionType.COMMAND,
            channel_id,
            data,
            command_name=name,
            target_user_id=user_id,
        )

    def _menu_command(self, name: str, channel_id: int, type_: int) -> Command:
        for command in self.commands(channel_id):
            if (command.type, command.name) == (type_, name):
                return command
        raise NotPossible(f"The menu entry {name!r} is not offered here.")

    def _command_data(
        self,
        channel_id: int,
        path: str,
        options: Mapping[str, Any],
        focused: str | None = None,
    ) -> Json:
        command, wanted, way = find(self.commands(channel_id), path)
        resolver = Resolver(self._world, self._world.channel(channel_id))
        filled = fill(wanted, options, resolver, self.id, focused)
        if focused is not None and not any(
            each["name"] == focused and each.get("autocomplete") for each in wanted
        ):
            raise NotPossible(f"The option {focused} does not autocomplete.")
        data = _command(command) | {"options": nested(way, filled)}
        return data | ({"resolved": resolver.resolved} if resolver.resolved else {})

    # Components

    async def click(
        self, message: Seen, *, label: str | None = None, custom_id: str | None = None
    ) -> Used:
        """Click a button of a message, as it is there now."""
        found = self._visible(message)
        for part in walk(found.components):
            emoji = (part.get("emoji") or {}).get("name")
            if part["type"] != BUTTON or part.get("custom_id") is None:
                continue
            if part["custom_id"] == custom_id or (
                label is not None and label in (part.get("label"), emoji)
            ):
                return self._use(found, part, {})
        labels = [each.label or each.emoji for each in seen(self._world, found).buttons]
        raise NotPossible(f"There is no button {label or custom_id!r}, but {labels}.")

    async def choose(self, message: Seen, custom_id: str, values: Sequence[Any]) -> Used:
        """Choose from a select: values (or labels) of its options, or ids of users, roles, …."""
        found = self._visible(message)
        for part in walk(found.components):
            if part["type"] in SELECTS and part["custom_id"] == custom_id:
                resolver = Resolver(self._world, self._world.channel(found.channel_id))
                chosen = choose_values(part, values, resolver, self.id)
                more: Json = {"values": chosen}
                if resolver.resolved:
                    more["resolved"] = resolver.resolved
                return self._use(found, part, more)
        raise NotPossible(f"There is no select {custom_id!r}.")

    async def submit(self, modal: Modal, values: Mapping[str, Any]) -> Used:
        """Fill in a modal, by labels or custom_ids, and send it off."""
        opener = modal.interaction
        channel = self._world.channel(opener.channel_id)
        data = filled_in(modal, values, Resolver(self._world, channel), self.id)
        return self._begin(
            InteractionType.MODAL,
            channel.id,
            data,
            message_id=opener.message_id,
            parent=opener,
        )

    def _use(self, message: Message, part: Json, more: Json) -> Used:
        if part.get("disabled"):
            raise NotPossible("It is disabled.")
        data: Json = {
            "custom_id": part["custom_id"],
            "component_type": part["type"],
            "id": part["id"],
        }
        return self._begin(
            InteractionType.COMPONENT, message.channel_id, data | more, message_id=message.id
        )

    # Beginnings

    def _usable(self, channel_id: int) -> Channel:
        channel = self._world.channel(channel_id)
        self._world.require(self.id, channel)
        if channel.thread is not None and channel.thread.archived:
            raise NotPossible("Commands cannot be used in an archived thread.")
        return channel

    def _visible(self, message: Seen) -> Message:
        found = self._world.message(message.channel_id, message.id)
        if found.only_for not in (None, self.id):
            raise NotPossible("This message is for somebody else.")
        self._world.require(self.id, self._world.channel(message.channel_id))
        if MessageFlag.LOADING in found.flags:
            raise NotPossible("This message is not there yet.")
        return found

    def _begin(self, type_: InteractionType, channel_id: int, data: Json, **more: Any) -> Used:
        interaction = interactions.begin(self._world, type_, self.id, channel_id, data, **more)
        return Used(self._world, interaction)


def _command(command: Command) -> Json:
    body: Json = {"id": str(command.id), "name": command.name, "type": command.type}
    return body | ({} if command.guild_id is None else {"guild_id": str(command.guild_id)})
