"""Makes charts of what was used."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta, tzinfo

from bot.quota.rules import Amounts
from bot.records.reports.sums import Day, Names, PersonUse, Report, Share, Span
from bot.render.amounts import amount_words, dollars, unit
from bot.render.charts.values import Bar, Chart, Columns, Row, Rows, Tile
from bot.words import dated, integer, joined, say, speaking_in_letters, yearly

Named = tuple[Share, tuple[str, ...]]
"""A share, and what whoever has it may be called."""

MOST_ROWS = 6
"""People, or channels, that have a bar of their own in a chart; the others have one together."""

_CENTS_FROM = 100_000
"""Micro-dollars from which on cents are exact enough."""

_LONGEST_DESCRIPTION = 1024
"""Characters of a picture's description, by Discord's rule."""

SPAN_IDS = {it: "thirty-days" if it is Span.THIRTY_DAYS else it.value for it in Span}
"""What stands for each span in the names of messages."""


def usage_chart(use: PersonUse) -> Chart:
    """Return the chart of what a person used, day by day."""
    description = _usage_description(use)
    with speaking_in_letters():
        return _usage_chart(use, description)


def _usage_chart(use: PersonUse, description: str) -> Chart:
    days = use.days
    bars = tuple(Bar(_day(it.date), it.ordinary.tokens, it.granted.tokens) for it in days)
    last = len(days) - 1
    granted = any(bar.granted for bar in bars)
    columns = Columns(
        say("chart-tokens-a-day"),
        (*bars[:-1], Bar(say("chart-today"), bars[-1].amount, bars[-1].granted)),
        tuple(range(last % 7, last + 1, 7)),
        (say("chart-within"), say("chart-granted")) if granted else (),
        say("chart-nothing-yet"),
    )
    return Chart(
        say("chart-your-days", days=len(days)),
        yearly(days[0].date, days[-1].date),
        _tiles(use.total),
        (columns,),
        description,
    )


def _usage_description(use: PersonUse) -> str:
    days, whole = use.days, use.total
    dates = yearly(days[0].date, days[-1].date)
    said = say("described-own", dates=dates, amounts=_amounts(whole))
    if whole.tokens:
        most = max(days, key=_tokens)
        tokens = amount_words("tokens", _tokens(most))
        said += say("described-own-most", day=_day(most.date), tokens=tokens)
        if granted := sum(it.granted.tokens for it in days):
            said += say("described-own-granted", tokens=amount_words("tokens", granted))
        if idle := sum(1 for it in days if not _tokens(it)):
            said += say("described-own-idle", idle=idle, days=len(days))
    return said + say("described-end")


def report_charts(report: Report, channel_name: Callable[[int], str | None]) -> tuple[Chart, ...]:
    """Return the charts of what was used in a server: when, and then by whom and where.

    They are two, as Discord shows a tall picture small.
    """
    descriptions = (
        _hours_description(report),
        _shares_description(report, *_named(report, channel_name)),
    )
    with speaking_in_letters():
        return _report_charts(report, *_named(report, channel_name), descriptions)


def _named(
    report: Report, channel_name: Callable[[int], str | None]
) -> tuple[list[Named], list[Named]]:
    """Return those who used most, and the channels that were used most, with their names."""
    people, channels = report.people[:MOST_ROWS], report.channels[:MOST_ROWS]
    return (
        [(it, names_of(it.id, report.names.get(it.id))) for it in people],
        [(it, channel_names(it.id, channel_name(it.id))) for it in channels],
    )


def _report_charts(
    report: Report,
    people: Sequence[Named],
    channels: Sequence[Named],
    descriptions: tuple[str, str],
) -> tuple[Chart, ...]:
    zone = zone_name(report.zone)
    dates = say("chart-dates-zone", dates=yearly(*dates_of(report)), zone=zone)
    hours = tuple(Bar(f"{hour:02}:00", it.tokens) for hour, it in enumerate(report.hours))
    labelled, nothing = (0, 6, 12, 18, 23), say("chart-nothing-yet")
    when = Chart(
        say(f"chart-span-{SPAN_IDS[report.span]}"),
        dates,
        _tiles(report.total),
        (Columns(say("chart-tokens-an-hour"), hours, labelled, nothing=nothing),),
        descriptions[0],
    )
    rows = (
        Rows(say("chart-people"), _rows(people, report.people, "chart-other-people")),
        Rows(say("chart-channels"), _rows(channels, report.channels, "chart-other-channels")),
    )
    who = Chart(
        say("chart-most-tokens"),
        dates,
        (),
        tuple(it for it in rows if it.rows),
        descriptions[1],
    )
    return (when, who) if who.panels else (when,)


def _rows(named: Sequence[Named], all_: Sequence[Share], others_id: str) -> tuple[Row, ...]:
    """Return a row for each of the first, and one for all others."""
    shown = named if len(all_) <= MOST_ROWS else named[: MOST_ROWS - 1]
    rows = [_row(names, share.amounts.tokens) for share, names in shown]
    others = all_[len(shown) :]
    if others:
        tokens = sum(share.amounts.tokens for share in others)
        rows.append(_row((say(others_id, count=len(others)),), tokens, muted=True))
    return tuple(rows)


def _row(names: tuple[str, ...], tokens: int, *, muted: bool = False) -> Row:
    return Row(names, tokens, muted, integer(tokens))


def _hours_description(report: Report) -> str:
    whole, dates = report.total, yearly(*dates_of(report))
    amounts = _amounts(whole)
    if not whole.tokens:
        return say("described-hours-none", dates=dates, amounts=amounts)
    hour = max(range(24), key=lambda it: report.hours[it].tokens)
    share = percent(report.hours[hour].tokens, whole.tokens)
    hours = hours_words(hour)
    return say("described-hours", dates=dates, amounts=amounts, hours=hours, share=share)


def _shares_description(report: Report, people: Sequence[Named], channels: Sequence[Named]) -> str:
    said, whole = say("described-shares"), report.total.tokens
    if people:
        said += say("described-people", most=_most(people, whole))
    if channels:
        said += say("described-channels", most=_most(channels, whole))
    return said if len(said) <= _LONGEST_DESCRIPTION else f"{said[: _LONGEST_DESCRIPTION - 1]}…"


def _most(named: Sequence[Named], whole: int) -> str:
    shown = [
        say("described-share", name=names[0], share=percent(it.amounts.tokens, whole))
        for it, names in named[:5]
    ]
    return joined(shown)


def dates_of(report: Report) -> tuple[date, date]:
    """Return the first and the last day that a report is about, by the server's clock."""
    last = max(report.start, report.end - timedelta(microseconds=1))
    return report.start.astimezone(report.zone).date(), last.astimezone(report.zone).date()


