"""Messages come, change and go; who may do it has been asked before."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sandbox.discord import problems
from sandbox.discord.display import shown_components, shown_embeds
from sandbox.discord.membership import add_mentioned
from sandbox.discord.mentions import all_texts, find_mentions, notified
from sandbox.discord.model import (
    NO_FLAGS,
    Attachment,
    Channel,
    Interaction,
    Json,
    Message,
    MessageFlag,
    MessageType,
    Pings,
    Upload,
)
from sandbox.discord.world import World

SETTABLE = (
    MessageFlag.SUPPRESS_EMBEDS
    | MessageFlag.EPHEMERAL
    | MessageFlag.SUPPRESS_NOTIFICATIONS
    | MessageFlag.COMPONENTS_V2
)
"""The flags that a sender can set; the others are Discord's own."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message on its way in: its JSON and the files that came with it."""

    payload: Json
    uploads: tuple[Upload, ...] = ()
    type: MessageType = MessageType.DEFAULT
    reply_to: int | None = None
    interaction: Interaction | None = None
    only_for: int | None = None
    extra_flags: MessageFlag = NO_FLAGS
    webhook_id: int | None = None
    snapshots: tuple[Json, ...] = ()
    poll: Json | None = None


def post(
    world: World,
    channel: Channel,
    author_id: int,
    draft: Draft,
    claim: Callable[[Message], None] | None = None,
) -> Message:
    """Put a message into a channel and tell everybody; `claim` is called just before."""
    payload = draft.payload
    flags = (MessageFlag(payload.get("flags") or 0) & SETTABLE) | draft.extra_flags
    message = Message(
        id=world.ids.next(),
        channel_id=channel.id,
        author_id=author_id,
        created_at=world.clock(),
        type=draft.type,
        content=_stripped(payload.get("content")),
        flags=flags,
        reply_to=draft.reply_to,
        nonce=None if payload.get("nonce") is None else str(payload["nonce"]),
        only_for=draft.only_for,
        interaction=draft.interaction,
        webhook_id=draft.webhook_id,
        snapshots=draft.snapshots,
        poll=draft.poll,
    )
    message.attachments = store(world, channel, draft.uploads, message.ephemeral)
    message.embeds = shown_embeds(world, payload.get("embeds") or [], message.attachments)
    message.components = shown_components(
        world, payload.get("components") or [], message.attachments
    )
    _mention(world, channel, message, payload.get("allowed_mentions"))
    if channel.thread is not None:
        add_mentioned(world, channel, message.mentions.user_ids)
    if MessageFlag.LOADING not in flags:
        message.pings = notified(world, channel, author_id, message.mentions)
    if claim is not None:
        claim(message)
    _append(world, channel, message)
    return message


def system_message(
    world: World,
    channel: Channel,
    author_id: int,
    type_: MessageType,
    content: str,
    reply_to: int | None = None,
) -> Message:
    """Put one of Discord's own messages into a channel."""
    message = Message(
        world.ids.next(), channel.id, author_id, world.clock(), type_, content, reply_to=reply_to
    )
    _append(world, channel, message)
    return message


def edit(
    world: World, message: Message, payload: Mapping[str, Any], uploads: Sequence[Upload] = ()
) -> Message:
    """Change a message and tell everybody; a deferral becomes an answer by its first edit.

    Fields that are absent stay; files stay unless `attachments` leaves them out.
    """
    channel = world.channel(message.channel_id)
    was_loading = message.loading
    kept = _kept(message, payload)
    kept_ids = {each.id for each in kept}
    _forget(world, [each for each in message.attachments if each.id not in kept_ids])
    message.attachments = kept + store(world, channel, uploads, message.ephemeral)
    if "content" in payload:
        message.content = _stripped(payload["content"])
    if "embeds" in payload:
        message.embeds = shown_embeds(world, payload["embeds"] or [], message.attachments)
    if "components" in payload:
        message.components = shown_components(
            world, payload["components"] or [], message.attachments
        )
    if payload.get("flags") is not None:
        wanted = MessageFlag(payload["flags"]) & SETTABLE
        changeable = MessageFlag.SUPPRESS_EMBEDS
        unchanged = message.flags & ~changeable
        message.flags = unchanged | (wanted & changeable) | (wanted & MessageFlag.COMPONENTS_V2)
    _mention(world, channel, message, payload.get("allowed_mentions"))
    if was_loading:
        # Its text appears only now: what it mentions is notified now.
        message.flags &= ~MessageFlag.LOADING
        message.pings = notified(world, channel, message.author_id, message.mentions)
    message.edited_at = world.clock()
    world.emit("MESSAGE_UPDATE", channel, message)
    return message


