"""The calendar spans over which limits count; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache
from itertools import chain

QUARTER = timedelta(minutes=15)
"""The span by which use is summed up: every time zone's hours begin with one."""

_A_DAY = timedelta(days=1) // QUARTER
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Window(StrEnum):
    """The calendar span over which a limit counts, in the server's time zone."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def window_bounds(window: Window, at: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return when the calendar window around a moment begins and ends, in UTC.

    Days follow the zone's clock, so that a day on which it changes has 23 or 25 hours.
    """
    local = at.astimezone(zone)
    if window in (Window.MINUTE, Window.HOUR):
        # An hour that the clock repeats is two windows, so these are counted from the offset.
        span = timedelta(minutes=1 if window is Window.MINUTE else 60)
        into = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        start = at.astimezone(UTC) - into % span
        return start, start + span
    first = local.date()
    if window is Window.WEEK:
        first -= timedelta(days=first.weekday())
    elif window is Window.MONTH:
        first = first.replace(day=1)
    days = {Window.DAY: 1, Window.WEEK: 7, Window.MONTH: 31}[window]
    after = first + timedelta(days=days)
    if window is Window.MONTH:
        after = after.replace(day=1)
    # Where the clock skips midnight, this is the moment of the change: the day's first.
    begin, end = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, after))
    return begin, end


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time: the whole spans in it by number, and what of it lies outside them.

    A quarter of an hour has its number since 1970, a day of UTC the complement of its own (`~day`).
    """

    spans: tuple[int, ...]
    edges: tuple[tuple[datetime, datetime], ...]


def spans_of(at: datetime) -> tuple[int, int]:
    """Return the numbers of the day and of the quarter of an hour in which a moment lies."""
    quarter = (at - _EPOCH) // QUARTER
    return ~(quarter // _A_DAY), quarter


def quarters(start: datetime, end: datetime) -> range:
    """Return the numbers of the quarters that a stretch of time touches."""
    return range((start - _EPOCH) // QUARTER, -((_EPOCH - end) // QUARTER))


def begin_of(quarter: int) -> datetime:
    """Return when a quarter of an hour begins."""
    return _EPOCH + quarter * QUARTER


@lru_cache(maxsize=1024)
def stretch(start: datetime, end: datetime) -> Stretch:
    """Divide the time from a moment until another into whole spans and its ragged edges.

    Of a month there are some thirty days and, at either end, fewer quarters than a day has.
    """
    first, after = -((_EPOCH - start) // QUARTER), (end - _EPOCH) // QUARTER
    if first >= after:
        return Stretch((), ((start, end),) if start < end else ())
    edges = ((start, begin_of(first)), (begin_of(after), end))
    days = range(-(-first // _A_DAY), after // _A_DAY)
    spans: Iterable[int] = range(first, after)
    if days:
        ends = (range(first, days.start * _A_DAY), range(days.stop * _A_DAY, after))
        spans = chain((~day for day in days), *ends)
    return Stretch(tuple(spans), tuple(edge for edge in edges if edge[0] < edge[1]))
