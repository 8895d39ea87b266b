"""The sandbox answers as Discord's own document says, on every route."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from sandbox.discord import applications
from sandbox.discord.people import Person
from sandbox.discord.sample import sample_world
from sandbox.discord.server import DiscordServer
from tests.conformity import WHY_ABSENT, Conformity
from tests.sandbox.plain import Bot, Leaping
from tests.sandbox.refusals import V2, Json, button, container, label, row, select, text, text_input

HIDDEN = 1 << 6


@pytest.fixture(scope="module")
def conformity() -> Conformity:
    """Return the checker, or skip where Discord's document is absent."""
    found = Conformity.load()
    if found is None:
        pytest.skip(WHY_ABSENT)
    return found


@pytest.fixture
async def bot(conformity: Conformity) -> AsyncIterator[Bot]:
    """Return a bot in a fresh sandbox; every answer must have been as documented."""
    world = sample_world()
    async with (
        DiscordServer(world, clock=Leaping()) as discord,
        aiohttp.ClientSession() as session,
    ):
        bot = Bot(discord, session, conformity)
        for channel in world.channels.values():
            bot.known.setdefault(channel.name or "", channel.id)
        bot.known |= {user.username: user.id for user in world.users.values()}
        yield bot
        faults = sorted(set(bot.faults()))
        assert not faults, "\n".join(faults)


def message(content: str = "Hello", **fields: Any) -> Json:
    """Return a plain message."""
    return {"content": content, **fields}


def layout(*components: Json, **fields: Any) -> Json:
    """Return a Components V2 message."""
    return {"flags": V2, "components": list(components), **fields}


async def test_what_others_post(bot: Bot) -> None:
    """Messages of bots and webhooks, forwards, polls and new names are as documented."""
    world = bot.discord.world
    general = world.channel(bot.known["general"])
    ada = world.user_named("ada")
    embed = {"title": "T", "url": "https://example.org", "fields": [{"name": "a", "value": "b"}]}
    robot = world.add_user("robot", bot=True)
    posted = applications.post_as_bot(world, general, robot, {"embeds": [embed]})
    applications.post_by_webhook(world, general, "CI", {"content": "Failed", "embeds": [embed]})
    applications.forward(world, general, ada, posted)
    applications.ask_poll(world, general, ada, "Where to?", ["The lake", "The hills"])
    path = f"/channels/{general.id}"
    listed = await bot.ask("GET", f"{path}/messages")
    assert len(listed) == 4
    thread = await bot.ask(
        "POST", f"{path}/messages/{posted.id}/threads", {"name": "One"}, status=201
    )
    await bot.ask("PATCH", f"/channels/{thread['id']}", {"name": "Two"})
    told = await bot.ask("GET", f"/channels/{thread['id']}/messages")
    assert told[0]["content"] == "Two"


async def test_messages(bot: Bot) -> None:
    """Messages of every make are sent, read, edited and deleted as documented."""
    path = f"/channels/{bot.known['general']}/messages"
    plain = await bot.ask("POST", path, message(nonce="1", enforce_nonce=True, tts=False))
    reply = {"message_id": plain["id"], "fail_if_not_exists": False}
    embed = {
        "title": "T",
        "description": None,
        "color": 5,
        "timestamp": "2026-01-01T00:00:00+00:00",
        "fields": [{"name": "a", "value": "b"}, {"name": "c", "value": "d", "inline": True}],
        "author": {"name": "A", "url": "https://example.org", "icon_url": None},
        "footer": {"text": "F"},
        "image": {"url": "https://example.org/x.png"},
    }
    await bot.ask("POST", path, message("<@1> **hi**", message_reference=reply, embeds=[embed]))
    await bot.ask("POST", path, message(components=[row(button("a"), button("b"))]))
    await bot.ask("POST", path, message(components=[row(select())]))
    shown = layout(
        text("# Title"),
        {"type": 14, "divider": True, "spacing": 2},
        container(
            {"type": 9, "components": [text()], "accessory": button("c")},
            {"type": 13, "file": {"url": "attachment://a.txt"}},
            {"type": 12, "items": [{"media": {"url": "attachment://b.png"}, "description": "B"}]},
            {"type": 12, "items": [{"media": {"url": "https://example.org/x.png"}}]},
            row({"type": 2, "style": 5, "label": "Link", "url": "https://example.org"}),
            row({"type": 5, "custom_id": "who", "max_values": 2}),
            accent_color=5,
        ),
        attachments=[{"id": 0, "filename": "a.txt", "description": "A"}, {"id": 1}],
    )
    sent = await bot.ask("POST", path, shown, files=("a.txt", "b.png"))
    kept = [{"id": each["id"]} for each in sent["attachments"]]
    await bot.ask("PATCH", f"{path}/{sent['id']}", layout(text("New"), attachments=kept))
    await bot.ask(
        "PATCH", f"{path}/{plain['id']}", message("Changed", allowed_mentions={"parse": []})
    )
    await bot.ask("PATCH", f"{path}/{plain['id']}", layout(text("Now V2"), content=None))
    await bot.ask("GET", f"{path}/{sent['id']}")
    for query in ("", "?limit=2", f"?before={sent['id']}", f"?after={plain['id']}&limit=1"):
        await bot.ask("GET", path + query)
    reaction = f"{path}/{plain['id']}/reactions/%F0%9F%A7%B5/@me"
    await bot.ask("PUT", reaction, status=204)
    await bot.ask("GET", f"{path}/{plain['id']}")
    await bot.ask("DELETE", reaction, status=204)
    await bot.ask("POST", f"/channels/{bot.known['general']}/typing", status=204)
    await bot.ask("DELETE", f"{path}/{plain['id']}", status=204)


