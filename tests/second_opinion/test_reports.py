"""`/quota report, simulate` and `/usage`, by simcord's reading of Discord's rules."""

from typing import Any

import pytest

from tests.second_opinion.server import Server, kinds, patient, private, response

pytestmark = patient

TEXT, GALLERY, FILE = 10, 12, 13


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        ({}, [TEXT, GALLERY, GALLERY, TEXT, FILE]),
        ({"window": "day", "format": "all"}, [TEXT, GALLERY, GALLERY, TEXT, FILE]),
        ({"window": "week", "format": "chart"}, [TEXT, GALLERY, GALLERY]),
        ({"window": "month", "format": "table"}, [TEXT, TEXT]),
        ({"window": "30 days", "format": "csv"}, [TEXT, FILE]),
    ],
)
async def test_report(server: Server, options: dict[str, Any], parts: list[int]) -> None:
    """What was used comes as charts, as a table and as a file, or as the one that is asked for."""
    await server.member.slash(server.channel, "ask", prompt="Anything?")
    done = await server.admin.slash(server.channel, "quota report", **options)
    assert "1 request" in private(done)
    assert kinds(done) == parts
    assert len(response(done).attachments) == parts.count(GALLERY) + parts.count(FILE)


@pytest.mark.parametrize(("meter", "amount"), [("requests", 1), ("tokens", 5), ("cost", 0.00001)])
async def test_simulate(server: Server, meter: str, amount: float) -> None:
    """A limit is replayed for every member, and for those of a role, whom Discord names."""
    for _ in range(2):
        await server.member.slash(server.channel, "ask", prompt="Anything?")
    limit = {"meter": meter, "window": "day", "amount": amount}
    told = await server.tell("quota simulate", **limit)
    assert "replayed over the last 30 days" in told
    assert server.member.mention in told
    told = await server.tell("quota simulate", role=server.helpers, **limit)
    assert server.helpers.mention in told
    assert server.member.mention not in told
    assert "Who holds the role now counts" in told


async def test_usage(server: Server) -> None:
    """Everybody sees their own limits, with a chart once there is something to draw."""
    before = await server.member.slash(server.channel, "usage")
    assert "0 of 50 requests used" in private(before)
    assert kinds(before) == [TEXT, TEXT]
    await server.member.slash(server.channel, "ask", prompt="Anything?")
    after = await server.member.slash(server.channel, "usage")
    assert "1 of 50 requests used" in private(after)
    assert kinds(after) == [TEXT, GALLERY, TEXT]
    await server.member.user.slash("ask", prompt="Anything?")
    direct = await server.member.user.slash("usage")
    assert kinds(direct) == [TEXT, GALLERY, TEXT]
