"""The exempt: no personal limit holds for them, every shared one does; what they are told."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import use

NONE = {"meter": "requests", "window": "day", "amount": 0}
"""A limit that lets nothing through."""


@dataclass(frozen=True, slots=True)
class Case:
    """A limit of nothing: whose it is, how it comes to be, and how its refusal begins."""

    name: str
    sentence: str
    personal: bool = False
    settings: dict[str, Any] = field(default_factory=dict)

    def options(self, house: House, students: int) -> list[dict[str, Any]]:
        """Return what `/quota set` is used with: once for each person where it is for one."""
        match self.name:
            case "member":
                return [{"member": house.person(name).id} for name in EVERYBODY]
            case "role":
                return [{"role": students}]
            case "everyone":
                return [{}]
            case "channel":
                return [{"channel": house.channel("general")}]
            case "server":
                return [{"whole_server": True}]
            case _:
                return []


EVERYBODY = ("ada", "max", "cleo", "olga")
"""A member, a moderator, an admin and the server's owner."""

CASES = [
    Case("member", "Your own limit of 0 requests a day", personal=True),
    Case("role", "Your role's limit of 0 requests a day for each member", personal=True),
    Case("everyone", "This server's limit of 0 requests a day for each member", personal=True),
    Case(
        "default",
        "The limit of 0 requests a day for each person",
        personal=True,
        settings={"default_quota": "requests/day=0"},
    ),
    Case("channel", "This channel's limit of 0 requests a day for everyone together"),
    Case("server", "This server's limit of 0 requests a day for everyone together"),
    Case(
        "operator",
        "The bot's limit of $0.00 a day for this server",
        settings={"server_daily_cost_limit_usd": 0},
    ),
    Case(
        "bot",
        "The whole bot's limit of $0.00 a day for everyone together",
        settings={"daily_cost_limit_usd": 0},
    ),
]


def students(house: House) -> int:
    """Let there be a role that everybody holds, before the bot starts, and return its id."""
    world = house.discord.world
    guild = next(iter(world.guilds.values()))
    role = world.add_role(guild, "Students")
    for name in EVERYBODY:
        guild.members[house.person(name).id].role_ids.append(role.id)
    return role.id


async def asks(house: House, person: Person, sentence: str, *, refused: bool) -> None:
    """Let somebody ask, and check whether they are answered or told this."""
    general = house.channel("general")
    used = await person.slash(general, "ask", {"prompt": "hello"})

    def mine(seen: Seen) -> bool:
        return seen.id in used.message_ids

    if not refused:
        await house.answer(person, general, both(mine, ended))
        return
    refusal = await house.answer(person, general, both(mine, says(sentence)))
    assert refusal.ephemeral
    assert "It resets <t:" in refusal.text or "is too small" in refusal.text
    assert refusal.text.endswith("Nothing was spent.")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_each_limit_and_whom_it_stops(house: House, case: Case) -> None:
    """Members, moderators, admins and the owner meet each limit alike, and are told which it is.

    Who is exempt, by name or by a role, skips what is personal and nothing that all share; the
    exemption's end lets the limit hold again.
    """
    role = students(house)
    await house.start(**case.settings)
    olga, general = house.person("olga"), house.channel("general")
    for options in case.options(house, role):
        await use(olga, general, "quota set", **NONE, **options)
    for name in EVERYBODY:
        await asks(house, house.person(name), case.sentence, refused=True)
    for target in ({"member": house.person("max").id}, {"role": role}):
        max_ = house.person("max")
        await use(olga, general, "quota exempt", on=True, **target)
        await asks(house, max_, case.sentence, refused=not case.personal)
        await use(olga, general, "quota exempt", on=False, **target)
        await asks(house, max_, case.sentence, refused=True)
    assert len(house.prompts()) == (2 if case.personal else 0)


async def test_what_the_exempt_and_others_read_of_it(house: House) -> None:
    """`/usage` tells who is exempt, `/quota show` and `/quota list` tell admins, until it ends."""
    role = students(house)
    await house.start(default_quota="requests/day=3")
    ada, olga, general = house.person("ada"), house.person("olga"), house.channel("general")
    told = await use(ada, general, "usage")
    assert "exempt" not in told.text
    assert "0 of 3 requests used" in told.text
    await use(olga, general, "quota exempt", on=True, role=role)
    await use(olga, general, "quota exempt", on=True, member=house.person("ben").id)
    told = await use(ada, general, "usage")
    assert told.text.startswith(
        f"You are **exempt** by the role <@&{role}>: only limits that every"
    )
    assert "requests used" not in told.text
    shown = await use(olga, general, "quota show", member=ada.id)
    assert f"**Exempt** by the role <@&{role}>: only the limits that everyone" in shown.text
    assert "3 requests" not in shown.text
    listed = await use(olga, general, "quota list")
    assert listed.text.endswith(
        "**Exempt from personal limits**: those of a member, a role or every member\n"
        f"- each member with <@&{role}>\n- <@{house.person('ben').id}>"
    )
    told = await use(house.person("ben"), general, "usage")
    assert "You are **exempt** as a member" in told.text
    await use(olga, general, "quota exempt", on=False, role=role)
    assert "0 of 3 requests used" in (await use(ada, general, "usage")).text


async def test_the_end_of_one_of_two(house: House) -> None:
    """Who loses one exemption and has another is told of as still exempt, and is so."""
    role = students(house)
    await house.start(default_quota="requests/day=0")
    ada, olga, general = house.person("ada"), house.person("olga"), house.channel("general")
    for target in ({"member": ada.id}, {"role": role}):
        await use(olga, general, "quota exempt", on=True, **target)
    still = (
        f"<@{ada.id}> is no longer exempt as a member, but is still exempt by the role <@&{role}>."
    )
    assert (await use(olga, general, "quota exempt", on=False, member=ada.id)).text == still
    await asks(house, ada, "", refused=False)
    again = await use(olga, general, "quota exempt", on=False, member=ada.id)
    assert again.text.startswith(f"<@{ada.id}> was not exempt as a member, but is still exempt by")
    ended_now = await use(olga, general, "quota exempt", on=False, role=role)
    assert ended_now.text.startswith(f"Each member with <@&{role}> is no longer exempt: ")
    await asks(house, ada, "The limit of 0 requests a day for each person", refused=True)


async def test_a_role_that_was_taken_away(house: House) -> None:
    """Who loses the exempt role is held to their limits from the next question on."""
    role = students(house)
    await house.start(default_quota="requests/day=0")
    ada, olga, general = house.person("ada"), house.person("olga"), house.channel("general")
    await use(olga, general, "quota exempt", on=True, role=role)
    await asks(house, ada, "", refused=False)
    guild = next(iter(house.discord.world.guilds.values()))
    house.discord.world.set_roles(guild, ada.id, [])
    await asks(house, ada, "The limit of 0 requests a day for each person", refused=True)
