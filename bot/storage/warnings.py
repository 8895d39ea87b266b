"""Remembers which limits people were told of, so that each is told once a window."""

from sqlalchemy import and_, or_

from bot.quota import Standing, Subject
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
        new = self._work.insert(quota_warnings).values(**place, **told)
        known, excluded = quota_warnings.c, new.excluded
        is_news = or_(
            known.window_start < excluded.window_start,
            and_(known.window_start == excluded.window_start, known.level < excluded.level),
        )
        noted = await self._work.row(
            new.on_conflict_do_update(index_elements=[*place], set_=told, where=is_news).returning(
                known.id
            )
        )
        return noted is not None
