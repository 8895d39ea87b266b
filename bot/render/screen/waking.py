"""Whether an archived thread is worth waking for the answer that stands in it."""

from collections.abc import Iterator
from typing import Any

import discord

from bot.messages import ScreenAddress
from bot.render.screen.compose import STOP

_LOADING = discord.MessageFlags(loading=True).value


async def seems_to_grow(client: discord.Client, address: ScreenAddress) -> bool:
    """Tell whether the last message there offers to stop its answer; unread, it may.

    One that does not tells of an end already, and misses only the cost; one that is still loading
    has shown nothing at all.
    """
    if address.ephemeral or not address.message_ids:
        return True
    try:
        message = await client.http.get_message(address.channel_id, address.message_ids[-1])
    except discord.Forbidden:
        return True
    if int(message.get("flags", 0)) & _LOADING:
        return True
    return any(str(it.get("custom_id", "")).startswith(STOP) for it in _parts(message))


def _parts(holder: Any) -> Iterator[Any]:
    for part in holder.get("components", ()):
        yield part
        yield from _parts(part)
