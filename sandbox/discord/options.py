"""The options of a slash command, checked and resolved as a client does it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from sandbox.discord import posting
from sandbox.discord.model import Channel, Command, Json, Upload
from sandbox.discord.payloads import (
    attachment_json,
    channel_json,
    member_json,
    role_json,
    user_json,
)
from sandbox.discord.world import World

File = tuple[str, bytes, str]
"""A file as people hand it over: name, content, media type."""


class NotPossible(Exception):
    """Say why a client does not let somebody do this."""


class OptionType(IntEnum):
    """What an option takes."""

    SUB_COMMAND = 1
    SUB_COMMAND_GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


@dataclass(slots=True)
class Resolver:
    """Collects what ids stand for, as an interaction's `resolved` carries it."""

    world: World
    channel: Channel
    resolved: dict[str, dict[str, Json]] = field(default_factory=dict)

    def user(self, user_id: int) -> str:
        """Take a user, and where there is one its member."""
        user = self.world.users.get(user_id)
        if user is None:
            raise NotPossible(f"There is no user {user_id}.")
        key = str(user_id)
        self._put("users", key, user_json(user))
        guild = self.world.guild_of(self.channel)
        if guild is not None and user_id in guild.members:
            body = member_json(self.world, guild.members[user_id], with_user=False)
            body["permissions"] = str(int(self.world.permissions(user_id, self.channel)))
            self._put("members", key, body)
        return key

    def role(self, role_id: int) -> str:
        """Take a role of this guild."""
        guild = self.world.guild_of(self.channel)
        if guild is None or role_id not in guild.roles:
            raise NotPossible(f"There is no role {role_id} here.")
        self._put("roles", str(role_id), role_json(guild.roles[role_id]))
        return str(role_id)

    def place(self, channel_id: int, user_id: int) -> str:
        """Take a channel of this guild that the user sees."""
        channel = self.world.channels.get(channel_id)
        if channel is None or channel.guild_id != self.channel.guild_id:
            raise NotPossible(f"There is no channel {channel_id} here.")
        if not self.world.can_see(user_id, channel):
            raise NotPossible(f"{self.world.users[user_id].name} does not see {channel.name}.")
        body = channel_json(self.world, channel)
        body["permissions"] = str(int(self.world.permissions(user_id, channel)))
        self._put("channels", str(channel_id), body)
        return str(channel_id)

    def file(self, file: File) -> str:
        """Upload a file."""
        attachment = posting.store(self.world, self.channel, [Upload(*file)], ephemeral=True)[0]
        self._put("attachments", str(attachment.id), attachment_json(self.world, attachment))
        return str(attachment.id)

    def _put(self, kind: str, key: str, body: Json) -> None:
        self.resolved.setdefault(kind, {})[key] = body


def find(
    commands: Sequence[Command], path: str
) -> tuple[Command, list[Json], list[tuple[int, str]]]:
    """Return a slash command by its full path, its options, and the groups on the way."""
    names = path.removeprefix("/").split()
    command = next((each for each in commands if each.type == 1 and each.name == names[0]), None)
    if command is None:
        offered = sorted(each.name for each in commands if each.type == 1)
        raise NotPossible(f"/{names[0]} is not offered here, only {offered}.")
    options: list[Json] = command.definition["options"]
    way: list[tuple[int, str]] = []
    for name in names[1:]:
        inner = next((each for each in options if each["name"] == name), None)
        if inner is None or inner["type"] > OptionType.SUB_COMMAND_GROUP:
            raise NotPossible(f"/{path} has no subcommand {name}.")
        way.append((inner["type"], name))
        options = inner.get("options") or []
    if any(each["type"] <= OptionType.SUB_COMMAND_GROUP for each in options):
        raise NotPossible(f"/{path} is a group: one of its subcommands has to be chosen.")
    return command, options, way


