"""Renames threads of the bot's own, unless a person gave them a name meanwhile."""

from collections.abc import Awaitable, Callable

import discord
from structlog.typing import FilteringBoundLogger

from bot.render.screen.refusals import UNDONE, told_of


def renames_for(
    client: discord.Client, log: FilteringBoundLogger
) -> Callable[[int, str, str], Awaitable[bool]]:
    """Return what renames a thread that still has a certain name; False where it did not."""

    async def rename(thread_id: int, known: str, name: str) -> bool:
        try:
            thread = client.get_channel(thread_id) or await client.fetch_channel(thread_id)
            if not isinstance(thread, discord.Thread) or thread.archived or thread.name != known:
                return False
            await thread.edit(name=name)
        except discord.RateLimited:
            log.info("a thread keeps its name: it was renamed too often of late")
        except UNDONE as error:
            log.info("a thread keeps its name", **told_of(error))
        else:
            return True
        return False

    return rename
