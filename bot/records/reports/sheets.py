"""Reports as CSV, for a spreadsheet."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from bot.messages import MICROS
from bot.quota.rules import Amounts
from bot.records.reports.replay import Outcome
from bot.records.reports.sums import Names, Report, Share

Cell = str | int | Decimal

_FORMULA = re.compile(r"(?:^|(?<=;))(?=\s*[=+\-@＝＋－＠]|[\t\r\n])")  # noqa: RUF001 - wide signs
"""Where a formula may begin for a spreadsheet; in half of the world cells end with a semicolon."""


def report_sheet(report: Report, channel_name: Callable[[int], str | None]) -> bytes:
    """Return all people and channels of a report, and what they come to."""
    rows: list[Sequence[Cell]] = [
        ("kind", "id", "name", "username", "requests", "tokens", "cost_usd"),
    ]
    for share in report.people:
        names = report.names.get(share.id, Names("", ""))
        rows.append(_row("member", share, names.shown, names.username))
    rows += [_row("channel", it, channel_name(it.id) or "", "") for it in report.channels]
    rows.append(("total", "", "", "", *_amounts(report.total)))
    return _sheet(rows)


def outcome_sheet(outcome: Outcome, name_of: Callable[[int], Names | None]) -> bytes:
    """Return whom a limit would have stopped, how often, and when first."""
    rows: list[Sequence[Cell]] = [
        ("id", "name", "username", "requests", "stopped", "first_stopped_utc")
    ]
    for it in outcome.stopped:
        names = name_of(it.user_id) or Names("", "")
        first = f"{it.first:%Y-%m-%d %H:%M:%S}"
        rows.append((it.user_id, names.shown, names.username, it.turns, it.stopped, first))
    return _sheet(rows)


def _row(kind: str, share: Share, name: str, username: str) -> Sequence[Cell]:
    return (kind, share.id, name, username, *_amounts(share.amounts))


def _amounts(amounts: Amounts) -> tuple[Cell, Cell, Cell]:
    return amounts.requests, amounts.tokens, Decimal(amounts.cost_micros) / MICROS


def _sheet(rows: Iterable[Sequence[Cell]]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerows([_defused(cell) for cell in row] for row in rows)
    # With the mark by which spreadsheets know UTF-8.
    return written.getvalue().encode("utf-8-sig", "replace")


def _defused(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet runs: names are other people's words."""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return _FORMULA.sub("'", cell) if isinstance(cell, str) else cell
