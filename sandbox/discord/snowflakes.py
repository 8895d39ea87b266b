"""Ids that carry the time at which they were made."""

from sandbox.discord.model import Clock

DISCORD_EPOCH = 1_420_070_400.0
"""Seconds since 1970 at which Discord's ids begin."""


class Snowflakes:
    """Makes ids that rise, also where the clock stands still."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        """Return a new id for now."""
        now = round((self._clock() - DISCORD_EPOCH) * 1000) << 22
        self._last = max(self._last + 1, now)
        return self._last
