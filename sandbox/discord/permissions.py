"""What a member may do in a channel: Discord's bits and the order in which they are decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, IntFlag


class Permission(IntFlag):
    """Discord's permission bits, API version 10."""

    CREATE_INSTANT_INVITE = 1 << 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_AUDIT_LOG = 1 << 7
    PRIORITY_SPEAKER = 1 << 8
    STREAM = 1 << 9
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    VIEW_GUILD_INSIGHTS = 1 << 19
    CONNECT = 1 << 20
    SPEAK = 1 << 21
    MUTE_MEMBERS = 1 << 22
    DEAFEN_MEMBERS = 1 << 23
    MOVE_MEMBERS = 1 << 24
    USE_VAD = 1 << 25
    CHANGE_NICKNAME = 1 << 26
    MANAGE_NICKNAMES = 1 << 27
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    MANAGE_GUILD_EXPRESSIONS = 1 << 30
    USE_APPLICATION_COMMANDS = 1 << 31
    REQUEST_TO_SPEAK = 1 << 32
    MANAGE_EVENTS = 1 << 33
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    USE_EXTERNAL_STICKERS = 1 << 37
    SEND_MESSAGES_IN_THREADS = 1 << 38
    USE_EMBEDDED_ACTIVITIES = 1 << 39
    MODERATE_MEMBERS = 1 << 40
    VIEW_CREATOR_MONETIZATION_ANALYTICS = 1 << 41
    USE_SOUNDBOARD = 1 << 42
    CREATE_GUILD_EXPRESSIONS = 1 << 43
    CREATE_EVENTS = 1 << 44
    USE_EXTERNAL_SOUNDS = 1 << 45
    SEND_VOICE_MESSAGES = 1 << 46
    SET_VOICE_CHANNEL_STATUS = 1 << 48
    SEND_POLLS = 1 << 49
    USE_EXTERNAL_APPS = 1 << 50
    PIN_MESSAGES = 1 << 51
    BYPASS_SLOWMODE = 1 << 52


ALL = Permission(sum(bit.value for bit in Permission))
"""Every bit that has a meaning: what owners and administrators have."""

NONE = Permission(0)

_GUILD_WIDE = (
    Permission.KICK_MEMBERS
    | Permission.BAN_MEMBERS
    | Permission.ADMINISTRATOR
    | Permission.MANAGE_GUILD
    | Permission.VIEW_AUDIT_LOG
    | Permission.VIEW_GUILD_INSIGHTS
    | Permission.CHANGE_NICKNAME
    | Permission.MANAGE_NICKNAMES
    | Permission.MANAGE_GUILD_EXPRESSIONS
    | Permission.MODERATE_MEMBERS
    | Permission.VIEW_CREATOR_MONETIZATION_ANALYTICS
    | Permission.CREATE_GUILD_EXPRESSIONS
)
"""Bits that no channel can take away, as they do not concern channels."""

_NEEDS_SEND = (
    Permission.SEND_TTS_MESSAGES
    | Permission.MENTION_EVERYONE
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
)
"""Bits that mean nothing to a member who cannot write there at all."""

_IN_DMS = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.SEND_TTS_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.MENTION_EVERYONE
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_EXTERNAL_STICKERS
    | Permission.ADD_REACTIONS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.SEND_VOICE_MESSAGES
    | Permission.SEND_POLLS
    | Permission.USE_EXTERNAL_APPS
    | Permission.PIN_MESSAGES
)

_TIMED_OUT = Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY


class OverwriteType(IntEnum):
    """Whom an overwrite is for."""

    ROLE = 0
    MEMBER = 1


@dataclass(frozen=True, slots=True)
class Overwrite:
    """What a channel allows and denies a role or a member, whatever their roles say."""

    id: int
    type: int
    allow: int = 0
    deny: int = 0


def guild_permissions(
    *, owner: bool, everyone_permissions: int, role_permissions: Sequence[int]
) -> Permission:
    """Return what a member may do in the guild, before any channel has its say."""
    if owner:
        return ALL
    base = everyone_permissions
    for permissions in role_permissions:
        base |= permissions
    if base & Permission.ADMINISTRATOR:
        return ALL
    return Permission(base & ALL)


def channel_permissions(
    *,
    owner: bool,
    everyone_id: int,
    everyone_permissions: int,
    role_ids: Sequence[int],
    role_permissions: Sequence[int],
    overwrites: Sequence[Overwrite],
    member_id: int,
    timed_out: bool = False,
    thread: bool = False,
) -> Permission:
    """Return what a member may do in a channel; for a `thread`, pass its parent's overwrites.

    The order is Discord's: owner and administrators may all; else the roles together, then the
    overwrite of @everyone, those of the roles (all denials, then all allowances), the member's.
    """
    base = guild_permissions(
        owner=owner,
        everyone_permissions=everyone_permissions,
        role_permissions=role_permissions,
    )
    if base & Permission.ADMINISTRATOR:
        return base

    roles = {(o.id, o.type): o for o in overwrites}
    everyone = roles.get((everyone_id, OverwriteType.ROLE))
    mine = [
        roles[role_id, OverwriteType.ROLE]
        for role_id in role_ids
        if role_id != everyone_id and (role_id, OverwriteType.ROLE) in roles
    ]
    member = roles.get((member_id, OverwriteType.MEMBER))
    result = int(base)
    if everyone:
        result = _apply(result, [everyone])
    result = _apply(result, mine)
    if member:
        result = _apply(result, [member])
    return _without_the_meaningless(Permission(result & ALL), timed_out=timed_out, thread=thread)


def dm_permissions() -> Permission:
    """Return what both sides may do in a direct message."""
    return _IN_DMS


def may_send_in_thread(
    perms: Permission, *, locked: bool = False, private: bool = False, joined: bool = True
) -> bool:
    """Tell whether someone with these permissions in the parent may write in its thread.

    SEND_MESSAGES counts for nothing there; a private thread is only for who was added to it.
    """
    if not may_view_thread(perms, private=private, joined=joined):
        return False
    if locked and not perms & Permission.MANAGE_THREADS:
        return False
    return bool(perms & Permission.SEND_MESSAGES_IN_THREADS)


def may_view_thread(perms: Permission, *, private: bool = False, joined: bool = True) -> bool:
    """Tell whether someone with these permissions in the parent sees its thread."""
    if not perms & Permission.VIEW_CHANNEL:
        return False
    return not private or joined or bool(perms & Permission.MANAGE_THREADS)


def may_create_thread(perms: Permission, *, private: bool = False) -> bool:
    """Tell whether someone with these permissions may make a thread in the channel."""
    needed = Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS
    return bool(perms & Permission.VIEW_CHANNEL and perms & needed)


def _apply(base: int, overwrites: Sequence[Overwrite]) -> int:
    deny = allow = 0
    for overwrite in overwrites:
        deny |= overwrite.deny
        allow |= overwrite.allow
    return (base & ~deny) | allow


def _without_the_meaningless(perms: Permission, *, timed_out: bool, thread: bool) -> Permission:
    if not perms & Permission.VIEW_CHANNEL:
        return perms & _GUILD_WIDE
    if timed_out:
        return perms & _TIMED_OUT
    send = Permission.SEND_MESSAGES_IN_THREADS if thread else Permission.SEND_MESSAGES
    if not perms & send:
        return perms & ~_NEEDS_SEND
    return perms
