"""Keeps what admins changed."""

from dataclasses import asdict

from sqlalchemy import insert

from bot.changes import Change
from bot.storage.tables import audit
from bot.storage.work import Work


class AuditTrail:
    """Notes changes, inside the transaction that makes them."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def note(self, change: Change) -> None:
        """Note a change."""
        await self._work.run(insert(audit).values(**asdict(change)))
