"""What a Discord is made of: users, guilds, channels, messages, commands and interactions."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import Any

from sandbox.discord.permissions import Overwrite

Clock = Callable[[], float]
"""Tells the time in seconds since 1970."""

Json = dict[str, Any]

ACKNOWLEDGE_WITHIN = 3.0
"""Seconds in which a bot must acknowledge an interaction."""
TOKEN_LIFETIME = 15 * 60.0
"""Seconds for which an interaction's token can be used."""
ATTACHMENT_LIMIT = 10 * 1024 * 1024
"""Bytes of one file."""
REQUEST_LIMIT = 25 * 1024 * 1024
"""Bytes of one request."""


class ChannelType(IntEnum):
    """The kinds of channel, as the API counts them."""

    TEXT = 0
    DM = 1
    CATEGORY = 4
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12


class MessageType(IntEnum):
    """The kinds of message, as the API counts them."""

    DEFAULT = 0
    NAME_CHANGED = 4
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    THREAD_STARTER = 21
    CONTEXT_MENU_COMMAND = 23


class MessageFlag(IntFlag):
    """The flags of a message that play a part here."""

    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


NO_FLAGS = MessageFlag(0)


class InteractionType(IntEnum):
    """What a person did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class CallbackType(IntEnum):
    """How a bot may answer an interaction."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    AUTOCOMPLETE = 8
    MODAL = 9


@dataclass(slots=True)
class User:
    """A person or a bot; `accepts_dms` is false for those who closed their DMs."""

    id: int
    username: str
    global_name: str | None = None
    bot: bool = False
    accepts_dms: bool = True
    locale: str = "en-US"

    @property
    def name(self) -> str:
        """Return the name that others see outside of guilds."""
        return self.global_name or self.username


@dataclass(slots=True)
class Role:
    """A guild's role; the one with the guild's id is @everyone's."""

    id: int
    name: str
    permissions: int
    position: int
    mentionable: bool = False
    managed_by: int | None = None
    """The bot whose own role this is."""
    colour: int = 0
    """Red, green and blue, eight bits each; 0 for none of its own."""


@dataclass(slots=True)
class Member:
    """A user in a guild."""

    user_id: int
    joined_at: float
    role_ids: list[int] = field(default_factory=list)
    nick: str | None = None


@dataclass(slots=True)
class Guild:
    """A server; a bot that is not a member may still be used there by those who installed it."""

    id: int
    name: str
    owner_id: int
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channel_ids: list[int] = field(default_factory=list)
    locale: str = "en-US"
    system_channel_id: int | None = None


@dataclass(slots=True)
class ThreadState:
    """What only threads have."""

    owner_id: int
    created_at: float
    archived_at: float
    """When the archived state last changed."""
    auto_archive_minutes: int = 4320
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    member_ids: dict[int, float] = field(default_factory=dict)
    """Who is in it, and since when."""
    message_count: int = 0
    total_message_sent: int = 0


@dataclass(slots=True)
class Channel:
    """A text channel, a category, a thread or a DM."""

    id: int
    type: ChannelType
    name: str = ""
    guild_id: int | None = None
    parent_id: int | None = None
    position: int = 0
    topic: str | None = None
    overwrites: list[Overwrite] = field(default_factory=list)
    recipient_ids: tuple[int, ...] = ()
    thread: ThreadState | None = None
    message_ids: list[int] = field(default_factory=list)
    rate_limit_per_user: int = 0

    @property
    def is_dm(self) -> bool:
        """Tell whether this is a direct message."""
        return self.type is ChannelType.DM


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in."""

    name: str
    content: bytes = field(repr=False)
    content_type: str = "application/octet-stream"
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file."""

    id: int
    channel_id: int
    name: str
    content: bytes = field(repr=False)
    content_type: str
    description: str | None = None
    ephemeral: bool = False

    @property
    def path(self) -> str:
        """Return where the content delivery network serves it."""
        return f"/attachments/{self.channel_id}/{self.id}/{self.name}"


@dataclass(frozen=True, slots=True)
class Pings:
    """Whom a message really notified."""

    user_ids: frozenset[int] = frozenset()
    role_ids: frozenset[int] = frozenset()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.user_ids or self.role_ids or self.everyone)


@dataclass(slots=True)
class Message:
    """A message; an ephemeral one is `only_for` one user and reached through its token alone."""

    id: int
    channel_id: int
    author_id: int
    created_at: float
    type: MessageType = MessageType.DEFAULT
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: MessageFlag = NO_FLAGS
    edited_at: float | None = None
    reply_to: int | None = None
    mentions: Pings = Pings()
    """Whom the text mentions, as far as allowed_mentions lets it."""
    pings: Pings = Pings()
    """Whom it notified when it appeared: an edit notifies nobody."""
    nonce: str | None = None
    only_for: int | None = None
    interaction: "Interaction | None" = None
    thread_id: int | None = None
    pinned: bool = False
    reactions: dict[str, list[int]] = field(default_factory=dict)
    webhook_id: int | None = None
    snapshots: tuple[Json, ...] = ()
    """What was forwarded with it."""
    poll: Json | None = None

    @property
    def ephemeral(self) -> bool:
        """Tell whether only one user sees it."""
        return MessageFlag.EPHEMERAL in self.flags

    @property
    def loading(self) -> bool:
        """Tell whether it is a deferral that says "thinking…"."""
        return MessageFlag.LOADING in self.flags


@dataclass(slots=True)
class Command:
    """A registered application command, with its definition as the API shows it."""

    id: int
    version: int
    type: int
    name: str
    guild_id: int | None
    definition: Json


@dataclass(slots=True)
class Interaction:
    """What a person did with the bot, and how far the bot has answered."""

    id: int
    token: str
    type: InteractionType
    user_id: int
    channel_id: int
    guild_id: int | None
    created_at: float
    data: Json
    message_id: int | None = None
    """The message whose component was used, or from which the modal came."""
    parent: "Interaction | None" = None
    """The interaction that opened the modal which this one submits."""
    callback: CallbackType | None = None
    original_id: int | None = None
    followup_ids: list[int] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None
    command_name: str = ""
    target_message_id: int | None = None
    target_user_id: int | None = None
    failed: bool = False
    """Whether the person was told that the application did not respond."""
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once it is acknowledged or has failed."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened; `subject` is what it happened to, `extra` what else there is to tell."""

    name: str
    channel_id: int | None
    guild_id: int | None
    subject: Any
    extra: Mapping[str, Any] = field(default_factory=dict)
