"""Lists that take several pages, and `/audit` with its filters."""

from typing import Any

import pytest

from bot.app import assembled
from bot.quota.access import Area, Effect, Kind, Target
from bot.quota.rules import Meter, Rule, Scope
from bot.quota.windows import Window
from bot.settings import Settings
from tests.second_opinion.server import (
    Server,
    aside,
    buttons,
    names,
    patient,
    private,
    response,
    words,
)

pytestmark = patient

MANY = 120


async def fill(server: Server, command: str) -> None:
    """Let a list have more than two pages, as many admins would over time."""
    desks, guild, by = server.bot.core.administration, server.guild.id, server.admin.id
    if command == "quota list":
        for role in range(1, MANY):
            rule = Rule(Scope.ROLE, Meter.REQUESTS, Window.DAY, 5, role)
            await desks.limits.set_limit(guild, rule, by)
    else:
        targets = [Target(Kind.ROLE, role) for role in range(1, MANY)]
        await desks.access.set_rules(guild, Area.USE, Effect.ALLOW, targets, by)


LISTS: list[tuple[str, dict[str, Any]]] = [
    ("quota list", {}),
    ("access list", {}),
    ("audit", {}),
    ("audit", {"command": "access allow"}),
]


@pytest.mark.parametrize(("command", "options"), LISTS)
async def test_pages_are_turned(
    server: Server, settings: Settings, command: str, options: dict[str, Any]
) -> None:
    """The buttons turn a list's pages there and back, and still do after a restart."""
    await fill(server, command)
    page = response(await server.admin.slash(server.channel, command, **options))
    first = words(page.components)
    assert buttons(page.components) == {"◀": False, "▶": True}
    assert "Page 1 of " in first
    turned = await server.admin.click(page, label="▶")
    assert turned.acknowledged
    assert "Page 2 of " in words(page.components)
    assert buttons(page.components)["◀"] is True
    async with assembled(settings) as again:
        await server.env.restart_bot(again)
        await server.admin.click(page, label="◀")
        assert words(page.components) == first


async def test_who_lost_the_permission_turns_no_page(server: Server) -> None:
    """Of a list that was opened by leave, nothing more is shown once the leave is taken back."""
    await fill(server, "access list")
    await server.open_to("audit", server.moderator)
    await server.tell("access allow", member=server.moderator, area="reports")
    page = response(await server.moderator.slash(server.channel, "audit"))
    await server.tell("access remove", member=server.moderator, area="reports")
    refused = await server.moderator.click(page, label="▶")
    assert "Manage Server" in aside(refused)
    assert "Page 1 of " in words(page.components)


async def test_audit_with_filters(server: Server) -> None:
    """Changes are found by who made them or is meant, and by command, which is proposed."""
    await server.tell("quota set", meter="requests", window="day", amount=3)
    await server.tell("access deny", member=server.member)
    await server.tell("settings set", timezone="Asia/Tokyo")
    for options, found in (
        ({}, 3),
        ({"member": server.member}, 1),
        ({"member": server.admin}, 3),
        ({"member": server.moderator}, 0),
        ({"command": "quota"}, 1),
        ({"command": "settings set", "member": server.admin}, 1),
        ({"command": "x" * 32, "member": server.admin}, 0),
    ):
        done = await server.admin.slash(server.channel, "audit", **options)
        assert private(done).count("- <t:") == found, options
    proposed = await server.admin.autocomplete(server.channel, "audit", "command", "set")
    assert names(proposed) == ["/quota set", "/settings set"]
    await server.open_to("audit", server.moderator)
    assert await server.moderator.autocomplete(server.channel, "audit", "command", "") == []
