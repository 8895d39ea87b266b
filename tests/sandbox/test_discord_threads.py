"""Threads: who may begin, fill, rename and wake them."""

from collections.abc import AsyncIterator

import pytest

from sandbox.discord.permissions import Overwrite, OverwriteType, Permission
from sandbox.discord.problems import Problem
from sandbox.discord.sample import sample_world
from sandbox.discord.server import DiscordServer
from tests.sandbox.raw import RawBot, person


@pytest.fixture
async def bot() -> AsyncIterator[RawBot]:
    """Return a bot at a Discord of its own."""
    async with DiscordServer(sample_world()) as server, RawBot(server) as running:
        yield running


@pytest.fixture
def general(bot: RawBot) -> int:
    """Return the id of Lighthouse's first text channel."""
    return bot.server.world.channel_named("general").id


async def test_a_thread_from_a_message(bot: RawBot, general: int) -> None:
    """It has the message's id, is public, and there is one a message."""
    said = await person(bot.server, "ada").say(general, "a question")
    path = f"/channels/{general}/messages/{said.id}/threads"
    thread = await bot.post(path, {"name": "Answers", "auto_archive_duration": 60})
    again = await bot.post(path, {"name": "Answers"})
    starter = (await bot.get(f"/channels/{said.id}/messages")).body[0]

    assert thread.status == 201
    assert thread.body["id"] == str(said.id)
    assert (thread.body["type"], thread.body["parent_id"]) == (11, str(general))
    assert thread.body["thread_metadata"]["auto_archive_duration"] == 60
    assert thread.body["owner_id"] == thread.body["member"]["user_id"]
    assert again.code == (400, 160004)
    assert (starter["type"], starter["referenced_message"]["content"]) == (21, "a question")
    message = (await bot.get(f"/channels/{general}/messages/{said.id}")).body
    assert message["flags"] & 32
    assert message["thread"]["name"] == "Answers"


async def test_a_thread_without_a_message_is_private(bot: RawBot, general: int) -> None:
    """It is private unless a type says otherwise; only those in it and moderators see it."""
    private = (await bot.post(f"/channels/{general}/threads", {"name": "quiet"})).body
    public = (await bot.post(f"/channels/{general}/threads", {"name": "loud", "type": 11})).body
    ada, olga = person(bot.server, "ada"), person(bot.server, "olga")

    assert (private["type"], public["type"]) == (12, 11)
    assert olga.sees(int(private["id"])) == []
    with pytest.raises(Problem, match="Missing Access"):
        ada.sees(int(private["id"]))
    added = await bot.put(f"/channels/{private['id']}/thread-members/{ada.id}")
    assert added.status == 204
    assert ada.sees(int(private["id"])) == []
    members = (await bot.get(f"/channels/{private['id']}/thread-members")).body
    assert [each["user_id"] for each in members] == [str(bot.server.world.bot.id), str(ada.id)]
    assert (await bot.delete(f"/channels/{private['id']}/thread-members/{ada.id}")).status == 204


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"type": 11}, "name"),
        ({"name": "x", "auto_archive_duration": 61}, "auto_archive_duration"),
        ({"name": "x", "type": 5}, "type"),
    ],
)
async def test_refused_wishes(
    bot: RawBot, general: int, body: dict[str, object], field: str
) -> None:
    """A name of 0 or 101 characters, another archive time or type are refused at their field."""
    refused = await bot.post(f"/channels/{general}/threads", body)

    assert refused.code == (400, 50035)
    assert list(refused.body["errors"]) == [field]


async def test_thread_permissions(bot: RawBot, general: int) -> None:
    """Creating and writing need their own permissions; SEND_MESSAGES counts for nothing there."""
    world = bot.server.world
    channel = world.channels[general]
    thread = (await bot.post(f"/channels/{general}/threads", {"name": "t", "type": 11})).body
    denied = (
        Permission.CREATE_PUBLIC_THREADS
        | Permission.CREATE_PRIVATE_THREADS
        | Permission.SEND_MESSAGES
    )
    world.set_overwrites(channel, [Overwrite(world.bot.id, OverwriteType.MEMBER, deny=denied)])
    for type_ in (11, 12):
        body = {"name": "t", "type": type_}
        assert (await bot.post(f"/channels/{general}/threads", body)).code == (403, 50013)
    assert (await bot.say(int(thread["id"]), {"content": "x"})).status == 200
    assert (await bot.say(int(thread["id"]), {"content": "x"}, files={"a": b"a"})).status == 200

    world.set_overwrites(
        channel,
        [Overwrite(world.bot.id, OverwriteType.MEMBER, deny=Permission.SEND_MESSAGES_IN_THREADS)],
    )
    assert (await bot.say(int(thread["id"]), {"content": "x"})).code == (403, 50013)
    dm = world.dm(world.bot.id, person(bot.server, "ada").id)
    assert (await bot.post(f"/channels/{dm.id}/threads", {"name": "t"})).status in (400, 403)


