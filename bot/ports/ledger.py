"""What holds and spends allowances."""

from datetime import datetime
from typing import Protocol

from bot.messages import (
    Usage,
)
from bot.quota import Demand, Hold, Meter, Rule, Scope, Standing, Subject
from bot.windows import Window


class Ledger(Protocol):
    """Holds and spends allowances and keeps the limits, inside one transaction."""

    async def reserve(self, subject: Subject, demand: Demand, at: datetime) -> Hold:
        """Hold the worst case under every rule that matches; raise `QuotaReached`."""
        ...

    async def settle(self, hold_id: int, usage: Usage | None, at: datetime) -> bool:
        """Turn a hold into what was spent (None: nothing); False if it was settled before."""
        ...

    async def standings(self, subject: Subject, at: datetime) -> list[Standing]:
        """Return how every rule that matches stands now."""
        ...

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
