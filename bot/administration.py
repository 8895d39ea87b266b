"""What members read of their limits, and what admins read and change."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from bot.errors import InvalidChoice
from bot.quota import Meter, Rule, Scope, Standing, Subject, Window, parse_amount


class Rules(Protocol):
    """Keeps each server's limits, inside one transaction."""

    async def rules(self, guild_id: int) -> list[Rule]:
        """Return the limits that a server's admins have set."""
        ...

    async def set_rule(self, guild_id: int, rule: Rule, by: int, at: datetime) -> None:
        """Set a limit, in place of the one for the same people, meter and window."""
        ...

    async def remove_rule(
        self, guild_id: int, scope: Scope, target_id: int | None, meter: Meter, window: Window
    ) -> bool:
        """Remove a limit; False where there was none."""
        ...

    async def standings(self, subject: Subject, at: datetime) -> list[Standing]:
        """Return how every rule that matches stands now."""
        ...


class Transaction(Protocol):
    """One short piece of work on the limits."""

    @property
    def ledger(self) -> Rules:
        """Return the limits' side of this transaction."""
        ...

    async def commit(self) -> None:
        """Make the work lasting."""
        ...


class Storage(Protocol):
    """Opens transactions."""

    def writing(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction that may write."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction that only reads."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """A server's own limits, the defaults it would have without them, and the bot's ceiling."""

    own: tuple[Rule, ...]
    defaults: tuple[Rule, ...]
    ceiling: Rule | None


class Administration:
    """Reads and changes limits; whoever calls has checked who may."""

    def __init__(
        self,
        storage: Storage,
        *,
        defaults: tuple[Rule, ...],
        ceiling: Rule | None,
        now: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._defaults = defaults
        self._ceiling = ceiling
        self._now = now

    async def standings(self, subject: Subject) -> list[Standing]:
        """Return how every limit stands that this person meets here."""
        async with self._storage.reading() as tx:
            return await tx.ledger.standings(subject, self._now())

    async def limits(self, guild_id: int) -> Limits:
        """Return every limit that is in force in a server."""
        async with self._storage.reading() as tx:
            own = await tx.ledger.rules(guild_id)
        return Limits(tuple(own), self._defaults, self._ceiling)

    async def set_limit(self, guild_id: int, rule: Rule, by: int) -> None:
        """Set a limit of a server; it holds from the next turn on."""
        async with self._storage.writing() as tx:
            await tx.ledger.set_rule(guild_id, rule, by, self._now())
            await tx.commit()

    async def remove_limit(self, guild_id: int, rule: Rule) -> bool:
        """Remove a limit of a server; False where there was none."""
        async with self._storage.writing() as tx:
            removed = await tx.ledger.remove_rule(
                guild_id, rule.scope, rule.target_id, rule.meter, rule.window
            )
            await tx.commit()
        return removed


def rule_from(meter: str, window: str, scope: Scope, target_id: int | None, amount: float) -> Rule:
    """Build a limit from what an admin chose, cost in dollars; raise `InvalidChoice`."""
    if meter not in set(Meter):
        raise InvalidChoice("meter", f"choose one of {', '.join(Meter)}")
    if window not in set(Window):
        raise InvalidChoice("window", f"choose one of {', '.join(Window)}")
    try:
        number = parse_amount(Meter(meter), f"{Decimal(repr(float(amount))):f}")
    except ValueError as error:
        raise InvalidChoice("amount", str(error)) from error
    return Rule(scope, Meter(meter), Window(window), number, target_id)
