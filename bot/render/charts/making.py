"""Makes charts of what was used."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta, tzinfo

from bot.quota import Amounts
from bot.render.amounts import amount_words, dollars, unit
from bot.render.charts.values import Bar, Chart, Columns, Row, Rows, Tile
from bot.reports.sums import Day, Names, PersonUse, Report, Share, Span

Named = tuple[Share, tuple[str, ...]]
"""A share, and what whoever has it may be called."""

MOST_ROWS = 6
"""People, or channels, that have a bar of their own in a chart; the others have one together."""

_CENTS_FROM = 100_000
"""Micro-dollars from which on cents are exact enough."""

_LONGEST_DESCRIPTION = 1024
"""Characters of a picture's description, by Discord's rule."""

_SPANS = {
    Span.DAY: "Use today",
    Span.WEEK: "Use this week",
    Span.MONTH: "Use this month",
    Span.THIRTY_DAYS: "Use in the last 30 days",
}


def usage_chart(use: PersonUse) -> Chart:
    """Return the chart of what a person used, day by day."""
    days = use.days
    bars = tuple(Bar(_day(it.date), it.ordinary.tokens, it.granted.tokens) for it in days)
    last = len(days) - 1
    granted = any(bar.granted for bar in bars)
    columns = Columns(
        "Tokens a day",
        (*bars[:-1], Bar("today", bars[-1].amount, bars[-1].granted)),
        tuple(range(last % 7, last + 1, 7)),
        ("within the limits", "paid by grants") if granted else (),
    )
    return Chart(
        f"Your last {len(days)} days",
        between(days[0].date, days[-1].date),
        _tiles(use.total),
        (columns,),
        _usage_description(use),
    )


def _usage_description(use: PersonUse) -> str:
    days, whole = use.days, use.total
    said = (
        f"Bar chart of your tokens a day, {between(days[0].date, days[-1].date)}: "
        f"{_amounts(whole)} in all"
    )
    if not whole.tokens:
        return f"{said}."
    most = max(days, key=_tokens)
    idle = sum(1 for it in days if not _tokens(it))
    said += f"; most on {_day(most.date)}, {amount_words('tokens', _tokens(most))}"
    granted = sum(it.granted.tokens for it in days)
    said += f"; {amount_words('tokens', granted)} were paid by grants" if granted else ""
    return said + (f"; nothing on {idle} of {len(days)} days." if idle else ".")


def report_charts(report: Report, channel_name: Callable[[int], str | None]) -> tuple[Chart, ...]:
    """Return the charts of what was used in a server: when, and then by whom and where.

    They are two, as Discord shows a tall picture small.
    """
    dates = f"{between(*dates_of(report))}, {zone_name(report.zone)}"
    hours = tuple(Bar(f"{hour:02}:00", it.tokens) for hour, it in enumerate(report.hours))
    when = Chart(
        _SPANS[report.span],
        dates,
        _tiles(report.total),
        (Columns("Tokens by hour of the day", hours, (0, 6, 12, 18, 23)),),
        _hours_description(report),
    )
    first = report.people[:MOST_ROWS]
    people = [(it, names_of(it.id, report.names.get(it.id))) for it in first]
    busiest = report.channels[:MOST_ROWS]
    channels = [(it, channel_names(it.id, channel_name(it.id))) for it in busiest]
    rows = (
        Rows("People", _rows(people, report.people, "person", "people")),
        Rows(
            "Channels, with their threads", _rows(channels, report.channels, "channel", "channels")
        ),
    )
    who = Chart(
        "Most tokens",
        dates,
        (),
        tuple(it for it in rows if it.rows),
        _shares_description(report, people, channels),
    )
    return (when, who) if who.panels else (when,)


def _rows(named: Sequence[Named], all_: Sequence[Share], one: str, many: str) -> tuple[Row, ...]:
    """Return a row for each of the first, and one for all others."""
    shown = named if len(all_) <= MOST_ROWS else named[: MOST_ROWS - 1]
    rows = [Row(names, share.amounts.tokens) for share, names in shown]
    others = all_[len(shown) :]
    if others:
        tokens = sum(share.amounts.tokens for share in others)
        word = one if len(others) == 1 else many
        rows.append(Row((f"{len(others):,} other {word}",), tokens, muted=True))
    return tuple(rows)


def _hours_description(report: Report) -> str:
    whole = report.total
    said = f"What was used {between(*dates_of(report))}: {_amounts(whole)}."
    if not whole.tokens:
        return said
    hour = max(range(24), key=lambda it: report.hours[it].tokens)
    share = percent(report.hours[hour].tokens, whole.tokens)
    most = f"most from {hours_words(hour)}, {share} of all tokens"
    return f"{said} Bar chart by hour of the day: {most}."


def _shares_description(report: Report, people: Sequence[Named], channels: Sequence[Named]) -> str:
    said = " ".join(
        f"{what} with the most tokens: {_most(named, report.total.tokens)}."
        for what, named in (("People", people), ("Channels", channels))
        if named
    )
    said = f"Bar charts. {said}"
    return said if len(said) <= _LONGEST_DESCRIPTION else f"{said[: _LONGEST_DESCRIPTION - 1]}…"


def _most(named: Sequence[Named], whole: int) -> str:
    shown = (f"{names[0]} ({percent(it.amounts.tokens, whole)})" for it, names in named[:5])
    return ", ".join(shown)


def dates_of(report: Report) -> tuple[date, date]:
    """Return the first and the last day that a report is about, by the server's clock."""
    last = max(report.start, report.end - timedelta(microseconds=1))
    return report.start.astimezone(report.zone).date(), last.astimezone(report.zone).date()