def names_of(user_id: int, names: Names | None) -> tuple[str, ...]:
    """Return what a person may be called in a picture, the best first."""
    unknown = say("chart-person-unknown", digits=str(user_id)[-4:])
    return (unknown,) if names is None else (names.shown, f"@{names.username}", unknown)


def channel_names(channel_id: int, name: str | None) -> tuple[str, ...]:
    """Return what a channel may be called in a picture, the best first."""
    unknown = say("chart-channel-unknown", digits=str(channel_id)[-4:])
    return (unknown,) if name is None else (f"#{name}", unknown)


def hours_words(hour: int) -> str:
    """Return an hour of the day: "14:00 to 15:00"."""
    return say("hours", **{"from": f"{hour:02}:00", "to": f"{(hour + 1) % 24:02}:00"})


def zone_name(zone: tzinfo) -> str:
    """Return the name of a time zone."""
    return str(zone).replace("_", " ")


def percent(part: int, whole: int) -> str:
    """Return a share as people read it: never 0 % of something, nor 100 % of less than all."""
    share = 100 * part / whole if whole else 0
    if 0 < share < 1:
        return say("percent-under-one")
    return say("percent", share=100 if whole and part == whole else min(round(share), 99))


def _tokens(day: Day) -> int:
    return day.ordinary.tokens + day.granted.tokens


def _amounts(amounts: Amounts) -> str:
    return say(
        "amounts-sentence",
        requests=amount_words("requests", amounts.requests),
        tokens=amount_words("tokens", amounts.tokens),
        cost=money(amounts.cost_micros),
    )


def money(micros: int) -> str:
    """Return micro-dollars in whole cents, or in smaller parts where those would hide it."""
    return dollars(micros if micros < _CENTS_FROM else round(micros, -4))


def _tiles(amounts: Amounts) -> tuple[Tile, ...]:
    return (
        Tile(integer(amounts.requests), unit("requests", amounts.requests)),
        Tile(integer(amounts.tokens), unit("tokens", amounts.tokens)),
        Tile(money(amounts.cost_micros), say("unit-cost")),
    )


def _day(day: date) -> str:
    return dated(day, "pattern-day")