def delete(world: World, message: Message) -> None:
    """Take a message away and tell everybody."""
    channel = world.channel(message.channel_id)
    _take_away(world, channel, message)
    world.emit("MESSAGE_DELETE", channel, message)


def delete_together(world: World, channel: Channel, messages: Sequence[Message]) -> None:
    """Take messages away at once: bots hear of all in one event, displays of each."""
    for message in messages:
        _take_away(world, channel, message)
        world.emit("MESSAGE_DELETE", channel, message, extra={"in_bulk": True})
    world.emit("MESSAGE_DELETE_BULK", channel, tuple(message.id for message in messages))


def _take_away(world: World, channel: Channel, message: Message) -> None:
    del world.messages[message.id]
    channel.message_ids.remove(message.id)
    _forget(world, message.attachments)
    if channel.thread is not None:
        channel.thread.message_count = max(0, channel.thread.message_count - 1)


def store(
    world: World, channel: Channel, uploads: Sequence[Upload], ephemeral: bool
) -> list[Attachment]:
    """Keep files, so that they are served from now on."""
    stored = [
        Attachment(
            world.ids.next(),
            channel.id,
            upload.name,
            upload.content,
            upload.content_type,
            upload.description,
            ephemeral,
        )
        for upload in uploads
    ]
    world.attachments.update((attachment.id, attachment) for attachment in stored)
    return stored


def _append(world: World, channel: Channel, message: Message) -> None:
    world.messages[message.id] = message
    channel.message_ids.append(message.id)
    if channel.thread is not None and message.only_for is None:
        channel.thread.message_count += message.type is not MessageType.THREAD_STARTER
        channel.thread.total_message_sent += message.type is not MessageType.THREAD_STARTER
    world.emit("MESSAGE_CREATE", channel, message)


def _kept(message: Message, payload: Mapping[str, Any]) -> list[Attachment]:
    listed = payload.get("attachments")
    if "attachments" not in payload:
        return message.attachments
    by_id = {attachment.id: attachment for attachment in message.attachments}
    kept = []
    for each in listed or ():
        found = by_id.get(int(each["id"]))
        if found is not None:
            kept.append(replace(found, description=each.get("description", found.description)))
    return kept


def _forget(world: World, attachments: Iterable[Attachment]) -> None:
    for attachment in attachments:
        world.attachments.pop(attachment.id, None)


def _mention(world: World, channel: Channel, message: Message, allowed: Json | None) -> None:
    if message.ephemeral:
        message.mentions = Pings()
        return
    replied = world.messages.get(message.reply_to) if message.reply_to is not None else None
    text = "\n".join(all_texts(message.content, message.components))
    message.mentions = find_mentions(
        world,
        channel,
        message.author_id,
        text,
        allowed,
        None if replied is None else replied.author_id,
    )


def _stripped(content: Any) -> str:
    return "" if content is None else str(content).strip()


def check_editable(world: World, message: Message, editor_id: int) -> None:
    """Raise 50005 on somebody else's message, 50021 on a system message, 50083 where archived."""
    if message.type in (
        MessageType.NAME_CHANGED,
        MessageType.THREAD_CREATED,
        MessageType.THREAD_STARTER,
    ):
        raise problems.system_message()
    if message.author_id != editor_id:
        raise problems.cannot_edit_other()
    channel = world.channel(message.channel_id)
    if channel.thread is not None and channel.thread.archived:
        raise problems.archived()
