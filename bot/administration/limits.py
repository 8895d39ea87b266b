"""What members read of their limits, and what admins set and remove."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import InvalidChoice
from bot.ports import Storage
from bot.quota.grants import Exemption
from bot.quota.rules import Meter, Rule, Scope
from bot.quota.text import BadAmount, parse_number
from bot.quota.windows import Window
from bot.records.changes import Change


@dataclass(frozen=True, slots=True)
class Limits:
    """A server's own limits, the defaults it would have without them, and the ceilings.

    One ceiling is the whole bot's, the other each server's; both are the operator's. `exempt` is
    who skips the personal ones.
    """

    own: tuple[Rule, ...]
    defaults: tuple[Rule, ...]
    ceiling: Rule | None
    server_ceiling: Rule | None = None
    exempt: tuple[Exemption, ...] = ()


class LimitDesk:
    """Reads and changes limits; whoever calls has checked who may."""

    def __init__(
        self,
        storage: Storage,
        *,
        defaults: tuple[Rule, ...],
        ceiling: Rule | None,
        server_ceiling: Rule | None = None,
        now: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._defaults = defaults
        self._ceiling = ceiling
        self._server_ceiling = server_ceiling
        self._now = now

    @property
    def defaults(self) -> tuple[Rule, ...]:
        """Return the limits of people for whom a server has set none."""
        return self._defaults

    async def limits(self, guild_id: int) -> Limits:
        """Return every limit that is in force in a server, and who is exempt."""
        async with self._storage.reading() as tx:
            own = await tx.ledger.rules(guild_id)
            exempt = await tx.ledger.exemptions(guild_id)
        ceilings = (self._ceiling, self._server_ceiling)
        return Limits(tuple(own), self._defaults, *ceilings, tuple(exempt))

    async def set_limit(self, guild_id: int, rule: Rule, by: int) -> None:
        """Set a limit of a server; it holds from the next turn on."""
        async with self._storage.writing() as tx:
            await tx.audit.queue(guild_id)
            now = self._now()
            before = _amount_of(await tx.ledger.rules(guild_id), rule)
            if before != rule.amount:
                await tx.ledger.set_rule(guild_id, rule, by, now)
                change = _change(guild_id, "quota set", rule, by, now, before, rule.amount)
                await tx.audit.note(change)
            await tx.commit()

    async def remove_limit(self, guild_id: int, rule: Rule, by: int) -> bool:
        """Remove a limit of a server; False where there was none."""
        async with self._storage.writing() as tx:
            await tx.audit.queue(guild_id)
            now = self._now()
            before = _amount_of(await tx.ledger.rules(guild_id), rule)
            removed = await tx.ledger.remove_rule(
                guild_id, rule.scope, rule.target_id, rule.meter, rule.window
            )
            if removed:
                await tx.audit.note(_change(guild_id, "quota remove", rule, by, now, before, None))
            await tx.commit()
        return removed


def _amount_of(rules: list[Rule], wanted: Rule) -> int | None:
    """Return the amount of the rule that stands in this one's place, if there is one."""
    place = replace(wanted, amount=0)
    return next((it.amount for it in rules if replace(it, amount=0) == place), None)


def _change(
    guild_id: int,
    command: str,
    rule: Rule,
    by: int,
    at: datetime,
    before: int | None,
    after: int | None,
) -> Change:
    whom = rule.scope.value if rule.target_id is None else f"{rule.scope}:{rule.target_id}"
    return Change(
        guild_id=guild_id,
        at=at,
        actor_id=by,
        command=command,
        subject_id=rule.target_id if rule.scope is Scope.MEMBER else None,
        target=f"{whom} {rule.meter}/{rule.window}",
        before=None if before is None else str(before),
        after=None if after is None else str(after),
    )


def rule_from(meter: str, window: str, scope: Scope, target_id: int | None, amount: float) -> Rule:
    """Build a limit from what an admin chose, cost in dollars; raise `InvalidChoice`."""
    if meter not in set(Meter):
        raise InvalidChoice("meter", "advice-one-of", {"values": tuple(Meter)})
    if window not in set(Window):
        raise InvalidChoice("window", "advice-one-of", {"values": tuple(Window)})
    return Rule(scope, Meter(meter), Window(window), amount_from(meter, amount), target_id)


def amount_from(meter: str, amount: float) -> int:
    """Return what an admin wrote as an amount, cost in dollars; raise `InvalidChoice`."""
    if meter not in set(Meter):
        raise InvalidChoice("meter", "advice-one-of", {"values": tuple(Meter)})
    try:
        return parse_number(Meter(meter), amount)
    except BadAmount as error:
        raise InvalidChoice("amount", error.advice, error.values) from error
