"""The REST API: what is refused, and what is answered."""

from collections.abc import AsyncIterator

import pytest

from sandbox.discord.model import MessageFlag
from sandbox.discord.people import Person
from sandbox.discord.permissions import Overwrite, OverwriteType, Permission
from sandbox.discord.sample import sample_world
from sandbox.discord.server import DiscordServer
from tests.sandbox.raw import RawBot, person

V2 = int(MessageFlag.COMPONENTS_V2)


@pytest.fixture
async def bot() -> AsyncIterator[RawBot]:
    """Return a bot at a Discord whose clock its tests can move."""
    now = [1_800_000_000.0]
    async with DiscordServer(sample_world(lambda: now[0])) as server, RawBot(server) as running:
        running.now = now
        yield running


def deny(bot: RawBot, channel: str, *denied: Permission) -> int:
    """Take permissions from the bot in a channel, and return the channel's id."""
    world = bot.server.world
    found = world.channel_named(channel)
    bits = 0
    for each in denied:
        bits |= each
    world.set_overwrites(found, [Overwrite(world.bot.id, OverwriteType.MEMBER, deny=bits)])
    return found.id


def general(bot: RawBot) -> int:
    """Return the id of Lighthouse's first text channel."""
    return bot.server.world.channel_named("general").id


def ada(bot: RawBot) -> Person:
    """Return Ada."""
    return person(bot.server, "ada")


async def test_answers_carry_type_and_limits(bot: RawBot) -> None:
    """Answers are exactly application/json and say what is left of their limit."""
    reply = await bot.say(general(bot), {"content": "Hello"})

    assert reply.status == 200
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.headers["X-RateLimit-Remaining"] == "4"
    assert (await bot.get("/nowhere")).code == (404, 0)
    assert (await bot.request("TRACE", "/gateway")).status == 405
    assert bot.server.exchanges[0].request == {"content": "Hello"}
    assert bot.server.exchanges[0].answer == reply.body


async def test_a_wrong_token_is_refused(bot: RawBot) -> None:
    """Another token than the bot's is 401, on every route but those of an interaction."""
    wrong = {"Authorization": "Bot wrong"}
    reply = await bot.request("GET", "/users/@me", headers=wrong)

    assert reply.code == (401, 0)
    assert (await bot.get("/users/@me")).body["username"] == "threadlight"
    hook = await bot.request("PATCH", "/webhooks/1/none/messages/@original", {}, headers=wrong)
    assert hook.code == (404, 10015)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/channels/1", 10003),
        ("/channels/1/messages/2", 10003),
        ("/guilds/1", 10004),
        ("/users/1", 10013),
        ("/channels/{general}/messages/1", 10008),
        ("/guilds/{guild}/members/1", 10013),
        ("/applications/1/commands", 10002),
        ("/applications/{bot}/commands/1", 10063),
    ],
)
async def test_unknown_things(bot: RawBot, path: str, code: int) -> None:
    """What does not exist is 404 with its own code."""
    world = bot.server.world
    guild = world.guild_named("Lighthouse").id
    path = path.format(general=general(bot), guild=guild, bot=world.bot.id)

    assert (await bot.get(path)).code == (404, code)


async def test_too_much_and_bad_json(bot: RawBot) -> None:
    """A file over 10 MiB is 413, a body that is not JSON 50109, an id that is none 50035."""
    big = await bot.say(general(bot), {}, files={"big.bin": bytes(10 * 1024 * 1024 + 1)})
    bad = await bot.request("POST", f"/channels/{general(bot)}/messages", raw=b"{nonsense")

    assert big.code == (413, 40005)
    assert bad.code == (400, 50109)
    assert (await bot.get("/channels/abc")).code == (400, 50035)


async def test_fifty_requests_a_second(bot: RawBot) -> None:
    """The 51st request of a second is a 429 with Via and a JSON body, and is counted."""
    world = bot.server.world
    guild = world.guild_named("Lighthouse")
    channels = [world.add_channel(guild, f"room-{number}") for number in range(11)]
    replies = [
        await bot.post(f"/channels/{channels[number // 5].id}/typing") for number in range(51)
    ]

    assert [reply.status for reply in replies] == [204] * 50 + [429]
    assert replies[50].headers["Via"]
    assert replies[50].headers["X-RateLimit-Global"] == "true"
    assert replies[50].body["global"]
    assert bot.server.exchanges.too_many_requests == 1


