"""Whom a text mentions and notifies."""

import re
from collections.abc import Iterable
from typing import Any

from sandbox.discord.display import walk
from sandbox.discord.model import Channel, Guild, Json, Pings
from sandbox.discord.permissions import Permission
from sandbox.discord.world import World

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(everyone|here)\b")
_CODE = re.compile(r"```.*?```|``.*?``|`[^`\n]*`", re.DOTALL)

TEXT_DISPLAY = 10


def all_texts(content: str, components: Iterable[Any]) -> list[str]:
    """Return a message's content and text displays, in the order in which they are shown."""
    displays = [str(part["content"]) for part in walk(components) if part["type"] == TEXT_DISPLAY]
    return [content, *displays] if content else displays


def find_mentions(
    world: World,
    channel: Channel,
    author_id: int,
    text: str,
    allowed: Json | None,
    replied_to: int | None,
) -> Pings:
    """Return whom a message mentions: what allowed_mentions and the author's permissions let it.

    Without allowed_mentions everything is allowed, the author of the message replied to as well.
    """
    text = _CODE.sub(" ", text)
    users = {int(found) for found in _USER.findall(text)}
    roles = {int(found) for found in _ROLE.findall(text)}
    everyone = bool(_EVERYONE.search(text))
    reply = True
    if allowed is not None:
        parse = allowed.get("parse") or []
        users &= users if "users" in parse else _ids(allowed.get("users"))
        roles &= roles if "roles" in parse else _ids(allowed.get("roles"))
        everyone = everyone and "everyone" in parse
        reply = bool(allowed.get("replied_user", False))
    users = {user_id for user_id in users if user_id in world.users}
    if replied_to is not None and reply:
        users.add(replied_to)
    guild = world.guild_of(channel)
    if guild is None:
        return Pings(frozenset(users))
    may_mention_all = Permission.MENTION_EVERYONE in world.permissions(author_id, channel)
    return Pings(
        frozenset(users),
        frozenset(role for role in roles if _mentionable(guild, role, may_mention_all)),
        everyone and may_mention_all,
    )


def notified(world: World, channel: Channel, author_id: int, mentions: Pings) -> Pings:
    """Return who of those mentioned is really notified: those who can see it, not oneself."""
    users = frozenset(
        user_id
        for user_id in mentions.user_ids
        if user_id != author_id and world.can_see(user_id, channel)
    )
    return Pings(users, mentions.role_ids, mentions.everyone)


def _ids(listed: Any) -> set[int]:
    return {int(each) for each in listed or ()}


def _mentionable(guild: Guild, role_id: int, may_mention_all: bool) -> bool:
    role = guild.roles.get(role_id)
    return role is not None and role.id != guild.id and (role.mentionable or may_mention_all)