async def test_what_people_write(bot: Bot) -> None:
    """Messages of people, with files, mentions and replies, read as documented."""
    general = bot.known["general"]
    ada = Person(bot.discord, bot.known["ada"])
    first = await ada.say(
        general, f"Hello <@{bot.known['threadlight']}>", files=[("a.txt", b"A", "text/plain")]
    )
    await ada.say(general, "And again", reply_to=first)
    await ada.delete(first)
    await bot.ask("GET", f"/channels/{general}/messages")


async def test_refusals(bot: Bot) -> None:
    """Every kind of refusal has the documented shape."""
    general = bot.known["general"]
    path = f"/channels/{general}/messages"
    await bot.ask("POST", path, message("x" * 2001, embeds=[{}]), status=400)
    await bot.ask("POST", path, layout(row(*[button()] * 6), text("x" * 4001)), status=400)
    await bot.ask("POST", path, message(""), status=400)
    await bot.ask("POST", path, [], status=400)
    await bot.ask("GET", f"{path}/5", status=404)
    await bot.ask("GET", "/channels/5/messages", status=404)
    await bot.ask("GET", "/channels/x/messages", status=400)
    await bot.ask("GET", f"{path}?limit=101", status=400)
    await bot.ask("POST", f"/channels/{bot.known['staff']}/messages", message(), status=403)
    await bot.ask("GET", "/guilds/5", status=404)
    await bot.ask("GET", "/users/5", status=404)
    await bot.ask("POST", "/interactions/5/token/callback", {"type": 5}, status=404)
    await bot.ask("POST", "/webhooks/5/token", message(), status=404)
    written = await Person(bot.discord, bot.known["ada"]).say(general, "Mine")
    await bot.ask("PATCH", f"{path}/{written.id}", message(), status=403)
    bot.discord.bot_token, token = "wrong", bot.discord.bot_token
    await bot.ask("GET", "/users/@me", status=401)
    bot.discord.bot_token = token


async def test_limits(bot: Bot) -> None:
    """Answers 429 have the documented shape, and the others their headers."""
    bot.discord.limits.clock = lambda: 1_750_000_000.0
    path = f"/channels/{bot.known['general']}/typing"
    for _ in range(5):
        await bot.ask("POST", path, status=204)
    await bot.ask("POST", path, status=429)
    for number in range(45):
        await bot.ask("GET", f"/users/{number}", status=404 if number < 10 else 429)


