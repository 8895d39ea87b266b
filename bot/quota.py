"""Limits as rules, windows and arithmetic; pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.messages import Price


class Meter(StrEnum):
    """What a limit counts; cost is counted in whole micro-dollars."""

    REQUESTS = "requests"
    TOKENS = "tokens"
    COST = "cost"


class Window(StrEnum):
    """The calendar span over which a limit counts, in the server's time zone."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Scope(StrEnum):
    """Whom a limit is for, and whose use counts against it."""

    BOT = "bot"
    SERVER = "server"
    CHANNEL = "channel"
    MEMBER = "member"
    ROLE = "role"
    EVERYONE = "everyone"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Rule:
    """A limit: so much of a meter in each window; `target_id` names a member, role or channel."""

    scope: Scope
    meter: Meter
    window: Window
    amount: int
    target_id: int | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose turn it is and where: what decides which rules match."""

    user_id: int
    guild_id: int | None
    channel_id: int
    role_ids: tuple[int, ...] = ()
    parent_channel_id: int | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """The worst case of a turn; a limit may lower the output to `least_output_tokens`, not below.

    Without a price a turn holds all that is left of each cost limit.
    """

    prompt_tokens: int
    max_output_tokens: int
    least_output_tokens: int
    price: Price | None


@dataclass(frozen=True, slots=True)
class Amounts:
    """So much of each meter."""

    requests: int = 0
    tokens: int = 0
    cost_micros: int = 0


@dataclass(frozen=True, slots=True)
class Hold:
    """What a turn holds until it settles, and the output limit that was held for."""

    id: int
    amounts: Amounts
    max_output_tokens: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a rule stands in its present window."""

    rule: Rule
    used: int
    held: int
    resets_at: datetime

    @property
    def left(self) -> int:
        """Return what neither was used nor is held, never below 0."""
        return max(0, self.rule.amount - self.used - self.held)
