"""Erases answers to others that repeat a person's words."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select, update

from bot.records.echoes import Family, Spoken
from bot.records.erasures import GONE
from bot.storage.erasures import IS_FORGOTTEN, SAYS_SOMETHING
from bot.storage.spoken import SpokenBook, is_new
from bot.storage.tables import answers, conversations, forgettings, turns

SLACK = timedelta(minutes=1)
"""How long an answer's beginning may wait to be stored."""


class EchoBook(SpokenBook):
    """Reads who said what where, and erases answers, inside one transaction."""

    async def titles(self, family: Family) -> list[Spoken]:
        """Return the titles that were made for these conversations."""
        rows = await self._work.rows(
            select(conversations.c.id, conversations.c.title).where(
                conversations.c.id.in_(family.conversations), conversations.c.title != ""
            )
        )
        return [Spoken(row.id, (row.title,)) for row in rows]

    async def erase(self, answer_ids: Sequence[int], conversation_ids: Sequence[int]) -> int:
        """Erase what answers said, with their copies, and titles; return how many answers.

        Of an answer that is being written, what it comes to is still to be looked at.
        """
        if conversation_ids:
            titled = conversations.c.id.in_(conversation_ids)
            await self._work.run(update(conversations).where(titled).values(title=""))
        if not answer_ids:
            return 0
        ids = list(answer_ids)
        return await self._erase(or_(answers.c.id.in_(ids), answers.c.copy_of.in_(ids)))

    async def _erase(self, *which: ColumnElement[bool]) -> int:
        erased = update(answers).where(*which, SAYS_SOMETHING)
        return await self._work.count(erased.values(text="", thinking="", tokens=0))

    async def erase_unchecked(self) -> int:
        """Erase answers that a kill kept from being looked at; return how many.

        The words to look for are gone by then: it is all that was being written when they went.
        """
        begun = await self._work.rows(
            select(forgettings.c.user_id, forgettings.c.until).where(
                forgettings.c.erased_at.is_(None)
            )
        )
        gone = 0
        for user_id, until in begun:
            gone += await self._erase_since(user_id, until)
        return gone

    async def _erase_since(self, user_id: int, until: datetime) -> int:
        erased = await self._work.rows(
            select(turns.c.conversation_id, func.min(turns.c.id), func.max(turns.c.deleted_at))
            .where(turns.c.author_id == user_id, IS_FORGOTTEN)
            .group_by(turns.c.conversation_id)
        )
        quoted = await self._work.rows(
            select(turns.c.conversation_id, func.min(turns.c.id))
            .where(turns.c.text.startswith(GONE, autoescape=True))
            .group_by(turns.c.conversation_id)
        )
        spans = [(of, first, max(until, at or until)) for of, first, at in erased]
        # Whose words stood there is not known any more. They went together with the person's own,
        # and the answer to the question itself rested on them, too.
        last = max((at for *_, at in spans), default=until)
        spans += [(of, first - 1, last) for of, first in quoted]
        gone = 0
        for conversation, first, at in spans:
            of = select(turns.c.id).where(
                turns.c.conversation_id == conversation,
                turns.c.id > first,
                turns.c.author_id != user_id,
            )
            # What began later never knew the words; the slack is for who waited to write that.
            was_written = answers.c.started_at <= at + SLACK
            gone += await self._erase(answers.c.turn_id.in_(of), is_new(until), was_written)
        return gone
