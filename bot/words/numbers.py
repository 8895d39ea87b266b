"""Numbers and days, as they are written in the language that is spoken."""

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from bot.words.catalogue import say
from bot.words.languages import spoken


def integer(amount: int) -> str:
    """Return a whole number with its thousands set apart: "1,204"."""
    return format_decimal(amount, locale=spoken())


def decimal(amount: Decimal | float, pattern: str) -> str:
    """Return a number by a pattern of Unicode's: "#,##0.00" is with two digits after the point."""
    return format_decimal(amount, format=pattern, locale=spoken())


def dated(day: date, pattern_id: str) -> str:
    """Return a day, or a moment by the clock there, by one of the catalogue's patterns."""
    pattern = say(pattern_id)
    if isinstance(day, datetime):
        return format_datetime(day, pattern, locale=spoken())
    return format_date(day, pattern, locale=spoken())


def yearly(first: date, last: date) -> str:
    """Return two days as people write them, their month and year once where that is enough."""
    years = {"year": str(last.year)}
    if first == last:
        return say("dates-one-day", day=dated(last, "pattern-day"), **years)
    if first.year != last.year:
        return say(
            "dates-two-years",
            first=dated(first, "pattern-day"),
            last=dated(last, "pattern-day"),
            year=str(first.year),
            **{"last-year": str(last.year)},
        )
    same = first.month == last.month
    begin = dated(first, "pattern-day-of-month" if same else "pattern-day")
    end = dated(last, "pattern-last-of-month" if same else "pattern-day")
    return say("dates-one-year", first=begin, last=end, **years)
