"""Commands: how a bot registers them, and how a client offers and checks them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from sandbox.discord.model import Json
from sandbox.discord.options import NotPossible
from sandbox.discord.permissions import Permission
from sandbox.discord.problems import Problem
from sandbox.discord.sample import sample_world
from sandbox.discord.server import DiscordServer
from tests.sandbox.raw import RawBot, RawGateway, person

QUOTA: Json = {
    "name": "quota",
    "description": "Limits",
    "default_member_permissions": str(int(Permission.MANAGE_GUILD)),
    "contexts": [0],
    "options": [
        {
            "type": 1,
            "name": "set",
            "description": "Set one",
            "options": [
                {
                    "type": 3,
                    "name": "meter",
                    "description": "What",
                    "required": True,
                    "choices": [
                        {"name": "Requests", "value": "requests"},
                        {"name": "Tokens", "value": "tokens"},
                    ],
                },
                {
                    "type": 4,
                    "name": "amount",
                    "description": "How much",
                    "required": True,
                    "min_value": 1,
                    "max_value": 100,
                },
                {"type": 6, "name": "member", "description": "Whom"},
                {"type": 8, "name": "role", "description": "Which"},
                {"type": 7, "name": "channel", "description": "Where", "channel_types": [0]},
                {"type": 5, "name": "whole", "description": "All"},
                {"type": 10, "name": "share", "description": "Part"},
                {"type": 9, "name": "who", "description": "Either"},
                {"type": 11, "name": "file", "description": "File"},
                {"type": 3, "name": "why", "description": "Reason", "max_length": 5},
            ],
        }
    ],
}
ASK: Json = {"name": "ask", "description": "Ask"}


@pytest.fixture
async def bot() -> AsyncIterator[RawBot]:
    """Return a bot with /quota set and /ask at a Discord of its own."""
    async with DiscordServer(sample_world()) as server, RawBot(server) as running:
        await running.register(QUOTA, ASK)
        yield running


@pytest.fixture
def general(bot: RawBot) -> int:
    """Return the id of Lighthouse's first text channel."""
    return bot.server.world.channel_named("general").id


async def test_registration(bot: RawBot) -> None:
    """Commands are made, replaced, changed and removed one by one, or put all at once."""
    path = f"/applications/{bot.server.world.bot.id}/commands"
    made = await bot.post(path, {"name": "help", "description": "Help"})
    again = await bot.post(path, {"name": "help", "description": "Help me"})
    one = f"{path}/{made.body['id']}"
    changed = await bot.patch(one, {"description": "Help us"})

    assert (made.status, again.status) == (201, 200)
    assert made.body["id"] == again.body["id"] == changed.body["id"]
    assert made.body["version"] != again.body["version"]
    assert (await bot.get(one)).body["description"] == "Help us"
    assert {each["name"] for each in (await bot.get(path)).body} == {"quota", "ask", "help"}
    assert (await bot.delete(one)).status == 204
    assert (await bot.get(one)).code == (404, 10063)
    before = {each["name"]: each["id"] for each in (await bot.get(path)).body}
    after = (await bot.register(ASK, {"name": "new", "description": "New"})).body
    assert [each["name"] for each in after] == ["ask", "new"]
    assert after[0]["id"] == before["ask"]


async def test_guild_commands(bot: RawBot, general: int) -> None:
    """A guild's commands are offered there alone."""
    world = bot.server.world
    home, away = world.guild_named("Lighthouse"), world.guild_named("Reading Room")
    made = await bot.register({"name": "local", "description": "Here"}, guild_id=home.id)
    ada = person(bot.server, "ada")

    def offered(channel_id: int) -> set[str]:
        return {each.name for each in ada.commands(channel_id)}

    assert made.body[0]["guild_id"] == str(home.id)
    assert offered(general) == {"local", "ask"}
    assert offered(world.channel_named("books", away).id) == {"ask", "quota"}, "she owns it"
    world.remove_member(away, world.bot.id)
    refused = await bot.register(ASK, guild_id=away.id)
    assert refused.code == (403, 50001)


@pytest.mark.parametrize(
    ("command", "field"),
    [
        ({"name": "Ask Me", "description": "x"}, "name"),
        ({"name": "ask"}, "description"),
        ({"name": "ask", "description": "x" * 101}, "description"),
        ({"name": "ask", "description": "x", "options": [{"type": 3}]}, "options"),
    ],
)
async def test_refused_definitions(bot: RawBot, command: Json, field: str) -> None:
    """A bad name, description or option is refused at its place in the list."""
    refused = await bot.register(command)
    assert refused.code == (400, 50035)
    assert field in refused.body["errors"]["0"]


