"""What charts say."""

from datetime import UTC, date, datetime

import pytest

from bot.quota.rules import Amounts
from bot.records.reports.sums import Names, Report, Share, Span
from bot.render.charts.making import (
    MOST_ROWS,
    money,
    percent,
    report_charts,
    usage_chart,
)
from bot.render.charts.values import Columns, Rows, chart_of, picture_of
from bot.render.markdown.parts import PictureKind
from bot.words import yearly
from tests.bot.render.charts.samples import CHANNELS, PEOPLE, nameless, report, samples, use


def test_a_months_bars() -> None:
    """There is a bar for each day, today's last, with what grants paid apart."""
    weights = [0.0] * 28 + [0.5, 1.0]
    [columns] = usage_chart(use(weights, 1_000, granted=30)).panels
    assert isinstance(columns, Columns)
    assert [(it.label, it.amount, it.granted) for it in columns.bars[-4:]] == [
        ("23 Nov", 0, 30),
        ("24 Nov", 0, 0),
        ("25 Nov", 500, 0),
        ("today", 1_000, 0),
    ]
    assert columns.legend == ("within the limits", "paid by grants")
    assert [columns.bars[it].label for it in columns.labelled] == [
        *("29 Oct", "5 Nov", "12 Nov", "19 Nov"),
        "today",
    ]


def test_no_legend_without_grants() -> None:
    """One colour needs no explanation."""
    [columns] = usage_chart(use([1.0] * 30, 10)).panels
    assert isinstance(columns, Columns)
    assert columns.legend == ()


def test_a_months_description() -> None:
    """Whoever can't see it hears the span, the sums, the fullest day, and the empty ones."""
    weights = [0.0] * 28 + [0.5, 1.0]
    assert usage_chart(use(weights, 1_000, granted=30)).description == (
        "Bar chart of your tokens a day, 28 Oct to 26 Nov 2026: 2 requests, 1,590 tokens, $0.0032 "
        "in all; most on 26 Nov, 1,000 tokens; 90 tokens were paid by grants; nothing on 25 of 30 "
        "days."
    )


def test_those_beyond_the_first_are_one() -> None:
    """The first have a bar each, and the rest a line together."""
    _, who = report_charts(report(PEOPLE, CHANNELS, 9_000), CHANNELS.get)
    people, channels = who.panels
    assert isinstance(people, Rows)
    assert isinstance(channels, Rows)
    assert len(people.rows) == MOST_ROWS
    assert people.rows[-1].names == ("4 other people",)
    assert people.rows[-1].muted
    assert sum(it.amount for it in people.rows) == sum(
        it.amounts.tokens for it in report(PEOPLE, CHANNELS, 9_000).people
    )
    assert [it.names[0] for it in channels.rows] == ["#general", "#maths-help", "#ideas", "#staff"]


def test_a_reports_descriptions() -> None:
    """Whoever can't see them hears the sums, the busiest hour, and who and where is first."""
    when, who = report_charts(report(PEOPLE, CHANNELS, 9_000), CHANNELS.get)
    assert when.description == (
        "What was used 1 to 26 Nov 2026: 23 requests, 25,460 tokens, $0.0509. "
        "Bar chart by hour of the day: most from 15:00 to 16:00, 9 % of all tokens."
    )
    assert who.description.startswith("Bar charts. People with the most tokens: Ada (35 %), Ben")
    assert "Channels with the most tokens: #general (50 %)" in who.description


def test_long_names_make_no_long_description() -> None:
    """Discord takes 1,024 characters."""
    people = {it: Names("x" * 400, "x") for it in range(5)}
    _, who = report_charts(report(people, {}, 100), nameless)
    assert len(who.description) == 1024


def test_without_use_there_is_one_chart() -> None:
    """Where nobody used anything nobody has a bar."""
    at = datetime(2026, 11, 26, tzinfo=UTC)
    nothing = Report(Span.DAY, at, at, UTC, Amounts(), (), (), (Amounts(),) * 24)
    [chart] = report_charts(nothing, nameless)
    assert chart.description == "What was used 26 Nov 2026: 0 requests, 0 tokens, $0.00."


def test_the_unknown_have_the_end_of_their_id() -> None:
    """Who left no name, and what is deleted, can still be told apart."""
    at = datetime(2026, 11, 26, tzinfo=UTC)
    shares = (Share(123456789, Amounts(1, 1, 1)),)
    one = Report(Span.DAY, at, at, UTC, Amounts(1, 1, 1), shares, shares, (Amounts(),) * 24)
    _, who = report_charts(one, nameless)
    names = [row.names for it in who.panels if isinstance(it, Rows) for row in it.rows]
    assert names == [("person …6789",), ("channel …6789",)]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-11-26", "2026-11-26", "26 Nov 2026"),
        ("2026-11-01", "2026-11-26", "1 to 26 Nov 2026"),
        ("2026-10-28", "2026-11-26", "28 Oct to 26 Nov 2026"),
        ("2025-12-20", "2026-01-18", "20 Dec 2025 to 18 Jan 2026"),
    ],
)
def test_days_in_words(first: str, last: str, words: str) -> None:
    """Months and years stand once where that is enough."""
    assert yearly(date.fromisoformat(first), date.fromisoformat(last)) == words


@pytest.mark.parametrize(
    ("part", "words"),
    [(0, "0 %"), (1, "under 1 %"), (125, "12 %"), (999, "99 %"), (1000, "100 %")],
)
def test_shares_in_words(part: int, words: str) -> None:
    """Something is never nothing, nor less than all everything."""
    assert percent(part, 1000) == words
    assert percent(0, 0) == "0 %"


@pytest.mark.parametrize(
    ("micros", "words"),
    [(0, "$0.00"), (1_234, "$0.0012"), (99_999, "$0.10"), (1_049_999, "$1.05")],
)
def test_money_in_cents(micros: int, words: str) -> None:
    """Cents are enough where they do not hide the amount."""
    assert money(micros) == words


def test_a_chart_goes_through_its_picture() -> None:
    """What draws it reads the same chart that was made."""
    for chart in samples().values():
        picture = picture_of(chart)
        assert picture.kind is PictureKind.CHART
        assert chart_of(picture.source) == chart
