"""The gateway: who hears what, and what survives a broken connection."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox.discord.gateway import GUILD_MEMBERS_FLAG
from sandbox.discord.permissions import Overwrite, OverwriteType, Permission
from sandbox.discord.problems import Problem
from sandbox.discord.sample import sample_world
from sandbox.discord.server import DiscordServer
from tests.sandbox.raw import ALL_INTENTS, RawBot, RawGateway, person

CONTENT = 1 << 15


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """Return a Discord that lets one identify at once."""
    async with DiscordServer(sample_world(), identify_interval=0) as running:
        yield running


@pytest.mark.parametrize("compress", ["", "zlib-stream", "zstd-stream"])
async def test_greeting(server: DiscordServer, compress: str) -> None:
    """After hello and identify come READY and the guilds, whichever way they are packed."""
    async with RawGateway(server, compress) as gateway:
        hello = await gateway.receive()
        ready = await gateway.identify()
        guilds = [await gateway.event("GUILD_CREATE") for _ in ready["guilds"]]

    assert hello == {"op": 10, "d": {"heartbeat_interval": 41250}}
    assert ready["user"]["id"] == ready["application"]["id"] == str(server.world.bot.id)
    assert ready["resume_gateway_url"] == server.gateway_url
    assert ready["shard"] == [0, 1]
    assert [guild["name"] for guild in guilds] == ["Lighthouse", "Reading Room"]
    assert guilds[0]["unavailable"] is False
    assert {channel["name"] for channel in guilds[1]["channels"]} == {"general", "books"}
    assert guilds[0]["member_count"] == len(guilds[0]["members"]) == 6


async def test_members_need_their_intent(server: DiscordServer) -> None:
    """Without GUILD_MEMBERS a guild comes with the bot as its only member."""
    async with RawGateway(server) as gateway:
        await gateway.identify(ALL_INTENTS & ~(1 << 1))
        guild = await gateway.event("GUILD_CREATE")
        await gateway.send(8, {"guild_id": guild["id"], "query": "a", "limit": 0, "nonce": "n"})
        chunk = await gateway.event("GUILD_MEMBERS_CHUNK")

    assert [member["user"]["username"] for member in guild["members"]] == ["threadlight"]
    assert [member["user"]["username"] for member in chunk["members"]] == ["ada"]
    assert chunk["nonce"] == "n"


async def test_shards_share_the_guilds_out(server: DiscordServer) -> None:
    """Each guild speaks to one shard of two, and DMs to the first."""
    ada = person(server, "ada")
    world = server.world
    room = world.guild_named("Reading Room")
    async with RawGateway(server) as first, RawGateway(server) as second:
        gateways = (first, second)
        readies = [await each.identify(shard=(n, 2)) for n, each in enumerate(gateways)]
        home = next(
            number
            for number, ready in enumerate(readies)
            if ready["guilds"] == [{"id": str(room.id), "unavailable": True}]
        )
        await ada.say(world.channel_named("general", room).id, "in the room")
        await ada.say(await ada.open_dm(), "in private")

        assert home == (room.id >> 22) % 2
        assert len(readies[1 - home]["guilds"]) == 1
        heard = [
            (await gateways[number].event("MESSAGE_CREATE"))["content"] for number in {0, home}
        ]
        if home == 0:
            heard.append((await first.event("MESSAGE_CREATE"))["content"])
        assert sorted(heard) == ["in private", "in the room"]


async def test_content_is_privileged(server: DiscordServer) -> None:
    """Without MESSAGE_CONTENT words are empty, but for mentions, replies that ping and DMs."""
    ada = person(server, "ada")
    general = server.world.channel_named("general")
    async with RawBot(server) as bot, RawGateway(server) as gateway:
        await gateway.identify(ALL_INTENTS & ~CONTENT)
        await ada.say(general.id, "secret", files=[("a.txt", b"a", "text/plain")])
        hidden = await gateway.event("MESSAGE_CREATE")
        await ada.say(general.id, f"hello <@{server.world.bot.id}>")
        mention = await gateway.event("MESSAGE_CREATE")
        mine = await bot.say(general, {"content": "mine"})
        own = await gateway.event("MESSAGE_CREATE")
        await ada.say(general.id, "why?", reply_to=int(mine.body["id"]))
        reply = await gateway.event("MESSAGE_CREATE")
        await ada.say(general.id, "quiet", reply_to=int(mine.body["id"]), ping=False)
        quiet = await gateway.event("MESSAGE_CREATE")
        await ada.say(await ada.open_dm(), "private")
        private = await gateway.event("MESSAGE_CREATE")

    assert (hidden["content"], hidden["attachments"]) == ("", [])
    assert hidden["member"]["roles"] == []
    assert hidden["guild_id"] == str(general.guild_id)
    assert mention["content"].startswith("hello")
    assert own["content"] == "mine"
    assert reply["content"] == "why?"
    assert reply["referenced_message"]["content"] == "mine"
    assert quiet["content"] == ""
    assert private["content"] == "private"
    assert "guild_id" not in private


@pytest.mark.parametrize(
    ("intents", "flags", "token", "code"),
    [
        (ALL_INTENTS, GUILD_MEMBERS_FLAG, "", 4014),
        (1 << 40, -1, "", 4013),
        (ALL_INTENTS, -1, "wrong", 4004),
    ],
)
async def test_refused_identifies(intents: int, flags: int, token: str, code: int) -> None:
    """A wrong token and intents that the application lacks close with their codes."""
    async with (
        DiscordServer(sample_world(), application_flags=flags) as server,
        RawGateway(server) as gateway,
    ):
        await gateway.receive()
        await gateway.send_identify(intents, token=token)

        assert await gateway.closed() == code


@pytest.mark.parametrize(
    ("op", "data", "code"), [(3, {}, 4003), (99, {}, 4003), (2, {"token": ""}, 4002)]
)
async def test_nonsense_closes(server: DiscordServer, op: int, data: object, code: int) -> None:
    """What makes no sense before an identify closes with its code."""
    async with RawGateway(server) as gateway:
        await gateway.send(op, data)
        assert await gateway.closed() == code


async def test_identifies_are_spaced() -> None:
    """A second identify of the same concurrency key within its interval is an invalid session."""
    async with (
        DiscordServer(sample_world(), max_concurrency=2) as server,
        RawGateway(server) as first,
        RawGateway(server) as second,
        RawGateway(server) as third,
    ):
        await first.identify(shard=(0, 4))
        await second.receive()
        await second.send_identify(shard=(2, 4))
        assert await second.receive() == {"op": 9, "d": False}
        assert (await third.identify(shard=(1, 4)))["shard"] == [1, 4]


async def test_resume_replays_what_was_missed(server: DiscordServer) -> None:
    """A dropped session resumes with every event since its last, in order, then RESUMED."""
    ada = person(server, "ada")
    general = server.world.channel_named("general")
    async with RawGateway(server) as gateway:
        await gateway.identify()
        await ada.say(general.id, "one")
        await gateway.event("MESSAGE_CREATE")
        server.gateway.drop(4000)
        assert await gateway.closed() == 4000
    for text in ("two", "three"):
        await ada.say(general.id, text)
    async with RawGateway(server) as again:
        await again.receive()
        await again.resume(gateway)
        missed = [await again.receive() for _ in range(3)]

    assert [each["t"] for each in missed] == ["MESSAGE_CREATE", "MESSAGE_CREATE", "RESUMED"]
    assert [each["d"].get("content") for each in missed] == ["two", "three", None]
    assert [each["s"] for each in missed] == [gateway.sequence + n for n in (1, 2, 3)]  # type: ignore[operator]


async def test_a_closed_session_is_gone(server: DiscordServer) -> None:
    """A session whose client said goodbye (1000) cannot be resumed, nor one from the future."""
    async with RawGateway(server) as gateway:
        await gateway.identify()
    async with RawGateway(server) as late:
        await late.receive()
        await late.resume(gateway)
        assert await late.receive() == {"op": 9, "d": False}
    async with RawGateway(server) as other:
        await other.identify()
        server.gateway.drop()
        await other.closed()
        async with RawGateway(server) as future:
            await future.receive()
            await future.resume(other, sequence=1000)
            assert await future.receive() == {"op": 9, "d": False}


async def test_heartbeats(server: DiscordServer) -> None:
    """Heartbeats are acknowledged, can be asked for, and can be left without an answer."""
    async with RawGateway(server) as gateway:
        await gateway.receive()
        await gateway.send(1, None)
        assert await gateway.receive() == {"op": 11, "d": None}
        server.gateway.request_heartbeat()
        assert await gateway.receive() == {"op": 1, "d": None}
        server.gateway.acknowledging = False
        await gateway.send(1, None)
        server.gateway.reconnect()
        assert await gateway.receive() == {"op": 7, "d": None}


async def test_silence_ends_a_connection() -> None:
    """A connection without heartbeats is closed after two intervals."""
    async with (
        DiscordServer(sample_world(), heartbeat_interval=0.05) as server,
        RawGateway(server) as gateway,
    ):
        await gateway.identify()
        assert await gateway.closed() == 4009


async def test_a_cut_connection_ends_without_a_code(server: DiscordServer) -> None:
    """A cut reaches the client as a broken connection."""
    async with RawGateway(server) as gateway:
        await gateway.identify()
        server.gateway.drop(None)
        assert await gateway.closed() in (None, 1006)
        await server.world.news.until(lambda: True, 1)
    while server.gateway.connections:
        await asyncio.wait([each.ended for each in server.gateway.connections])
    assert len(server.gateway.sessions) == 1


async def test_unseen_channels_are_silent(server: DiscordServer) -> None:
    """The bot hears nothing from a channel or private thread that it does not see."""
    world, olga = server.world, person(server, "olga")
    staff, general = world.channel_named("staff"), world.channel_named("general")
    async with RawGateway(server) as gateway:
        await gateway.identify()
        await olga.say(staff.id, "among us")
        thread_id = await olga.start_thread(general.id, "hidden", private=True)
        await olga.say(thread_id, "between us")
        await olga.say(general.id, "to all")
        heard = await gateway.event("MESSAGE_CREATE", "THREAD_CREATE")
        assert heard["content"] == "to all"

        world.set_overwrites(
            staff, [Overwrite(world.bot.id, OverwriteType.MEMBER, allow=Permission.VIEW_CHANNEL)]
        )
        await olga.invite(thread_id, world.bot.id)
        assert (await gateway.event("THREAD_CREATE"))["id"] == str(thread_id)
        joined = await gateway.event("THREAD_MEMBERS_UPDATE")
        assert joined["added_members"][0]["user_id"] == str(world.bot.id)
        await olga.say(thread_id, "welcome")
        assert (await gateway.event("MESSAGE_CREATE"))["content"] == "welcome"


async def test_guilds_come_and_go(server: DiscordServer) -> None:
    """Being invited, renamed roles and being thrown out are heard at once."""
    world = server.world
    async with RawGateway(server) as gateway:
        await gateway.identify()
        for _ in world.guilds:
            await gateway.event("GUILD_CREATE")
        harbour = world.add_guild("Harbour", world.user_named("ben"))
        world.add_member(harbour, world.bot)
        assert (await gateway.event("GUILD_CREATE"))["name"] == "Harbour"
        world.add_channel(harbour, "quay")
        assert (await gateway.event("CHANNEL_CREATE"))["name"] == "quay"
        sailors = world.add_role(harbour, "Sailors")
        assert (await gateway.event("GUILD_ROLE_CREATE"))["role"]["id"] == str(sailors.id)
        world.set_roles(harbour, world.bot.id, [sailors])
        assert (await gateway.event("GUILD_MEMBER_UPDATE"))["roles"] == [str(sailors.id)]
        world.remove_member(harbour, world.bot.id)
        assert (await gateway.event("GUILD_DELETE"))["id"] == str(harbour.id)


async def test_wrong_version(server: DiscordServer) -> None:
    """An old version of the gateway is refused."""
    async with RawGateway(server, version=6) as gateway:
        assert await gateway.closed() == 4012


async def test_typing_is_heard(server: DiscordServer) -> None:
    """Somebody's typing is told with the member who types."""
    ada = person(server, "ada")
    async with RawGateway(server) as gateway:
        await gateway.identify()
        await ada.type(server.world.channel_named("general").id)
        typing = await gateway.event("TYPING_START")

    assert typing["member"]["user"]["username"] == "ada"


