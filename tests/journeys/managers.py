"""How people use the commands for those who manage a server."""

from typing import Any

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from tests.journeys.house import House


def show_to_everybody(house: House) -> None:
    """Let Discord offer every command to everybody, as a server's owner can."""
    for command in house.discord.commands.of(None):
        if command.definition["default_member_permissions"] is not None:
            changes = {"default_member_permissions": None}
            house.discord.commands.edit(None, command.id, changes)


async def use(person: Person, channel_id: int, path: str, **options: Any) -> Seen:
    """Use a command, and return its private answer once that is there."""
    seen = await (await person.slash(channel_id, path, options)).answered()
    assert seen.ephemeral
    return seen


async def turn_to(person: Person, page: Seen, label: str) -> Seen:
    """Turn a list's page with its button, and return it as it is then."""
    before = page.text
    await (await person.click(page, label=label)).acknowledged()
    return await person.wait_for(
        page.channel_id, lambda seen: seen.id == page.id and seen.text != before
    )


def role(house: House, name: str) -> int:
    """Return the id of the first server's role with this name."""
    guild = next(iter(house.discord.world.guilds.values()))
    return next(role.id for role in guild.roles.values() if role.name == name)