async def test_edits_share_a_channels_bucket(bot: RawBot) -> None:
    """Five edits in five seconds are let through in a channel; the sixth is a 429."""
    ids = [(await bot.say(general(bot), {"content": str(n)})).body["id"] for n in range(2)]
    path = f"/channels/{general(bot)}/messages/"
    replies = [await bot.patch(path + ids[n % 2], {"content": f"x{n}"}) for n in range(6)]

    assert [reply.status for reply in replies] == [200] * 5 + [429]
    bot.now[0] += 5
    assert (await bot.patch(path + ids[0], {"content": "later"})).status == 200


async def test_old_messages_and_names_have_hidden_limits(bot: RawBot) -> None:
    """The fourth edit of old messages is 30046, the third name of a thread waits minutes."""
    old = (await bot.say(general(bot), {"content": "old"})).body["id"]
    bot.now[0] += 3601
    path = f"/channels/{general(bot)}/messages/{old}"
    edits = [await bot.patch(path, {"content": str(n)}) for n in range(4)]
    thread = (await bot.post(f"/channels/{general(bot)}/threads", {"name": "a", "type": 11})).body
    names = [await bot.patch(f"/channels/{thread['id']}", {"name": n}) for n in ("b", "c", "d")]

    assert [edit.status for edit in edits] == [200, 200, 200, 429]
    assert edits[3].body["code"] == 30046
    assert [name.status for name in names] == [200, 200, 429]
    assert names[2].body["retry_after"] > 500
    assert bot.server.world.channels[int(thread["id"])].name == "c"


async def test_permissions(bot: RawBot) -> None:
    """An unseen channel is 50001, a missing permission 50013, and nothing happens."""
    world = bot.server.world
    staff = world.channel_named("staff").id
    assert (await bot.say(staff, {"content": "x"})).code == (403, 50001)
    assert (await bot.get(f"/channels/{staff}")).code == (403, 50001)

    mute = deny(bot, "general", Permission.SEND_MESSAGES)
    assert (await bot.say(mute, {"content": "x"})).code == (403, 50013)
    assert (await bot.post(f"/channels/{mute}/typing")).code == (403, 50013)

    poor = deny(
        bot,
        "ideas",
        Permission.ATTACH_FILES,
        Permission.EMBED_LINKS,
        Permission.READ_MESSAGE_HISTORY,
        Permission.ADD_REACTIONS,
    )
    said = await ada(bot).say(poor, "hello")
    message = f"/channels/{poor}/messages/{said.id}"
    refused = [
        await bot.say(poor, {"content": "x"}, files={"a.txt": b"a"}),
        await bot.say(poor, {"embeds": [{"description": "x"}]}),
        await bot.get(message),
        await bot.put(f"{message}/reactions/%F0%9F%91%8D/@me"),
        await bot.delete(message),
    ]
    assert {reply.code for reply in refused} == {(403, 50013)}
    reply = {"content": "x", "message_reference": {"message_id": str(said.id)}}
    assert (await bot.say(poor, reply)).code == (403, 160002)
    assert (await bot.get(f"/channels/{poor}/messages")).body == []
    assert len(ada(bot).sees(poor)) == 1


async def test_only_own_messages_are_edited(bot: RawBot) -> None:
    """Editing somebody else's message is 50005, a system message 50021."""
    said = await ada(bot).say(general(bot), "mine")
    thread_id = await ada(bot).start_thread(general(bot), "talk")
    notice = ada(bot).sees(general(bot))[-1]

    path = f"/channels/{general(bot)}/messages/"
    assert notice.thread_id == thread_id
    assert (await bot.patch(f"{path}{said.id}", {"content": "x"})).code == (403, 50005)
    assert (await bot.patch(f"{path}{notice.id}", {"content": "x"})).code == (403, 50021)


async def test_a_nonce_sends_once(bot: RawBot) -> None:
    """A create that is sent again with its nonce answers with the first message."""
    body = {"content": "once", "nonce": "n1", "enforce_nonce": True}
    first, again = await bot.say(general(bot), body), await bot.say(general(bot), body)
    other = await bot.say(general(bot), body | {"nonce": "n2"})

    assert first.body["id"] == again.body["id"] != other.body["id"]
    assert first.body["nonce"] == "n1"


