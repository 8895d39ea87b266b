"""Keeps quotes in step with the messages that are quoted: edited, or deleted."""

from collections.abc import Sequence

from sqlalchemy import or_, select, update

from bot.records.erasures import DELETED, requoted, without_quote
from bot.storage.quotes import delete_quoted_files, reworded
from bot.storage.retelling import Retelling
from bot.storage.tables import turns


class Requoting(Retelling):
    """Changes what stands before questions, inside one transaction; in every copy of them."""

    async def concerns(self, message_id: int) -> bool:
        """Tell whether a turn came from this message, or is about it."""
        is_it = or_(turns.c.message_id == message_id, turns.c.quoted_message_id == message_id)
        return await self._work.value(select(turns.c.id).where(is_it).limit(1)) is not None

    async def requote(self, message_id: int, quote: str) -> bool:
        """Let questions about a message quote it as it is now; False where there are none.

        Where that is something else, answers from there on rested on the old words.
        """
        quoting = turns.c.quoted_message_id == message_id
        changed = await reworded(self._work, quoting, lambda text: requoted(text, quote))
        await self._outdate_all(changed)
        return bool(changed)

    async def unquote_all(self, message_ids: Sequence[int]) -> bool:
        """Take deleted messages' words out of the questions about them; False where none are.

        A question that came by a menu has none but the other's files: they go, too.
        """
        quoting = turns.c.quoted_message_id.in_(message_ids)
        known = await self._work.rows(
            select(turns.c.id, turns.c.conversation_id, turns.c.message_id).where(quoting)
        )
        if not known:
            return False
        # Those alone: one that is stored in this moment is to be found by whoever stores it.
        these = turns.c.id.in_([it.id for it in known])
        await reworded(self._work, these, lambda text: without_quote(text, DELETED))
        await delete_quoted_files(self._work, [it.id for it in known])
        await self._outdate_all((it.conversation_id, it.id) for it in known)
        await self._work.run(
            update(turns).where(these).values(quoted_id=None, quoted_message_id=None)
        )
        return True
