"""Numbers and days, as they are written in the language that is spoken."""

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, format_datetime

from bot.words.catalogue import say
from bot.words.digits import set_apart
from bot.words.languages import spoken


def integer(amount: int) -> str:
    """Return a whole number with its thousands set apart: "1,204"."""
    return set_apart(f"{amount:,}", spoken())


def decimal(amount: Decimal | float, least: int, most: int) -> str:
    """Return a number with so many digits after its point: those beyond the least unless 0."""
    text = f"{amount:,.{most}f}"
    whole, _, digits = text.partition(".")
    digits = digits[:least] + digits[least:].rstrip("0")
    return set_apart(f"{whole}.{digits}" if digits else whole, spoken())


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
