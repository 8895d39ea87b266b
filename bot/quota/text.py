"""Reads limits that are written as text."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from bot.messages import MICROS, micro_dollars
from bot.quota.rules import MOST_AMOUNT, Meter, Rule, Scope
from bot.quota.windows import Window


class BadAmount(ValueError):
    """Say what is wrong with an amount: in English for operators, and as values for others."""

    def __init__(self, advice: str, words: str, values: Mapping[str, str]) -> None:
        super().__init__(words)
        self.advice = advice
        self.values = values


def parse_default_quota(text: str) -> tuple[Rule, ...]:
    """Read limits such as `requests/day=50, cost/month=2.50` (dollars); raise `ValueError`."""
    rules: dict[tuple[Meter, Window], Rule] = {}
    for part in filter(None, map(str.strip, text.split(","))):
        rule = _parse_rule(part)
        if rules.setdefault((rule.meter, rule.window), rule) is not rule:
            raise ValueError(f"{rule.meter}/{rule.window} stands twice: give each limit once")
    return tuple(rules.values())


def _parse_rule(part: str) -> Rule:
    name, equals, amount = (piece.strip() for piece in part.partition("="))
    meter, slash, window = (piece.strip() for piece in name.partition("/"))
    if not equals or not slash:
        raise ValueError(
            f"{part!r} is no limit: write meter/window=amount, such as tokens/day=200000"
        )
    if meter not in set(Meter):
        raise ValueError(f"{meter!r} is no meter: write one of {', '.join(Meter)}")
    if window not in set(Window):
        raise ValueError(f"{window!r} is no window: write one of {', '.join(Window)}")
    return Rule(Scope.DEFAULT, Meter(meter), Window(window), parse_amount(Meter(meter), amount))


def parse_amount(meter: Meter, text: str) -> int:
    """Read an amount of a meter, a cost in dollars as micro-dollars; raise `BadAmount`."""
    values = {
        "text": text,
        "meter": meter.value,
        "kind": "cost" if meter is Meter.COST else "whole",
    }
    kind = "an amount in dollars" if meter is Meter.COST else "a whole number"
    try:
        number = Decimal(text.removeprefix("$") if meter is Meter.COST else text)
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or number < 0:
        words = f"{text!r} is no amount of {meter}: write {kind} of at least 0"
        raise BadAmount("advice-amount-least", words, values)
    most = Decimal(MOST_AMOUNT) / (MICROS if meter is Meter.COST else 1)
    if number > most:
        words = f"{text!r} is too much of {meter}: write {kind} of at most {most:f}"
        raise BadAmount("advice-amount-most", words, {**values, "most": f"{most:f}"})
    if meter is Meter.COST:
        return micro_dollars(number)
    if number % 1:
        words = f"{text!r} is no amount of {meter}: write {kind}"
        raise BadAmount("advice-amount-kind", words, values)
    return int(number)


def parse_number(meter: Meter, amount: float) -> int:
    """Read an amount as Discord's clients send it, as `parse_amount` does; raise `BadAmount`."""
    # As people write numbers; only absurd ones keep their exponent.
    written = repr(amount) if amount > MOST_AMOUNT else f"{Decimal(repr(float(amount))):f}"
    return parse_amount(meter, written)