def fill(
    options: Sequence[Json],
    values: Mapping[str, Any],
    resolver: Resolver,
    user_id: int,
    focused: str | None = None,
) -> list[Json]:
    """Return the options as an interaction carries them; raise NotPossible as a client refuses.

    While one option is `focused` for autocompletion, required ones may still be missing.
    """
    by_name = {option["name"]: option for option in options}
    unknown = values.keys() - by_name.keys()
    if unknown:
        raise NotPossible(f"There is no option {sorted(unknown)}, only {sorted(by_name)}.")
    filled: list[Json] = []
    for name, option in by_name.items():
        value = values.get(name)
        if value is None and name != focused:
            if option.get("required") and focused is None:
                raise NotPossible(f"The option {name} is required.")
            continue
        body: Json = {"name": name, "type": option["type"]}
        if name == focused:
            filled.append(body | {"value": "" if value is None else value, "focused": True})
        else:
            filled.append(body | {"value": _value(option, value, resolver, user_id)})
    return filled


def nested(way: Sequence[tuple[int, str]], filled: list[Json]) -> list[Json]:
    """Return options inside the groups and subcommands that lead to them."""
    for type_, name in reversed(way):
        filled = [{"type": type_, "name": name, "options": filled}]
    return filled


def _value(option: Json, value: Any, resolver: Resolver, user_id: int) -> Any:
    type_ = OptionType(option["type"])
    name = option["name"]
    if type_ is OptionType.USER:
        return resolver.user(_id(name, value))
    if type_ is OptionType.ROLE:
        return resolver.role(_id(name, value))
    if type_ is OptionType.MENTIONABLE:
        known = _id(name, value) in resolver.world.users
        return resolver.user(value) if known else resolver.role(value)
    if type_ is OptionType.CHANNEL:
        found = resolver.place(_id(name, value), user_id)
        allowed = option.get("channel_types")
        if allowed and int(resolver.world.channels[value].type) not in allowed:
            raise NotPossible(f"{name} takes another kind of channel.")
        return found
    if type_ is OptionType.ATTACHMENT:
        if not isinstance(value, tuple):
            raise NotPossible(f"{name} takes a file: (name, content, type).")
        return resolver.file(value)
    return _plain(option, type_, value)


def _id(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise NotPossible(f"{name} takes an id.")
    return value


def _plain(option: Json, type_: OptionType, value: Any) -> Any:
    name = option["name"]
    kinds: dict[OptionType, tuple[type, ...]] = {
        OptionType.STRING: (str,),
        OptionType.INTEGER: (int,),
        OptionType.NUMBER: (int, float),
        OptionType.BOOLEAN: (bool,),
    }
    if not isinstance(value, kinds[type_]) or (
        isinstance(value, bool) and type_ is not OptionType.BOOLEAN
    ):
        raise NotPossible(f"{name} takes a {type_.name.lower()}, not {value!r}.")
    choices = option.get("choices")
    if choices:
        return _choice(name, choices, value)
    if isinstance(value, str):
        least, most = option.get("min_length", 0), option.get("max_length", 6000)
        if not least <= len(value) <= most or not value.strip():
            raise NotPossible(f"{name} takes {least} to {most} characters, not {len(value)}.")
    elif not isinstance(value, bool):
        least, most = option.get("min_value", -(2**53)), option.get("max_value", 2**53)
        if not least <= value <= most:
            bounds = f"{least:.16g} or more" if value < least else f"{most:.16g} or less"
            if "min_value" in option and "max_value" in option:
                bounds = f"{least:.16g} to {most:.16g}"
            raise NotPossible(f"{name} must be {bounds}, not {value:.16g}.")
    return value


def _choice(name: str, choices: Sequence[Json], value: Any) -> Any:
    for choice in choices:
        if value in (choice["value"], choice["name"]):
            return choice["value"]
    raise NotPossible(f"{name} takes one of {[each['name'] for each in choices]}, not {value!r}.")
