"""What a turn holds under the limits that it must keep, or why it is refused; pure."""

from collections.abc import Iterable

from bot.errors import PriceUnknown, QuotaReached
from bot.messages import MICROS
from bot.quota.rules import Amounts, Demand, Meter, Standing


def fit(demand: Demand, standings: Iterable[Standing]) -> tuple[Amounts, int]:
    """Return what to hold and the output limit held for; raise `QuotaReached` for too little.

    Of several limits that refuse, the one that resets last is reported.
    """
    standings = list(standings)
    output = demand.max_output_tokens
    least = min(demand.least_output_tokens, output)
    needs = [(standing, _needed(demand, standing.rule.meter, least)) for standing in standings]
    refusing = [(standing, needed) for standing, needed in needs if standing.left < needed]
    if any(it.rule.meter is Meter.COST and it.held and not demand.price for it, _ in refusing):
        raise PriceUnknown
    if refusing:
        raise _refusal(*max(refusing, key=lambda pair: pair[0].resets_at))
    for standing in standings:
        output = min(output, _output_room(demand, standing))
    lefts = [it.left for it in standings if it.rule.meter is Meter.COST]
    price = demand.price
    cost = price.micros(demand.prompt_tokens, output) if price else max(lefts, default=0)
    return Amounts(demand.requests, demand.prompt_tokens + output, cost), output


def _output_room(demand: Demand, standing: Standing) -> int:
    """Return how many output tokens a limit has room for, where the least has room."""
    wanted = demand.max_output_tokens
    price = demand.price
    match standing.rule.meter:
        case Meter.TOKENS:
            return standing.left - demand.prompt_tokens
        case Meter.COST if price and price.micros(demand.prompt_tokens, wanted) > standing.left:
            room = standing.left / MICROS - price.request - price.prompt * demand.prompt_tokens
            return int(room // price.completion)
        case _:
            return wanted


def _needed(demand: Demand, meter: Meter, least: int) -> int:
    """Return what the smallest turn worth asking for takes of a meter."""
    match meter:
        case Meter.TOKENS:
            return demand.prompt_tokens + least
        case Meter.COST if demand.price:
            return demand.price.micros(demand.prompt_tokens, least)
        case _:
            return demand.requests


def _refusal(standing: Standing, needed: int) -> QuotaReached:
    rule = standing.rule
    return QuotaReached(
        meter=rule.meter,
        window=rule.window,
        scope=rule.scope,
        limit=rule.amount,
        used=standing.used,
        held=standing.held,
        needed=needed,
        resets_at=standing.resets_at,
        granted=standing.granted,
        target_id=rule.target_id,
    )
