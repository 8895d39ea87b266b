"""Routes for the messages of a channel."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aiohttp import web

from sandbox.discord import posting, problems, threads
from sandbox.discord.checks import check_create, check_edit
from sandbox.discord.model import Channel, Json, Message, MessageType, Upload
from sandbox.discord.payloads_messages import message_json
from sandbox.discord.permissions import Permission
from sandbox.discord.rest.exchange import API, Api, answer, body_of, nothing, snowflake
from sandbox.discord.rest.reading import Body

ROUTES = web.RouteTableDef()
_MESSAGES = "/channels/{channel_id}/messages"
_MESSAGE = _MESSAGES + "/{message_id}"


def described(uploads: Sequence[Upload], payload: Json) -> tuple[Upload, ...]:
    """Return files with the names and descriptions that the JSON gives them."""
    listed = {str(each.get("id")): each for each in payload.get("attachments") or ()}
    return tuple(
        replace(
            upload,
            name=listed.get(str(index), {}).get("filename") or upload.name,
            description=listed.get(str(index), {}).get("description"),
        )
        for index, upload in enumerate(uploads)
    )


def checked_edit(api: Api, message: Message, body: Body) -> Message:
    """Edit a message once its new form has passed every check."""
    payload = body.object()
    check_edit(
        payload,
        current_flags=int(message.flags),
        current=message_json(api.world, message),
        file_names=body.names,
    )
    return posting.edit(api.world, message, payload, described(body.uploads, payload))


def visible_message(api: Api, request: web.Request) -> tuple[Channel, Message]:
    """Return the message of a path, or raise 10003, 50001 or 10008: ephemerals are not there."""
    channel = api.world.channel(snowflake(request, "channel_id"))
    api.world.require(api.world.bot.id, channel)
    message = api.world.message(channel.id, snowflake(request, "message_id"))
    if message.ephemeral:
        raise problems.unknown_message()
    return channel, message


@ROUTES.post(_MESSAGES)
async def create_message(request: web.Request) -> web.Response:
    """Send a message."""
    api, body = request.app[API], body_of(request)
    world, payload = api.world, body.object()
    channel = world.channel(snowflake(request, "channel_id"))
    permissions = world.require(world.bot.id, channel)
    if channel.type not in (*threads.THREADED, 1, 10, 11, 12):
        raise problems.wrong_channel_type()
    _check_dm(api, channel)
    needs = [Permission.ATTACH_FILES] if body.uploads else []
    needs += [Permission.EMBED_LINKS] if payload.get("embeds") else []
    check_create(payload, body.names, may_be_ephemeral=False)
    reply_to = _reply_target(api, channel, payload.get("message_reference"))
    if reply_to is not None and Permission.READ_MESSAGE_HISTORY not in permissions:
        raise problems.no_replies()
    if any(needed not in permissions for needed in needs):
        raise problems.missing_permissions()
    same = world.nonces.find(world.bot.id, channel.id, payload)
    if same in world.messages:
        return answer(message_json(world, world.messages[same]))
    threads.open_for_writing(world, channel, world.bot.id)
    draft = posting.Draft(
        payload,
        described(body.uploads, payload),
        MessageType.DEFAULT if reply_to is None else MessageType.REPLY,
        reply_to,
    )
    message = posting.post(world, channel, world.bot.id, draft)
    world.nonces.remember(message)
    return answer(message_json(world, message))


def _check_dm(api: Api, channel: Channel) -> None:
    if not channel.is_dm:
        return
    world = api.world
    for user_id in channel.recipient_ids:
        shared = any(
            user_id in guild.members and world.bot.id in guild.members
            for guild in world.guilds.values()
        )
        if user_id != world.bot.id and not (shared and world.users[user_id].accepts_dms):
            raise problems.cannot_message_user()


def _reply_target(api: Api, channel: Channel, reference: Json | None) -> int | None:
    if not reference:
        return None
    target = api.world.messages.get(int(reference["message_id"]))
    if target is not None and target.channel_id == channel.id and not target.ephemeral:
        return target.id
    if reference.get("fail_if_not_exists", True):
        error = {"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}
        raise problems.form_body({"message_reference": {"_errors": [error]}})
    return None


@ROUTES.get(_MESSAGES)
async def list_messages(request: web.Request) -> web.Response:
    """Return messages, the newest first; without READ_MESSAGE_HISTORY none."""
    api = request.app[API]
    world = api.world
    channel = world.channel(snowflake(request, "channel_id"))
    permissions = world.require(world.bot.id, channel)
    limit = _limit(request.query.get("limit", "50"))
    found = world.visible_messages(0, channel)
    if Permission.READ_MESSAGE_HISTORY not in permissions:
        found = []
    if (before := _id(request, "before")) is not None:
        found = [message for message in found if message.id < before][-limit:]
    elif (after := _id(request, "after")) is not None:
        found = [message for message in found if message.id > after][:limit]
    elif (around := _id(request, "around")) is not None:
        earlier = [message for message in found if message.id < around][-(limit // 2) :]
        later = [message for message in found if message.id >= around]
        found = earlier + later[: limit - len(earlier)]
    else:
        found = found[-limit:]
    return answer([message_json(world, message) for message in reversed(found)])


def _limit(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        error = {
            "code": "NUMBER_TYPE_MAX",
            "message": "int value should be between 1 and 100.",
        }
        raise problems.form_body({"limit": {"_errors": [error]}})
    return int(text)


def _id(request: web.Request, name: str) -> int | None:
    text = request.query.get(name)
    return int(text) if text is not None and text.isdecimal() else None


@ROUTES.get(_MESSAGE)
async def get_message(request: web.Request) -> web.Response:
    """Return one message."""
    api = request.app[API]
    channel, message = visible_message(api, request)
    api.world.require(api.world.bot.id, channel, Permission.READ_MESSAGE_HISTORY)
    return answer(message_json(api.world, message))


@ROUTES.patch(_MESSAGE)
async def edit_message(request: web.Request) -> web.Response:
    """Edit one of the bot's own messages."""
    api = request.app[API]
    _, message = visible_message(api, request)
    posting.check_editable(api.world, message, api.world.bot.id)
    return answer(message_json(api.world, checked_edit(api, message, body_of(request))))


