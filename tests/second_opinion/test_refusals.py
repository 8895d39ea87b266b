"""Whom the bot refuses although Discord, as simcord sees it, does not."""

import pytest
from simcord import assert_error

from bot.errors import AccessDenied, NotAllowed
from tests.second_opinion.commands import CHANGING, READING
from tests.second_opinion.server import Server, patient, private

pytestmark = patient


@pytest.mark.parametrize("group", ["quota", "access", "settings"])
async def test_changing_needs_manage_server(server: Server, group: str) -> None:
    """A moderator to whom the owner opened a command is refused what changes something."""
    await server.open_to(group, server.moderator)
    for command in (it for it in CHANGING if it.split()[0] == group):
        options = CHANGING[command](server)
        refused = await server.moderator.slash(server.channel, command, **options)
        assert "You need the permission **Manage Server**" in private(refused), command
        assert_error(server.env, NotAllowed)
    assert "None." in await server.tell("audit")


@pytest.mark.parametrize("group", ["quota", "access", "settings", "audit"])
async def test_reading_needs_manage_server_or_leave(server: Server, group: str) -> None:
    """A moderator reads what admins read once `/access allow` lets them, and not before."""
    await server.open_to(group, server.moderator)
    commands = [it for it in READING if it.split()[0] == group]
    for command in commands:
        options = READING[command](server)
        refused = await server.moderator.slash(server.channel, command, **options)
        assert "Manage Server" in private(refused), command
        assert_error(server.env, AccessDenied)
    await server.tell("access allow", member=server.moderator, area="reports")
    for command in commands:
        options = READING[command](server)
        read = await server.moderator.slash(server.channel, command, **options)
        assert "You need" not in private(read), command
