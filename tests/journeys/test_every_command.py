"""Every command as everybody: who may, who may not, and that a refusal changes nothing.

The commands are those that the bot has registered, so that a new one is met here by itself.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.discord.commands import CHAT_INPUT
from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.discord.used import Used
from tests.journeys.house import House, both, says
from tests.journeys.managers import show_to_everybody, use
from tests.journeys.walking import Leaf, kept, leaves, offer_in_dms

MANAGE = "You need the permission **Manage Server** for that."
READ = (
    "You need the permission **Manage Server** for that, or somebody who has it lets you read it "
    "(`/access allow` with `area: reports`)."
)

READING = {
    "quota list",
    "quota show",
    "quota report",
    "quota simulate",
    "access list",
    "settings show",
    "audit",
}
"""What people may read whom `/access allow` with `area: reports` names; the rest changes things."""

EVERYBODYS = {
    "ask",
    "chat",
    "usage",
    "help",
    "history show",
    "history clear",
    "persona show",
    "persona set",
    "persona reset",
    "sponsor on",
    "sponsor off",
    "sponsor show",
}
MENUS = {"Ask about this", "Continue in a thread"}

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")

PUBLIC = {("settings set", "timezone")}
"""Proposals that tell nothing of a server: the names of time zones."""


def for_managers(house: House) -> list[Leaf]:
    """Return the commands that Discord shows to those who manage the server, and open them."""
    found = [leaf for leaf in leaves(house) if leaf.is_for_managers]
    show_to_everybody(house)
    return found


async def proposals(house: House, person: Person, channel: int, leaf: Leaf) -> list[object]:
    """Return all that is proposed to somebody for a command's options."""
    found: list[object] = []
    for option in leaf.completed:
        if (leaf.path, option) not in PUBLIC:
            values = leaf.values(house, required=True) | {option: ""}
            found += await person.autocomplete(channel, leaf.path, values, focused=option)
    return found


async def furnished(house: House) -> int:
    """Start the bot, let there be something to find, and return the channel."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    await use(olga, general, "quota set", meter="tokens", window="day", amount=9)
    await use(olga, general, "access deny", member=house.person("cleo").id)
    await use(olga, general, "settings set", timezone="Asia/Tokyo")
    return general


async def test_every_command_is_somebodys(house: House) -> None:
    """A command is for everybody, or Discord shows it to those who manage the server alone."""
    await house.start()
    known = leaves(house)
    assert {leaf.path for leaf in known if not leaf.is_for_managers} == EVERYBODYS
    assert {leaf.path for leaf in known if leaf.is_for_managers} > READING
    others = (it for it in house.discord.commands.of(None) if it.type != CHAT_INPUT)
    assert {command.name for command in others} == MENUS


async def test_the_readme_names_every_command(house: House) -> None:
    """Each command stands in the README with all that it requires, and each menu's entry."""
    await house.start()
    shown = [written.split() for written in re.findall(r"`/([^`]+)`", README)]
    for leaf in leaves(house):
        path = leaf.path.split()
        required = {option["name"] for option in leaf.options if option.get("required")}
        assert any(
            words[: len(path)] == path and required <= set(words[len(path) :]) for words in shown
        ), leaf.path
    assert all(f"**{menu}**" in README for menu in MENUS)


@pytest.mark.parametrize("who", ["ada", "max"])
async def test_members_and_moderators_are_refused(house: House, who: str) -> None:
    """Opened to everybody in Discord, each command for managers is refused by the bot itself.

    What changes anything is refused with one sentence, what only shows with one that says whose
    leave would do; nothing is proposed, nothing changed, and nothing noted in the trail.
    """
    general = await furnished(house)
    person, before = house.person(who), kept(house)
    offered = {each.name for each in person.commands(general)}
    every = for_managers(house)
    assert not offered & {leaf.command.name for leaf in every}
    for leaf in every:
        for values in leaf.filled(house):
            told = await use(person, general, leaf.path, **values)
            wanted = READ if leaf.path in READING else MANAGE
            assert (told.text, told.files) == (wanted, ()), (leaf.path, values)
        assert await proposals(house, person, general, leaf) == [], leaf.path
    assert kept(house) == before
    trail = await use(house.person("olga"), general, "audit")
    assert trail.text.count("\n- ") == 3
    house.assert_polite()


async def test_who_may_read_still_changes_nothing(house: House) -> None:
    """A moderator who may read reports reads all of them, and is refused whatever changes."""
    general = await furnished(house)
    max_, olga = house.person("max"), house.person("olga")
    await use(olga, general, "access allow", member=max_.id, area="reports")
    before, refused = kept(house), set()
    every = for_managers(house)
    for leaf in every:
        for values in leaf.filled(house):
            told = await use(max_, general, leaf.path, **values)
            if told.text == MANAGE:
                refused.add(leaf.path)
            else:
                assert "Manage Server" not in told.text, leaf.path
                assert leaf.path in READING, f"/{leaf.path} lets a moderator do what it does"
    assert refused == {leaf.path for leaf in every} - READING
    assert kept(house) == before


@pytest.mark.parametrize("who", ["cleo", "olga"])
async def test_who_manages_the_server_is_refused_nothing(house: House, who: str) -> None:
    """With Manage Server, or as the owner, no command says that a permission is missing."""
    general = await furnished(house)
    person = house.person(who)
    for leaf in leaves(house):
        if leaf.is_for_managers:
            told = await use(person, general, leaf.path, **leaf.values(house, required=True))
            assert "Manage Server" not in told.text or "may read" in told.text, leaf.path
            assert "went wrong" not in told.text, leaf.path


def of(used: Used) -> Callable[[Seen], bool]:
    """Return the condition that a message answers this command."""
    return lambda seen: seen.id in used.message_ids


def refusal_in_dms(leaf: Leaf) -> str:
    """Return how a command that only servers have is refused."""
    if leaf.is_for_managers:
        return READ if leaf.path in READING else MANAGE
    return "That does not work here: "


async def test_in_direct_messages(house: House) -> None:
    """Commands that only servers have are not offered there, and refused if somebody sends them."""
    await furnished(house)
    olga = house.person("olga")
    direct, every = await olga.open_dm(), leaves(house)
    theirs = [leaf for leaf in every if leaf.is_for_servers]
    offered = {each.name for each in olga.commands(direct)}
    assert {leaf.command.name for leaf in theirs} & offered == set()
    assert {leaf.path for leaf in every if leaf.is_for_managers} < {it.path for it in theirs}
    offer_in_dms(house)
    show_to_everybody(house)
    before = kept(house)
    for leaf in theirs:
        values = leaf.values(house, required=True)
        used = await olga.slash(direct, leaf.path, values)
        await house.answer(olga, direct, both(of(used), says(refusal_in_dms(leaf))))
        assert await proposals(house, olga, direct, leaf) == [], leaf.path
    assert kept(house) == before
