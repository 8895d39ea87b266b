"""A server in simcord's Discord, those who come there, and what they see of the bot."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import discord
import pytest
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle, RoleHandle
from simcord.results import InteractionResult, ResponseMessage

from bot.discord.client import Threadlight
from sandbox.openrouter.server import OpenRouterServer

patient = pytest.mark.simcord(settle_timeout=12.0)
"""Lets simcord wait for a slow machine, and not for connections that stay open idle (15 s)."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server with a channel, and with those who come there; the bot is in it."""

    env: simcord.Env
    bot: Threadlight
    router: OpenRouterServer
    guild: GuildHandle
    channel: ChannelHandle
    admin: MemberActor
    moderator: MemberActor
    member: MemberActor
    helpers: RoleHandle

    async def tell(self, command: str, **options: Any) -> str:
        """Return what a command tells the admin alone."""
        return private(await self.admin.slash(self.channel, command, **options))

    async def open_to(self, command: str, who: MemberActor) -> None:
        """Open a command to somebody, as an owner does in Discord's integration settings."""
        [root] = [it for it in await self.bot.tree.fetch_commands() if it.name == command]
        self.guild.set_command_permissions(root, {who: True})


def response(done: InteractionResult) -> ResponseMessage:
    """Return the message that answers, which is there and complete."""
    assert done.acknowledged
    assert done.response is not None
    assert not done.response.flags.loading
    return done.response


def private(done: InteractionResult) -> str:
    """Return the words of an answer that one person alone sees."""
    answer = response(done)
    assert answer.ephemeral
    return words(answer.components)


def public(done: InteractionResult) -> str:
    """Return the words of an answer that all see."""
    answer = response(done)
    assert not answer.ephemeral
    return words(answer.components)


def aside(done: InteractionResult) -> str:
    """Return the words of the one note that follows an answer, for one person alone."""
    [note] = done.followups
    assert note.ephemeral
    return words(note.components)


def aside_instead(server: Server) -> str:
    """Return the words of the note for one person that the bot sent last, in place of an answer.

    Before it the bot deletes its "thinking…", which all see. simcord then refuses the note as an
    edit of that (10008): so did Discord, which called it a bug and mended it in April 2021
    (discord-api-docs, issue 2739). That the note arrives is shown by the journeys.
    """
    deleted, sent = server.env.http_requests[-2:]
    assert (deleted.method, sent.method) == ("DELETE", "POST")
    assert deleted.path == f"{sent.path}/messages/@original"
    assert sent.json is not None
    assert sent.json["flags"] & discord.MessageFlags.ephemeral.flag
    return words(sent.json["components"])


def said(message: discord.Message) -> str:
    """Return the words of a message in a channel."""
    return words([it.to_dict() for it in message.components])


def words(components: list[Any]) -> str:
    """Return the words of components, one text after the other."""
    return "\n".join(it["content"] for it in inside(components) if it["type"] == 10)


def buttons(components: list[Any]) -> dict[str, bool]:
    """Return the labels of buttons, and whether each can be pressed."""
    found = (it for it in inside(components) if it["type"] == 2)
    return {it["label"]: not it.get("disabled", False) for it in found}


def kinds(done: InteractionResult) -> list[int]:
    """Return of which kinds the parts of an answer are, one below the other."""
    return [it["type"] for it in response(done).components]


def inside(components: list[Any]) -> Iterator[Mapping[str, Any]]:
    """Yield components, and those inside them."""
    for component in components:
        yield component
        yield from inside(component.get("components", []))


def names(choices: list[dict[str, Any]]) -> list[str]:
    """Return the names of proposals, which keep Discord's limits.

    simcord takes any number of proposals and any length; Discord takes 25, of 100 characters.
    """
    assert len(choices) <= 25
    for choice in choices:
        assert 1 <= len(choice["name"]) <= 100
        assert 1 <= len(choice["value"]) <= 100
    return [choice["name"] for choice in choices]
