"""The commands that a bot has registered, and who may use them where."""

from collections.abc import Sequence

from sandbox.discord import problems
from sandbox.discord.display import given
from sandbox.discord.model import Channel, Command, Json
from sandbox.discord.permissions import Permission
from sandbox.discord.world import World

CHAT_INPUT, USER, MESSAGE = 1, 2, 3
GUILD_CONTEXT, BOT_DM_CONTEXT = 0, 1
MOST = {CHAT_INPUT: 100, USER: 15, MESSAGE: 15}
"""How many commands of a type an application has, globally and per guild."""
NEW_A_DAY = 200
"""How many creations of new names a guild (or the whole application) allows a day."""

_KIND_NAMES = {CHAT_INPUT: "chat input", USER: "user", MESSAGE: "message"}


class CommandRegistry:
    """Keeps an application's commands, global ones and those of single guilds."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._created: dict[int | None, list[float]] = {}

    def of(self, guild_id: int | None) -> list[Command]:
        """Return the commands of one guild, or the global ones."""
        return [each for each in self._world.commands.values() if each.guild_id == guild_id]

    def get(self, guild_id: int | None, command_id: int) -> Command:
        """Return a command, or raise 10063."""
        command = self._world.commands.get(command_id)
        if command is None or command.guild_id != guild_id:
            raise problems.unknown_command()
        return command

    def put(self, guild_id: int | None, definition: Json) -> tuple[Command, bool]:
        """Create a command or replace its namesake of the same type; tell whether it is new."""
        type_ = definition.get("type") or CHAT_INPUT
        name = str(definition["name"])
        same = [each for each in self.of(guild_id) if (each.type, each.name) == (type_, name)]
        if not same:
            self._count_creation(guild_id, type_)
        command = self._store(guild_id, same[0].id if same else self._world.ids.next(), definition)
        return command, not same

    def replace_all(self, guild_id: int | None, definitions: Sequence[Json]) -> list[Command]:
        """Make these all the commands there are; those of the same name and type keep their id."""
        before = {(each.type, each.name): each for each in self.of(guild_id)}
        kept: list[Command] = []
        for definition in definitions:
            type_ = definition.get("type") or CHAT_INPUT
            same = before.get((type_, str(definition["name"])))
            if same is None:
                self._count_day(guild_id)
            kept.append(
                self._store(guild_id, same.id if same else self._world.ids.next(), definition)
            )
        ids = {each.id for each in kept}
        for command in before.values():
            if command.id not in ids:
                del self._world.commands[command.id]
        self._world.emit("COMMANDS_CHANGED", guild_id=guild_id)
        return kept

    def edit(self, guild_id: int | None, command_id: int, changes: Json) -> Command:
        """Change some of a command's definition."""
        command = self.get(guild_id, command_id)
        return self._store(guild_id, command.id, {**command.definition, **changes})

    def delete(self, guild_id: int | None, command_id: int) -> None:
        """Remove a command."""
        command = self.get(guild_id, command_id)
        del self._world.commands[command.id]
        self._world.emit("COMMANDS_CHANGED", guild_id=guild_id)

    def available(self, user_id: int, channel: Channel) -> list[Command]:
        """Return the commands that a client offers somebody in a channel."""
        return [
            command
            for command in self._world.commands.values()
            if command.guild_id in (None, channel.guild_id)
            and _fits(command, channel)
            and self._permitted(command, user_id, channel)
        ]

    def _permitted(self, command: Command, user_id: int, channel: Channel) -> bool:
        if channel.is_dm:
            return True
        permissions = self._world.permissions(user_id, channel)
        needed = command.definition["default_member_permissions"]
        if Permission.ADMINISTRATOR in permissions:
            return True
        if Permission.USE_APPLICATION_COMMANDS not in permissions:
            return False
        if needed is None:
            return True
        # "0" means: nobody but administrators.
        bits = Permission(int(needed))
        return bool(bits) and bits in permissions

    def _count_creation(self, guild_id: int | None, type_: int) -> None:
        if sum(each.type == type_ for each in self.of(guild_id)) >= MOST[type_]:
            raise problems.max_commands(_KIND_NAMES[type_], MOST[type_])
        self._count_day(guild_id)

    def _count_day(self, guild_id: int | None) -> None:
        now = self._world.clock()
        recent = [at for at in self._created.get(guild_id, []) if now - at < 86_400]
        if len(recent) >= NEW_A_DAY:
            raise problems.max_daily_commands()
        self._created[guild_id] = [*recent, now]

    def _store(self, guild_id: int | None, command_id: int, definition: Json) -> Command:
        type_ = definition.get("type") or CHAT_INPUT
        version = self._world.ids.next()
        needed = definition.get("default_member_permissions")
        shown: Json = {
            "id": str(command_id),
            "application_id": str(self._world.bot.id),
            "version": str(version),
            "type": type_,
            "name": definition["name"],
            "name_localizations": definition.get("name_localizations"),
            "description": definition.get("description") or "",
            "description_localizations": definition.get("description_localizations"),
            "default_member_permissions": None if needed is None else str(needed),
            "nsfw": bool(definition.get("nsfw")),
            "options": given(definition.get("options") or []),
        }
        if guild_id is None:
            in_dms = definition.get("dm_permission", True) is not False
            everywhere = [GUILD_CONTEXT, BOT_DM_CONTEXT] if in_dms else [GUILD_CONTEXT]
            shown["contexts"] = definition.get("contexts") or everywhere
            shown["integration_types"] = definition.get("integration_types") or [0]
            shown["dm_permission"] = BOT_DM_CONTEXT in shown["contexts"]
        else:
            shown["guild_id"] = str(guild_id)
        command = Command(command_id, version, type_, str(shown["name"]), guild_id, shown)
        self._world.commands[command_id] = command
        return command


def _fits(command: Command, channel: Channel) -> bool:
    if command.guild_id is not None:
        return True
    context = BOT_DM_CONTEXT if channel.is_dm else GUILD_CONTEXT
    return context in command.definition["contexts"]
