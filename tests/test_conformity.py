"""The checker finds what Discord's document forbids, and passes what it allows."""

from dataclasses import dataclass
from typing import Any

import discord
import pytest
from discord import app_commands

from tests.conformity import WHY_ABSENT, Conformity
from tests.conformity_amendments import amend
from tests.sandbox.refusals import Json, button, container, row, text


@dataclass(frozen=True, slots=True)
class Made:
    """An exchange that never happened."""

    method: str
    path: str
    request: Any = None
    status: int = 200
    answer: Any = None


@pytest.fixture(scope="module")
def conformity() -> Conformity:
    """Return the checker, or skip where Discord's document is absent."""
    found = Conformity.load()
    if found is None:
        pytest.skip(WHY_ABSENT)
    return found


def test_what_is_documented_passes(conformity: Conformity) -> None:
    """Good requests and answers have no faults."""
    error = {"code": "BASE_TYPE_REQUIRED", "message": "This field is required"}
    refused = {"code": 50035, "message": "Invalid Form Body", "errors": {"x": {"_errors": [error]}}}
    limited = {"message": "Slow down", "retry_after": 0.5, "global": False, "code": 0}
    for exchange in (
        Made("GET", "/api/v10/gateway", answer={"url": "wss://example.org"}),
        Made("DELETE", "/channels/1/messages/2", status=204),
        Made("GET", "/channels/1/messages?limit=100&before=5", answer=[]),
        Made("POST", "/channels/1/messages", {"content": "x"}, 400, refused),
        Made("POST", "/channels/1/messages", {"attachments": [{"id": 0}]}, 429, limited),
        Made("GET", "/users/@me/guilds?with_counts=true", answer=[]),
        Made("POST", "/users/@me/channels", {"recipient_id": 5}, 503, {"message": "Away"}),
        Made("POST", "/channels/1/messages", None, 0),
    ):
        assert conformity.check(exchange) == []


@pytest.mark.parametrize(
    ("exchange", "fault"),
    [
        (Made("GET", "/gatewy"), "GET /gatewy: not documented"),
        (Made("PUT", "/gateway"), "PUT /gateway: not documented"),
        (Made("DELETE", "/channels/1/messages/2", status=200), "status 200 is not documented"),
        (Made("DELETE", "/channels/1/messages/2", status=302), "status 302 is not documented"),
        (Made("DELETE", "/channels/1/messages/2", None, 204, {}), "a body that is not documented"),
        (Made("DELETE", "/channels/x/messages/2", status=204), "path has channel_id='x'"),
        (Made("GET", "/channels/1/messages?limit=101", answer=[]), "query has limit='101'"),
        (Made("GET", "/channels/1/messages?lmit=1", answer=[]), "query has 'lmit'"),
        (Made("GET", "/gateway", answer={}), "answer 200 at /: 'url' is a required property"),
        (Made("GET", "/gateway", answer={"url": 7}), "answer 200 at /url: 7 is not of type"),
        (Made("GET", "/gateway", answer={"url": "x"}), "at /url: 'x' is not a 'uri'"),
        (Made("GET", "/gateway", {"x": 1}, 200, {"url": "wss://x"}), "request a body that is not"),
        (Made("GET", "/gateway", None, 400, {"message": "x"}), "'code' is a required property"),
        (
            Made("GET", "/channels/1/messages/2", None, 429, {"message": "x", "global": True}),
            "'retry",
        ),
        (
            Made("GET", "/gateway", answer={"url": "wss://x", "x": 1}),
            "Additional properties are not allowed ('x' was unexpected)",
        ),
    ],
)
def test_one_fault_is_one_line_with_its_place(
    conformity: Conformity, exchange: Made, fault: str
) -> None:
    """A fault names method, path, part and JSON pointer."""
    (found,) = conformity.check(exchange)
    assert fault in found
    assert found.startswith(exchange.method)


@pytest.mark.parametrize(
    ("payload", "fault"),
    [
        ({"contnt": "x"}, "at /: Additional properties are not allowed ('contnt' was unexpected)"),
        ({"content": "x" * 4001}, "at /content: "),
        ({"components": [{"type": 15}]}, "at /components/0: type 15 is not documented here"),
        ({"components": [row(text())]}, "at /components/0/components/0: type 10"),
        ({"components": [text("")]}, "at /components/0/content: '' should be non-empty"),
        ({"components": [row(button(style=9))]}, "components/0/style: 9 is none of"),
        ({"components": [container(text(), accent_color=-1)]}, "at /components/0/accent_color: -1"),
        ({"nonce": "x" * 26}, "at /nonce: "),
        ({"sticker_ids": [f"{1 << 64}"]}, "at /sticker_ids/0: "),
        (None, "no body"),
    ],
)
def test_of_alternatives_the_meant_one_is_told(
    conformity: Conformity, payload: Json | None, fault: str
) -> None:
    """A fault deep in a union is told where it is, not as a failure of every alternative."""
    (found,) = conformity.check_request(Made("POST", "/channels/1/messages", payload))
    assert fault in found


def test_commands_are_checked_as_a_set(conformity: Conformity) -> None:
    """A command to register has what the document asks for, and nothing invented."""
    option = {"type": 3, "name": "prompt", "description": "What"}
    command = {"name": "ask", "type": 1, "description": "Ask", "options": [option]}
    assert conformity.check_commands([command]) == []
    assert conformity.check_commands([command | {"cooldown": 5}]) == [
        "commands at /0: Additional properties are not allowed ('cooldown' was unexpected)"
    ]
    del option["description"]
    assert conformity.check_commands([command]) == [
        "commands at /0/options/0: 'description' is a required property"
    ]


def test_ids_are_numbers_in_requests_alone(conformity: Conformity) -> None:
    """Discord takes an id as a number and never gives one."""
    assert conformity.check_request(Made("POST", "/users/@me/channels", {"recipient_id": 5})) == []
    thread = {"id": 5, "user_id": "6", "join_timestamp": "2026-01-01T00:00:00Z", "flags": 0}
    answered = Made("GET", "/channels/5/thread-members", answer=[thread])
    assert conformity.check_answer(answered) == [
        "GET /channels/{channel_id}/thread-members, answer 200 at /0/id: 5 is not of type 'string'"
    ]


async def test_what_discord_py_registers_conforms(conformity: Conformity) -> None:
    """A group with permissions and options, as discord.py sends it, is as documented."""
    client = discord.Client(intents=discord.Intents.none())
    tree = app_commands.CommandTree(client)
    group = app_commands.Group(
        name="quota",
        description="Limits",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @group.command(name="show")
    async def show(
        interaction: discord.Interaction,
        member: discord.Member,
        days: app_commands.Range[int, 1, 30] = 7,
    ) -> None:
        """Show a member's quota."""

    tree.add_command(group)
    assert conformity.check_commands([each.to_dict(tree) for each in tree.get_commands()]) == []
    await client.close()


def test_an_amendment_of_what_is_gone_is_a_mistake() -> None:
    """When Discord's document changes, an amendment that no longer fits is noticed."""
    with pytest.raises(LookupError):
        amend({"components": {"schemas": {}}}, of_requests=True)


def test_the_document_can_be_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the document there is no checker, and no error."""
    monkeypatch.setenv("DISCORD_OPENAPI", "/nonexistent/discord-openapi.json")
    assert Conformity.load() is None
