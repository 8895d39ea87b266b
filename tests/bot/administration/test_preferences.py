"""The desk for a server's settings: time zones."""

import pytest

from bot.administration.auditing import AuditDesk
from bot.administration.choices import ChoiceDesk
from bot.administration.preferences import USUAL, PreferenceDesk, zone_names
from bot.choices import Most, Name
from bot.errors import InvalidChoice
from bot.storage.database import Database
from tests.bot.administration.conftest import GUILD, OLGA, clock


async def test_a_zone_is_set_noted_and_reset(database: Database) -> None:
    """However it is typed the zone's own name is kept; what changes nothing is not noted."""
    desk, trail = PreferenceDesk(database, now=clock), AuditDesk(database)
    choices = ChoiceDesk(database, most=Most(32_000, 8_000), now=clock)
    assert (await desk.time_zone(GUILD)).zone == "UTC"
    await choices.set(GUILD, 0, {}, OLGA, " america/new york ")
    local = await desk.time_zone(GUILD)
    assert (local.zone, f"{local.time:%A %H:%M}") == ("America/New_York", "Wednesday 18:34")
    await choices.set(GUILD, 0, {}, OLGA, "America/New_York")
    assert (await desk.time_zone(GUILD)).zone == "America/New_York"
    for _ in range(2):
        await choices.reset(GUILD, 0, [], OLGA, with_zone=True)
    assert (await desk.time_zone(GUILD)).zone == "UTC"
    changes = (await trail.page(GUILD, None, "", 1)).changes
    assert [(it.command, it.target, it.before, it.after) for it in changes] == [
        ("settings reset", "timezone", "America/New_York", "UTC"),
        ("settings set", "timezone", "UTC", "America/New_York"),
    ]


@pytest.mark.parametrize("typed", ["", "Mars", "Berlin", "../UTC", "localtime", "\0", "x" * 5_000])
async def test_what_is_no_zone(database: Database, typed: str) -> None:
    """An unknown name is refused and changes nothing, also of what was chosen with it."""
    desk = PreferenceDesk(database, now=clock)
    choices = ChoiceDesk(database, most=Most(32_000, 8_000), now=clock)
    before = await choices.shown(GUILD, (5,))
    with pytest.raises(InvalidChoice) as refused:
        await choices.set(GUILD, 0, {Name.FOOTER: "hidden"}, OLGA, typed)
    assert refused.value.option == "timezone"
    assert await choices.shown(GUILD, (5,)) == before
    assert (await desk.time_zone(GUILD)).zone == "UTC"


async def test_proposals(database: Database) -> None:
    """Places that begin with what is typed come first; nothing typed gives usual ones, all real."""
    desk = PreferenceDesk(database, now=clock)
    first, *_ = await desk.proposals("par", 25)
    assert first.zone == "America/Paramaribo"
    assert (await desk.proposals("europe/par", 25))[0].zone == "Europe/Paris"
    assert all("par" in it.zone.lower() for it in await desk.proposals("PAR", 25))
    assert [it.zone for it in await desk.proposals(" ", 99)] == list(USUAL)
    assert set(USUAL) <= set(zone_names().values())
    assert await desk.proposals("zzz", 25) == []
