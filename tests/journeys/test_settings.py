"""`/settings`: the server's time zone, which its limits follow."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.journeys.house import House
from tests.journeys.managers import use


def next_midnight(zone: str) -> int:
    """Return when the next day begins there."""
    now = datetime.now(ZoneInfo(zone))
    day = now.date() + timedelta(days=1)
    return int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).timestamp())


async def test_limits_follow_the_time_zone(house: House) -> None:
    """A day's limit resets at the midnight of the zone that is set, and at UTC's after a reset."""
    await house.start()
    cleo, general = house.person("cleo"), house.channel("general")
    shown = await use(cleo, general, "settings show")
    assert "**UTC**" in shown.text
    told = await use(cleo, general, "settings set", timezone="asia/kolkata")
    assert "**Asia/Kolkata**" in told.text
    assert "**Asia/Kolkata**" in (await use(cleo, general, "settings show")).text
    usage = await use(cleo, general, "usage")
    assert f"<t:{next_midnight('Asia/Kolkata')}:R>" in usage.text
    told = await use(cleo, general, "settings reset", setting="timezone")
    assert "**UTC**" in told.text
    usage = await use(cleo, general, "usage")
    assert f"<t:{next_midnight('UTC')}:R>" in usage.text


async def test_a_name_that_is_no_zone(house: House) -> None:
    """An unknown zone changes nothing and is explained in one sentence."""
    await house.start()
    cleo, general = house.person("cleo"), house.channel("general")
    for name in ("Mars/Olympus", "../etc/passwd", "localtime", "Berlin"):
        told = await use(cleo, general, "settings set", timezone=name)
        assert told.text == (
            "`timezone` does not fit: choose one of those proposed, such as `Europe/Berlin` or "
            "`UTC`."
        )
    assert "**UTC**" in (await use(cleo, general, "settings show")).text


async def test_zones_are_proposed(house: House) -> None:
    """What is typed is looked for in all names; nothing typed proposes zones all over the world."""
    await house.start()
    cleo, general = house.person("cleo"), house.channel("general")

    async def proposed(typed: str) -> list[tuple[str, str]]:
        options = {"timezone": typed}
        return await cleo.autocomplete(general, "settings set", options, focused="timezone")

    (name, value), *_ = await proposed("berl")
    assert value == "Europe/Berlin"
    assert name == f"Europe/Berlin (now {datetime.now(UTC).astimezone(ZoneInfo(value)):%H:%M})"
    assert ("America/New_York") in [value for _, value in await proposed("new y")]
    assert len(await proposed("a")) == 25
    assert (await proposed(""))[0][1] == "UTC"
    assert await proposed("nowhere at all") == []
