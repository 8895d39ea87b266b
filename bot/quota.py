"""Limits as rules, windows and arithmetic; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from bot.errors import PriceUnknown, QuotaReached
from bot.messages import MICROS, Price, Question, micro_dollars
from bot.windows import Window

MOST_AMOUNT = 10**15
"""The largest amount a rule may have: sums of such stay within a database's 64 bits."""


class Meter(StrEnum):
    """What a limit counts; cost is counted in whole micro-dollars."""

    REQUESTS = "requests"
    TOKENS = "tokens"
    COST = "cost"


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

    @classmethod
    def of(cls, question: Question) -> "Subject":
        """Return what decides which limits this question meets."""
        return cls(
            user_id=question.author.id,
            guild_id=question.place.guild_id,
            channel_id=question.place.channel_id,
            role_ids=question.role_ids,
            parent_channel_id=question.parent_channel_id,
        )


@dataclass(frozen=True, slots=True)
class Use:
    """Whose use counts against a rule: that of all who match every id given.

    A user without a server means that person's use in direct messages; no ids mean the whole bot.
    """

    user_id: int | None = None
    guild_id: int | None = None
    channel_id: int | None = None


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

    def of(self, meter: Meter) -> int:
        """Return how much of this meter there is."""
        match meter:
            case Meter.REQUESTS:
                return self.requests
            case Meter.TOKENS:
                return self.tokens
            case Meter.COST:
                return self.cost_micros


@dataclass(frozen=True, slots=True)
class Hold:
    """What a turn holds until it settles, and the output limit that was held for.

    `paid_by` is who pays, where that is another than who asked.
    """

    id: int
    amounts: Amounts
    max_output_tokens: int
    paid_by: int | None = None


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


def matching(
    rules: Iterable[Rule], subject: Subject, defaults: Sequence[Rule], ceiling: Rule | None
) -> list[Rule]:
    """Return the rules that a turn must keep: its server's, else the defaults, and the ceiling.

    A personal rule yields to a more specific one for the same meter and window: a member's comes
    before a role's (the most generous of several roles), a role's before everyone's. The defaults
    stand for a person for whom the server has set nothing, and in direct messages.
    """
    rules = list(rules) if subject.guild_id is not None else []
    shared = [rule for rule in rules if _is_shared_by(rule, subject)]
    ranked = [(rank, rule) for rule in rules if (rank := _personal_rank(rule, subject))]
    deciding: dict[tuple[Meter, Window], Rule] = {}
    for _, rule in sorted(ranked, key=lambda pair: pair[0]):
        deciding[rule.meter, rule.window] = rule
    personal = list(deciding.values())
    if not personal and not any(rule.scope is Scope.SERVER for rule in shared):
        personal = list(defaults)
    return [*personal, *shared, *([ceiling] if ceiling else [])]


def _is_shared_by(rule: Rule, subject: Subject) -> bool:
    if rule.scope is Scope.CHANNEL:
        return rule.target_id in (subject.channel_id, subject.parent_channel_id)
    return rule.scope is Scope.SERVER


def _personal_rank(rule: Rule, subject: Subject) -> tuple[int, int] | None:
    """Rank a rule for this person, the deciding one highest; None where it is not for them."""
    match rule.scope:
        case Scope.MEMBER if rule.target_id == subject.user_id:
            return (3, 0)
        # Discord's @everyone is a role too, with the server's own id.
        case Scope.ROLE if rule.target_id in (*subject.role_ids, subject.guild_id):
            return (2, rule.amount)
        case Scope.EVERYONE:
            return (1, 0)
        case _:
            return None


def use_counted(rule: Rule, subject: Subject) -> Use:
    """Return whose use counts against a rule that matches this turn."""
    match rule.scope:
        case Scope.BOT:
            return Use()
        case Scope.SERVER:
            return Use(guild_id=subject.guild_id)
        case Scope.CHANNEL:
            return Use(guild_id=subject.guild_id, channel_id=rule.target_id)
        case Scope.MEMBER | Scope.ROLE | Scope.EVERYONE | Scope.DEFAULT:
            return Use(user_id=subject.user_id, guild_id=subject.guild_id)


def zone_counted(rule: Rule, guild_id: int | None, zone: tzinfo) -> tzinfo:
    """Return the time zone of a rule's windows: the server's own, else UTC."""
    return UTC if rule.scope is Scope.BOT or guild_id is None else zone


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
    return Amounts(1, demand.prompt_tokens + output, cost), output


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
            return 1


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
    )


def tightest(standings: Iterable[Standing]) -> Standing | None:
    """Return the standing with the smallest share left, the whole bot's ceiling left aside."""
    own = [standing for standing in standings if standing.rule.scope is not Scope.BOT]
    return min(own, key=lambda it: it.left / it.rule.amount if it.rule.amount else 0, default=None)


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
    """Read an amount of a meter, a cost in dollars as micro-dollars; raise `ValueError`."""
    kind = "an amount in dollars" if meter is Meter.COST else "a whole number"
    try:
        number = Decimal(text.removeprefix("$") if meter is Meter.COST else text)
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or number < 0:
        raise ValueError(f"{text!r} is no amount of {meter}: write {kind} of at least 0")
    most = Decimal(MOST_AMOUNT) / (MICROS if meter is Meter.COST else 1)
    if number > most:
        raise ValueError(f"{text!r} is too much of {meter}: write {kind} of at most {most:f}")
    if meter is Meter.COST:
        return micro_dollars(number)
    if number % 1:
        raise ValueError(f"{text!r} is no amount of {meter}: write {kind}")
    return int(number)
