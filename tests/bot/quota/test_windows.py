"""Windows of limits: when they begin and end."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quota.windows import (
    QUARTER,
    Stretch,
    Window,
    begin_of,
    quarters,
    spans_of,
    stretch,
    window_bounds,
)

NOW = datetime(2026, 3, 18, 12, 34, 56, 789, tzinfo=UTC)


class TestWindows:
    """When windows begin and end."""

    @pytest.mark.parametrize(
        ("window", "start", "end"),
        [
            (Window.MINUTE, "2026-03-18T12:34", "2026-03-18T12:35"),
            (Window.HOUR, "2026-03-18T12:00", "2026-03-18T13:00"),
            (Window.DAY, "2026-03-18T00:00", "2026-03-19T00:00"),
            (Window.WEEK, "2026-03-16T00:00", "2026-03-23T00:00"),
            (Window.MONTH, "2026-03-01T00:00", "2026-04-01T00:00"),
        ],
    )
    def test_calendar(self, window: Window, start: str, end: str) -> None:
        """Windows are the calendar's; weeks start on Monday."""
        bounds = tuple(datetime.fromisoformat(it).replace(tzinfo=UTC) for it in (start, end))
        assert window_bounds(window, NOW, UTC) == bounds

    @pytest.mark.parametrize(
        ("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)]
    )
    def test_days_on_which_the_clock_changes(self, day: str, hours: int) -> None:
        """A day is as long as the server's clock makes it."""
        zone = ZoneInfo("Europe/Berlin")
        noon = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=zone)
        start, end = window_bounds(Window.DAY, noon, zone)
        assert end - start == timedelta(hours=hours)
        assert start.astimezone(zone).isoformat().startswith(f"{day}T00:00")

    def test_repeated_hour_is_two_windows(self) -> None:
        """The hour that the clock repeats in autumn counts twice."""
        zone = ZoneInfo("Europe/Berlin")
        first = window_bounds(Window.HOUR, datetime(2026, 10, 25, 0, 30, tzinfo=UTC), zone)
        second = window_bounds(Window.HOUR, datetime(2026, 10, 25, 1, 30, tzinfo=UTC), zone)
        assert first[1] == second[0]
        assert second[1] - second[0] == timedelta(hours=1)

    def test_hours_of_a_zone_at_half_past(self) -> None:
        """Hours begin where the server's clock shows a full one."""
        start, _ = window_bounds(Window.HOUR, NOW, ZoneInfo("Asia/Kolkata"))
        assert start == datetime(2026, 3, 18, 12, 30, tzinfo=UTC)

    def test_day_whose_midnight_is_skipped(self) -> None:
        """Where the clock skips midnight the day begins with the change."""
        zone = ZoneInfo("Africa/Cairo")
        noon = datetime(2026, 4, 24, 12, tzinfo=zone)
        start, end = window_bounds(Window.DAY, noon, zone)
        assert start == datetime(2026, 4, 23, 22, tzinfo=UTC)
        assert end - start == timedelta(hours=23)

    @given(
        at=st.datetimes(datetime(2024, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 (the strategy adds the zone)
        window=st.sampled_from(list(Window)),
        zone=st.sampled_from(
            [
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "America/Santiago",
                "America/Havana",
                "Asia/Kolkata",
                "Asia/Beirut",
                "Pacific/Chatham",
            ]
        ).map(ZoneInfo),
    )
    def test_windows_cover_time_without_gap(
        self, at: datetime, window: Window, zone: ZoneInfo
    ) -> None:
        """Each moment lies in one window, whose end is the next one's start."""
        start, end = window_bounds(window, at, zone)
        assert start <= at < end
        assert window_bounds(window, start, zone) == (start, end)
        assert window_bounds(window, end, zone)[0] == end
        assert window_bounds(window, end - timedelta(microseconds=1), zone) == (start, end)


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def times_of(span: int) -> tuple[datetime, datetime]:
    """Return when a span begins and ends."""
    length, number = (QUARTER, span) if span >= 0 else (DAY, ~span)
    return EPOCH + number * length, EPOCH + (number + 1) * length


class TestStretches:
    """How time is divided into days, quarters of an hour and what is left of them."""

    def test_of_a_day(self) -> None:
        """A day of UTC is one span."""
        start = datetime(2026, 3, 18, tzinfo=UTC)
        assert stretch(start, start + DAY) == Stretch((spans_of(start)[0],), ())

    def test_of_a_day_elsewhere(self) -> None:
        """A day of another zone is 96 quarters."""
        start = datetime(2026, 3, 18, 5, 45, tzinfo=UTC)
        first = spans_of(start)[1]
        assert stretch(start, start + DAY) == Stretch(tuple(range(first, first + 96)), ())

    def test_of_a_month_elsewhere(self) -> None:
        """A month of another zone is days, and what quarters they leave at either end."""
        start = datetime(2026, 3, 1, 22, tzinfo=UTC)
        found = stretch(start, start + 31 * DAY)
        assert len([it for it in found.spans if it < 0]) == 30
        assert len([it for it in found.spans if it >= 0]) == 8 + 88

    def test_of_a_minute(self) -> None:
        """What is shorter than a quarter is all edge, on the border of two as well."""
        start = datetime(2026, 3, 18, 12, 14, 30, tzinfo=UTC)
        for seconds in (10, 60):
            end = start + timedelta(seconds=seconds)
            assert stretch(start, end) == Stretch((), ((start, end),))

    def test_of_nothing(self) -> None:
        """A reset may lie at a window's very end, or after it."""
        assert stretch(NOW, NOW) == stretch(NOW, NOW - DAY) == Stretch((), ())

    @given(st.integers(0, 10**13), st.integers(0, 10**13) | st.integers(0, 10**10))
    def test_covers_all_once(self, begin: int, length: int) -> None:
        """Spans and edges together are just the time that was asked for."""
        start = EPOCH + timedelta(microseconds=begin)
        end = start + timedelta(microseconds=length)
        found = stretch(start, end)
        covered = sorted([*map(times_of, found.spans), *found.edges])
        assert all(a < b for a, b in covered)
        assert all(one[1] == two[0] for one, two in pairwise(covered))
        if begin < begin + length:
            assert (covered[0][0], covered[-1][1]) == (start, end)
        else:
            assert not covered
        assert all(b - a < 2 * QUARTER for a, b in found.edges)
        assert len([it for it in found.spans if it >= 0]) < 2 * 96

    @given(st.integers(0, 10**15))
    def test_of_a_moment(self, at: int) -> None:
        """A moment lies in its day and in its quarter."""
        moment = EPOCH + timedelta(microseconds=at)
        for span in spans_of(moment):
            begin, end = times_of(span)
            assert begin <= moment < end

    def test_quarters_that_are_touched(self) -> None:
        """Quarters are counted whole, however little of them was asked for."""
        start = datetime(2026, 3, 18, 12, 14, 59, tzinfo=UTC)
        found = quarters(start, start + timedelta(seconds=2))
        assert [begin_of(it).minute for it in found] == [0, 15]
        assert list(quarters(start, start - DAY)) == []