async def test_channels_and_threads(bot: Bot) -> None:
    """Channels and threads are made, read, changed and left as documented."""
    general = bot.known["general"]
    await bot.ask("GET", f"/channels/{general}")
    path = f"/channels/{general}/threads"
    secret = await bot.ask(
        "POST", path, {"name": "Secret", "type": 12, "invitable": False}, status=201
    )
    public = await bot.ask(
        "POST", path, {"name": "Open", "type": 11, "auto_archive_duration": 60}, status=201
    )
    sent = await bot.ask("POST", f"/channels/{general}/messages", message("Start"))
    begun = await bot.ask(
        "POST", f"/channels/{general}/messages/{sent['id']}/threads", {"name": "T"}, status=201
    )
    await bot.ask("GET", f"/channels/{general}/messages/{sent['id']}")
    thread = f"/channels/{begun['id']}"
    await bot.ask("POST", f"{thread}/messages", message("In a thread"))
    await bot.ask("GET", f"{thread}/messages")
    await bot.ask("GET", thread)
    ada = f"{thread}/thread-members/{bot.known['ada']}"
    await bot.ask("PUT", ada, status=204)
    await bot.ask("GET", ada)
    await bot.ask("GET", f"{ada}?with_member=true")
    await bot.ask("GET", f"{thread}/thread-members")
    await bot.ask("PATCH", thread, {"name": "Renamed", "auto_archive_duration": 1440})
    await bot.ask("PATCH", thread, {"archived": True})
    await bot.ask("PATCH", f"/channels/{public['id']}", {"archived": True})
    await bot.ask("GET", f"{path}/archived/public")
    await bot.ask("DELETE", f"/channels/{secret['id']}/thread-members/@me", status=204)
    await bot.ask("PUT", f"/channels/{public['id']}/thread-members/@me", status=400)


async def test_users_and_guilds(bot: Bot) -> None:
    """The bot, its application, people, servers and DMs read as documented."""
    guild_id = bot.discord.world.channels[bot.known["general"]].guild_id
    for path in (
        "/gateway",
        "/gateway/bot",
        "/users/@me",
        f"/users/{bot.known['ada']}",
        "/applications/@me",
        "/oauth2/applications/@me",
        f"/guilds/{guild_id}",
        f"/guilds/{guild_id}?with_counts=true",
        f"/guilds/{guild_id}/channels",
        f"/guilds/{guild_id}/roles",
        f"/guilds/{guild_id}/members?limit=10",
        f"/guilds/{guild_id}/members/{bot.known['ada']}",
        f"/guilds/{guild_id}/threads/active",
    ):
        await bot.ask("GET", path)
    dm = await bot.ask("POST", "/users/@me/channels", {"recipient_id": f"{bot.known['ada']}"})
    await bot.ask("GET", f"/channels/{dm['id']}")
    await bot.ask("POST", f"/channels/{dm['id']}/messages", message())


OPTIONS = [
    {
        "type": 3,
        "name": "prompt",
        "description": "What to ask",
        "required": True,
        "max_length": 6000,
    },
    {"type": 4, "name": "count", "description": "How often", "min_value": 1, "max_value": 5},
    {"type": 3, "name": "tone", "description": "How", "autocomplete": True},
    {
        "type": 3,
        "name": "size",
        "description": "How much",
        "choices": [{"name": "Small", "value": "small"}],
    },
]
ASK: Json = {
    "name": "ask",
    "type": 1,
    "description": "Ask",
    "options": OPTIONS,
    "contexts": [0, 1],
    "integration_types": [0],
    "default_member_permissions": None,
    "nsfw": False,
}
GROUP: Json = {
    "name": "quota",
    "type": 1,
    "description": "Limits",
    "default_member_permissions": 32,
    "options": [
        {
            "type": 1,
            "name": "show",
            "description": "Show",
            "options": [
                {"type": 6, "name": "member", "description": "Whose"},
                {"type": 7, "name": "channel", "description": "Where", "channel_types": [0]},
            ],
        }
    ],
}
MENU: Json = {"name": "Ask about this", "type": 3}


def commands_of(bot: Bot) -> str:
    """Return the path of the bot's global commands."""
    return f"/applications/{bot.known['threadlight']}/commands"


async def test_commands(bot: Bot) -> None:
    """Commands are registered, read, changed and removed as documented."""
    guild_id = bot.discord.world.channels[bot.known["general"]].guild_id
    path = commands_of(bot)
    made = await bot.ask("PUT", path, [ASK, GROUP, MENU])
    await bot.ask("GET", path)
    await bot.ask("GET", f"{path}/{made[0]['id']}")
    await bot.ask("PATCH", f"{path}/{made[0]['id']}", {"description": "Ask the model"})
    more = await bot.ask(
        "POST", path, {"name": "help", "type": 1, "description": "Help"}, status=201
    )
    await bot.ask("POST", path, {"name": "help", "type": 1, "description": "Help me"})
    await bot.ask("DELETE", f"{path}/{more['id']}", status=204)
    in_guild = path.replace("/commands", f"/guilds/{guild_id}/commands")
    await bot.ask("PUT", in_guild, [GROUP])
    await bot.ask("GET", in_guild)
    await bot.ask("PUT", path, [ASK | {"name": "Ask!"}], status=400)