async def test_files_are_kept_served_and_dropped(bot: RawBot) -> None:
    """Files have their names, types and addresses; an edit keeps those that it lists."""
    sent = await bot.say(
        general(bot),
        {"content": "see", "attachments": [{"id": 0, "filename": "a.md", "description": "A"}]},
        files={"x.txt": b"one", "b.png": b"two"},
    )
    first, second = sent.body["attachments"]
    assert (first["filename"], first["description"], first["size"]) == ("a.md", "A", 3)
    assert second["content_type"] == "image/png"
    assert (await bot.get(first["url"])).body == b"one"

    path = f"/channels/{general(bot)}/messages/{sent.body['id']}"
    same = await bot.patch(path, {"content": "still"})
    assert len(same.body["attachments"]) == 2
    kept = await bot.patch(path, {"attachments": [{"id": second["id"]}]}, files={"c.txt": b"3"})
    assert [each["filename"] for each in kept.body["attachments"]] == ["b.png", "c.txt"]
    none = await bot.patch(path, {"attachments": []})
    assert none.body["attachments"] == []
    await bot.delete(path)
    assert (await bot.get(second["url"])).status == 404


async def test_components_v2_show_their_files(bot: RawBot) -> None:
    """Components come back numbered and with addresses; a file that none shows is not seen."""
    components = [
        {"type": 10, "content": "**One**"},
        {"type": 17, "components": [{"type": 10, "content": "Two"}]},
        {"type": 13, "file": {"url": "attachment://a.txt"}},
        {"type": 1, "components": [{"type": 2, "style": 2, "label": "Go", "custom_id": "go"}]},
    ]
    sent = await bot.say(
        general(bot),
        {"flags": V2, "components": components},
        files={"a.txt": b"a", "hidden.txt": b"b"},
    )
    assert sent.status == 200
    seen = ada(bot).sees(general(bot))[-1]

    assert [part["id"] for part in sent.body["components"]] == [1, 2, 4, 5]
    assert sent.body["components"][2]["file"]["url"] == sent.body["attachments"][0]["url"]
    assert seen.text == "**One**\nTwo"
    assert [file.name for file in seen.files] == ["a.txt"]
    assert [button.label for button in seen.buttons] == ["Go"]
    plain = await bot.patch(
        f"/channels/{general(bot)}/messages/{sent.body['id']}", {"content": "no"}
    )
    assert plain.code == (400, 50035)
    assert "content" in plain.body["errors"]


async def test_empty_and_too_long(bot: RawBot) -> None:
    """Nothing to say is 50006, 2,001 characters are 50035 at their field."""
    assert (await bot.say(general(bot), {"content": "  "})).code == (400, 50006)
    long = await bot.say(general(bot), {"content": "x" * 2001})
    assert long.code == (400, 50035)
    assert long.body["errors"]["content"]["_errors"]


async def test_mentions_follow_allowed_mentions(bot: RawBot) -> None:
    """Only what allowed_mentions and permissions let through is notified, and only once."""
    world = bot.server.world
    ben, moderators = world.user_named("ben"), world.guild_named("Lighthouse").roles
    role = next(each for each in moderators.values() if each.name == "Moderators")
    text = f"<@{ben.id}> <@&{role.id}> @everyone `<@{ada(bot).id}>`"

    await bot.say(general(bot), {"content": text})
    await bot.say(general(bot), {"content": text, "allowed_mentions": {"parse": []}})
    only = {"parse": ["roles"], "users": [str(ada(bot).id)]}
    await bot.say(general(bot), {"content": text, "allowed_mentions": only})
    loud, silent, some = ada(bot).sees(general(bot))[-3:]

    assert loud.pings.user_ids == {ben.id}
    assert loud.pings.role_ids == {role.id}
    assert not loud.pings.everyone, "the bot lacks MENTION_EVERYONE"
    assert not silent.pings
    assert some.pings.user_ids == frozenset()
    assert some.pings.role_ids == {role.id}


async def test_replies(bot: RawBot) -> None:
    """A reply names its message and pings its author unless told not to; a lost one is refused."""
    said = await ada(bot).say(general(bot), "hello")
    reference = {"message_id": str(said.id)}
    loud = await bot.say(general(bot), {"content": "a", "message_reference": reference})
    quiet = await bot.say(
        general(bot),
        {"content": "b", "message_reference": reference, "allowed_mentions": {"parse": []}},
    )
    lost = {"message_id": "1"}
    refused = await bot.say(general(bot), {"content": "c", "message_reference": lost})
    allowed = await bot.say(
        general(bot),
        {"content": "d", "message_reference": lost | {"fail_if_not_exists": False}},
    )
    seen = ada(bot).sees(general(bot))

    assert loud.body["referenced_message"]["content"] == "hello"
    assert loud.body["type"] == 19
    assert [user["username"] for user in loud.body["mentions"]] == ["ada"]
    assert quiet.body["mentions"] == []
    assert seen[1].pings.user_ids == {ada(bot).id}
    assert refused.code == (400, 50035)
    assert allowed.body["type"] == 0


