"""What was changed, by whom and when, as admins read it."""

from dataclasses import dataclass

from bot.ports import Storage
from bot.records.changes import Change

A_PAGE = 10
"""Changes on one page."""


@dataclass(frozen=True, slots=True)
class Trail:
    """A page of changes, newest first; pages are numbered from 1."""

    changes: tuple[Change, ...]
    number: int
    pages: int


class AuditDesk:
    """Reads what was changed; whoever calls has checked who may."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def page(self, guild_id: int, person_id: int | None, command: str, number: int) -> Trail:
        """Return a page of a server's changes, or the last one where there are fewer.

        They are those by or about a person, if one is given, and by a command or its group.
        """
        command = plain_command(command)
        async with self._storage.reading() as tx:
            count = await tx.audit.count(guild_id, person_id, command)
            pages = max(1, -(-count // A_PAGE))
            number = min(max(1, number), pages)
            skip = (number - 1) * A_PAGE
            changes = await tx.audit.changes(guild_id, person_id, command, skip=skip, most=A_PAGE)
        return Trail(tuple(changes), number, pages)

    async def commands(self, guild_id: int, typed: str) -> list[str]:
        """Return the commands by which a server was changed, of those that hold what is typed."""
        wanted = plain_command(typed)
        async with self._storage.reading() as tx:
            return [it for it in await tx.audit.commands(guild_id) if wanted in it]


def plain_command(typed: str) -> str:
    """Return a command's name as it is noted, from what people write: "/Quota  set"."""
    return " ".join(typed.lower().replace("/", " ").split())
