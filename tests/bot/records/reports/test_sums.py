"""What was used, by day, hour and person."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quota.rules import Amounts
from bot.quota.windows import QUARTER
from bot.records.reports.sums import (
    DAYS,
    NOTHING,
    Share,
    Span,
    UseAt,
    bounds_of,
    by_day,
    by_hour,
    days_back,
    shares,
    total,
)

ZONES = [UTC, *map(ZoneInfo, ("Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"))]
NOW = datetime(2026, 11, 26, 15, 20, tzinfo=UTC)
TURN = Amounts(1, 100, 7)

moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(  # noqa: DTZ001 - below
    lambda it: it.replace(tzinfo=UTC)
)
quarters = st.integers(0, 40 * 96)


def test_days_are_the_servers() -> None:
    """What was used shortly before midnight UTC belongs to the next day in Berlin."""
    late = datetime(2026, 11, 25, 23, 15, tzinfo=UTC)
    days = by_day([UseAt(late, TURN, Amounts(0, 50, 3))], NOW, ZoneInfo("Europe/Berlin"))
    assert len(days) == DAYS
    assert days[0].date == date(2026, 10, 28)
    assert days[-1].date == date(2026, 11, 26)
    assert (days[-1].ordinary, days[-1].granted) == (TURN, Amounts(0, 50, 3))
    assert all(day.ordinary == NOTHING for day in days[:-1])


@given(moments, st.sampled_from(ZONES), st.lists(quarters, max_size=40))
def test_nothing_is_lost_or_counted_twice(now: datetime, zone: ZoneInfo, back: list[int]) -> None:
    """The days together come to all that lies within them, and so do the hours."""
    start, end = days_back(now, zone)
    use = [UseAt(end - QUARTER * (1 + it), TURN) for it in back]
    within = [it for it in use if it.at >= start]
    days = by_day(use, now, zone)
    assert total(it.ordinary for it in days) == total(it.ordinary for it in within)
    assert total(by_hour(use, zone)) == total(it.ordinary for it in use)


@given(moments, st.sampled_from(ZONES), st.sampled_from(list(Span)))
def test_spans_hold_the_present(now: datetime, zone: ZoneInfo, span: Span) -> None:
    """A span is around the moment, and begins and ends with a quarter of an hour."""
    start, end = bounds_of(span, now, zone)
    assert start <= now < end
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    assert [(it - epoch) % QUARTER for it in (start, end)] == [timedelta(), timedelta()]


@pytest.mark.parametrize(
    ("span", "start"),
    [
        (Span.DAY, "2026-11-25T23:00"),
        (Span.WEEK, "2026-11-22T23:00"),
        (Span.MONTH, "2026-10-31T23:00"),
        (Span.THIRTY_DAYS, "2026-10-27T23:00"),
    ],
)
def test_spans_begin_by_the_servers_clock(span: Span, start: str) -> None:
    """A span begins at midnight of the server's time zone."""
    begun, _ = bounds_of(span, NOW, ZoneInfo("Europe/Berlin"))
    assert begun == datetime.fromisoformat(start).replace(tzinfo=UTC)


def test_shares_of_one_person_are_one() -> None:
    """What grants paid is added to the ordinary part; who used most comes first."""
    ordinary = [Share(1, Amounts(2, 10, 1)), Share(2, Amounts(1, 30, 2))]
    granted = [Share(1, Amounts(0, 40, 4))]
    assert shares(ordinary + granted) == (
        Share(1, Amounts(2, 50, 5)),
        Share(2, Amounts(1, 30, 2)),
    )
