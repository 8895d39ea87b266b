"""How often streams are read, so that a crowd of them leaves the processor to others; pure."""

READS, READS_OF_CROWD, CROWD = 2_000, 500, 50
"""Reads a second of all answers together, and of those beyond a crowd once they have words.

Beyond that each read takes several tokens; a paint calls for what is there, and waits for no read.
"""

WORTH_A_PAUSE = 0.02
"""Seconds; shorter pauses would cost more than they save."""


def pause_after_read(streams: int, *, has_text: bool) -> float:
    """Return the seconds that each of so many streams rests after a read."""
    pause = streams / READS
    return max(pause, (streams - CROWD) / READS_OF_CROWD) if has_text else pause
