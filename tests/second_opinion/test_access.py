"""`/access allow, deny, remove, list`, by simcord's reading of Discord's rules."""

from collections.abc import Callable
from typing import Any

import pytest
from simcord import assert_error

from bot.errors import AccessDenied
from tests.second_opinion.server import Server, aside_instead, patient, private

pytestmark = patient


@pytest.mark.parametrize("area", [None, "reports"])
async def test_a_rule_from_allow_to_remove(server: Server, area: str | None) -> None:
    """Channels, roles and members, one of them or all, are allowed, denied, listed and removed."""
    chosen = {} if area is None else {"area": area}
    one: list[dict[str, Any]] = [
        {"channel": server.channel},
        {"role": server.helpers},
        {"member": server.member},
    ]
    for named in (*one, {name: it for each in one for name, it in each.items()}):
        options = {**named, **chosen}
        mentions = [it.mention for it in named.values()]
        for command, told in (("allow", "Allowed: "), ("deny", "Denied: "), ("deny", "already: ")):
            done = await server.tell(f"access {command}", **options)
            assert told in done
            assert all(mention in done for mention in mentions)
            listed = await server.tell("access list")
            assert all(f"- {command.capitalize()}: {it}" in listed for it in mentions)
        assert "Removed: " in await server.tell("access remove", **options)
        assert "There was no such rule" in await server.tell("access remove", **options)


async def test_every_kind_of_channel(server: Server) -> None:
    """All channels in which people can write can be named, threads too, and those who left."""
    await server.member.slash(server.channel, "chat", title="A thread")
    [thread] = server.channel.threads
    make = server.guild
    for channel in (
        make.create_voice_channel("voice"),
        make.create_stage_channel("stage"),
        make.create_news_channel("news"),
        make.create_forum_channel("forum"),
        thread,
    ):
        done = await server.tell("access allow", channel=channel, area="use")
        assert channel.mention in done
    gone = server.env.create_user("gone")
    assert gone.mention in await server.tell("access deny", member=gone)


DENIALS: list[tuple[str, Callable[[Server], dict[str, Any]]]] = [
    ("does not let anyone use me in <#", lambda it: {"channel": it.channel}),
    ("does not let you use me", lambda it: {"member": it.member}),
]


@pytest.mark.parametrize(("words", "named"), DENIALS)
async def test_who_is_denied_is_told(
    server: Server, words: str, named: Callable[[Server], dict[str, Any]]
) -> None:
    """Who may not ask is told so in private, wherever a public answer was promised."""
    message = await server.member.send(server.channel, "Blue or green?")
    await server.tell("access deny", **named(server))
    await server.member.slash(server.channel, "ask", prompt="Anything?")
    assert words in aside_instead(server)
    refused = await server.member.slash(server.channel, "ask", prompt="Anything?", private=True)
    assert words in private(refused)
    refused = await server.member.context_menu(server.channel, "Ask about this", message)
    assert refused.modal is None
    assert words in private(refused)
    assert_error(server.env, AccessDenied)
    assert server.router.chats == []
