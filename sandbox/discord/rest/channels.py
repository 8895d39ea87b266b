"""Routes for channels, threads and those in them."""

from aiohttp import web

from sandbox.discord import problems, threads
from sandbox.discord.checks import check_auto_archive, check_thread_name
from sandbox.discord.membership import add_member, remove_member, state_of
from sandbox.discord.model import Channel, ChannelType, Json
from sandbox.discord.payloads import channel_json, member_json, thread_member_json, timestamp
from sandbox.discord.permissions import Permission
from sandbox.discord.rest.exchange import API, Api, answer, body_of, nothing, snowflake
from sandbox.discord.rest.messages import visible_message

ROUTES = web.RouteTableDef()
_CHANNEL = "/channels/{channel_id}"


def _channel(api: Api, request: web.Request) -> Channel:
    channel = api.world.channel(snowflake(request, "channel_id"))
    api.world.require(api.world.bot.id, channel)
    return channel


@ROUTES.get(_CHANNEL)
async def get_channel(request: web.Request) -> web.Response:
    """Return a channel or thread."""
    api = request.app[API]
    return answer(channel_json(api.world, _channel(api, request)))


@ROUTES.patch(_CHANNEL)
async def edit_channel(request: web.Request) -> web.Response:
    """Rename a channel or thread, archive, lock or wake a thread."""
    api = request.app[API]
    channel, changes = _channel(api, request), body_of(request).object()
    if channel.is_dm:
        raise problems.wrong_channel_type()
    if "name" in changes:
        check_thread_name(changes["name"])
    if channel.thread is None:
        api.world.require(api.world.bot.id, channel, Permission.MANAGE_CHANNELS)
        channel.name = changes.get("name", channel.name)
        channel.topic = changes.get("topic", channel.topic)
        api.world.emit("CHANNEL_UPDATE", channel, channel)
    else:
        _edit_thread(api, channel, changes)
    return answer(channel_json(api.world, channel))


def _edit_thread(api: Api, thread: Channel, changes: Json) -> None:
    world, state = api.world, state_of(thread)
    permissions = world.require(world.bot.id, thread)
    moderator = Permission.MANAGE_THREADS in permissions
    check_auto_archive(changes.get("auto_archive_duration"))
    others_only = {"locked", "rate_limit_per_user"} & changes.keys()
    if not moderator and (state.owner_id != world.bot.id or others_only):
        # Everybody who may write there may wake a thread that is not locked.
        wakes = changes.keys() == {"archived"} and changes["archived"] is False
        if not (wakes and Permission.SEND_MESSAGES_IN_THREADS in permissions):
            raise problems.missing_permissions()
    if state.locked and not moderator:
        raise problems.missing_permissions()
    stays_archived = changes.get("archived", state.archived)
    if state.archived and stays_archived:
        raise problems.archived()
    threads.rename(world, thread, changes.get("name", thread.name), world.bot.id)
    thread.rate_limit_per_user = changes.get("rate_limit_per_user") or thread.rate_limit_per_user
    state.auto_archive_minutes = changes.get("auto_archive_duration") or state.auto_archive_minutes
    state.invitable = changes.get("invitable", state.invitable)
    state.locked = changes.get("locked", state.locked)
    threads.set_archived(world, thread, stays_archived)
    world.emit("THREAD_UPDATE", thread, thread)


@ROUTES.delete(_CHANNEL)
async def delete_channel(request: web.Request) -> web.Response:
    """Delete a channel or thread."""
    api = request.app[API]
    channel = _channel(api, request)
    if channel.is_dm:
        return answer(channel_json(api.world, channel))
    needed = Permission.MANAGE_THREADS if channel.thread else Permission.MANAGE_CHANNELS
    api.world.require(api.world.bot.id, channel, needed)
    body = channel_json(api.world, channel)
    api.world.delete_channel(channel)
    return answer(body)


@ROUTES.post(_CHANNEL + "/typing")
async def trigger_typing(request: web.Request) -> web.Response:
    """Let it be seen that the bot is writing."""
    api = request.app[API]
    channel = _channel(api, request)
    needed = Permission.SEND_MESSAGES_IN_THREADS if channel.thread else Permission.SEND_MESSAGES
    api.world.require(api.world.bot.id, channel, needed)
    api.world.emit("TYPING_START", channel, api.world.bot)
    return nothing()


def _wish(payload: Json, default_type: ChannelType) -> threads.ThreadWish:
    check_thread_name(payload.get("name"))
    check_auto_archive(payload.get("auto_archive_duration"))
    type_ = payload.get("type", int(default_type))
    if type_ not in (10, 11, 12):
        error = {
            "code": "BASE_TYPE_CHOICES",
            "message": "Value must be one of (10, 11, 12).",
        }
        raise problems.form_body({"type": {"_errors": [error]}})
    return threads.ThreadWish(
        payload["name"].strip(),
        ChannelType(type_),
        payload.get("auto_archive_duration") or 4320,
        bool(payload.get("invitable", True)),
    )


