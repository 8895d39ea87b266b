"""Words for limits and amounts, and the lines that show them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from bot.messages import MICROS
from bot.quota import Rule, Scope, Standing

_WINDOWS = {
    "minute": ("a minute", "this minute"),
    "hour": ("an hour", "this hour"),
    "day": ("a day", "today"),
    "week": ("a week", "this week"),
    "month": ("a month", "this month"),
}

_BAR = 10
"""Cells in a bar of `usage_bars`."""


def dollars(micros: int) -> str:
    """Return micro-dollars as dollars: cents at least, more digits where cents hide it."""
    amount = Decimal(micros) / MICROS
    if amount and abs(amount) < Decimal("0.0001"):
        return f"${amount:.6f}"
    text = f"{amount:,.4f}"
    while text.endswith("0") and len(text.rpartition(".")[2]) > 2:
        text = text[:-1]
    return f"${text}"


def unit(meter: str, amount: int) -> str:
    """Return the meter's word after an amount; nothing for money."""
    if meter == "cost":
        return ""
    return meter.removesuffix("s") if amount == 1 else str(meter)


def number(meter: str, amount: int) -> str:
    """Return an amount without its unit, money with its sign."""
    return dollars(amount) if meter == "cost" else f"{amount:,}"


def amount_words(meter: str, amount: int) -> str:
    """Return an amount of a meter: "50 requests", "1 token", "$2.50"."""
    return f"{number(meter, amount)} {unit(meter, amount)}".rstrip()


def window_words(window: str) -> str:
    """Return how often a limit begins anew: "a day", "an hour"."""
    return _WINDOWS[window][0]


def window_now(window: str) -> str:
    """Return the present window: "today", "this hour"."""
    return _WINDOWS[window][1]


def relative(moment: datetime) -> str:
    """Return a moment as Discord shows it to each reader: "in 3 hours"."""
    return f"<t:{int(moment.timestamp())}:R>"


def target_words(rule: Rule) -> str:
    """Return whom a rule is for; mentions here ping nobody, since no message of ours does."""
    match rule.scope:
        case Scope.BOT:
            return "the whole bot, everyone together"
        case Scope.OPERATOR:
            return "this server, set by the bot's operator"
        case Scope.SERVER:
            return "the whole server, everyone together"
        case Scope.CHANNEL:
            return f"<#{rule.target_id}>, everyone together"
        case Scope.MEMBER:
            return f"<@{rule.target_id}>"
        case Scope.ROLE:
            return f"each member with <@&{rule.target_id}>"
        case Scope.EVERYONE:
            return "each member"
        case Scope.DEFAULT:
            return "each person, the bot's default"


def rule_words(rule: Rule) -> str:
    """Return a rule in words: "50 requests a day for each member"."""
    limit = f"{amount_words(rule.meter, rule.amount)} {window_words(rule.window)}"
    return f"{limit} for {target_words(rule)}"


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
    held = f" · {number(rule.meter, standing.held)} held" if standing.held else ""
    granted = f" ({number(rule.meter, standing.granted)} of it granted)" if standing.granted else ""
    return (
        f"**{str(rule.meter).capitalize()} {window_words(rule.window)}**"
        f" · {target_words(rule)}\n"
        f"{bar} {number(rule.meter, standing.used)} of {amount_words(rule.meter, rule.amount)} used"
        f"{held} · {number(rule.meter, standing.left)} left{granted}"
        f" · resets {relative(standing.resets_at)}"
    )
