"""The JSON in which Discord speaks of its things."""

from datetime import UTC, datetime

from sandbox.discord.model import (
    Attachment,
    Channel,
    ChannelType,
    Guild,
    Json,
    Member,
    Role,
    ThreadState,
    User,
)
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
        "color": role.colour,
        "colors": {
            "primary_color": role.colour,
            "secondary_color": None,
            "tertiary_color": None,
        },
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


_NOT_OF_OUR_GUILDS = (
    *("description", "banner", "splash", "discovery_splash", "home_header", "vanity_url_code"),
    *("application_id", "afk_channel_id", "widget_channel_id"),
    *("rules_channel_id", "public_updates_channel_id", "safety_alerts_channel_id"),
    *("max_presences", "incidents_data"),
)
"""What Discord says of every server, and what these servers do not have."""


def guild_json(guild: Guild) -> Json:
    """Return a server without its channels, threads and members."""
    system = guild.system_channel_id
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
        "region": "deprecated",
        "max_members": 500_000,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "widget_enabled": False,
        "system_channel_id": None if system is None else str(system),
        "nsfw": False,
        **dict.fromkeys(_NOT_OF_OUR_GUILDS),
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


def application_json(world: World, flags: int) -> Json:
    """Return the bot's application."""
    return {
        "id": str(world.bot.id),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
        "owner": user_json(next(user for user in world.users.values() if not user.bot)),
        "team": None,
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "approximate_guild_count": sum(
            world.bot.id in guild.members for guild in world.guilds.values()
        ),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
    }
