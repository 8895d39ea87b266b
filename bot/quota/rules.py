"""Limits as rules, windows and arithmetic; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum

from bot.messages import Price, Question
from bot.quota.windows import Window
from bot.snapshots import Left

MOST_AMOUNT = 10**15
"""The largest amount a rule may have: sums of such stay within a database's 64 bits."""


class Meter(StrEnum):
    """What a limit counts; cost is counted in whole micro-dollars."""

    REQUESTS = "requests"
    TOKENS = "tokens"
    COST = "cost"


class Scope(StrEnum):
    """Whom a limit is for, and whose use counts against it; an operator's is for each server."""

    BOT = "bot"
    OPERATOR = "operator"
    SERVER = "server"
    CHANNEL = "channel"
    MEMBER = "member"
    ROLE = "role"
    EVERYONE = "everyone"
    DEFAULT = "default"


_BEGINNING = datetime.min.replace(tzinfo=UTC)

_CEILINGS = frozenset({Scope.BOT, Scope.OPERATOR})

PERSONAL = frozenset({Scope.MEMBER, Scope.ROLE, Scope.EVERYONE, Scope.DEFAULT})
"""Limits that count one person's own use: grants add to these, and the exempt skip them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A limit: so much of a meter in each window; `target_id` names a member, role or channel."""

    scope: Scope
    meter: Meter
    window: Window
    amount: int
    target_id: int | None = None

    @property
    def is_personal(self) -> bool:
        """Tell whether one person's own use counts against it."""
        return self.scope in PERSONAL


@dataclass(frozen=True, slots=True)
class Decision:
    """A rule that a turn must keep, and those for the same meter and window that yield to it."""

    rule: Rule
    yielding: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose turn it is and where: what decides which limits match, and who may use the bot."""

    user_id: int
    guild_id: int | None
    channel_id: int
    role_ids: tuple[int, ...] = ()
    parent_channel_id: int | None = None

    @classmethod
    def of(cls, question: Question) -> "Subject":
        """Return what decides about this question."""
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

    Without a price a turn holds all that is left of each cost limit. What people did not ask for
    themselves is no request of theirs, and only its tokens and cost count.
    """

    prompt_tokens: int
    max_output_tokens: int
    least_output_tokens: int
    price: Price | None
    requests: int = 1


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

    @classmethod
    def only(cls, meter: Meter, amount: int) -> "Amounts":
        """Return so much of one meter, and nothing of the others."""
        match meter:
            case Meter.REQUESTS:
                return cls(requests=amount)
            case Meter.TOKENS:
                return cls(tokens=amount)
            case Meter.COST:
                return cls(cost_micros=amount)

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(
            self.requests + other.requests,
            self.tokens + other.tokens,
            self.cost_micros + other.cost_micros,
        )