async def test_archived_and_locked(bot: RawBot, general: int) -> None:
    """An archived thread wakes by a message; edits and members there are 50083; a lock holds."""
    olga, ada = person(bot.server, "olga"), person(bot.server, "ada")
    thread_id = int(
        (await bot.post(f"/channels/{general}/threads", {"name": "t", "type": 11})).body["id"]
    )
    mine = (await bot.say(thread_id, {"content": "mine"})).body["id"]
    path = f"/channels/{thread_id}"

    assert (await bot.patch(path, {"archived": True})).body["thread_metadata"]["archived"]
    refused = [
        await bot.patch(f"{path}/messages/{mine}", {"content": "x"}),
        await bot.patch(path, {"name": "y"}),
        await bot.put(f"{path}/thread-members/@me"),
    ]
    assert {reply.code for reply in refused} == {(400, 50083)}
    archived = (await bot.get(f"/channels/{general}/threads/archived/public")).body["threads"]
    assert [each["id"] for each in archived] == [str(thread_id)]
    guild = bot.server.world.channels[general].guild_id
    assert (await bot.get(f"/guilds/{guild}/threads/active")).body["threads"] == []
    await ada.say(thread_id, "wake up")
    assert not (await bot.get(path)).body["thread_metadata"]["archived"]

    await olga.archive(thread_id, locked=True)
    assert (await bot.say(thread_id, {"content": "x"})).code == (400, 50083)
    assert (await bot.patch(path, {"archived": False})).code == (403, 50013)
    with pytest.raises(Problem, match="archived"):
        await ada.say(thread_id, "let me in")
    await olga.say(thread_id, "I may")


async def test_only_owner_and_moderators_change_a_thread(bot: RawBot, general: int) -> None:
    """Somebody else's thread can't be renamed, locked or deleted without MANAGE_THREADS."""
    ada = person(bot.server, "ada")
    thread_id = await ada.start_thread(general, "hers")
    path = f"/channels/{thread_id}"

    assert (await bot.patch(path, {"name": "his"})).code == (403, 50013)
    assert (await bot.patch(path, {"locked": True})).code == (403, 50013)
    assert (await bot.delete(path)).code == (403, 50013)
    assert (await bot.put(f"{path}/thread-members/@me")).status == 204
    assert (await bot.get(path)).body["member"]["user_id"] == str(bot.server.world.bot.id)
    assert (await bot.delete(f"{path}/thread-members/@me")).status == 204
    assert (await bot.patch(f"/channels/{general}", {"name": "x"})).code == (403, 50013)


async def test_a_deleted_thread_is_gone(bot: RawBot, general: int) -> None:
    """A moderator bot deletes a thread, with its messages."""
    world = bot.server.world
    guild = world.guild_named("Lighthouse")
    role = world.add_role(guild, "Power", Permission.MANAGE_THREADS | Permission.MANAGE_CHANNELS)
    world.set_roles(guild, world.bot.id, [role])
    thread = (await bot.post(f"/channels/{general}/threads", {"name": "t", "type": 11})).body
    await bot.say(int(thread["id"]), {"content": "x"})

    assert (await bot.delete(f"/channels/{thread['id']}")).status == 200
    assert (await bot.get(f"/channels/{thread['id']}")).code == (404, 10003)
    assert (await bot.delete(f"/channels/{general}")).status == 200
    assert (await bot.get(f"/channels/{general}")).code == (404, 10003)


async def test_a_mention_brings_into_a_thread(bot: RawBot, general: int) -> None:
    """Who is mentioned in a private thread, and may see its channel, is put into it and pinged."""
    ada, ben = person(bot.server, "ada"), person(bot.server, "ben")
    thread_id = await ada.start_thread(general, "quiet", private=True)
    with pytest.raises(Problem, match="Missing Access"):
        ben.sees(thread_id)
    said = await ada.say(thread_id, f"<@{ben.id}> <@{bot.server.world.bot.id}> look")

    assert said.pings.user_ids == {ben.id, bot.server.world.bot.id}
    assert ben.sees(thread_id)[-1].id == said.id
    assert (await bot.say(thread_id, {"content": "I see"})).status == 200
