"""Words for the price question, and for the operator."""

from decimal import Decimal

from bot.notes import Alarm
from bot.quota.pricing import Estimate, Offer
from bot.render.amounts import dollars
from bot.words import decimal, integer, say


def alarm_words(alarm: Alarm) -> str:
    """Return what the operator is told."""
    return say(f"alarm-{alarm.replace('_', '-')}")


def offer_words(offer: Offer) -> str:
    """Return the price question: what it takes, and what the buttons do about it."""
    price = _estimate(offer.estimate)
    if offer.share is None:
        lines = [say("price-ask", price=price)]
    elif offer.whole_day:
        lines = [say("price-ask-share-whole", price=price, share=offer.share)]
    else:
        lines = [say("price-ask-share", price=price, share=offer.share)]
    trimming = offer.trimming
    if trimming is not None:
        tokens, cost = short(trimming.estimate.tokens), trimming.estimate.cost_micros
        if cost is None:
            trim = say("price-trim-tokens", turns=trimming.turns, tokens=tokens)
        else:
            about = rough_dollars(cost)
            trim = say("price-trim-tokens-cost", turns=trimming.turns, tokens=tokens, cost=about)
        lines.append(trim)
    lines.append(say("price-rules"))
    return "\n".join(lines)


def _estimate(estimate: Estimate) -> str:
    tokens = short(estimate.tokens)
    if estimate.cost_micros is None:
        return say("price-tokens", tokens=tokens)
    return say("price-tokens-cost", tokens=tokens, cost=rough_dollars(estimate.cost_micros))


def short(amount: int) -> str:
    """Return a number in two or three digits: "950", "12k", "620k", "1.2M"."""
    if amount < 1_000:
        return integer(amount)
    if amount < 999_500:
        return say("short-thousands", short=_rounded(amount, 1_000), amount=amount)
    return say("short-millions", short=_rounded(amount, 1_000_000), amount=amount)


def _rounded(amount: int, step: int) -> str:
    value = amount / step
    return decimal(value, 0, 1 if value < 9.95 else 0)


def rough_dollars(micros: int) -> str:
    """Return an amount in cents, or in its first two digits where it is less than ten."""
    if micros >= 95_000 or not micros:
        cents = Decimal(micros).scaleb(-6).quantize(Decimal("0.01"))
        return say("dollars", amount=decimal(cents, 2, 2))
    digits = max(0, len(str(micros)) - 2)
    return dollars(int(round(micros, -digits)))