@ROUTES.post(_CHANNEL + "/threads")
async def start_thread(request: web.Request) -> web.Response:
    """Begin a thread without a message: a private one unless `type` says otherwise."""
    api = request.app[API]
    parent = _channel(api, request)
    wish = _wish(body_of(request).object(), ChannelType.PRIVATE_THREAD)
    thread = threads.start(api.world, parent, api.world.bot.id, wish)
    return answer(channel_json(api.world, thread), 201)


@ROUTES.post(_CHANNEL + "/messages/{message_id}/threads")
async def start_thread_from_message(request: web.Request) -> web.Response:
    """Begin a public thread on a message."""
    api = request.app[API]
    parent, message = visible_message(api, request)
    wish = _wish(body_of(request).object(), ChannelType.PUBLIC_THREAD)
    thread = threads.start_from_message(api.world, parent, message, api.world.bot.id, wish)
    return answer(channel_json(api.world, thread), 201)


def _thread_for_members(api: Api, request: web.Request) -> Channel:
    thread = _channel(api, request)
    if state_of(thread).archived:
        raise problems.archived()
    return thread


@ROUTES.put(_CHANNEL + "/thread-members/@me")
async def join_thread(request: web.Request) -> web.Response:
    """Join a thread."""
    api = request.app[API]
    add_member(api.world, _thread_for_members(api, request), api.world.bot.id)
    return nothing()


@ROUTES.put(_CHANNEL + "/thread-members/{user_id}")
async def add_thread_member(request: web.Request) -> web.Response:
    """Put somebody who can see the channel into a thread."""
    api = request.app[API]
    world, thread = api.world, _thread_for_members(api, request)
    world.require(world.bot.id, thread, Permission.SEND_MESSAGES_IN_THREADS)
    user = world.user(snowflake(request, "user_id"))
    guild = world.guild_of(thread)
    if guild is None or user.id not in guild.members:
        raise problems.unknown_member()
    if not world.can_see(user.id, world.parent_of(thread)):
        raise problems.missing_access()
    add_member(world, thread, user.id)
    return nothing()


@ROUTES.delete(_CHANNEL + "/thread-members/@me")
async def leave_thread(request: web.Request) -> web.Response:
    """Leave a thread."""
    api = request.app[API]
    remove_member(api.world, _thread_for_members(api, request), api.world.bot.id)
    return nothing()


@ROUTES.delete(_CHANNEL + "/thread-members/{user_id}")
async def remove_thread_member(request: web.Request) -> web.Response:
    """Take somebody out of a thread: a moderator may, or who made a private one."""
    api = request.app[API]
    world, thread = api.world, _thread_for_members(api, request)
    owns = thread.type is ChannelType.PRIVATE_THREAD and state_of(thread).owner_id == world.bot.id
    if not owns:
        world.require(world.bot.id, thread, Permission.MANAGE_THREADS)
    remove_member(world, thread, snowflake(request, "user_id"))
    return nothing()


@ROUTES.get(_CHANNEL + "/thread-members")
async def list_thread_members(request: web.Request) -> web.Response:
    """Return who is in a thread."""
    api = request.app[API]
    thread = _channel(api, request)
    members = state_of(thread).member_ids
    return answer([thread_member_json(thread, who, since) for who, since in members.items()])


@ROUTES.get(_CHANNEL + "/thread-members/{user_id}")
async def get_thread_member(request: web.Request) -> web.Response:
    """Return somebody's place in a thread."""
    api = request.app[API]
    thread = _channel(api, request)
    text = request.match_info["user_id"]
    user_id = api.world.bot.id if text == "@me" else snowflake(request, "user_id")
    members = state_of(thread).member_ids
    if user_id not in members:
        raise problems.unknown_member()
    body = thread_member_json(thread, user_id, members[user_id])
    guild = api.world.guild_of(thread)
    if request.query.get("with_member") in ("1", "true", "True") and guild is not None:
        body["member"] = member_json(api.world, guild.members[user_id])
    return answer(body)


@ROUTES.get(_CHANNEL + "/threads/archived/{kind:public|private}")
async def list_archived_threads(request: web.Request) -> web.Response:
    """Return a channel's archived threads, those archived last first."""
    api = request.app[API]
    parent = _channel(api, request)
    private = request.match_info["kind"] == "private"
    if private:
        api.world.require(api.world.bot.id, parent, Permission.MANAGE_THREADS)
    found = [
        (state.archived_at, thread)
        for thread in api.world.channels.values()
        if (state := thread.thread) is not None
        and thread.parent_id == parent.id
        and (thread.type is ChannelType.PRIVATE_THREAD) is private
        and state.archived
    ]
    before = request.query.get("before")
    found = [pair for pair in found if before is None or timestamp(pair[0]) < before]
    found.sort(key=lambda pair: pair[0], reverse=True)
    limit = int(request.query.get("limit", "50"))
    shown = [channel_json(api.world, thread) for _, thread in found[:limit]]
    return answer({"threads": shown, "members": [], "has_more": len(found) > limit})
