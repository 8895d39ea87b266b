"""The life of an interaction: created by a person, acknowledged in time, answered by its token."""

import asyncio
import secrets
from collections.abc import Sequence
from typing import Any

from sandbox.discord import posting, problems
from sandbox.discord.display import given
from sandbox.discord.model import (
    ACKNOWLEDGE_WITHIN,
    TOKEN_LIFETIME,
    CallbackType,
    Interaction,
    InteractionType,
    Json,
    Message,
    MessageFlag,
    MessageType,
    Upload,
)
from sandbox.discord.world import World

LATENESS = 0.25
"""Seconds beyond the deadline after which a person is told, to not tell before the bot is late."""


def begin(
    world: World,
    type_: InteractionType,
    user_id: int,
    channel_id: int,
    data: Json,
    **more: Any,
) -> Interaction:
    """Create an interaction, hand it to the bot, and let it fail if no answer comes in time."""
    interaction = Interaction(
        world.ids.next(),
        secrets.token_urlsafe(48),
        type_,
        user_id,
        channel_id,
        world.channel(channel_id).guild_id,
        world.clock(),
        data,
        **more,
    )
    world.interactions[interaction.token] = interaction
    asyncio.get_running_loop().call_later(
        ACKNOWLEDGE_WITHIN + LATENESS, _give_up, world, interaction
    )
    world.emit("INTERACTION_CREATE", world.channel(channel_id), interaction)
    return interaction


def _give_up(world: World, interaction: Interaction) -> None:
    if interaction.callback is None:
        interaction.failed = True
        interaction.settled.set()
        world.emit("INTERACTION_FAILED", world.channels.get(interaction.channel_id), interaction)


def awaiting(world: World, interaction_id: int, token: str) -> Interaction:
    """Return an interaction that may be acknowledged now, or raise 10062 or 40060."""
    interaction = world.interactions.get(token)
    if interaction is None or interaction.id != interaction_id:
        raise problems.unknown_interaction()
    if interaction.callback is not None:
        raise problems.already_acknowledged()
    if interaction.failed or world.clock() - interaction.created_at > ACKNOWLEDGE_WITHIN:
        raise problems.unknown_interaction()
    return interaction


def by_token(world: World, application_id: int, token: str) -> Interaction:
    """Return the acknowledged interaction of a token, or raise 10015 or 50027."""
    interaction = world.interactions.get(token)
    if interaction is None or application_id != world.bot.id or interaction.callback is None:
        raise problems.unknown_webhook()
    if world.clock() - interaction.created_at > TOKEN_LIFETIME:
        raise problems.invalid_token()
    return interaction


ALLOWED = {
    InteractionType.COMMAND: {
        CallbackType.MESSAGE,
        CallbackType.DEFERRED_MESSAGE,
        CallbackType.MODAL,
    },
    InteractionType.COMPONENT: set(CallbackType) - {CallbackType.AUTOCOMPLETE},
    InteractionType.AUTOCOMPLETE: {CallbackType.AUTOCOMPLETE},
    InteractionType.MODAL: set(CallbackType) - {CallbackType.AUTOCOMPLETE, CallbackType.MODAL},
}
"""How each kind of interaction can be answered."""


def allowed_callback(interaction: Interaction, type_: int) -> CallbackType:
    """Return the callback's type, or raise 50035 where this interaction can't be answered so."""
    updates = (CallbackType.UPDATE, CallbackType.DEFERRED_UPDATE)
    fine = type_ in ALLOWED[interaction.type]
    if type_ in updates and interaction.message_id is None:
        fine = False
    if not fine:
        error = {
            "code": "INTERACTION_RESPONSE_TYPE_INVALID",
            "message": "Interaction type can not be answered with this callback type",
        }
        raise problems.form_body({"type": {"_errors": [error]}})
    return CallbackType(type_)


def acknowledge(
    world: World,
    interaction: Interaction,
    type_: CallbackType,
    data: Json,
    uploads: Sequence[Upload],
) -> Message | None:
    """Answer an interaction for the first time and return the message that this made or changed."""
    message: Message | None = None
    if type_ is CallbackType.MODAL:
        interaction.modal = given(data)
    elif type_ is CallbackType.AUTOCOMPLETE:
        interaction.choices = list(data.get("choices") or [])
    elif type_ in (CallbackType.UPDATE, CallbackType.DEFERRED_UPDATE):
        message = world.messages.get(interaction.message_id or 0)
        if message is None:
            raise problems.unknown_message()
        interaction.original_id = message.id
    # Before any event goes out: whoever sees the answer may use it at once.
    interaction.callback = type_
    if type_ is CallbackType.UPDATE and message is not None:
        posting.edit(world, message, data, uploads)
    if type_ in (CallbackType.MESSAGE, CallbackType.DEFERRED_MESSAGE):
        loading = type_ is CallbackType.DEFERRED_MESSAGE
        message = _respond(
            world,
            interaction,
            data,
            uploads,
            MessageFlag.LOADING if loading else MessageFlag(0),
            original=True,
        )
    interaction.settled.set()
    channel = world.channels.get(interaction.channel_id)
    world.emit("INTERACTION_ACKNOWLEDGED", channel, interaction)
    return message


def original(world: World, interaction: Interaction) -> Message:
    """Return the original response, or raise 10008 if there is none (any more)."""
    message = world.messages.get(interaction.original_id or 0)
    if message is None:
        raise problems.unknown_message()
    return message


def follow_up(
    world: World, interaction: Interaction, payload: Json, uploads: Sequence[Upload]
) -> Message:
    """Send a further message; right after a deferral it fills that, ephemeral or not as it is."""
    first = world.messages.get(interaction.original_id or 0)
    if first is not None and first.loading:
        return posting.edit(world, first, payload, uploads)
    return _respond(world, interaction, payload, uploads, MessageFlag(0), original=False)


def response(world: World, interaction: Interaction, message_id: int) -> Message:
    """Return a message that came from this interaction, or raise 10008."""
    message = world.messages.get(message_id)
    if message is None or message_id not in (interaction.original_id, *interaction.followup_ids):
        raise problems.unknown_message()
    return message


def _respond(
    world: World,
    interaction: Interaction,
    payload: Json,
    uploads: Sequence[Upload],
    extra_flags: MessageFlag,
    *,
    original: bool,
) -> Message:
    channel = world.channel(interaction.channel_id)
    ephemeral = MessageFlag.EPHEMERAL in MessageFlag(payload.get("flags") or 0)
    type_, reply_to = _kind(interaction, original)
    return posting.post(
        world,
        channel,
        world.bot.id,
        posting.Draft(
            payload,
            tuple(uploads),
            type_,
            reply_to,
            interaction,
            interaction.user_id if ephemeral else None,
            extra_flags,
        ),
        claim=lambda made: _claim(interaction, made, original=original),
    )


def _claim(interaction: Interaction, message: Message, *, original: bool) -> None:
    if original:
        interaction.original_id = message.id
    else:
        interaction.followup_ids.append(message.id)


def _kind(interaction: Interaction, original: bool) -> tuple[MessageType, int | None]:
    if not original:
        return MessageType.REPLY, interaction.original_id
    if interaction.type is InteractionType.COMMAND:
        if interaction.target_message_id is not None:
            return MessageType.CONTEXT_MENU_COMMAND, interaction.target_message_id
        if interaction.target_user_id is not None:
            return MessageType.CONTEXT_MENU_COMMAND, None
        return MessageType.CHAT_INPUT_COMMAND, None
    if interaction.message_id is not None:
        return MessageType.REPLY, interaction.message_id
    return MessageType.DEFAULT, None