@dataclass(frozen=True, slots=True)
class Hold:
    """What a turn holds until it settles, and the output limit that was held for.

    `sponsor_id` is who pays, where that is not who asked.
    """

    id: int
    amounts: Amounts
    max_output_tokens: int
    sponsor_id: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a rule stands in its present window, which a reset may have begun late.

    `used` and `held` are without what grants pay; `granted` is what grants have left on top.
    """

    rule: Rule
    used: int
    held: int
    resets_at: datetime
    granted: int = 0
    starts_at: datetime = _BEGINNING

    @property
    def ordinary_left(self) -> int:
        """Return what of the limit itself neither was used nor is held, never below 0."""
        return max(0, self.rule.amount - self.used - self.held)

    @property
    def left(self) -> int:
        """Return what a turn may take: what the limit has left, and the grants on top."""
        return self.ordinary_left + self.granted


def decisions(
    rules: Iterable[Rule],
    subject: Subject,
    defaults: Sequence[Rule],
    ceilings: Iterable[Rule],
    *,
    exempt: bool = False,
) -> list[Decision]:
    """Return the rules that a turn must keep: its server's, else the defaults, and the ceilings.

    A personal rule yields to a more specific one for the same meter and window: a member's comes
    before a role's (the most generous of several roles), a role's before everyone's. The defaults
    stand for a person for whom the server has set nothing, and in direct messages. Who is exempt
    has no personal rule at all.
    """
    rules = list(rules) if subject.guild_id is not None else []
    shared = [rule for rule in rules if _is_shared_by(rule, subject)]
    ranked = [(rank, rule) for rule in rules if (rank := _personal_rank(rule, subject))]
    places: dict[tuple[Meter, Window], list[Rule]] = {}
    for _, rule in sorted(ranked, key=lambda pair: pair[0], reverse=True):
        places.setdefault((rule.meter, rule.window), []).append(rule)
    personal = [Decision(deciding, tuple(others)) for deciding, *others in places.values()]
    if not personal and not any(rule.scope is Scope.SERVER for rule in shared):
        personal = [Decision(rule) for rule in defaults]
    shared += [rule for rule in ceilings if _is_ceiling_of(rule, subject)]
    return [*([] if exempt else personal), *map(Decision, shared)]


def matching(
    rules: Iterable[Rule],
    subject: Subject,
    defaults: Sequence[Rule],
    *ceilings: Rule | None,
    exempt: bool = False,
) -> list[Rule]:
    """Return the rules that a turn must keep, as `decisions` finds them."""
    given = [rule for rule in ceilings if rule is not None]
    return [it.rule for it in decisions(rules, subject, defaults, given, exempt=exempt)]


def _is_ceiling_of(rule: Rule, subject: Subject) -> bool:
    return rule.scope is Scope.BOT or subject.guild_id is not None


def _is_shared_by(rule: Rule, subject: Subject) -> bool:
    if rule.scope is Scope.CHANNEL:
        return rule.target_id in (subject.channel_id, subject.parent_channel_id)
    return rule.scope is Scope.SERVER


def _personal_rank(rule: Rule, subject: Subject) -> tuple[int, int, int] | None:
    """Rank a rule for this person, the deciding one highest; None where it is not for them."""
    match rule.scope:
        case Scope.MEMBER if rule.target_id == subject.user_id:
            return (3, 0, 0)
        # Discord's @everyone is a role too, with the server's own id.
        case Scope.ROLE if rule.target_id in (*subject.role_ids, subject.guild_id):
            # Of two that are as generous the older role's decides, so that it is always the same.
            return (2, rule.amount, -(rule.target_id or 0))
        case Scope.EVERYONE:
            return (1, 0, 0)
        case _:
            return None


def use_counted(rule: Rule, subject: Subject) -> Use:
    """Return whose use counts against a rule that matches this turn."""
    match rule.scope:
        case Scope.BOT:
            return Use()
        case Scope.SERVER | Scope.OPERATOR:
            return Use(guild_id=subject.guild_id)
        case Scope.CHANNEL:
            return Use(guild_id=subject.guild_id, channel_id=rule.target_id)
        case Scope.MEMBER | Scope.ROLE | Scope.EVERYONE | Scope.DEFAULT:
            return Use(user_id=subject.user_id, guild_id=subject.guild_id)


def zone_counted(rule: Rule, guild_id: int | None, zone: tzinfo) -> tzinfo:
    """Return the time zone of a rule's windows: the server's own, UTC for the operator's."""
    return UTC if rule.scope in _CEILINGS or guild_id is None else zone


def tightest(standings: Iterable[Standing]) -> Standing | None:
    """Return the standing with the smallest share left, the operator's ceilings left aside."""
    own = [standing for standing in standings if standing.rule.scope not in _CEILINGS]
    return min(own, key=lambda it: it.left / it.rule.amount if it.rule.amount else 0, default=None)


def left_of(standing: Standing | None) -> Left | None:
    """Return what a standing has left, as it is told."""
    if standing is None:
        return None
    rule = standing.rule
    return Left(rule.meter, rule.window, standing.left, rule.amount, standing.resets_at)
