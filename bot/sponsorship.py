"""Who pays for others in a thread, as a value."""

from dataclasses import dataclass
from datetime import datetime

from bot.quota import Meter


@dataclass(frozen=True, slots=True)
class Sponsorship:
    """What somebody pays for all who ask in a thread: so much of a meter, and no more.

    The roles are those that the sponsor had when it began.
    """

    channel_id: int
    guild_id: int
    sponsor_id: int
    role_ids: tuple[int, ...]
    meter: Meter
    cap: int
    set_at: datetime
    spent: int = 0

    @property
    def left(self) -> int:
        """Return what may still be spent, never below 0."""
        return max(0, self.cap - self.spent)
