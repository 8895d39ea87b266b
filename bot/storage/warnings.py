"""Remembers which limits people were told of, so that each is told once a window."""

from datetime import UTC, datetime

from sqlalchemy import and_, func, or_, select

from bot.quota import Standing, Subject, zone_counted
from bot.storage.preferences import GuildPreferences
from bot.storage.tables import IS_ALLOWANCE, ledger, quota_warnings
from bot.storage.work import Work
from bot.windows import window_bounds


class WarningBook:
    """Remembers warnings, inside one transaction."""

    def __init__(self, work: Work, preferences: GuildPreferences) -> None:
        self._work = work
        self._preferences = preferences

    async def note(
        self, subject: Subject, standing: Standing, rule: str, level: int, at: datetime
    ) -> bool:
        """Remember a level of a limit's present window; False where it was told already.

        Of transactions at the same time one remembers it, and the others find it told.
        """
        place = {"guild_id": subject.guild_id or 0, "user_id": subject.user_id, "rule": rule}
        told = {"window_start": await self._window_start(subject, standing, at), "level": level}
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

    async def _window_start(self, subject: Subject, standing: Standing, at: datetime) -> datetime:
        """Return when the window began: with the calendar, or with a reset since."""
        zone = await self._preferences.time_zone(subject.guild_id)
        counted = zone_counted(standing.rule, subject.guild_id, zone)
        start, _ = window_bounds(standing.rule.window, at, counted)
        reset: datetime | None = await self._work.value(
            select(func.max(ledger.c.at, type_=ledger.c.at.type))
            .where(IS_ALLOWANCE, ledger.c.kind == "reset")
            .where(ledger.c.user_id == subject.user_id)
            .where(ledger.c.guild_id.is_not_distinct_from(subject.guild_id))
        )
        return start if reset is None else max(start, reset.astimezone(UTC))
