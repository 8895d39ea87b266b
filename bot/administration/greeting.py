"""Which servers the bot has introduced itself to."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.ports import Storage

FRESH = timedelta(days=1)
"""So long after it was joined a server that turns up is still greeted: the bot was away."""


class GreetingDesk:
    """Lets one process greet a server, once each time that the bot joins it."""

    def __init__(self, storage: Storage, *, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._now = now

    async def claim(self, guild_id: int, joined_at: datetime, *, is_new: bool = False) -> bool:
        """Take it upon the caller to greet; False where that was done, or it is too late.

        It is never too late for one that `is_new`: Discord says that the bot has just joined it,
        whatever its clock, or ours, says. It is noted before anything is said: after a kill in
        between nothing is said, never twice.
        """
        if not is_new and self._now() - joined_at > FRESH:
            return False
        async with self._storage.writing() as tx:
            claimed = await tx.warnings.greet(guild_id, joined_at)
            await tx.commit()
        return claimed
