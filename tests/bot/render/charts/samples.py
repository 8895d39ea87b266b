# ruff: noqa: RUF001 - people write their names with such letters
"""Charts of all kinds, to be looked at and to be tested."""

import math
import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.quota.rules import Amounts
from bot.records.reports.sums import (
    NOTHING,
    Day,
    Names,
    PersonUse,
    Report,
    Share,
    Span,
    bounds_of,
    total,
)
from bot.render.charts.making import report_charts, usage_chart
from bot.render.charts.values import Chart

NOW = datetime(2026, 11, 26, 15, 20, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
PEOPLE = {
    101: Names("Ada", "ada"),
    102: Names("Ben", "ben"),
    103: Names("Cleo de Mérode", "cleo"),
    104: Names("Max", "max"),
    105: Names("Olga Ладыженская", "olga"),
    106: Names("Emmy", "emmy"),
    107: Names("Zoë", "zoe"),
    108: Names("Kit", "kit"),
    109: Names("Noor", "noor"),
}
ODD = {
    101: Names("محمد الخوارزمي", "alkhwarizmi"),
    102: Names("עדה יונת", "ada_yonath"),
    103: Names("高木貞治", "takagi"),
    104: Names("🔥 Σοφία 🔥", "sofia"),
    105: Names("𝓛𝓾𝓷𝓪 & <b>friends</b>, who have a name that goes on and on", "luna"),
}
CHANNELS = {201: "general", 202: "maths-help", 203: "ideas", 204: "staff"}
ODD_CHANNELS = {
    201: "雑談",
    202: "a-channel-with-an-extraordinarily-long-name-for-one",
    203: "кофейня",
}


def use(weights: list[float], most: int, granted: int = 0) -> PersonUse:
    """Return a person's month with so many tokens on the fullest day."""
    days = []
    for place, weight in enumerate(weights):
        tokens = round(most * weight)
        ordinary = Amounts(math.ceil(tokens / 1_300), tokens, tokens * 2)
        paid = Amounts(0, granted, granted * 2) if granted and place % 9 == 8 else NOTHING
        days.append(Day(date(2026, 10, 28) + timedelta(days=place), ordinary, paid))
    return PersonUse(tuple(days), ())


def report(
    names: dict[int, Names], channels: dict[int, str], most: int, span: Span = Span.MONTH
) -> Report:
    """Return a report in which the first has most tokens."""
    people = tuple(
        Share(it, Amounts(most // 1_300 // n + 1, most // n, most * 2 // n))
        for n, it in enumerate(names, 1)
    )
    whole = total(it.amounts for it in people)
    rooms = tuple(
        Share(it, Amounts(whole.requests // n, whole.tokens // 2**n, whole.cost_micros // 2**n))
        for n, it in enumerate(channels, 1)
    )
    waves = [max(0.0, math.sin((hour - 6) / 18 * math.pi)) for hour in range(24)]
    hours = tuple(
        Amounts(0, round(whole.tokens * wave / sum(waves)), 0) if wave else NOTHING
        for wave in waves
    )
    start, _ = bounds_of(span, NOW, BERLIN)
    return Report(span, start, NOW, BERLIN, whole, people, rooms, hours, names)


def samples() -> dict[str, Chart]:
    """Return a chart of each kind by its name."""
    chance = random.Random(5)  # noqa: S311 - nothing secret
    busy = [chance.random() ** 2 for _ in range(29)] + [0.4]
    rare = [0.0] * 30
    rare[11], rare[29] = 1.0, 0.01
    many = {200 + n: Names(f"Person {n}", f"person{n}") for n in range(60)}
    reports: dict[str, tuple[Report, dict[int, str]]] = {
        "report": (report(PEOPLE, CHANNELS, 1_234_567), CHANNELS),
        "report-odd": (report(ODD, ODD_CHANNELS, 98_765, Span.DAY), ODD_CHANNELS),
        "report-many": (report(many, {1: "general"}, 9_876_543_210, Span.THIRTY_DAYS), {}),
        "report-small": (report({1: Names("Ada", "ada")}, {}, 800, Span.WEEK), {}),
    }
    return {
        "usage": usage_chart(use(busy, 48_000)),
        "usage-granted": usage_chart(use(busy, 180_000, granted=90_000)),
        "usage-rare": usage_chart(use(rare, 700)),
        "usage-huge": usage_chart(use(busy, 987_654_321)),
        "usage-none": usage_chart(use([0.0] * 30, 0)),
    } | {
        f"{name}-{part}": chart
        for name, (given, channels) in reports.items()
        for part, chart in zip(("when", "who"), report_charts(given, channels.get), strict=False)
    }


def nameless(_: int) -> None:
    """Return no name: the channels are gone."""