@ROUTES.delete(_MESSAGE)
async def delete_message(request: web.Request) -> web.Response:
    """Delete a message: one's own, or with MANAGE_MESSAGES anybody's."""
    api = request.app[API]
    channel, message = visible_message(api, request)
    if message.author_id != api.world.bot.id:
        api.world.require(api.world.bot.id, channel, Permission.MANAGE_MESSAGES)
    if message.type is MessageType.THREAD_STARTER:
        raise problems.system_message()
    if channel.thread is not None and channel.thread.archived:
        raise problems.archived()
    posting.delete(api.world, message)
    return nothing()


@ROUTES.put(_MESSAGE + "/reactions/{emoji}/@me")
async def add_reaction(request: web.Request) -> web.Response:
    """React to a message."""
    api = request.app[API]
    world = api.world
    channel, message = visible_message(api, request)
    emoji = request.match_info["emoji"]
    if emoji not in message.reactions:
        world.require(world.bot.id, channel, Permission.ADD_REACTIONS)
        if len(message.reactions) >= 20:
            raise problems.max_reactions()
    if world.bot.id not in message.reactions.setdefault(emoji, []):
        message.reactions[emoji].append(world.bot.id)
        _tell_reaction(api, "MESSAGE_REACTION_ADD", channel, message, emoji)
    return nothing()


@ROUTES.delete(_MESSAGE + "/reactions/{emoji}/@me")
async def remove_reaction(request: web.Request) -> web.Response:
    """Take one's own reaction back."""
    api = request.app[API]
    channel, message = visible_message(api, request)
    emoji = request.match_info["emoji"]
    if api.world.bot.id not in message.reactions.get(emoji, []):
        raise problems.unknown_emoji()
    message.reactions[emoji].remove(api.world.bot.id)
    if not message.reactions[emoji]:
        del message.reactions[emoji]
    _tell_reaction(api, "MESSAGE_REACTION_REMOVE", channel, message, emoji)
    return nothing()


def _tell_reaction(api: Api, name: str, channel: Channel, message: Message, emoji: str) -> None:
    extra: dict[str, Any] = {"emoji": emoji, "user_id": api.world.bot.id}
    api.world.emit(name, channel, message, extra=extra)
