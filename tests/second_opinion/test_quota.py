"""`/quota set, remove, list, show`, by simcord's reading of Discord's rules."""

from collections.abc import Callable
from typing import Any

import pytest
from simcord import assert_error

from bot.errors import InvalidChoice
from tests.second_opinion.commands import REQUESTS
from tests.second_opinion.server import Server, names, patient, private

pytestmark = patient

FOR: dict[str, Callable[[Server], dict[str, Any]]] = {
    "each member": lambda _: {},
    "<@": lambda it: {"member": it.member},
    "<@&": lambda it: {"role": it.helpers},
    "<#": lambda it: {"channel": it.channel},
    "the whole server": lambda _: {"whole_server": True},
}
LIMITS = [
    ("each member", "requests", "minute", 3, "3 requests"),
    ("<@", "cost", "day", 2.5, "$2.50"),
    ("<@&", "requests", "week", 10, "10 requests"),
    ("<#", "tokens", "month", 100_000, "100,000 tokens"),
    ("the whole server", "tokens", "hour", 40, "40 tokens"),
]


@pytest.mark.parametrize(("whom", "meter", "window", "amount", "told"), LIMITS)
async def test_a_limit_from_set_to_remove(
    server: Server, whom: str, meter: str, window: str, amount: float, told: str
) -> None:
    """A limit is set, listed, proposed for removal, and removed by its name or its parts."""
    limit = {"meter": meter, "window": window, **FOR[whom](server)}
    for is_named in (True, False):
        done = await server.tell("quota set", amount=amount, **limit)
        assert told in done
        assert whom in done
        assert told in await server.tell("quota list")
        choices = await server.admin.autocomplete(
            server.channel, "quota remove", "limit", told.partition(" ")[0]
        )
        [name] = names(choices)
        assert told in name
        named = {"limit": choices[0]["value"]} if is_named else limit
        assert "Removed." in await server.tell("quota remove", **named)
        assert told not in await server.tell("quota list")
    assert "There is no such limit." in await server.tell("quota remove", **limit)


async def test_show(server: Server) -> None:
    """A member's limits are shown with what decides."""
    await server.tell("quota set", **REQUESTS, amount=3, member=server.member)
    shown = await server.tell("quota show", member=server.member)
    assert "ada" in shown
    assert "0 of 3 requests used" in shown


async def test_what_makes_no_sense_is_explained(server: Server) -> None:
    """Two targets, half a request and an invented name are refused, privately."""
    both = {"member": server.member, "whole_server": True}
    for command, options, told in (
        ("quota set", {**REQUESTS, "amount": 3, **both}, "choose at most one of them"),
        ("quota set", {**REQUESTS, "amount": 0.5}, "whole"),
        ("quota remove", {"limit": "nonsense"}, "choose one of those proposed"),
    ):
        refused = await server.admin.slash(server.channel, command, **options)
        assert told in private(refused)
        assert_error(server.env, InvalidChoice)


async def test_nothing_is_proposed_to_others(server: Server) -> None:
    """Who may not remove a limit is proposed none, though the owner opened the command."""
    await server.tell("quota set", **REQUESTS, amount=3)
    await server.open_to("quota", server.moderator)
    proposed = server.moderator.autocomplete(server.channel, "quota remove", "limit", "")
    assert await proposed == []
