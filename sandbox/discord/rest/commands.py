"""Routes for registering application commands."""

import json
from functools import lru_cache

from aiohttp import web

from sandbox.discord import problems
from sandbox.discord.checks import check_command, check_commands
from sandbox.discord.rest.exchange import API, Api, answer, body_of, nothing, snowflake

ROUTES = web.RouteTableDef()
_GLOBAL = "/applications/{application_id}/commands"
_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"


def _place(api: Api, request: web.Request) -> int | None:
    if snowflake(request, "application_id") != api.world.bot.id:
        raise problems.unknown_application()
    if "guild_id" not in request.match_info:
        return None
    guild = api.world.guild(snowflake(request, "guild_id"))
    if api.world.bot.id not in guild.members:
        raise problems.missing_access()
    return guild.id


@ROUTES.get(_GLOBAL)
@ROUTES.get(_GUILD)
async def list_commands(request: web.Request) -> web.Response:
    """Return the commands of a place."""
    api = request.app[API]
    return answer([each.definition for each in api.commands.of(_place(api, request))])


@ROUTES.put(_GLOBAL)
@ROUTES.put(_GUILD)
async def replace_commands(request: web.Request) -> web.Response:
    """Make these all the commands of a place."""
    api = request.app[API]
    place, definitions = _place(api, request), body_of(request).payload
    if not isinstance(definitions, list):
        error = {"code": "LIST_TYPE_CONVERT", "message": "Only iterables may be used here"}
        raise problems.form_body({"_errors": [error]})
    _check_written(json.dumps(definitions))
    return answer([each.definition for each in api.commands.replace_all(place, definitions)])


@lru_cache(maxsize=16)
def _check_written(definitions: str) -> None:
    """Check a set of commands, one that is right only once: a bot sends it at each start."""
    check_commands(json.loads(definitions))


@ROUTES.post(_GLOBAL)
@ROUTES.post(_GUILD)
async def create_command(request: web.Request) -> web.Response:
    """Create a command, or replace the one of the same name: 201 or 200."""
    api = request.app[API]
    place, definition = _place(api, request), body_of(request).object()
    check_command(definition)
    command, is_new = api.commands.put(place, definition)
    return answer(command.definition, 201 if is_new else 200)


@ROUTES.get(_GLOBAL + "/{command_id}")
@ROUTES.get(_GUILD + "/{command_id}")
async def get_command(request: web.Request) -> web.Response:
    """Return one command."""
    api = request.app[API]
    place = _place(api, request)
    return answer(api.commands.get(place, snowflake(request, "command_id")).definition)


@ROUTES.patch(_GLOBAL + "/{command_id}")
@ROUTES.patch(_GUILD + "/{command_id}")
async def edit_command(request: web.Request) -> web.Response:
    """Change some of a command."""
    api = request.app[API]
    place, changes = _place(api, request), body_of(request).object()
    command = api.commands.get(place, snowflake(request, "command_id"))
    check_command({**command.definition, **changes})
    return answer(api.commands.edit(place, command.id, changes).definition)


@ROUTES.delete(_GLOBAL + "/{command_id}")
@ROUTES.delete(_GUILD + "/{command_id}")
async def delete_command(request: web.Request) -> web.Response:
    """Remove a command."""
    api = request.app[API]
    api.commands.delete(_place(api, request), snowflake(request, "command_id"))
    return nothing()