async def test_history_is_paged(bot: RawBot) -> None:
    """Messages come newest first, before, after and around one."""
    for number in range(5):
        await ada(bot).say(general(bot), str(number))
    ids = [each.id for each in ada(bot).sees(general(bot))]
    path = f"/channels/{general(bot)}/messages"

    async def texts(query: str) -> str:
        return "".join(each["content"] for each in (await bot.get(path + query)).body)

    assert await texts("") == "43210"
    assert await texts("?limit=2") == "43"
    assert await texts(f"?before={ids[3]}&limit=2") == "21"
    assert await texts(f"?after={ids[0]}&limit=2") == "21"
    assert await texts(f"?around={ids[2]}&limit=3") == "321"
    assert (await bot.get(path + "?limit=101")).code == (400, 50035)


async def test_dms(bot: RawBot) -> None:
    """A DM is opened once, works both ways, and not with those who do not want it."""
    user = ada(bot)
    opened = await bot.post("/users/@me/channels", {"recipient_id": str(user.id)})
    again = await bot.post("/users/@me/channels", {"recipient_id": str(user.id)})
    assert opened.body["id"] == again.body["id"] == str(await user.open_dm())
    assert [each["username"] for each in opened.body["recipients"]] == ["ada"]
    assert (await bot.say(int(opened.body["id"]), {"content": "hi"})).status == 200

    user.user.accepts_dms = False
    assert (await bot.say(int(opened.body["id"]), {"content": "hi"})).code == (403, 50007)
    ben = person(bot.server, "ben")
    others = bot.server.world.dm(user.id, ben.id)
    assert (await bot.say(others, {"content": "hi"})).code == (403, 50001)


async def test_reactions(bot: RawBot) -> None:
    """A reaction is added, shown and taken back."""
    said = await ada(bot).say(general(bot), "hello")
    path = f"/channels/{general(bot)}/messages/{said.id}"
    thumb = f"{path}/reactions/%F0%9F%91%8D/@me"

    assert (await bot.put(thumb)).status == 204
    shown = (await bot.get(path)).body["reactions"][0]
    assert (shown["emoji"]["name"], shown["count"], shown["me"]) == ("👍", 1, True)
    assert (await bot.delete(thumb)).status == 204
    assert "reactions" not in (await bot.get(path)).body


async def test_faults_on_demand(bot: RawBot) -> None:
    """A planned fault is met once, and recorded as any other answer."""
    bot.server.faults.fail("POST", "/messages$", status=503)
    first = await bot.say(general(bot), {"content": "x"})
    second = await bot.say(general(bot), {"content": "x"})

    assert (first.status, second.status) == (503, 200)
    assert [each.status for each in bot.server.exchanges] == [503, 200]


async def test_general_routes(bot: RawBot) -> None:
    """The application, the gateway's address, guilds, roles and members can be asked for."""
    world = bot.server.world
    guild = world.guild_named("Lighthouse")
    application = (await bot.get("/oauth2/applications/@me")).body
    gateway = (await bot.get("/gateway/bot")).body
    members = (await bot.get(f"/guilds/{guild.id}/members?limit=2")).body

    assert application["id"] == str(world.bot.id)
    assert not application["owner"]["bot"]
    assert gateway["url"] == bot.server.gateway_url
    assert gateway["session_start_limit"]["remaining"] == 1000
    assert len(members) == 2
    assert (await bot.get(f"/guilds/{guild.id}")).body["name"] == "Lighthouse"
    assert {each["name"] for each in (await bot.get(f"/guilds/{guild.id}/roles")).body} >= {
        "Moderators",
        "Admins",
    }
    assert len((await bot.get(f"/guilds/{guild.id}/channels")).body) == 4
    world.remove_member(guild, world.bot.id)
    assert (await bot.get(f"/guilds/{guild.id}")).code == (404, 10004)
