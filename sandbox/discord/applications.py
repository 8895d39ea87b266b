"""What others than people and this bot post: other bots, webhooks, forwards, polls."""

from sandbox.discord import posting
from sandbox.discord.checks import check_create
from sandbox.discord.model import Channel, Json, Message, User
from sandbox.discord.payloads import attachment_json, timestamp
from sandbox.discord.world import World

POLL_LASTS = 24 * 3600.0
"""Seconds in which people can vote."""


def post_as_bot(world: World, channel: Channel, author: User, payload: Json) -> Message:
    """Let another bot post a message: words, embeds or a layout."""
    check_create(payload, [])
    return posting.post(world, channel, author.id, posting.Draft(payload))


def post_by_webhook(world: World, channel: Channel, name: str, payload: Json) -> Message:
    """Let a webhook post under any name; it is no member, and its messages say whose they are."""
    check_create(payload, [])
    author = world.add_user(name, bot=True)
    return posting.post(world, channel, author.id, posting.Draft(payload, webhook_id=author.id))


def forward(world: World, channel: Channel, author: User, message: Message) -> Message:
    """Let somebody forward a message: the new one holds it as it is now, without its author."""
    snapshot: Json = {
        "type": int(message.type),
        "content": message.content,
        "embeds": message.embeds,
        "components": message.components,
        "attachments": [attachment_json(world, it) for it in message.attachments],
        "mentions": [],
        "mention_roles": [],
        "flags": int(message.flags),
        "timestamp": timestamp(message.created_at),
        "edited_timestamp": None,
    }
    draft = posting.Draft({"content": ""}, snapshots=({"message": snapshot},))
    return posting.post(world, channel, author.id, draft)


def ask_poll(
    world: World, channel: Channel, author: User, question: str, answers: list[str]
) -> Message:
    """Let somebody ask everybody something."""
    poll: Json = {
        "question": {"text": question},
        "answers": [
            {"answer_id": number, "poll_media": {"text": text}}
            for number, text in enumerate(answers, start=1)
        ],
        "expiry": timestamp(world.clock() + POLL_LASTS),
        "allow_multiselect": False,
        "layout_type": 1,
        "results": {"is_finalized": False, "answer_counts": []},
    }
    return posting.post(world, channel, author.id, posting.Draft({"content": ""}, poll=poll))
