"""Keeps for whom the bot opened a thread: in Discord such a thread is the bot's own."""

from sqlalchemy import select

from bot.messages import Place
from bot.storage.tables import conversations
from bot.storage.work import Work


class ThreadBook:
    """Remembers threads' owners, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def begin(self, place: Place, owner_id: int) -> None:
        """Remember for whom the bot opened a thread, with its conversation."""
        new = self._work.insert(conversations).values(
            channel_id=place.channel_id, guild_id=place.guild_id, owner_id=owner_id
        )
        await self._work.run(
            new.on_conflict_do_update(index_elements=["channel_id"], set_={"owner_id": owner_id})
        )

    async def owner(self, channel_id: int) -> int | None:
        """Return for whom the bot opened a thread; None where it opened none."""
        found: int | None = await self._work.value(
            select(conversations.c.owner_id).where(conversations.c.channel_id == channel_id)
        )
        return found
