"""Remembers what was told, people of limits, the operator of trouble, servers who came: once."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from bot.quota.rules import Standing, Subject
from bot.storage.tables import quota_warnings
from bot.storage.work import Work


class WarningBook:
    """Remembers warnings, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def note(self, subject: Subject, standing: Standing, rule: str, level: int) -> bool:
        """Remember a level of a limit's present window; False where it was told already.

        Of transactions at the same time one remembers it, and the others find it told.
        """
        place = {"guild_id": subject.guild_id or 0, "user_id": subject.user_id, "rule": rule}
        told = {"window_start": standing.starts_at, "level": level}
        known, began = quota_warnings.c, standing.starts_at
        is_news = or_(
            known.window_start < began, and_(known.window_start == began, known.level < level)
        )
        return await self._remember(place, told, is_news)

    async def alarm(self, kind: str, at: datetime, again_after: timedelta) -> bool:
        """Remember that the operator is told of this; False where that was so a while ago.

        Of processes that would tell at the same time one does.
        """
        place = {"guild_id": 0, "user_id": 0, "rule": f"operator:{kind}"}
        told = {"window_start": at, "level": 0}
        is_news = quota_warnings.c.window_start <= at - again_after
        return await self._remember(place, told, is_news)

    async def greet(self, guild_id: int, joined_at: datetime) -> bool:
        """Remember that a server is greeted, joined when it was; False where that was so already.

        Of processes that would greet at the same time one does.
        """
        place = {"guild_id": guild_id, "user_id": 0, "rule": "greeting"}
        told = {"window_start": joined_at, "level": 0}
        return await self._remember(place, told, quota_warnings.c.window_start < joined_at)

    async def _remember(
        self, place: dict[str, Any], told: dict[str, Any], is_news: ColumnElement[bool]
    ) -> bool:
        new = self._work.insert(quota_warnings).values(**place, **told)
        noted = await self._work.row(
            new.on_conflict_do_update(index_elements=[*place], set_=told, where=is_news).returning(
                quota_warnings.c.id
            )
        )
        return noted is not None
