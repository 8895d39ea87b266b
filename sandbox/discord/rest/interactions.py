"""Routes that an interaction's token opens: callback, original response, follow-ups."""

from typing import Any

from aiohttp import web

from sandbox.discord import interactions, posting, problems
from sandbox.discord.checks import (
    check_autocomplete,
    check_create,
    check_deferral,
    check_edit,
    check_modal,
)
from sandbox.discord.model import CallbackType, Interaction, Json, Message
from sandbox.discord.payloads_messages import message_json
from sandbox.discord.rest.exchange import API, Api, answer, body_of, nothing, snowflake
from sandbox.discord.rest.messages import checked_edit, described
from sandbox.discord.rest.reading import Body

ROUTES = web.RouteTableDef()
_TOKEN = "/webhooks/{application_id}/{token}"  # noqa: S105 - a place in a path
_ORIGINAL = _TOKEN + "/messages/@original"
_MESSAGE = _TOKEN + "/messages/{message_id}"


@ROUTES.post("/interactions/{interaction_id}/{token}/callback")
async def acknowledge(request: web.Request) -> web.Response:
    """Answer an interaction for the first time."""
    api, body = request.app[API], body_of(request)
    interaction = interactions.awaiting(
        api.world, snowflake(request, "interaction_id"), request.match_info["token"]
    )
    payload = body.object()
    type_ = interactions.allowed_callback(interaction, payload.get("type", 0))
    data: Json = payload.get("data") or {}
    _check(api, interaction, type_, data, body)
    uploads = described(body.uploads, data)
    message = interactions.acknowledge(api.world, interaction, type_, data, uploads)
    if request.query.get("with_response", "").lower() not in ("1", "true"):
        return nothing()
    return answer(_callback_json(api, interaction, type_, message))


def _check(api: Api, interaction: Interaction, type_: CallbackType, data: Json, body: Body) -> None:
    if type_ is CallbackType.MESSAGE:
        check_create(data, body.names, within="data")
    elif type_ is CallbackType.DEFERRED_MESSAGE:
        check_deferral(data)
    elif type_ is CallbackType.AUTOCOMPLETE:
        check_autocomplete(data)
    elif type_ is CallbackType.MODAL:
        check_modal(data)
    elif type_ is CallbackType.UPDATE:
        message = api.world.messages.get(interaction.message_id or 0)
        if message is None:
            raise problems.unknown_message()
        check_edit(
            data,
            current_flags=int(message.flags),
            current=message_json(api.world, message),
            file_names=body.names,
            within="data",
        )


def _callback_json(
    api: Api, interaction: Interaction, type_: CallbackType, message: Message | None
) -> Json:
    about: Json = {"id": str(interaction.id), "type": int(interaction.type)}
    body: dict[str, Any] = {"interaction": about}
    if message is not None:
        about["response_message_id"] = str(message.id)
        about["response_message_loading"] = message.loading
        about["response_message_ephemeral"] = message.ephemeral
        about["channel_id"] = str(interaction.channel_id)
        if interaction.guild_id is not None:
            about["guild_id"] = str(interaction.guild_id)
    if message is not None and type_ is not CallbackType.DEFERRED_UPDATE:
        body["resource"] = {"type": int(type_), "message": message_json(api.world, message)}
    return body


def _interaction(api: Api, request: web.Request) -> Interaction:
    return interactions.by_token(
        api.world, snowflake(request, "application_id"), request.match_info["token"]
    )


@ROUTES.post(_TOKEN)
async def follow_up(request: web.Request) -> web.Response:
    """Send a further message."""
    api, body = request.app[API], body_of(request)
    interaction, payload = _interaction(api, request), body.object()
    check_create(payload, body.names)
    message = interactions.follow_up(
        api.world, interaction, payload, described(body.uploads, payload)
    )
    # An interaction's follow-up always answers with its message, whatever `wait` says.
    return answer(message_json(api.world, message))


@ROUTES.get(_ORIGINAL)
async def get_original(request: web.Request) -> web.Response:
    """Return the original response."""
    api = request.app[API]
    message = interactions.original(api.world, _interaction(api, request))
    return answer(message_json(api.world, message))


@ROUTES.patch(_ORIGINAL)
async def edit_original(request: web.Request) -> web.Response:
    """Edit the original response; a deferral becomes an answer so."""
    api = request.app[API]
    message = interactions.original(api.world, _interaction(api, request))
    return answer(message_json(api.world, _edited(api, message, request)))


@ROUTES.delete(_ORIGINAL)
async def delete_original(request: web.Request) -> web.Response:
    """Delete the original response."""
    api = request.app[API]
    posting.delete(api.world, interactions.original(api.world, _interaction(api, request)))
    return nothing()


@ROUTES.get(_MESSAGE)
async def get_response(request: web.Request) -> web.Response:
    """Return a message that came from this interaction."""
    api = request.app[API]
    return answer(message_json(api.world, _response(api, request)))


@ROUTES.patch(_MESSAGE)
async def edit_response(request: web.Request) -> web.Response:
    """Edit a message that came from this interaction."""
    api = request.app[API]
    message = _response(api, request)
    return answer(message_json(api.world, _edited(api, message, request)))


@ROUTES.delete(_MESSAGE)
async def delete_response(request: web.Request) -> web.Response:
    """Delete a message that came from this interaction."""
    api = request.app[API]
    posting.delete(api.world, _response(api, request))
    return nothing()


def _response(api: Api, request: web.Request) -> Message:
    interaction = _interaction(api, request)
    return interactions.response(api.world, interaction, snowflake(request, "message_id"))


def _edited(api: Api, message: Message, request: web.Request) -> Message:
    channel = api.world.channel(message.channel_id)
    if channel.thread is not None and channel.thread.archived:
        raise problems.archived()
    return checked_edit(api, message, body_of(request))
