"""Keeps for whom the bot opened a thread: in Discord such a thread is the bot's own."""

from sqlalchemy import func, or_, select, update

from bot.messages import Person, Place, Turn
from bot.storage.past import REMEMBERED
from bot.storage.tables import answers, conversations, turns
from bot.storage.work import Work


class ThreadBook:
    """Remembers threads' owners, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def begin(self, place: Place, owner_id: int, name: str | None = None) -> None:
        """Remember for whom the bot opened a thread, and the name if the bot chose that."""
        known = {"owner_id": owner_id, "title": name}
        new = self._work.insert(conversations).values(
            channel_id=place.channel_id, guild_id=place.guild_id, **known
        )
        await self._work.run(new.on_conflict_do_update(index_elements=["channel_id"], set_=known))

    async def name(self, channel_id: int) -> str | None:
        """Return the name that the bot chose for a thread; None where it chose none."""
        found: str | None = await self._work.value(
            select(conversations.c.title).where(conversations.c.channel_id == channel_id)
        )
        return found

    async def rename(self, channel_id: int, known: str, name: str) -> None:
        """Remember another name that the bot chose for a thread, unless it has a third one.

        A name whose words were forgotten meanwhile stays so.
        """
        await self._work.run(
            update(conversations)
            .where(conversations.c.channel_id == channel_id, conversations.c.title == known)
            .values(title=name)
        )

    async def answers(self, channel_id: int) -> int:
        """Return how many answers there have been in a thread, for all to see.

        Those count whose words are gone, and not those that were copied into a branch.
        """
        found: int = await self._work.value(
            select(func.count())
            .select_from(answers)
            .join(turns, turns.c.id == answers.c.turn_id)
            .join(conversations, conversations.c.id == turns.c.conversation_id)
            .where(conversations.c.channel_id == channel_id, turns.c.private_to.is_(None))
            .where(answers.c.hold_id != 0, answers.c.state.in_(REMEMBERED))
        )
        return found

    async def first_said(self, channel_id: int) -> Turn | None:
        """Return what a thread began with, for all to see: its words alone; None if that is gone.

        It was said until the first answer: what names a thread is forgotten with such words.
        """
        here = (
            conversations.c.channel_id == channel_id,
            turns.c.conversation_id == conversations.c.id,
            turns.c.private_to.is_(None),
        )
        answered = (
            select(func.min(turns.c.id))
            .join(answers, answers.c.turn_id == turns.c.id)
            .where(*here, answers.c.hold_id != 0, answers.c.state.in_(REMEMBERED))
            .scalar_subquery()
        )
        row = await self._work.row(
            select(
                turns.c.id,
                turns.c.author_id,
                turns.c.author_name,
                turns.c.author_username,
                turns.c.text,
                turns.c.tokens,
            )
            .where(*here, turns.c.deleted_at.is_(None), turns.c.dropped_at.is_(None))
            .where(turns.c.id > conversations.c.cleared_turn_id, turns.c.id <= answered)
            .order_by(turns.c.id)
            .limit(1)
        )
        if row is None:
            return None
        author = Person(row.author_id, row.author_name, row.author_username)
        return Turn(row.id, author, row.text, row.tokens)

    async def is_begun(self, channel_id: int) -> bool:
        """Tell whether a thread is a conversation: the bot's own, or a branch."""
        is_ours = or_(
            conversations.c.owner_id.is_not(None), conversations.c.branched_from.is_not(None)
        )
        found = select(conversations.c.id).where(conversations.c.channel_id == channel_id, is_ours)
        return await self._work.value(found) is not None

    async def end(self, channel_id: int) -> None:
        """Let a thread that was deleted be nobody's, and without a past if it is begun again.

        A message's thread always has that message's id.
        """
        latest = (
            select(func.coalesce(func.max(turns.c.id), 0))
            .where(turns.c.conversation_id == conversations.c.id)
            .scalar_subquery()
        )
        await self._work.run(
            update(conversations)
            .where(conversations.c.channel_id == channel_id)
            .values(owner_id=None, branched_from=None, title=None, cleared_turn_id=latest)
        )

    async def owner(self, channel_id: int) -> int | None:
        """Return for whom the bot opened a thread; None where it opened none."""
        found: int | None = await self._work.value(
            select(conversations.c.owner_id).where(conversations.c.channel_id == channel_id)
        )
        return found
