"""Amounts that nobody should write, changes at the same moment, and more than one server."""

import asyncio
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from sandbox.discord.options import NotPossible
from sandbox.discord.seen import Seen
from sandbox.discord.used import Used
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import use

WHOLE = "write a whole number"
DAY = {"meter": "requests", "window": "day"}


@pytest.mark.parametrize(
    ("meter", "amount", "told"),
    [
        ("requests", 0, "Set: 0 requests a day for each member."),
        ("requests", 1, "Set: 1 request a day for each member."),
        ("requests", 2.5, f"`amount` does not fit: '2.5' is no amount of requests: {WHOLE}."),
        ("tokens", 1e12, "Set: 1,000,000,000,000 tokens a day for each member."),
        ("tokens", 2**53, f"is too much of tokens: {WHOLE} of at most 1000000000000000."),
        ("cost", 0, "Set: $0.00 a day for each member."),
        ("cost", 0.0000001, "Set: $0.000001 a day for each member."),
        ("cost", 0.005, "Set: $0.005 a day for each member."),
        ("cost", 1e9, "Set: $1,000,000,000.00 a day for each member."),
        ("cost", 1e12, "write an amount in dollars of at most 1000000000."),
    ],
)
async def test_limits_of_odd_amounts(house: House, meter: str, amount: float, told: str) -> None:
    """What can be a limit is set as it was written, what can't is explained in one sentence."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    seen = await use(olga, general, "quota set", meter=meter, window="day", amount=amount)
    assert told in seen.text
    assert "went wrong" not in seen.text
    listed = await use(olga, general, "quota list")
    assert ("**Limits of this server**\nnone" in listed.text) == (not told.startswith("Set"))


async def test_less_than_nothing(house: House) -> None:
    """Discord itself lets nobody write an amount below 0."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    for path, more in (("quota set", DAY), ("quota simulate", DAY)):
        with pytest.raises(NotPossible):
            await use(olga, general, path, amount=-1, **more)


@pytest.mark.parametrize(
    ("meter", "amount", "told"),
    [
        ("requests", 0, "grant more than nothing"),
        ("requests", 0.5, WHOLE),
        ("tokens", 1e12, "Granted: 1,000,000,000,000 tokens on top"),
        ("cost", 0.0000001, "Granted: $0.000001 on top"),
        ("cost", 1e12, "is too much of cost"),
    ],
)
async def test_grants_of_odd_amounts(house: House, meter: str, amount: float, told: str) -> None:
    """A grant is of more than nothing, and of no more than a limit may be."""
    await house.start()
    olga, ada, general = house.person("olga"), house.person("ada"), house.channel("general")
    seen = await use(olga, general, "quota grant", member=ada.id, meter=meter, amount=amount)
    assert told in seen.text
    assert ("Granted on top" in (await use(ada, general, "usage")).text) == ("Granted" in told)


async def test_simultaneous_changes(house: House) -> None:
    """Of admins who change one limit at once the last decides, and the trail is one chain."""
    await house.start()
    olga, cleo, general = house.person("olga"), house.person("cleo"), house.channel("general")
    await asyncio.gather(
        *(
            use((olga, cleo)[number % 2], general, "quota set", **DAY, amount=number)
            for number in range(1, 10)
        )
    )
    trail = (await use(olga, general, "audit")).text.splitlines()[1:]
    steps = [line.rpartition(": ")[2].split(" → ") for line in reversed(trail)]
    assert len(steps) == 9
    assert steps[0][0] == "none"
    assert all(now[0] == before[1] for before, now in pairwise(steps))
    assert (
        f"- {steps[-1][1]} a day for each member" in (await use(cleo, general, "quota list")).text
    )


async def test_removing_at_once(house: House) -> None:
    """Of two who remove the same limit one is told that it was there."""
    await house.start()
    olga, cleo, general = house.person("olga"), house.person("cleo"), house.channel("general")
    await use(olga, general, "quota set", **DAY, amount=5)
    told = await asyncio.gather(
        *(use(person, general, "quota remove", **DAY) for person in (olga, cleo))
    )
    assert sorted(it.text.split(".")[0] for it in told) == ["Removed", "There is no such limit"]
    assert (await use(olga, general, "audit")).text.count("/quota remove") == 1


async def test_two_servers(house: House) -> None:
    """Limits, exemptions and what was used in one server are nothing to another."""
    await house.start(default_quota="requests/day=2")
    olga, ben = house.person("olga"), house.person("ben")
    general, books = house.channel("general"), house.channel("books")
    await use(olga, general, "quota set", **DAY, amount=1, whole_server=True)
    await ben.slash(general, "ask", {"prompt": "hello"})
    await house.answer(ben, general, ended)
    await ben.slash(general, "ask", {"prompt": "again"})
    await house.answer(ben, general, says("This server's limit of 1 request a day"))
    assert "0 of 2 requests used" in (await use(ben, books, "usage")).text
    await use(olga, general, "quota exempt", on=True, member=ben.id)
    assert "exempt" not in (await use(ben, books, "usage")).text
    direct = await ben.open_dm()
    usage = await (await ben.slash(direct, "usage")).answered()
    assert "0 of 2 requests used" in usage.text
    await ben.slash(books, "ask", {"prompt": "hello"})
    await house.answer(ben, books, ended)
    assert "1 of 2 requests used" in (await use(ben, books, "usage")).text


async def test_another_time_zone_in_mid_window(house: House) -> None:
    """What was used a moment ago counts today in every zone: none gives the day twice."""
    await house.start(default_quota="requests/day=1, requests/month=1")
    cleo, ada, general = house.person("cleo"), house.person("ada"), house.channel("general")
    await ada.slash(general, "ask", {"prompt": "one"})
    await house.answer(ada, general, ended)
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "UTC"):
        await use(cleo, general, "settings set", timezone=zone)
        used = await ada.slash(general, "ask", {"prompt": f"two in {zone}"})
        await house.answer(ada, general, both(of(used), says("limit of 1 request")))
        shown = (await use(ada, general, "usage")).text
        assert shown.count("1 of 1 request used") == 2, zone
    assert len(house.prompts()) == 1


def of(used: Used) -> Callable[[Seen], bool]:
    """Return the condition that a message answers this command."""
    return lambda seen: seen.id in used.message_ids


ODD: list[dict[str, Any]] = [
    {"meter": "tokens", "cap": 0},
    {"meter": "tokens", "cap": 1e12 + 0.5},
    {"meter": "cost", "cap": 1e12},
]


@pytest.mark.parametrize("cap", ODD)
async def test_caps_of_odd_amounts(house: House, cap: dict[str, Any]) -> None:
    """A cap that can't be is explained, and nobody sponsors the thread."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    thread = await ada.start_thread(general, "Ada's own")
    used = await ada.slash(thread, "sponsor on", cap)
    refusal = await house.answer(ada, thread, lambda it: it.id in used.message_ids and it.ephemeral)
    assert refusal.text.startswith("`cap` does not fit: ")
    assert "Nobody sponsors" in (await use(ada, thread, "sponsor show")).text
