"""What was used: by day, by hour, by person and by channel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from bot.quota.rules import Amounts
from bot.quota.windows import Window, window_bounds

DAYS = 30
"""Days that a person's chart, the longest report and a replay go back, today among them."""

NOTHING = Amounts()


class Span(StrEnum):
    """What a report is about: the calendar's present day, week or month, or the latest 30 days."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    THIRTY_DAYS = "30 days"


@dataclass(frozen=True, slots=True)
class Names:
    """How a person was called when they asked last: the name shown, and the unique one."""

    shown: str
    username: str


@dataclass(frozen=True, slots=True)
class UseAt:
    """What was used in the quarter of an hour that begins then, and what of it grants paid."""

    at: datetime
    ordinary: Amounts
    granted: Amounts = NOTHING


@dataclass(frozen=True, slots=True)
class Day:
    """What was used on a day, and what of it grants paid."""

    date: date
    ordinary: Amounts
    granted: Amounts = NOTHING


@dataclass(frozen=True, slots=True)
class Share:
    """What one person used, or what was used in one channel."""

    id: int
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Spent:
    """What a turn came to; `asker_id` is who asked, where that was another than who paid."""

    at: datetime
    amounts: Amounts
    estimated: bool
    asker_id: int | None = None


@dataclass(frozen=True, slots=True)
class PersonUse:
    """What a person used in a server or in direct messages: day by day, and their latest turns."""

    days: tuple[Day, ...]
    latest: tuple[Spent, ...]

    @property
    def total(self) -> Amounts:
        """Return what all days come to."""
        return total(it for day in self.days for it in (day.ordinary, day.granted))


@dataclass(frozen=True, slots=True)
class Report:
    """What was used in a server from `start` until `end`, most tokens first.

    `hours` are those of the day by the clock of `zone`, from midnight on.
    """

    span: Span
    start: datetime
    end: datetime
    zone: tzinfo
    total: Amounts
    people: tuple[Share, ...]
    channels: tuple[Share, ...]
    hours: tuple[Amounts, ...]
    names: Mapping[int, Names] = field(default_factory=dict)


def total(amounts: Iterable[Amounts]) -> Amounts:
    """Return what amounts come to."""
    return sum(amounts, NOTHING)


def days_back(at: datetime, zone: tzinfo, days: int = DAYS) -> tuple[datetime, datetime]:
    """Return when the latest days begin and end by a zone's clock, today as the last of them."""
    today = at.astimezone(zone).date()
    begin = datetime.combine(today - timedelta(days=days - 1), time(), zone)
    return begin.astimezone(at.tzinfo), window_bounds(Window.DAY, at, zone)[1]


def bounds_of(span: Span, at: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return when the span around a moment begins and ends."""
    if span is Span.THIRTY_DAYS:
        return days_back(at, zone)
    return window_bounds(Window(span.value), at, zone)


def by_day(use: Iterable[UseAt], at: datetime, zone: tzinfo, days: int = DAYS) -> tuple[Day, ...]:
    """Return what was used on each of the latest days, oldest first, those without use too."""
    today = at.astimezone(zone).date()
    dates = [today - timedelta(days=back) for back in reversed(range(days))]
    ordinary, granted = dict.fromkeys(dates, NOTHING), dict.fromkeys(dates, NOTHING)
    for it in use:
        date_ = it.at.astimezone(zone).date()
        if date_ in ordinary:
            ordinary[date_] = ordinary[date_] + it.ordinary
            granted[date_] = granted[date_] + it.granted
    return tuple(Day(it, ordinary[it], granted[it]) for it in dates)


def by_hour(use: Iterable[UseAt], zone: tzinfo) -> tuple[Amounts, ...]:
    """Return what was used in each hour of the day, whatever the day."""
    hours = [NOTHING] * 24
    for it in use:
        hour = it.at.astimezone(zone).hour
        hours[hour] = hours[hour] + it.ordinary + it.granted
    return tuple(hours)


def shares(parts: Iterable[Share]) -> tuple[Share, ...]:
    """Return shares with those of one id together, most tokens first."""
    sums: dict[int, Amounts] = {}
    for share in parts:
        sums[share.id] = sums.get(share.id, NOTHING) + share.amounts
    found = (Share(*it) for it in sums.items())
    return tuple(sorted(found, key=_most_first))


def _most_first(share: Share) -> tuple[int, int, int]:
    return (-share.amounts.tokens, -share.amounts.requests, share.id)
