"""A second book-keeping in memory, as plain as can be: every turn is kept, every sum made anew."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.quota.rules import Amounts, Demand, Meter, Rule, Scope, Subject
from bot.quota.windows import Window

_WINDOWS = {
    # An hour that the clock repeats is two.
    Window.MINUTE: "%F %H:%M %z",
    Window.HOUR: "%F %H %z",
    Window.DAY: "%F",
    Window.WEEK: "%G-%V",
    Window.MONTH: "%Y-%m",
}
_PERSONAL = (Scope.MEMBER, Scope.ROLE, Scope.EVERYONE, Scope.DEFAULT)


@dataclass
class PlainGrant:
    """An extra allowance, and what of it is left."""

    id: int
    user_id: int
    meter: Meter
    left: int
    expires_at: datetime | None


@dataclass
class PlainTurn:
    """A turn: what it holds or has spent, and what of that each grant pays."""

    subject: Subject
    at: datetime
    number: int
    amounts: dict[Meter, int]
    paid: list[tuple[PlainGrant, int]]
    is_held: bool = True

    def of(self, meter: Meter, *, ordinary: bool) -> int:
        """Return what it took of a meter, with or without what grants pay."""
        granted = sum(taken for grant, taken in self.paid if grant.meter is meter)
        return self.amounts[meter] - (granted if ordinary else 0)


@dataclass
class PlainStanding:
    """How a rule stands."""

    rule: Rule
    used: int
    held: int
    granted: int

    @property
    def ordinary_left(self) -> int:
        """Return what the rule itself has left."""
        return max(0, self.rule.amount - self.used - self.held)

    @property
    def left(self) -> int:
        """Return what a turn may take."""
        return self.ordinary_left + self.granted


@dataclass
class PlainLedger:
    """Every turn, rule, grant and reset of one server, and of direct messages beside it."""

    zone: ZoneInfo
    defaults: tuple[Rule, ...]
    ceilings: tuple[Rule, ...]
    rules: dict[tuple[object, ...], Rule] = field(default_factory=dict)
    exempt: set[int] = field(default_factory=set)
    resets: dict[int, int] = field(default_factory=dict)
    grants: list[PlainGrant] = field(default_factory=list)
    turns: dict[int, PlainTurn] = field(default_factory=dict)
    happened: int = 0

    def set_rule(self, rule: Rule) -> None:
        """Set a rule in the place of the one that is there."""
        self.rules[rule.scope, rule.target_id, rule.meter, rule.window] = rule

    def reset(self, user_id: int) -> None:
        """Count nothing that this person did up to now."""
        self.happened += 1
        self.resets[user_id] = self.happened

    def deciding(self, subject: Subject) -> Iterator[Rule]:
        """Yield the rules that a turn must keep."""
        in_server = subject.guild_id is not None
        rules = sorted(
            self.rules.values() if in_server else (),
            key=lambda it: (it.amount, -(it.target_id or 0)),
        )
        personal: dict[tuple[Meter, Window], Rule] = {}
        whom = {
            Scope.EVERYONE: (None,),
            Scope.ROLE: (*subject.role_ids, subject.guild_id),
            Scope.MEMBER: (subject.user_id,),
        }
        for scope, targets in whom.items():
            for rule in rules:
                if rule.scope is scope and rule.target_id in targets:
                    personal[rule.meter, rule.window] = rule
        server = [rule for rule in rules if rule.scope is Scope.SERVER]
        if not self.is_exempt(subject):
            yield from personal.values()
            yield from self.defaults if not personal and not server else ()
        yield from server
        here = (subject.channel_id, subject.parent_channel_id)
        yield from (it for it in rules if it.scope is Scope.CHANNEL and it.target_id in here)
        yield from (it for it in self.ceilings if in_server or it.scope is Scope.BOT)

    def is_exempt(self, subject: Subject) -> bool:
        """Tell whether a person skips the personal limits."""
        who = {subject.user_id, *subject.role_ids}
        return subject.guild_id is not None and not who.isdisjoint(self.exempt)

    def standings(self, subject: Subject, now: datetime) -> list[PlainStanding]:
        """Return how each rule stands that a turn must keep."""
        return [self._standing(rule, subject, now) for rule in self.deciding(subject)]

    def _standing(self, rule: Rule, subject: Subject, now: datetime) -> PlainStanding:
        personal = rule.scope in _PERSONAL
        sums = {True: 0, False: 0}
        for turn in self.turns.values():
            if self._counts(turn, rule, subject, now):
                sums[turn.is_held] += turn.of(rule.meter, ordinary=personal)
        left = self.open_grants(subject, rule.meter, now) if personal else []
        return PlainStanding(rule, sums[False], sums[True], sum(it.left for it in left))

    def _counts(self, turn: PlainTurn, rule: Rule, subject: Subject, now: datetime) -> bool:
        other = turn.subject
        utc = rule.scope in (Scope.BOT, Scope.OPERATOR) or subject.guild_id is None
        zone = UTC if utc else self.zone
        form = _WINDOWS[rule.window]
        if turn.at.astimezone(zone).strftime(form) != now.astimezone(zone).strftime(form):
            return False
        if rule.scope is Scope.BOT:
            return True
        if other.guild_id != subject.guild_id:
            return False
        if rule.scope is Scope.CHANNEL:
            return rule.target_id in (other.channel_id, other.parent_channel_id)
        if rule.scope in _PERSONAL:
            since = self.resets.get(subject.user_id, 0) if subject.guild_id is not None else 0
            return other.user_id == subject.user_id and turn.number > since
        return True

    def open_grants(self, subject: Subject, meter: Meter, now: datetime) -> list[PlainGrant]:
        """Return a person's grants of a meter in the order in which they are spent."""
        found = [
            grant
            for grant in self.grants
            if grant.user_id == subject.user_id
            and subject.guild_id is not None
            and grant.meter is meter
            and (grant.expires_at is None or now < grant.expires_at)
        ]
        far = datetime.max.replace(tzinfo=UTC)
        return sorted(found, key=lambda it: (it.expires_at or far, it.id))

    def hold(self, hold_id: int, subject: Subject, now: datetime, amounts: Amounts) -> None:
        """Note a turn that was admitted, and what grants pay of it."""
        self.happened += 1
        taken = {meter: amounts.of(meter) for meter in Meter}
        turn = PlainTurn(subject, now, self.happened, taken, [])
        standings = self.standings(subject, now)
        for meter in Meter:
            lefts = [
                it.ordinary_left
                for it in standings
                if it.rule.meter is meter and it.rule.scope in _PERSONAL
            ]
            extra = taken[meter] - min(lefts, default=taken[meter])
            for grant in self.open_grants(subject, meter, now):
                part = max(0, min(extra, grant.left))
                extra -= part
                grant.left -= part
                turn.paid += [(grant, part)] if part else []
        self.turns[hold_id] = turn

    def settle(self, hold_id: int, spent: Amounts | None) -> None:
        """Note what a turn took: first what is ordinary, then grants, beyond the hold ordinary."""
        turn = self.turns[hold_id]
        held, on_grants = turn.amounts, turn.paid
        for grant, part in on_grants:
            grant.left += part
        if spent is None:
            del self.turns[hold_id]
            return
        turn.is_held = False
        turn.amounts = {meter: spent.of(meter) for meter in Meter}
        turn.paid = []
        for meter in Meter:
            parts = [(grant, part) for grant, part in on_grants if grant.meter is meter]
            extra = spent.of(meter) - held[meter] + sum(part for _, part in parts)
            for grant, part in parts:
                pays = max(0, min(part, extra))
                extra -= pays
                grant.left -= pays
                turn.paid += [(grant, pays)] if pays else []

    def refusing(self, subject: Subject, demand: Demand, now: datetime) -> list[PlainStanding]:
        """Return the rules that have no room even for the least turn."""
        least = min(demand.least_output_tokens, demand.max_output_tokens)
        price = demand.price
        needed = {
            Meter.REQUESTS: 1,
            Meter.TOKENS: demand.prompt_tokens + least,
            Meter.COST: price.micros(demand.prompt_tokens, least) if price else 1,
        }
        return [it for it in self.standings(subject, now) if it.left < needed[it.rule.meter]]
