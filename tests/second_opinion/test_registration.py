"""What the bot registers, and to whom simcord's Discord offers it."""

import pytest
import simcord

from tests.second_opinion.commands import ANYBODY, CHANGING, HISTORY, PERSONA, READING
from tests.second_opinion.server import Server, patient

pytestmark = patient


async def test_managers_are_offered_everything(server: Server) -> None:
    """Who manages the server is offered each command; all of them are tried in this folder."""
    offered = set(server.admin.available_commands(server.channel))
    assert offered == ANYBODY | set(READING) | set(CHANGING)


async def test_others_are_offered_what_is_for_everybody(server: Server) -> None:
    """Without Manage Server one is offered what everybody has, until an owner opens more."""
    assert set(server.moderator.available_commands(server.channel)) == ANYBODY
    with pytest.raises(simcord.SetupError, match="default-member-permissions"):
        await server.moderator.slash(server.channel, "quota list")
    await server.open_to("audit", server.moderator)
    assert set(server.moderator.available_commands(server.channel)) == ANYBODY | {"audit"}
    assert set(server.member.available_commands(server.channel)) == ANYBODY


async def test_direct_messages_offer_what_needs_no_server(server: Server) -> None:
    """In a direct message one can ask, set a persona, see one's use and what is remembered."""
    everybodys = {"ask", "help", "usage"} | PERSONA | HISTORY
    assert set(server.member.user.available_commands()) == everybodys
