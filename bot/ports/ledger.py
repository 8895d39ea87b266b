"""What holds and spends allowances."""

from datetime import datetime
from typing import Protocol

from bot.messages import Usage
from bot.quota.grants import Account, Exemption, Sponsorship
from bot.quota.rules import Demand, Hold, Meter, Rule, Scope, Standing, Subject
from bot.quota.windows import Window


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

    async def account(self, subject: Subject, at: datetime) -> Account:
        """Return how somebody stands, and why: which rules decide, what grants have left."""
        ...

    async def grant(
        self,
        guild_id: int,
        user_id: int,
        meter: Meter,
        amount: int,
        by: int,
        at: datetime,
        *,
        expires_at: datetime | None = None,
        reason: str | None = None,
    ) -> int:
        """Give somebody an extra allowance; return its id."""
        ...

    async def reset(
        self, guild_id: int, user_id: int, by: int, at: datetime, *, reason: str | None = None
    ) -> datetime:
        """Let somebody's windows begin afresh; return from when on use counts."""
        ...

    async def exemptions(self, guild_id: int) -> list[Exemption]:
        """Return who is exempt from a server's personal limits."""
        ...

    async def exempt(self, guild_id: int, who: Exemption, by: int, at: datetime) -> bool:
        """Let somebody skip the personal limits; False where that was so already."""
        ...

    async def unexempt(self, guild_id: int, who: Exemption) -> bool:
        """Let the personal limits hold for somebody again; False where they did already."""
        ...

    async def sponsorship(self, channel_id: int) -> Sponsorship | None:
        """Return who pays in a thread for everybody, if somebody does."""
        ...

    async def sponsor(self, given: Sponsorship) -> None:
        """Let somebody pay in a thread from now on, in place of who did before."""
        ...

    async def unsponsor(self, channel_id: int) -> bool:
        """Let everybody in a thread pay for themselves again; False where they did already."""
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
