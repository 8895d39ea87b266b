"""When a person's use of their own limits is worth a word; pure."""

from bot.notes import LimitWarning
from bot.quota.rules import Amounts, Standing

NEARLY = 80
"""Percent of a limit from which on its holder is told."""

END = 100
"""The level of a limit that has no room for another turn."""


def level(standing: Standing, least: Amounts) -> int | None:
    """Return which level a personal limit has reached, `NEARLY` or `END`; None for no level.

    `least` is what the smallest turn takes. What is merely held may come back, and counts for
    nothing.
    """
    rule = standing.rule
    if not rule.is_personal or not rule.amount:
        return None
    left = max(0, rule.amount - standing.used) + standing.granted
    if left < max(1, least.of(rule.meter)):
        return END
    return NEARLY if standing.used * 100 >= rule.amount * NEARLY else None


def warning(standing: Standing, reached: int) -> LimitWarning:
    """Return what to tell of a limit that has reached a level."""
    rule = standing.rule
    return LimitWarning(
        meter=rule.meter,
        window=rule.window,
        used=standing.used,
        limit=rule.amount,
        percent=standing.used * 100 // rule.amount,
        is_end=reached == END,
        resets_at=standing.resets_at,
    )


def key(standing: Standing) -> str:
    """Name the limit in what is remembered of warnings: a changed amount is another limit."""
    rule = standing.rule
    return f"{rule.scope}:{rule.target_id or 0}:{rule.meter}/{rule.window}={rule.amount}"
