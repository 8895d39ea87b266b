"""Routes for users, guilds, the application and the gateway's address."""

from aiohttp import web

from sandbox.discord import problems
from sandbox.discord.checks_form import Form
from sandbox.discord.model import Guild
from sandbox.discord.payloads import (
    application_json,
    channel_json,
    guild_json,
    member_json,
    role_json,
    user_json,
)
from sandbox.discord.rest.exchange import API, Api, answer, body_of, nothing, snowflake

ROUTES = web.RouteTableDef()


@ROUTES.get("/gateway")
async def get_gateway(request: web.Request) -> web.Response:
    """Return where the gateway is."""
    return answer({"url": request.app[API].gateway_url})


@ROUTES.get("/gateway/bot")
async def get_bot_gateway(request: web.Request) -> web.Response:
    """Return where the gateway is, and how many shards and identifies a bot has."""
    api = request.app[API]
    limits = {
        "total": 1000,
        "remaining": api.identifies_left(),
        "reset_after": 86_400_000,
        "max_concurrency": api.max_concurrency,
    }
    return answer({"url": api.gateway_url, "shards": api.shards, "session_start_limit": limits})


@ROUTES.get("/users/@me")
async def get_me(request: web.Request) -> web.Response:
    """Return the bot's own user."""
    world = request.app[API].world
    mine = {"mfa_enabled": False, "locale": "en-US", "verified": True, "email": None}
    return answer(user_json(world.bot) | mine)


@ROUTES.get("/users/{user_id}")
async def get_user(request: web.Request) -> web.Response:
    """Return a user."""
    world = request.app[API].world
    return answer(user_json(world.user(snowflake(request, "user_id"))))


@ROUTES.post("/users/@me/channels")
async def open_dm(request: web.Request) -> web.Response:
    """Open a DM, or return the one that there is."""
    world = request.app[API].world
    form = Form(body_of(request).object())
    recipient = form["recipient_id"].snowflake(required=True)
    form.raise_faults()
    user = world.user(recipient or 0)
    if user.bot:
        raise problems.cannot_message_user()
    return answer(channel_json(world, world.dm(world.bot.id, user.id)))


@ROUTES.get("/oauth2/applications/@me")
@ROUTES.get("/applications/@me")
async def get_application(request: web.Request) -> web.Response:
    """Return the bot's application."""
    api = request.app[API]
    return answer(application_json(api.world, api.application_flags))


def _guild(api: Api, request: web.Request) -> Guild:
    guild = api.world.guild(snowflake(request, "guild_id"))
    if api.world.bot.id not in guild.members:
        raise problems.unknown_guild()
    return guild


@ROUTES.get("/guilds/{guild_id}")
async def get_guild(request: web.Request) -> web.Response:
    """Return a server."""
    api = request.app[API]
    return answer(guild_json(_guild(api, request)))


@ROUTES.get("/guilds/{guild_id}/channels")
async def list_channels(request: web.Request) -> web.Response:
    """Return a server's channels, without threads."""
    api = request.app[API]
    guild = _guild(api, request)
    return answer([channel_json(api.world, api.world.channels[each]) for each in guild.channel_ids])


@ROUTES.get("/guilds/{guild_id}/roles")
async def list_roles(request: web.Request) -> web.Response:
    """Return a server's roles."""
    guild = _guild(request.app[API], request)
    return answer([role_json(role) for role in guild.roles.values()])


@ROUTES.get("/guilds/{guild_id}/members")
async def list_members(request: web.Request) -> web.Response:
    """Return a server's members in the order of their ids."""
    api = request.app[API]
    guild = _guild(api, request)
    after = int(request.query.get("after", "0"))
    limit = int(request.query.get("limit", "1"))
    chosen = sorted(user_id for user_id in guild.members if user_id > after)[:limit]
    return answer([member_json(api.world, guild.members[user_id]) for user_id in chosen])


@ROUTES.get("/guilds/{guild_id}/members/{user_id}")
async def get_member(request: web.Request) -> web.Response:
    """Return a member."""
    api = request.app[API]
    guild = _guild(api, request)
    user = api.world.user(snowflake(request, "user_id"))
    if user.id not in guild.members:
        raise problems.unknown_member()
    return answer(member_json(api.world, guild.members[user.id]))


@ROUTES.get("/guilds/{guild_id}/threads/active")
async def list_active_threads(request: web.Request) -> web.Response:
    """Return a server's threads that are awake and that the bot sees."""
    api = request.app[API]
    shown = [
        channel_json(api.world, channel)
        for channel, thread in api.world.threads_of(_guild(api, request))
        if not thread.archived and api.world.can_see(api.world.bot.id, channel)
    ]
    return answer({"threads": shown, "members": [], "has_more": False})


@ROUTES.delete("/users/@me/guilds/{guild_id}")
async def leave_guild(request: web.Request) -> web.Response:
    """Leave a server."""
    api = request.app[API]
    api.world.remove_member(_guild(api, request), api.world.bot.id)
    return nothing()
