"""People: what they may do, what they see, and how they wait."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from sandbox.discord.people import Person
from sandbox.discord.permissions import Overwrite, OverwriteType, Permission
from sandbox.discord.problems import Problem
from sandbox.discord.sample import sample_world
from sandbox.discord.server import DiscordServer
from tests.sandbox.raw import RawBot, person


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """Return a Discord of its own."""
    async with DiscordServer(sample_world()) as running:
        yield running


@pytest.fixture
def general(server: DiscordServer) -> int:
    """Return the id of Lighthouse's first text channel."""
    return server.world.channel_named("general").id


@pytest.fixture
def ada(server: DiscordServer) -> Person:
    """Return Ada."""
    return person(server, "ada")


async def test_staff(server: DiscordServer, general: int, ada: Person) -> None:
    """In the sample the owner, an admin and a moderator see the staff's channel, members do not."""
    staff = server.world.channel_named("staff").id
    for name in ("olga", "max", "cleo"):
        assert person(server, name).sees(staff) == []
    with pytest.raises(Problem, match="Missing Access"):
        ada.sees(staff)
    said = await ada.say(general, "hello")
    with pytest.raises(Problem, match="Missing Permissions"):
        await person(server, "ben").delete(said)
    await person(server, "max").delete(said)
    assert ada.sees(general) == []


async def test_writing(server: DiscordServer, general: int, ada: Person) -> None:
    """People write, reply, attach, edit and delete within Discord's rules."""
    said = await ada.say(general, "hello", files=[("a.txt", b"abc", "text/plain")])
    reply = await person(server, "ben").say(general, "hi", reply_to=said)
    edited = await ada.edit(said, "hello all")

    assert [(file.name, file.content) for file in said.files] == [("a.txt", b"abc")]
    assert reply.reply_to == said.id
    assert reply.pings.user_ids == {ada.id}
    assert (edited.text, edited.edited, edited.files) == ("hello all", True, said.files)
    for text, reason in (("", "empty"), ("x" * 2001, "Invalid Form Body")):
        with pytest.raises(Problem, match=reason):
            await ada.say(general, text)
    with pytest.raises(Problem, match="another user"):
        await ada.edit(reply, "mine now")
    with pytest.raises(Problem, match="too large"):
        await ada.say(general, files=[("big", bytes(10 * 1024 * 1024 + 1), "x/y")])
    quiet = [Overwrite(ada.id, OverwriteType.MEMBER, deny=Permission.SEND_MESSAGES)]
    server.world.set_overwrites(server.world.channels[general], quiet)
    with pytest.raises(Problem, match="Missing Permissions"):
        await ada.say(general, "x")


async def test_mentions_of_people(server: DiscordServer, general: int, ada: Person) -> None:
    """@everyone notifies only from those who may, and code mentions nobody."""
    olga = person(server, "olga")
    assert (await olga.say(general, "@everyone")).pings.everyone
    assert not (await ada.say(general, "@everyone")).pings.everyone
    assert not (await ada.say(general, f"```\n<@{olga.id}>\n```")).pings


async def test_waiting(server: DiscordServer, general: int, ada: Person) -> None:
    """Waiting ends with the first change that fits, or with word of what was there instead."""
    waiting = asyncio.create_task(ada.wait_for(general, lambda each: each.text == "two"))
    async with RawBot(server) as bot:
        await bot.say(general, {"content": "one"})
        assert not waiting.done()
        await bot.say(general, {"content": "two"})
        assert (await waiting).author_name == "Threadlight"
        with pytest.raises(TimeoutError, match="Threadlight: one\n  Threadlight: two"):
            await ada.wait_for(general, lambda each: each.text == "three", timeout=0.01)


async def test_names(server: DiscordServer, general: int, ada: Person) -> None:
    """A nickname goes before a display name."""
    guild = server.world.guild_named("Lighthouse")
    assert (await ada.say(general, "x")).author_name == "Ada"
    guild.members[ada.id].nick = "Countess"
    assert ada.sees(general)[0].author_name == "Countess"


async def test_lookups(server: DiscordServer) -> None:
    """Things are found by name, and what is not there is named."""
    world = server.world
    room = world.guild_named("Reading Room")
    assert world.channel_named("general", room).guild_id == room.id
    for look in (world.user_named, world.guild_named, world.channel_named):
        with pytest.raises(LookupError, match="nowhere"):
            look("nowhere")
