"""What of the world's events a session hears, and in which words."""

from collections.abc import Mapping
from enum import IntFlag
from typing import Any

from sandbox.discord.model import Channel, Event, Json, Member, Message, User
from sandbox.discord.payloads import (
    channel_json,
    gateway_guild_json,
    member_json,
    role_json,
    thread_member_json,
)
from sandbox.discord.payloads_messages import interaction_json, message_json
from sandbox.discord.state import is_ephemeral
from sandbox.discord.world import World


class Intent(IntFlag):
    """The groups of events that play a part here."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15


KNOWN_INTENTS = (1 << 26) - 1
"""Every bit up to the highest that has a meaning (DIRECT_MESSAGE_POLLS)."""

_MESSAGES = (Intent.GUILD_MESSAGES, Intent.DIRECT_MESSAGES)
_REACTIONS = (Intent.GUILD_MESSAGE_REACTIONS, Intent.DIRECT_MESSAGE_REACTIONS)
_TYPING = (Intent.GUILD_MESSAGE_TYPING, Intent.DIRECT_MESSAGE_TYPING)
_NEEDED: Mapping[str, tuple[Intent, Intent]] = {
    "MESSAGE_CREATE": _MESSAGES,
    "MESSAGE_UPDATE": _MESSAGES,
    "MESSAGE_DELETE": _MESSAGES,
    "MESSAGE_DELETE_BULK": _MESSAGES,
    "MESSAGE_REACTION_ADD": _REACTIONS,
    "MESSAGE_REACTION_REMOVE": _REACTIONS,
    "TYPING_START": _TYPING,
    "GUILD_MEMBER_ADD": (Intent.GUILD_MEMBERS, Intent.GUILD_MEMBERS),
    "GUILD_MEMBER_REMOVE": (Intent.GUILD_MEMBERS, Intent.GUILD_MEMBERS),
    "GUILD_MEMBER_UPDATE": (Intent.GUILD_MEMBERS, Intent.GUILD_MEMBERS),
    **dict.fromkeys(
        (
            "GUILD_CREATE",
            "GUILD_DELETE",
            "GUILD_ROLE_CREATE",
            "GUILD_ROLE_UPDATE",
            "GUILD_ROLE_DELETE",
            "CHANNEL_CREATE",
            "CHANNEL_UPDATE",
            "CHANNEL_DELETE",
            "THREAD_CREATE",
            "THREAD_UPDATE",
            "THREAD_DELETE",
            "THREAD_MEMBERS_UPDATE",
        ),
        (Intent.GUILDS, Intent.GUILDS),
    ),
}
"""Which intent lets an event of a guild, or of a DM, through."""


def shard_of(event: Event, shards: int) -> int:
    """Return the shard that hears of an event: ephemerals and DMs belong to the first."""
    if event.guild_id is None or is_ephemeral(event):
        return 0
    return (event.guild_id >> 22) % shards


def told(world: World, event: Event, intents: int) -> Json | None:
    """Return what a session with these intents is told of an event, or None."""
    if event.name == "INTERACTION_CREATE":
        return interaction_json(world, event.subject)
    needed = _NEEDED.get(event.name)
    if needed is None or event.extra.get("in_bulk") or not _is_there(world, event):
        return None
    # Discord sends ephemeral messages as if they came from a DM, without a guild.
    outside = event.guild_id is None or is_ephemeral(event)
    about_me = isinstance(event.subject, Member) and event.subject.user_id == world.bot.id
    if not needed[outside] & intents and not about_me:
        return None
    body = _body(world, event, intents)
    if body is not None and event.guild_id is not None and not outside:
        body.setdefault("guild_id", str(event.guild_id))
    return body


def _is_there(world: World, event: Event) -> bool:
    if event.guild_id is not None:
        guild = world.guilds.get(event.guild_id)
        if event.name == "GUILD_DELETE":
            return True
        if guild is None or world.bot.id not in guild.members:
            return False
    if event.channel_id is None or is_ephemeral(event):
        return True
    if world.bot.id in event.extra.get("removed", ()):
        return True
    channel = (
        event.subject
        if isinstance(event.subject, Channel)
        else world.channels.get(event.channel_id)
    )
    return channel is not None and world.can_see(world.bot.id, channel)


def _body(world: World, event: Event, intents: int) -> Json | None:
    subject = event.subject
    name = event.name
    if isinstance(subject, Message):
        return _message_body(world, event, subject, intents)
    if name == "MESSAGE_DELETE_BULK":
        return {"ids": [str(each) for each in subject], "channel_id": str(event.channel_id)}
    if name == "THREAD_MEMBERS_UPDATE":
        return _thread_members_body(subject, event.extra, world.bot.id, intents)
    if name == "THREAD_DELETE":
        return {
            "id": str(subject.id),
            "parent_id": str(subject.parent_id),
            "type": int(subject.type),
        }
    if isinstance(subject, Channel):
        newly = {"newly_created": True} if event.extra.get("newly_created") else {}
        return channel_json(world, subject) | newly
    if name in {"GUILD_CREATE", "GUILD_DELETE"}:
        return _guild_body(world, event, intents)
    if name.startswith("GUILD_ROLE_"):
        if name == "GUILD_ROLE_DELETE":
            return {"role_id": str(subject.id)}
        return {"role": role_json(subject)}
    if isinstance(subject, Member):
        body = member_json(world, subject)
        return {"user": body["user"]} if name == "GUILD_MEMBER_REMOVE" else body
    if isinstance(subject, User):
        return _typing_body(world, event, subject)
    return None


def _guild_body(world: World, event: Event, intents: int) -> Json:
    if event.name == "GUILD_DELETE":
        down = {"unavailable": True} if event.extra.get("down") else {}
        return {"id": str(event.subject.id)} | down
    members = bool(intents & Intent.GUILD_MEMBERS)
    body = gateway_guild_json(world, event.subject, all_members=members)
    if not event.extra.get("returns"):  # only a server that was known is told to be there
        del body["unavailable"]
    return body


def _message_body(world: World, event: Event, message: Message, intents: int) -> Json:
    where: Json = {"channel_id": str(message.channel_id)}
    if event.name == "MESSAGE_DELETE":
        return where | {"id": str(message.id)}
    if event.name.startswith("MESSAGE_REACTION"):
        return where | {
            "message_id": str(message.id),
            "user_id": str(event.extra["user_id"]),
            "emoji": {"id": None, "name": event.extra["emoji"]},
            "burst": False,
            "type": 0,
            "message_author_id": str(message.author_id),
        }
    hidden = not (
        intents & Intent.MESSAGE_CONTENT
        or event.guild_id is None
        or message.author_id == world.bot.id
        or world.bot.id in message.mentions.user_ids
    )
    body = message_json(world, message, content_hidden=hidden)
    if event.guild_id is not None and not message.ephemeral:
        members = world.guilds[event.guild_id].members
        if message.author_id in members:
            author = members[message.author_id]
            body["member"] = member_json(world, author, with_user=False)
        for user in body["mentions"]:
            if int(user["id"]) in members:
                member = members[int(user["id"])]
                user["member"] = member_json(world, member, with_user=False)
    return body


def _thread_members_body(
    thread: Channel, extra: Mapping[str, Any], bot_id: int, intents: int
) -> Json | None:
    state = thread.thread
    added, removed = extra.get("added", []), extra.get("removed", [])
    concerns_bot = bot_id in added or bot_id in removed
    if state is None or not (concerns_bot or intents & Intent.GUILD_MEMBERS):
        return None
    return {
        "id": str(thread.id),
        "member_count": min(50, len(state.member_ids)),
        "added_members": [
            thread_member_json(thread, each, state.member_ids[each]) for each in added
        ],
        "removed_member_ids": [str(each) for each in removed],
    }


def _typing_body(world: World, event: Event, user: User) -> Json | None:
    if user is world.bot:
        return None
    body: Json = {
        "channel_id": str(event.channel_id),
        "user_id": str(user.id),
        "timestamp": int(world.clock()),
    }
    if event.guild_id is not None:
        member = world.guilds[event.guild_id].members[user.id]
        body["member"] = member_json(world, member)
    return body