async def test_a_hundred_commands(bot: RawBot) -> None:
    """The 101st slash command is refused."""
    many = [{"name": f"c{number}", "description": "x"} for number in range(101)]
    assert (await bot.register(*many)).status == 400
    assert (await bot.register(*many[:100])).status == 200
    path = f"/applications/{bot.server.world.bot.id}/commands"
    assert (await bot.post(path, many[100])).code == (400, 30032)


async def test_who_is_offered_what(bot: RawBot, general: int) -> None:
    """default_member_permissions and contexts decide what a client offers."""
    ada, cleo, olga = (person(bot.server, name) for name in ("ada", "cleo", "olga"))

    assert {each.name for each in ada.commands(general)} == {"ask"}
    assert {each.name for each in cleo.commands(general)} == {"ask", "quota"}
    assert {each.name for each in olga.commands(general)} == {"ask", "quota"}
    assert {each.name for each in cleo.commands(await cleo.open_dm())} == {"ask"}
    with pytest.raises(NotPossible, match="not offered"):
        await ada.slash(general, "quota set", {"meter": "tokens", "amount": 1})
    with pytest.raises(Problem, match="Missing Access"):
        await ada.slash(bot.server.world.channel_named("staff").id, "ask")


@pytest.mark.parametrize(
    ("path", "options", "reason"),
    [
        ("quota", {}, "is a group"),
        ("quota get", {}, "no subcommand"),
        ("quota set", {"meter": "tokens"}, "amount is required"),
        ("quota set", {"meter": "coins", "amount": 1}, "one of"),
        ("quota set", {"meter": "tokens", "amount": 0}, "1 to 100"),
        ("quota set", {"meter": "tokens", "amount": 1.5}, "takes a integer"),
        ("quota set", {"meter": "tokens", "amount": True}, "takes a integer"),
        ("quota set", {"meter": "tokens", "amount": 1, "why": "too long"}, "characters"),
        ("quota set", {"meter": "tokens", "amount": 1, "member": 1}, "no user"),
        ("quota set", {"meter": "tokens", "amount": 1, "member": "ada"}, "takes an id"),
        ("quota set", {"meter": "tokens", "amount": 1, "role": 1}, "no role"),
        ("quota set", {"meter": "tokens", "amount": 1, "channel": 1}, "no channel"),
        ("quota set", {"meter": "tokens", "amount": 1, "file": "a.txt"}, "takes a file"),
        ("quota set", {"meter": "tokens", "amount": 1, "what": 1}, "no option"),
    ],
)
async def test_what_clients_refuse(
    bot: RawBot, general: int, path: str, options: dict[str, Any], reason: str
) -> None:
    """A client lets nothing through that does not fit the definition."""
    with pytest.raises(NotPossible, match=reason):
        await person(bot.server, "cleo").slash(general, path, options)


async def test_options_arrive_resolved(bot: RawBot, general: int) -> None:
    """Ids come with what they stand for, choices as values, files as attachments to fetch."""
    world = bot.server.world
    cleo, ada = person(bot.server, "cleo"), world.user_named("ada")
    role = next(iter(world.guild_named("Lighthouse").roles))
    options = {
        "meter": "Tokens",
        "amount": 5,
        "member": ada.id,
        "role": role,
        "channel": general,
        "whole": False,
        "share": 0.5,
        "who": role,
        "file": ("a.txt", b"abc", "text/plain"),
        "why": "fair",
    }
    async with RawGateway(bot.server) as gateway:
        await gateway.identify()
        await cleo.slash(general, "/quota set", options)
        data = (await gateway.event("INTERACTION_CREATE"))["data"]
    sub = data["options"][0]
    values = {each["name"]: each["value"] for each in sub["options"]}
    file = data["resolved"]["attachments"][values["file"]]

    assert (data["name"], sub["type"], sub["name"]) == ("quota", 1, "set")
    assert values | {"file": ""} == {
        "meter": "tokens",
        "amount": 5,
        "member": str(ada.id),
        "role": str(role),
        "channel": str(general),
        "whole": False,
        "share": 0.5,
        "who": str(role),
        "file": "",
        "why": "fair",
    }
    assert data["resolved"]["users"][str(ada.id)]["username"] == "ada"
    assert "user" not in data["resolved"]["members"][str(ada.id)]
    assert data["resolved"]["roles"][str(role)]["name"] == "@everyone"
    assert data["resolved"]["channels"][str(general)]["permissions"]
    assert (file["filename"], file["size"], file["ephemeral"]) == ("a.txt", 3, True)
    assert (await bot.get(file["url"])).body == b"abc"
