"""The JSON in which Discord speaks of messages and interactions."""

from collections.abc import Sequence
from typing import Any

from sandbox.discord.model import (
    ATTACHMENT_LIMIT,
    Interaction,
    InteractionType,
    Json,
    Message,
    MessageType,
)
from sandbox.discord.payloads import (
    attachment_json,
    channel_json,
    member_json,
    timestamp,
    user_json,
)
from sandbox.discord.world import World


def _metadata_json(world: World, interaction: Interaction, message: Message) -> Json:
    body: Json = {
        "id": str(interaction.id),
        "type": int(interaction.type),
        "user": user_json(world.users[interaction.user_id]),
        "authorizing_integration_owners": owners_json(interaction),
    }
    if message.id in interaction.followup_ids and interaction.original_id is not None:
        body["original_response_message_id"] = str(interaction.original_id)
    if interaction.type is InteractionType.COMPONENT:
        body["interacted_message_id"] = str(interaction.message_id)
    if interaction.type is InteractionType.MODAL and interaction.parent is not None:
        body["triggering_interaction_metadata"] = _metadata_json(world, interaction.parent, message)
    if interaction.target_message_id is not None:
        body["target_message_id"] = str(interaction.target_message_id)
    if interaction.target_user_id is not None:
        body["target_user"] = user_json(world.users[interaction.target_user_id])
    return body


def owners_json(interaction: Interaction) -> Json:
    """Return by whose installation the bot may answer: the server's, or in a DM the user's."""
    return {"0": str(interaction.guild_id or 0)}


def _shown(field: Sequence[Any], *, hidden: bool) -> list[Any]:
    return [] if hidden else list(field)


def message_json(
    world: World, message: Message, *, content_hidden: bool = False, nested: bool = False
) -> Json:
    """Return a message; `content_hidden` as the gateway does without MESSAGE_CONTENT."""
    author = world.users[message.author_id]
    body: Json = {
        "id": str(message.id),
        "type": int(message.type),
        "channel_id": str(message.channel_id),
        "author": user_json(author),
        "content": "" if content_hidden else message.content,
        "embeds": _shown(message.embeds, hidden=content_hidden),
        "components": _shown(message.components, hidden=content_hidden),
        "attachments": [
            attachment_json(world, each)
            for each in _shown(message.attachments, hidden=content_hidden)
        ],
        "mentions": [
            user_json(world.users[user_id])
            for user_id in sorted(message.mentions.user_ids)
            if user_id in world.users
        ],
        "mention_roles": [str(role_id) for role_id in sorted(message.mentions.role_ids)],
        "mention_everyone": message.mentions.everyone,
        "timestamp": timestamp(message.created_at),
        "edited_timestamp": None if message.edited_at is None else timestamp(message.edited_at),
        "flags": int(message.flags),
        "pinned": message.pinned,
        "tts": False,
    }
    if message.webhook_id is not None:
        body["webhook_id"] = str(message.webhook_id)
    if message.snapshots:
        body["message_snapshots"] = list(message.snapshots)
    if message.poll is not None:
        body["poll"] = message.poll
    if message.nonce is not None:
        body["nonce"] = message.nonce
    if message.interaction is not None:
        body |= _interaction_fields(world, message, message.interaction)
    if message.reply_to is not None:
        body |= _reference_fields(world, message, message.reply_to, nested, content_hidden)
    if message.thread_id is not None and (thread := world.channels.get(message.thread_id)):
        body["thread"] = channel_json(world, thread)
    if message.reactions:
        body["reactions"] = _reactions_json(world, message)
    return body


def _reactions_json(world: World, message: Message) -> list[Json]:
    return [
        {
            "emoji": {"id": None, "name": emoji},
            "count": len(users),
            "count_details": {"burst": 0, "normal": len(users)},
            "me": world.bot.id in users,
            "me_burst": False,
            "burst_colors": [],
        }
        for emoji, users in message.reactions.items()
    ]


def _interaction_fields(world: World, message: Message, interaction: Interaction) -> Json:
    body: Json = {
        "application_id": str(world.bot.id),
        "webhook_id": str(world.bot.id),
        "interaction_metadata": _metadata_json(world, interaction, message),
    }
    if interaction.type is InteractionType.COMMAND and message.id == interaction.original_id:
        body["interaction"] = {
            "id": str(interaction.id),
            "type": int(interaction.type),
            "name": interaction.command_name,
            "user": user_json(world.users[interaction.user_id]),
        }
    return body


def _reference_fields(
    world: World, message: Message, reply_to: int, nested: bool, content_hidden: bool
) -> Json:
    starts_thread = message.type is MessageType.THREAD_STARTER
    channel = world.channels[message.channel_id]
    at = channel.parent_id if starts_thread else channel.id
    reference: Json = {"type": 0, "message_id": str(reply_to), "channel_id": str(at)}
    if channel.guild_id is not None:
        reference["guild_id"] = str(channel.guild_id)
    body: Json = {"message_reference": reference}
    if not nested:
        target = world.messages.get(reply_to)
        if target is not None and target.only_for not in (None, message.only_for):
            # What one user sees alone is not quoted to others.
            target = None
        body["referenced_message"] = None
        if target is not None:
            hidden = content_hidden and target.author_id != world.bot.id
            body["referenced_message"] = message_json(
                world, target, content_hidden=hidden, nested=True
            )
    return body


def interaction_json(world: World, interaction: Interaction) -> Json:
    """Return an interaction as INTERACTION_CREATE carries it."""
    channel = world.channels[interaction.channel_id]
    user = world.users[interaction.user_id]
    body: Json = {
        "id": str(interaction.id),
        "application_id": str(world.bot.id),
        "type": int(interaction.type),
        "token": interaction.token,
        "version": 1,
        "data": interaction.data,
        "channel_id": str(channel.id),
        "channel": channel_json(world, channel)
        | {"permissions": str(int(world.permissions(user.id, channel)))},
        "app_permissions": str(int(world.permissions(world.bot.id, channel))),
        "attachment_size_limit": ATTACHMENT_LIMIT,
        "locale": user.locale,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": owners_json(interaction),
        "context": 1 if channel.is_dm else 0,
    }
    guild = world.guild_of(channel)
    if guild is None:
        body["user"] = user_json(user)
    else:
        body["guild_id"] = str(guild.id)
        body["guild_locale"] = guild.locale
        body["guild"] = {"id": str(guild.id), "locale": guild.locale, "features": []}
        body["member"] = member_json(world, guild.members[user.id]) | {
            "permissions": str(int(world.permissions(user.id, channel)))
        }
    if interaction.message_id is not None and (
        message := world.messages.get(interaction.message_id)
    ):
        body["message"] = message_json(world, message)
    return body
