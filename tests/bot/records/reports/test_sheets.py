"""Reports as CSV."""

import csv
import io
from datetime import UTC, datetime

import pytest

from bot.quota.rules import Amounts
from bot.records.reports.replay import Outcome, Stopped
from bot.records.reports.sheets import outcome_sheet, report_sheet
from bot.records.reports.sums import Names, Report, Share, Span
from tests.bot.render.charts.samples import nameless

NOW = datetime(2026, 11, 26, 15, 20, tzinfo=UTC)


def report(names: dict[int, Names]) -> Report:
    """Return a report of two people and a channel."""
    people = (Share(1, Amounts(2, 1_200, 1_234_567)), Share(2, Amounts(1, 5, 1)))
    channels = (Share(9, Amounts(3, 1_205, 1_234_568)),)
    whole = channels[0].amounts
    return Report(Span.DAY, NOW, NOW, UTC, whole, people, channels, (whole,) * 24, names)


def rows(sheet: bytes) -> list[list[str]]:
    """Return what a spreadsheet reads."""
    return list(csv.reader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))


def test_everybody_is_in_it() -> None:
    """All people and channels stand there with their ids and names, and the whole at the end."""
    names = {1: Names('Ada, "the" first', "ada")}
    found = rows(report_sheet(report(names), {9: "general"}.get))
    assert found == [
        ["kind", "id", "name", "username", "requests", "tokens", "cost_usd"],
        ["member", "1", 'Ada, "the" first', "ada", "2", "1200", "1.234567"],
        ["member", "2", "", "", "1", "5", "0.000001"],
        ["channel", "9", "general", "", "3", "1205", "1.234568"],
        ["total", "", "", "", "3", "1205", "1.234568"],
    ]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_names_are_no_formulas(sign: str) -> None:
    """A name that a spreadsheet would run is text there."""
    names = {1: Names(f"{sign}HYPERLINK(1)", f"{sign}x")}
    member = rows(report_sheet(report(names), {9: f"{sign}y"}.get))
    assert member[1][2:4] == [f"'{sign}HYPERLINK(1)", f"'{sign}x"]
    assert member[3][2] == f"'{sign}y"


def test_names_are_no_formulas_between_semicolons() -> None:
    """Nor where a spreadsheet splits at semicolons, or leaves spaces at the beginning out."""
    names = {1: Names("Ada;=1+1; @x", " =2")}
    assert rows(report_sheet(report(names), nameless))[1][2:4] == ["Ada;'=1+1;' @x", "' =2"]


def test_names_in_any_script() -> None:
    """Spreadsheets know by its first bytes that a file is UTF-8; half a character is no error."""
    sheet = report_sheet(report({1: Names("名前 \ud83d", "ada")}), nameless)
    assert sheet.startswith(b"\xef\xbb\xbf")
    assert rows(sheet)[1][2] == "名前 ?"


def test_who_was_stopped() -> None:
    """Each is named with how often, and when first."""
    outcome = Outcome(NOW, 2, 9, (Stopped(1, 7, 3, NOW),))
    assert rows(outcome_sheet(outcome, {1: Names("Ada", "ada")}.get))[1:] == [
        ["1", "Ada", "ada", "7", "3", "2026-11-26 15:20:00"]
    ]
