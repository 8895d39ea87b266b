"""Erases what else there is of a person: personas, what waits for a yes, titles and reasons."""

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, bindparam, delete, func, select, update

from bot.prompts.personas import Scope
from bot.quota.pricing import Proposal
from bot.records.erasures import Found
from bot.storage.tables import IS_ALLOWANCE, audit, conversations, ledger, personas, proposals
from bot.storage.titled import titled_by_whom
from bot.storage.windows import erase_windows
from bot.storage.work import Work

_BEGINS_REASON = " ("
_WITH_REASONS = ("quota grant", "quota reset")
"""Commands in whose notes a reason stands in brackets, after what was changed."""


class Belongings:
    """Counts and erases such things, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def count_others(self, user_id: int) -> Found:
        """Count what else there is of a person: personas, waiting questions, reasons."""
        return Found(
            personas=await self._count(personas, *_own_persona(user_id)),
            waiting=await self._count(proposals, proposals.c.user_id == user_id),
            reasons=await self._count(ledger, *_reasons_of(user_id)),
            shared_personas=await self._count(
                personas, personas.c.scope != Scope.PERSON.value, personas.c.set_by == user_id
            ),
        )

    async def _count(self, table: Any, *which: ColumnElement[bool]) -> int:
        counted = select(func.count()).select_from(table).where(*which)
        return int(await self._work.value(counted))

    async def erase_others(self, user_id: int) -> Found:
        """Erase what else there is of a person, and return how much that was."""
        found = await self.count_others(user_id)
        await self._work.run(delete(personas).where(*_own_persona(user_id)))
        await self._work.run(delete(proposals).where(proposals.c.user_id == user_id))
        await self._erase_quoting_proposals(user_id)
        await erase_windows(self._work, user_id)
        # Empty, not absent: the thread has had its one title.
        titled = update(conversations).where(*titled_by_whom(user_id)).values(title="")
        found += Found(titles=await self._work.count(titled))
        await self._work.run(update(ledger).where(*_reasons_of(user_id)).values(reason=None))
        await self._erase_noted_reasons(user_id)
        return found

    async def _erase_quoting_proposals(self, user_id: int) -> None:
        """Forget what others ask about a person's message, while it waits: never many."""
        named = proposals.c.question.contains(str(user_id), autoescape=True)
        rows = await self._work.rows(select(proposals.c.id, proposals.c.question).where(named))
        quoting = [
            row.id
            for row in rows
            if msgspec.json.decode(row.question, type=Proposal).question.quoted_id == user_id
        ]
        if quoting:
            await self._work.run(delete(proposals).where(proposals.c.id.in_(quoting)))

    async def _erase_noted_reasons(self, user_id: int) -> None:
        """Leave of what an admin noted the change alone: a reason stands in brackets after it."""
        rows = await self._work.rows(
            select(audit.c.id, audit.c.after).where(
                audit.c.actor_id == user_id,
                audit.c.command.in_(_WITH_REASONS),
                audit.c.after.contains(_BEGINS_REASON, autoescape=True),
            )
        )
        values = [{"of": row.id, "kept": row.after.partition(_BEGINS_REASON)[0]} for row in rows]
        if values:
            kept = update(audit).where(audit.c.id == bindparam("of"))
            await self._work.run(kept.values(after=bindparam("kept")), values)


def _own_persona(user_id: int) -> tuple[ColumnElement[bool], ...]:
    return personas.c.scope == Scope.PERSON.value, personas.c.target_id == user_id


def _reasons_of(user_id: int) -> tuple[ColumnElement[bool], ...]:
    return IS_ALLOWANCE, ledger.c.by_id == user_id, ledger.c.reason.is_not(None)
