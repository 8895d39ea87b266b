"""Keeps what admins changed."""

from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, bindparam, delete, func, insert, or_, select

from bot.records.changes import Change
from bot.storage.tables import audit
from bot.storage.work import Work

_CHANGE = [audit.c[field.name] for field in fields(Change)]

_IN_LINE = select(func.pg_advisory_xact_lock(bindparam("guild", type_=BigInteger)))


class AuditTrail:
    """Notes changes, inside the transaction that makes them, and finds them again."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def queue(self, guild_id: int) -> None:
        """Wait for a server's other changes, so that each is noted with what it really changed.

        SQLite has one writer at a time anyway.
        """
        if self._work.is_postgres:
            await self._work.run(_IN_LINE, {"guild": guild_id})

    async def note(self, change: Change) -> None:
        """Note a change."""
        await self._work.run(insert(audit).values(**asdict(change)))

    async def count(self, guild_id: int, person_id: int | None, command: str) -> int:
        """Count a server's changes: by or about a person if given, by a command or its group."""
        found = select(func.count()).select_from(audit)
        return int(await self._work.value(found.where(*_asked(guild_id, person_id, command))))

    async def changes(
        self, guild_id: int, person_id: int | None, command: str, *, skip: int, most: int
    ) -> list[Change]:
        """Return so many of these changes, newest first."""
        rows = await self._work.rows(
            select(*_CHANGE)
            .where(*_asked(guild_id, person_id, command))
            .order_by(audit.c.id.desc())
            .offset(skip)
            .limit(most)
        )
        return [Change(*row) for row in rows]

    async def commands(self, guild_id: int) -> list[str]:
        """Return the commands by which a server was changed, in order."""
        rows = await self._work.rows(
            select(audit.c.command)
            .where(audit.c.guild_id == guild_id)
            .distinct()
            .order_by(audit.c.command)
        )
        return [command for (command,) in rows]

    async def forget(self, before: datetime) -> int:
        """Delete what was noted before this moment, and return how much that was."""
        return await self._work.count(delete(audit).where(audit.c.at < before))


def _asked(guild_id: int, person_id: int | None, command: str) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [audit.c.guild_id == guild_id]
    if person_id is not None:
        wanted.append(or_(audit.c.actor_id == person_id, audit.c.subject_id == person_id))
    if command:
        in_group = audit.c.command.startswith(f"{command} ", autoescape=True)
        wanted.append(or_(audit.c.command == command, in_group))
    return wanted
