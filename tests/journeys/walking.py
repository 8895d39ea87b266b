"""Every command that the bot has registered, with values for its options: nothing by hand."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sandbox.discord.commands import BOT_DM_CONTEXT, CHAT_INPUT, GUILD_CONTEXT
from sandbox.discord.model import Command, Json
from sandbox.discord.options import OptionType
from tests.journeys.house import PATIENCE, House
from tests.journeys.managers import role


@dataclass(frozen=True, slots=True)
class Leaf:
    """A command that can be used, by its full name, as Discord knows it."""

    path: str
    command: Command
    options: tuple[Json, ...]

    @property
    def is_for_managers(self) -> bool:
        """Tell whether Discord shows it to those alone who have some permission."""
        return self.command.definition["default_member_permissions"] is not None

    @property
    def is_for_servers(self) -> bool:
        """Tell whether Discord offers it in servers alone."""
        return BOT_DM_CONTEXT not in self.command.definition["contexts"]

    @property
    def completed(self) -> list[str]:
        """Return the options for which the bot proposes values."""
        return [option["name"] for option in self.options if option.get("autocomplete")]

    def values(self, house: House, *, required: bool) -> dict[str, Any]:
        """Return a value of the right type for each option, or for those that are required."""
        return {
            option["name"]: value_for(option, house)
            for option in self.options
            if option.get("required") or not required
        }

    def filled(self, house: House) -> list[dict[str, Any]]:
        """Return the ways to use it: with as little as possible, and with everything."""
        ways = [self.values(house, required=True), self.values(house, required=False)]
        return ways if ways[0] != ways[1] else ways[:1]


def leaves(house: House) -> list[Leaf]:
    """Return every slash command that is registered."""
    found = house.discord.commands.of(None)
    return [
        leaf
        for each in found
        if each.type == CHAT_INPUT
        for leaf in _leaves(each, each.name, each.definition["options"])
    ]


def _leaves(command: Command, path: str, options: list[Json]) -> Iterator[Leaf]:
    inner = [each for each in options if each["type"] <= OptionType.SUB_COMMAND_GROUP]
    if not inner:
        yield Leaf(path, command, tuple(options))
    for each in inner:
        yield from _leaves(command, f"{path} {each['name']}", each.get("options") or [])


def value_for(option: Mapping[str, Any], house: House) -> Any:
    """Return what a client would let somebody put into an option."""
    if choices := option.get("choices"):
        return choices[0]["value"]
    match OptionType(option["type"]):
        case OptionType.STRING:
            return "x" * max(1, option.get("min_length") or 0)
        case OptionType.INTEGER | OptionType.NUMBER:
            return max(1, option.get("min_value") or 0)
        case OptionType.BOOLEAN:
            return True
        case OptionType.USER | OptionType.MENTIONABLE:
            return house.person("ada").id
        case OptionType.ROLE:
            return role(house, "Moderators")
        case OptionType.CHANNEL:
            return house.channel("ideas")
        case OptionType.ATTACHMENT:
            return ("notes.txt", b"words", "text/plain")
        case other:
            raise AssertionError(f"no value is known for {other}")


def offer_in_dms(house: House) -> None:
    """Let Discord offer every command in direct messages too, which it does not do by itself."""
    for command in house.discord.commands.of(None):
        changes = {"contexts": [GUILD_CONTEXT, BOT_DM_CONTEXT]}
        house.discord.commands.edit(None, command.id, changes)


def kept(house: House) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything that the bot's database holds, by table."""
    with closing(sqlite3.connect(house.folder / "threadlight.db", timeout=10)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: sorted(database.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)  # noqa: S608 - the schema's own names
            for (name,) in names.fetchall()
        }


async def eventually(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds of what nobody tells, such as a file."""
    async with asyncio.timeout(PATIENCE):
        while not await asyncio.to_thread(condition):  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.02)
