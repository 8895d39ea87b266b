"""`/quota grant, reset, exempt`, by simcord's reading of Discord's rules."""

from typing import Any

import pytest
from simcord import assert_error

from bot.errors import InvalidChoice
from tests.second_opinion.server import Server, patient, private

pytestmark = patient


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"meter": "requests", "amount": 3}, "3 requests on top"),
        ({"meter": "tokens", "amount": 500, "days": 2}, "500 tokens on top"),
        ({"meter": "cost", "amount": 1.5, "days": 9, "reason": "An exam"}, "$1.50 on top"),
    ],
)
async def test_grant(server: Server, options: dict[str, Any], told: str) -> None:
    """A member gets more, for days or for good, and it is shown with the limits."""
    done = await server.tell("quota grant", member=server.member, **options)
    assert told in done
    assert ("expires <t:" in done) is ("days" in options)
    assert told.partition(" on")[0] in await server.tell("quota show", member=server.member)
    assert "/quota grant" in await server.tell("audit", member=server.member)


async def test_reset(server: Server) -> None:
    """A member who asked begins afresh, and is told of by what was used."""
    await server.member.slash(server.channel, "ask", prompt="Anything?")
    done = await server.tell("quota reset", member=server.member, reason="A mistake of ours")
    assert "has nothing used from now on" in done
    assert "1 request today" in done
    assert "begun afresh <t:" in await server.tell("quota show", member=server.member)


@pytest.mark.parametrize("whom", ["member", "role"])
async def test_exempt(server: Server, whom: str) -> None:
    """A member or a role is let off personal limits, and on again."""
    target = {"member": server.member, "role": server.helpers}[whom]
    for on, told in ((True, "is exempt"), (True, "already"), (False, "no longer exempt")):
        done = await server.tell("quota exempt", on=on, **{whom: target})
        assert told in done
        assert target.mention in done


@pytest.mark.parametrize("named", [(), ("member", "role")])
async def test_exempt_needs_one_of_both(server: Server, named: tuple[str, ...]) -> None:
    """Neither nobody nor both can be made exempt at once."""
    targets: dict[str, Any] = {"member": server.member, "role": server.helpers}
    chosen = {name: targets[name] for name in named}
    refused = await server.admin.slash(server.channel, "quota exempt", on=True, **chosen)
    assert "choose one of them" in private(refused)
    assert_error(server.env, InvalidChoice)
