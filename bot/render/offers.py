"""Words for the price question, and for the operator."""

from decimal import Decimal

from bot.notes import Alarm
from bot.pricing import Estimate, Offer
from bot.render.amounts import dollars

CANCELLED = "Cancelled. Nothing was spent."

WITHDRAWN = "The question was deleted. Nothing was spent."

_ALARMS = {
    Alarm.CREDITS_GONE: (
        "⚠️ OpenRouter answers nobody any more: my credits there, or my key's limit, are used up. "
        "Add credits or raise the limit; I try again every minute."
    ),
    Alarm.CREDITS_LOW: (
        "⚠️ My credits at OpenRouter, or my key's limit, are nearly used up. "
        "Add credits or raise the limit before I can't answer any more."
    ),
    Alarm.KEY_REJECTED: (
        "⚠️ OpenRouter does not accept my key, so nobody can be answered. "
        "Put a valid OPENROUTER_API_KEY into my settings and start me again."
    ),
}


def alarm_words(alarm: Alarm) -> str:
    """Return what the operator is told."""
    return _ALARMS[alarm]


def offer_words(offer: Offer) -> str:
    """Return the price question: what it takes, and what the buttons do about it."""
    parts = [_estimate(offer.estimate)]
    if offer.share is not None:
        day = "your day" if offer.whole_day else "what is left of your day"
        parts.append(f"{offer.share} % of {day}")
    lines = [f"**{', '.join(parts)}.** Send it?"]
    trimming = offer.trimming
    if trimming is not None:
        turns = "1 earlier turn" if trimming.turns == 1 else f"{trimming.turns:,} earlier turns"
        without = _estimate(trimming.estimate)
        lines.append(f"-# Trim sends it without {turns}: {without[0].lower()}{without[1:]}.")
    lines.append("-# Only who asked can choose. Nothing is spent before; it waits for a day.")
    return "\n".join(lines)


def _estimate(estimate: Estimate) -> str:
    parts = [f"About {short(estimate.tokens)} tokens"]
    if estimate.cost_micros is not None:
        parts.append(f"about {rough_dollars(estimate.cost_micros)}")
    return ", ".join(parts)


def short(amount: int) -> str:
    """Return a number in two or three digits: "950", "12k", "620k", "1.2M"."""
    if amount < 1_000:
        return f"{amount}"
    if amount < 999_500:
        return f"{_rounded(amount, 1_000)}k"
    return f"{_rounded(amount, 1_000_000)}M"


def _rounded(amount: int, step: int) -> str:
    value = amount / step
    return f"{value:.1f}".removesuffix(".0") if value < 9.95 else f"{value:.0f}"


def rough_dollars(micros: int) -> str:
    """Return an amount in cents, or in its first two digits where it is less than ten."""
    if micros >= 95_000 or not micros:
        cents = Decimal(micros).scaleb(-6).quantize(Decimal("0.01"))
        return f"${cents:,}"
    digits = max(0, len(str(micros)) - 2)
    return dollars(int(round(micros, -digits)))
