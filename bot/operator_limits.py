"""The limits that the operator sets: the defaults, the ceilings, and what a turn may take."""

from bot.messages import micro_dollars
from bot.quota.rules import Meter, Rule, Scope
from bot.quota.text import parse_default_quota
from bot.quota.windows import Window
from bot.settings import SettingError, Settings
from bot.turns.prompting import Limits

WINDOW = 1_000_000
"""Tokens that the model reads and writes at most."""


def default_rules(settings: Settings) -> tuple[Rule, ...]:
    """Return the limits of `DEFAULT_QUOTA`; raise `SettingError` where it can't be read."""
    try:
        return parse_default_quota(settings.default_quota)
    except ValueError as error:
        raise SettingError(f"DEFAULT_QUOTA is malformed: {error}.") from error


def ceiling_rule(settings: Settings) -> Rule:
    """Return the whole bot's limit of a day."""
    amount = micro_dollars(settings.daily_cost_limit_usd)
    return Rule(Scope.BOT, Meter.COST, Window.DAY, amount)


def server_ceiling_rule(settings: Settings) -> Rule | None:
    """Return the limit of a day that each server has, if the operator set one."""
    limit = settings.server_daily_cost_limit_usd
    if limit is None:
        return None
    return Rule(Scope.OPERATOR, Meter.COST, Window.DAY, micro_dollars(limit))


def limits_of(settings: Settings) -> Limits:
    """Return what a turn may take, prompt and output together within the model's window."""
    output = settings.max_output_tokens
    context = min(settings.context_tokens, WINDOW - output)
    return Limits(context, output, settings.least_output_tokens)
