"""The JSON in which Discord speaks of its things."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sandbox.discord.model import (
    ATTACHMENT_LIMIT,
    Attachment,
    Channel,
    ChannelType,
    Command,
    Guild,
    Interaction,
    InteractionType,
    Json,
    Member,
    Message,
    MessageType,
    Role,
    ThreadState,
    User,
)
from sandbox.discord.permissions import guild_permissions
from sandbox.discord.world import World


def timestamp(seconds: float) -> str:
    """Return a time as the API writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def user_json(user: User) -> Json:
    """Return a user as others see them."""
    return {
        "id": str(user.id),
        "username": user.username,
        "global_name": user.global_name,
        "discriminator": "0",
        "avatar": None,
        "bot": user.bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def role_json(role: Role) -> Json:
    """Return a role; a bot's own one says whose it is."""
    body: Json = {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(role.permissions),
        "position": role.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role.managed_by is not None,
        "mentionable": role.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    if role.managed_by is not None:
        body["tags"] = {"bot_id": str(role.managed_by)}
    return body


def member_json(world: World, member: Member, *, with_user: bool = True) -> Json:
    """Return a member; messages carry one without its user, who is their author."""
    body: Json = {
        "roles": [str(role_id) for role_id in member.role_ids],
        "nick": member.nick,
        "avatar": None,
        "banner": None,
        "joined_at": timestamp(member.joined_at),
        "premium_since": None,
        "communication_disabled_until": None,
        "pending": False,
        "mute": False,
        "deaf": False,
        "flags": 0,
    }
    if with_user:
        body["user"] = user_json(world.users[member.user_id])
    return body


def attachment_json(world: World, attachment: Attachment) -> Json:
    """Return a file with the address that serves it."""
    url = world.cdn_url + attachment.path
    body: Json = {
        "id": str(attachment.id),
        "filename": attachment.name,
        "size": len(attachment.content),
        "url": url,
        "proxy_url": url,
        "content_type": attachment.content_type,
    }
    if attachment.description is not None:
        body["description"] = attachment.description
    if attachment.ephemeral:
        body["ephemeral"] = True
    return body


def thread_member_json(thread: Channel, user_id: int, joined_at: float) -> Json:
    """Return somebody's place in a thread."""
    return {
        "id": str(thread.id),
        "user_id": str(user_id),
        "join_timestamp": timestamp(joined_at),
        "flags": 0,
    }


def _thread_json(world: World, channel: Channel, thread: ThreadState) -> Json:
    metadata: Json = {
        "archived": thread.archived,
        "archive_timestamp": timestamp(thread.archived_at),
        "auto_archive_duration": thread.auto_archive_minutes,
        "locked": thread.locked,
        "create_timestamp": timestamp(thread.created_at),
    }
    if channel.type is ChannelType.PRIVATE_THREAD:
        metadata["invitable"] = thread.invitable
    body: Json = {
        "parent_id": str(channel.parent_id),
        "owner_id": str(thread.owner_id),
        "message_count": thread.message_count,
        "total_message_sent": thread.total_message_sent,
        "member_count": min(50, len(thread.member_ids)),
        "rate_limit_per_user": channel.rate_limit_per_user,
        "thread_metadata": metadata,
    }
    if world.bot.id in thread.member_ids:
        joined = thread.member_ids[world.bot.id]
        body["member"] = thread_member_json(channel, world.bot.id, joined)
    return body


def channel_json(world: World, channel: Channel) -> Json:
    """Return a channel, thread or DM as the bot sees it."""
    body: Json = {
        "id": str(channel.id),
        "type": int(channel.type),
        "flags": 0,
        "last_message_id": str(channel.message_ids[-1]) if channel.message_ids else None,
    }
    if channel.is_dm:
        others = [each for each in channel.recipient_ids if each != world.bot.id]
        return body | {"recipients": [user_json(world.users[each]) for each in others]}
    body |= {"guild_id": str(channel.guild_id), "name": channel.name}
    if channel.thread is not None:
        return body | _thread_json(world, channel, channel.thread)
    return body | {
        "parent_id": None if channel.parent_id is None else str(channel.parent_id),
        "position": channel.position,
        "topic": channel.topic,
        "nsfw": False,
        "rate_limit_per_user": channel.rate_limit_per_user,
        "permission_overwrites": [
            {
                "id": str(each.id),
                "type": int(each.type),
                "allow": str(int(each.allow)),
                "deny": str(int(each.deny)),
            }
            for each in channel.overwrites
        ],
    }


def guild_json(guild: Guild) -> Json:
    """Return a server without its channels, threads and members."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "owner_id": str(guild.owner_id),
        "roles": [role_json(role) for role in guild.roles.values()],
        "emojis": [],
        "stickers": [],
        "features": [],
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "afk_timeout": 300,
        "system_channel_flags": 0,
        "preferred_locale": guild.locale,
        "approximate_member_count": len(guild.members),
    }


def gateway_guild_json(world: World, guild: Guild, *, all_members: bool) -> Json:
    """Return a server with all that the bot sees of it, as GUILD_CREATE carries it."""
    channels = [world.channels[channel_id] for channel_id in guild.channel_ids]
    members = [
        member for member in guild.members.values() if all_members or member.user_id == world.bot.id
    ]
    return guild_json(guild) | {
        "unavailable": False,
        "large": len(guild.members) > 250,
        "joined_at": timestamp(guild.members[world.bot.id].joined_at),
        "member_count": len(guild.members),
        "channels": [channel_json(world, channel) for channel in channels],
        "threads": [
            channel_json(world, channel)
            for channel, thread in world.threads_of(guild)
            if not thread.archived and world.can_see(world.bot.id, channel)
        ],
        "members": [member_json(world, member) for member in members],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def guild_permissions_of(guild: Guild, member: Member) -> int:
    """Return what a member may do in a server as a whole."""
    return int(
        guild_permissions(
            owner=guild.owner_id == member.user_id,
            everyone_permissions=guild.roles[guild.id].permissions,
            role_permissions=[guild.roles[role_id].permissions for role_id in member.role_ids],
        )
    )


def application_json(world: World, flags: int) -> Json:
    """Return the bot's application."""
    return {
        "id": str(world.bot.id),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "summary": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": flags,
        "owner": user_json(next(user for user in world.users.values())),
        "team": None,
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "approximate_guild_count": sum(
            world.bot.id in guild.members for guild in world.guilds.values()
        ),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
    }


def command_json(command: Command) -> Json:
    """Return a registered command."""
    return command.definition


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
    if message.nonce is not None:
        body["nonce"] = message.nonce
    if message.interaction is not None:
        body |= _interaction_fields(world, message, message.interaction)
    if message.reply_to is not None:
        body |= _reference_fields(world, message, message.reply_to, nested, content_hidden)
    if message.thread_id is not None and (thread := world.channels.get(message.thread_id)):
        body["thread"] = channel_json(world, thread)
    if message.reactions:
        body["reactions"] = [
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
    return body


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
        body["referenced_message"] = (
            None
            if target is None
            else message_json(world, target, content_hidden=content_hidden, nested=True)
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


def members_by_id(world: World, guild: Guild, user_ids: Iterable[int]) -> list[Json]:
    """Return those of some users who are members."""
    return [
        member_json(world, guild.members[user_id])
        for user_id in user_ids
        if user_id in guild.members
    ]