def between(first: date, last: date) -> str:
    """Return two days as people write them, their month and year once where that is enough."""
    if first == last:
        return f"{_day(last)} {last.year}"
    year = "" if first.year == last.year else f" {first.year}"
    same = first.year == last.year and first.month == last.month
    begin = str(first.day) if same else f"{_day(first)}{year}"
    return f"{begin} to {_day(last)} {last.year}"


def names_of(user_id: int, names: Names | None) -> tuple[str, ...]:
    """Return what a person may be called in a picture, the best first."""
    unknown = f"person …{str(user_id)[-4:]}"
    return (unknown,) if names is None else (names.shown, f"@{names.username}", unknown)


def channel_names(channel_id: int, name: str | None) -> tuple[str, ...]:
    """Return what a channel may be called in a picture, the best first."""
    unknown = f"channel …{str(channel_id)[-4:]}"
    return (unknown,) if name is None else (f"#{name}", unknown)


def hours_words(hour: int) -> str:
    """Return an hour of the day: "14:00 to 15:00"."""
    return f"{hour:02}:00 to {(hour + 1) % 24:02}:00"


def zone_name(zone: tzinfo) -> str:
    """Return the name of a time zone."""
    return str(zone).replace("_", " ")


def percent(part: int, whole: int) -> str:
    """Return a share as people read it: never 0 % of something, nor 100 % of less than all."""
    if not whole or part == 0 or part == whole:
        return "100 %" if whole and part == whole else "0 %"
    share = 100 * part / whole
    if share < 1:
        return "under 1 %"
    return f"{min(round(share), 99)} %"


def _tokens(day: Day) -> int:
    return day.ordinary.tokens + day.granted.tokens


def _amounts(amounts: Amounts) -> str:
    requests = amount_words("requests", amounts.requests)
    tokens = amount_words("tokens", amounts.tokens)
    return f"{requests}, {tokens}, {money(amounts.cost_micros)}"


def money(micros: int) -> str:
    """Return micro-dollars in whole cents, or in smaller parts where those would hide it."""
    return dollars(micros if micros < _CENTS_FROM else round(micros, -4))


def _tiles(amounts: Amounts) -> tuple[Tile, ...]:
    return (
        Tile(f"{amounts.requests:,}", unit("requests", amounts.requests)),
        Tile(f"{amounts.tokens:,}", unit("tokens", amounts.tokens)),
        Tile(money(amounts.cost_micros), "cost"),
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
