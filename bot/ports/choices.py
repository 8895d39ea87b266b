"""What keeps what places chose, and the personas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Protocol

from bot.choices import Chosen, Name
from bot.prompts.personas import Persona, Scope


@dataclass(frozen=True, slots=True)
class Holding:
    """All that was chosen and that may hold for a question, and its server's clock."""

    chosen: tuple[Chosen, ...] = ()
    personas: tuple[Persona, ...] = ()
    zone: tzinfo = UTC


class PlaceChoices(Protocol):
    """Keeps what servers and channels have chosen, and the personas, inside one transaction."""

    async def holding(
        self, guild_id: int | None, channel_ids: Sequence[int], user_id: int
    ) -> Holding:
        """Return what may hold for somebody in a channel and what it belongs to."""
        ...

    async def choose(self, guild_id: int, chosen: Chosen, by: int, at: datetime) -> None:
        """Set a value for a channel or a server, in place of the one before."""
        ...

    async def unchoose(self, guild_id: int, channel_id: int, name: Name) -> None:
        """Let a setting be as if nothing had been chosen there."""
        ...

    async def set_persona(self, persona: Persona, by: int, at: datetime) -> None:
        """Set a persona in place of the one before."""
        ...

    async def remove_persona(self, scope: Scope, target_id: int) -> bool:
        """Remove a persona; False where there was none."""
        ...