async def test_interactions(bot: Bot) -> None:
    """Every way to answer an interaction is answered as documented."""
    general = bot.known["general"]
    await bot.ask("PUT", commands_of(bot), [ASK, GROUP, MENU])
    ada = Person(bot.discord, bot.known["ada"])
    application = bot.known["threadlight"]

    async def respond(used: Any, payload: Json, *files: str) -> Any:
        path = f"/interactions/{used.id}/{used.token}/callback?with_response=true"
        return await bot.ask("POST", path, payload, files=files)

    used = await ada.slash(general, "ask", {"prompt": "Why?"})
    await respond(used, {"type": 5, "data": {"flags": HIDDEN}})
    original = f"/webhooks/{application}/{used.token}/messages/@original"
    await bot.ask("GET", original)
    await bot.ask("PATCH", original, layout(text("Because."), row(button("again"))))
    follow = await bot.ask(
        "POST", f"/webhooks/{application}/{used.token}?wait=true", message("More", flags=HIDDEN)
    )
    response = f"/webhooks/{application}/{used.token}/messages/{follow['id']}"
    await bot.ask("PATCH", response, message("Yet more"))
    await bot.ask("GET", response)
    await bot.ask("DELETE", response, status=204)
    await bot.ask("DELETE", original, status=204)

    used = await ada.slash(general, "ask", {"prompt": "And?", "size": "small"})
    answered = message("At once", components=[row(button("go"))], attachments=[{"id": 0}])
    await respond(used, {"type": 4, "data": answered}, "a.txt")
    await bot.ask("GET", f"/channels/{general}/messages")
    shown = used.responses[0]
    await respond(await ada.click(shown, custom_id="go"), {"type": 6})
    clicked = await ada.click(shown, custom_id="go")
    await respond(clicked, {"type": 4, "data": message("Only you", flags=HIDDEN)})
    await respond(await ada.click(shown, custom_id="go"), {"type": 7, "data": message("Changed")})
    await bot.ask("GET", f"/webhooks/{application}/{clicked.token}/messages/@original")

    dm = await ada.open_dm()
    used = await ada.slash(dm, "ask", {"prompt": "In private?"})
    await respond(used, {"type": 4, "data": layout(text("Yes."))})
    await bot.ask("GET", f"/channels/{dm}/messages")


async def test_modals_and_menus(bot: Bot) -> None:
    """A menu opens a modal, whose submission is answered as documented."""
    general = bot.known["general"]
    await bot.ask("PUT", commands_of(bot), [ASK, MENU])
    ada = Person(bot.discord, bot.known["ada"])
    written = await ada.say(general, "Look at this")
    used = await ada.menu("Ask about this", written)
    modal = {
        "custom_id": "ask",
        "title": "Ask about this",
        "components": [text("Ask away."), label(text_input(), label="Question")],
    }
    callback = "/interactions/{}/{}/callback?with_response=true"
    await bot.ask("POST", callback.format(used.id, used.token), {"type": 9, "data": modal})
    sent = await ada.submit(await used.opened(), {"Question": "Why?"})
    await bot.ask("POST", callback.format(sent.id, sent.token), {"type": 5})
    original = f"/webhooks/{bot.known['threadlight']}/{sent.token}/messages/@original"
    await bot.ask("PATCH", original, message("Because."))
    await bot.ask("GET", f"/channels/{general}/messages")


async def test_autocompletion(bot: Bot) -> None:
    """Choices for an option are taken as documented."""
    await bot.ask("PUT", commands_of(bot), [ASK])
    ada = Person(bot.discord, bot.known["ada"])
    given = {"prompt": "Why?", "tone": "f"}
    typing = asyncio.create_task(
        ada.autocomplete(bot.known["general"], "ask", given, focused="tone")
    )
    await asyncio.sleep(0)
    (asked,) = bot.discord.world.interactions.values()
    path = f"/interactions/{asked.id}/{asked.token}/callback"
    choices = [{"name": "Friendly", "value": "friendly"}]
    await bot.ask("POST", path, {"type": 8, "data": {"choices": choices}}, status=204)
    assert await typing == [("Friendly", "friendly")]
