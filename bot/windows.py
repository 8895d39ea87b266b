"""The calendar spans over which limits count; pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum

QUARTER = timedelta(minutes=15)
"""The span by which use is summed up: every time zone's hours begin with one."""

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
    """A stretch of time: the whole quarters in it by number, and what of it lies outside them."""

    first: int
    after: int
    edges: tuple[tuple[datetime, datetime], ...]


def quarter_of(at: datetime) -> int:
    """Return the number of the quarter of an hour in which a moment lies."""
    return (at - _EPOCH) // QUARTER


def stretch(start: datetime, end: datetime) -> Stretch:
    """Divide the time from a moment until another into whole quarters and its ragged edges."""
    first, after = -(-(start - _EPOCH) // QUARTER), quarter_of(end)
    if first >= after:
        return Stretch(0, 0, ((start, end),) if start < end else ())
    edges = ((start, _EPOCH + first * QUARTER), (_EPOCH + after * QUARTER, end))
    return Stretch(first, after, tuple(edge for edge in edges if edge[0] < edge[1]))
