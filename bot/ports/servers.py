"""What keeps the choices of servers: who may use the bot, their settings, what was changed."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Protocol

from bot.quota.access import AccessRule, Area, Effect, Target
from bot.quota.rules import Subject
from bot.records.changes import Change


class Access(Protocol):
    """Keeps who may use the bot and where, inside one transaction."""

    async def rules(self, guild_id: int) -> list[AccessRule]:
        """Return a server's rules, in a fixed order."""
        ...

    async def rules_met(self, visitor: Subject) -> list[AccessRule]:
        """Return as many of a server's rules as decide whether somebody may use the bot."""
        ...

    async def set_rule(self, guild_id: int, rule: AccessRule, by: int, at: datetime) -> None:
        """Set a rule, in place of the one for the same target in the same area."""
        ...

    async def remove_rule(self, guild_id: int, area: Area, target: Target) -> Effect | None:
        """Remove a target's rule and return what it did; None where there was none."""
        ...


class Audit(Protocol):
    """Notes what admins changed, inside the transaction that changes it."""

    async def queue(self, guild_id: int) -> None:
        """Wait for a server's other changes, so that each is noted with what it really changed."""
        ...

    async def note(self, change: Change) -> None:
        """Note a change."""
        ...

    async def count(self, guild_id: int, person_id: int | None, command: str) -> int:
        """Count a server's changes: by or about a person if given, by a command or its group."""
        ...

    async def changes(
        self, guild_id: int, person_id: int | None, command: str, *, skip: int, most: int
    ) -> list[Change]:
        """Return so many of these changes, newest first."""
        ...

    async def commands(self, guild_id: int) -> Sequence[str]:
        """Return the commands by which a server was changed, in order."""
        ...

    async def forget(self, before: datetime) -> int:
        """Delete what was noted before this moment, and return how much that was."""
        ...


class Preferences(Protocol):
    """Keeps what servers have chosen, inside one transaction."""

    async def time_zone(self, guild_id: int | None) -> tzinfo:
        """Return the zone whose calendar a server's limits follow: UTC unless it chose one."""
        ...

    async def set_time_zone(self, guild_id: int, name: str) -> None:
        """Let a server's limits follow this zone's calendar; raise `InvalidChoice`."""
        ...

    async def reset_time_zone(self, guild_id: int) -> None:
        """Let a server's limits follow UTC's calendar again."""
        ...
