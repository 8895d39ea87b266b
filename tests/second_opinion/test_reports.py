"""`/quota report, simulate` and `/usage`, by simcord's reading of Discord's rules."""

from typing import Any

from tests.second_opinion.server import Server, kinds, patient, private, response

pytestmark = patient

TEXT, GALLERY, FILE = 10, 12, 13


EVERYTHING = [TEXT, GALLERY, GALLERY, TEXT, FILE]

REPORTS: list[tuple[dict[str, Any], list[int]]] = [
    ({}, EVERYTHING),
    ({"window": "month", "format": "all"}, EVERYTHING),
    ({"window": "day", "format": "chart"}, [TEXT, GALLERY, GALLERY]),
    ({"window": "week", "format": "table"}, [TEXT, TEXT]),
    ({"window": "30 days", "format": "csv"}, [TEXT, FILE]),
]


async def test_report(server: Server) -> None:
    """What was used comes as charts, as a table and as a file, or as the one that is asked for."""
    await server.member.slash(server.channel, "ask", prompt="Anything?")
    for options, parts in REPORTS:
        done = await server.admin.slash(server.channel, "quota report", **options)
        assert "1 request" in private(done)
        assert kinds(done) == parts
        assert len(response(done).attachments) == parts.count(GALLERY) + parts.count(FILE)


async def test_simulate(server: Server) -> None:
    """A limit is replayed for every member, and for those of a role, whom Discord names."""
    for _ in range(2):
        await server.member.slash(server.channel, "ask", prompt="Anything?")
    for meter, window, amount in (
        ("requests", "day", 1),
        ("tokens", "hour", 5),
        ("cost", "month", 0.00001),
    ):
        limit = {"meter": meter, "window": window, "amount": amount}
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