async def test_a_bulk_deletion_is_one_event(server: DiscordServer) -> None:
    """Bots hear of messages deleted together in one event, displays of each; members may not."""
    ada, moderator = person(server, "ada"), person(server, "max")
    general = server.world.channel_named("general")
    said = [await ada.say(general.id, words) for words in ("one", "two", "three")]
    async with RawGateway(server) as gateway:
        await gateway.identify()
        with server.changes() as changes:
            with pytest.raises(Problem, match="Missing Permissions"):
                await ada.delete_together(said[:2])
            await moderator.delete_together(said[:2])
            shown = [await anext(changes) for _ in range(3)]
        await ada.delete(said[2])
        told = [await gateway.event("MESSAGE_DELETE_BULK"), await gateway.event("MESSAGE_DELETE")]

    where = {"channel_id": str(general.id), "guild_id": str(general.guild_id)}
    assert told == [
        {"ids": [str(each.id) for each in said[:2]], **where},
        {"id": str(said[2].id), **where},
    ]
    assert [each.name for each in shown] == [*["MESSAGE_DELETE"] * 2, "MESSAGE_DELETE_BULK"]
    assert ada.sees(general.id) == []


async def test_changes_are_a_subscription(server: DiscordServer) -> None:
    """Every change is told to who listens, with its channel, from the moment of asking."""
    ada = person(server, "ada")
    general = server.world.channel_named("general")
    with server.changes() as changes:
        message = await ada.say(general.id, "one")
        await ada.delete(message)
        events = [await anext(changes) for _ in range(2)]

    assert [(each.name, each.channel_id) for each in events] == [
        ("MESSAGE_CREATE", general.id),
        ("MESSAGE_DELETE", general.id),
    ]


async def test_the_server_leaves_nothing_behind() -> None:
    """A server that ends closes its connections with 1001."""
    async with aiohttp.ClientSession() as http:
        async with DiscordServer(sample_world()) as server:
            socket = await http.ws_connect(server.gateway_url + "?v=10&encoding=json")
            await socket.receive()
        await socket.receive()
        assert socket.close_code == 1001
