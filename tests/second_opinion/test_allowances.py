"""`/quota grant, reset, exempt`, by simcord's reading of Discord's rules."""

from typing import Any

from simcord import assert_error

from bot.errors import InvalidChoice
from tests.second_opinion.server import Server, patient, private

pytestmark = patient

GRANTS: list[tuple[dict[str, Any], str]] = [
    ({"meter": "requests", "amount": 3}, "3 requests"),
    ({"meter": "tokens", "amount": 500, "days": 2}, "500 tokens"),
    ({"meter": "cost", "amount": 1.5, "days": 9, "reason": "An exam"}, "$1.50"),
]


async def test_grant(server: Server) -> None:
    """A member gets more, for days or for good, and it is shown with the limits."""
    for options, told in GRANTS:
        done = await server.tell("quota grant", member=server.member, **options)
        assert f"{told} on top" in done
        assert ("expires <t:" in done) is ("days" in options)
        assert told in await server.tell("quota show", member=server.member)
    assert (await server.tell("audit", member=server.member)).count("/quota grant") == len(GRANTS)


async def test_reset(server: Server) -> None:
    """A member who asked begins afresh, and the admin is told what no longer counts."""
    await server.member.slash(server.channel, "ask", prompt="Anything?")
    done = await server.tell("quota reset", member=server.member, reason="A mistake of ours")
    assert "has nothing used from now on" in done
    assert "1 request today" in done
    assert "begun afresh <t:" in await server.tell("quota show", member=server.member)


async def test_exempt(server: Server) -> None:
    """A member or a role is let off personal limits and back, one of them at a time."""
    targets: dict[str, Any] = {"member": server.member, "role": server.helpers}
    for whom, target in targets.items():
        for on, told in ((True, "is exempt"), (True, "already"), (False, "no longer exempt")):
            done = await server.tell("quota exempt", on=on, **{whom: target})
            assert told in done
            assert target.mention in done
    for named in ({}, targets):
        refused = await server.admin.slash(server.channel, "quota exempt", on=True, **named)
        assert "choose one of them" in private(refused)
        assert_error(server.env, InvalidChoice)
