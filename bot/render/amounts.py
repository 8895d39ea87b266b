"""Words for limits and amounts, and the lines that show them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from bot.messages import MICROS
from bot.quota.rules import Rule, Scope, Standing
from bot.words import decimal, integer, say

_BAR = 10
"""Cells in a bar of `usage_bars`."""


def dollars(micros: int) -> str:
    """Return micro-dollars as dollars: cents at least, more digits where cents hide it."""
    amount = Decimal(micros) / MICROS
    is_tiny = amount and abs(amount) < Decimal("0.0001")
    return say("dollars", amount=decimal(amount, *((6, 6) if is_tiny else (2, 4))))


def unit(meter: str, amount: int) -> str:
    """Return the meter's word after an amount; nothing for money."""
    return "" if meter == "cost" else say(f"unit-{meter}", amount=amount)


def number(meter: str, amount: int) -> str:
    """Return an amount without its unit, money with its sign."""
    return dollars(amount) if meter == "cost" else integer(amount)


def amount_words(meter: str, amount: int) -> str:
    """Return an amount of a meter: "50 requests", "1 token", "$2.50"."""
    return dollars(amount) if meter == "cost" else say(f"amount-{meter}", amount=amount)


def part_words(meter: str, part: int, whole: int) -> str:
    """Return a part of an amount: "3 of 50 requests"."""
    return say("part-of", part=number(meter, part), whole=amount_words(meter, whole))


def limit_words(meter: str, amount: int, window: str) -> str:
    """Return a limit: "50 requests a day"."""
    return say("limit", amount=amount_words(meter, amount), window=window_words(window))


def window_words(window: str) -> str:
    """Return how often a limit begins anew: "a day", "an hour"."""
    return say(f"window-{window}")


def window_now(window: str) -> str:
    """Return the present window: "today", "this hour"."""
    return say(f"now-{window}")


def relative(moment: datetime) -> str:
    """Return a moment as Discord shows it to each reader: "in 3 hours"."""
    return f"<t:{int(moment.timestamp())}:R>"


def target_words(rule: Rule) -> str:
    """Return whom a rule is for; mentions here ping nobody, since no message of ours does."""
    match rule.scope:
        case Scope.CHANNEL:
            return say("target-channel", channel=f"<#{rule.target_id}>")
        case Scope.MEMBER:
            return f"<@{rule.target_id}>"
        case Scope.ROLE:
            return say("target-role", role=f"<@&{rule.target_id}>")
        case _:
            return say(f"target-{rule.scope}")


def rule_words(rule: Rule) -> str:
    """Return a rule in words: "50 requests a day for each member"."""
    limit = limit_words(rule.meter, rule.amount, rule.window)
    return say("rule", limit=limit, target=target_words(rule))


def quota_lines(rules: Iterable[Rule]) -> tuple[str, ...]:
    """Return one line for each rule, those of one target together."""
    order = list(Scope)
    ranked = sorted(rules, key=lambda rule: (order.index(rule.scope), rule.target_id or 0))
    return tuple(f"- {rule_words(rule)}" for rule in ranked)


def usage_bars(standings: Sequence[Standing]) -> tuple[str, ...]:
    """Return for each limit a bar of what is used, with numbers and when it resets."""
    return tuple(_usage_bar(standing) for standing in standings)


def _usage_bar(standing: Standing) -> str:
    rule = standing.rule
    taken = standing.used + standing.held
    cells = _BAR if taken >= rule.amount else taken * _BAR // rule.amount
    # Somebody who used a little sees that something is used, and a full bar is only shown at 100 %.
    cells = max(cells, 1) if taken else cells
    bar = "▰" * cells + "▱" * (_BAR - cells)
    held = granted = ""
    if standing.held:
        held = say("bar-held", amount=number(rule.meter, standing.held))
    if standing.granted:
        granted = say("bar-granted", amount=number(rule.meter, standing.granted))
    meter, window = say(f"meter-{rule.meter}"), window_words(rule.window)
    title = say("bar-title", meter=meter, window=window, target=target_words(rule))
    numbers = say(
        "bar-numbers",
        used=number(rule.meter, standing.used),
        limit=amount_words(rule.meter, rule.amount),
        held=held,
        left=number(rule.meter, standing.left),
        granted=granted,
        resets=relative(standing.resets_at),
    )
    return f"{title}\n{bar} {numbers}"
