"""What admins changed, as values: every change is noted with what was before; pure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Change:
    """A change that an admin made: by which command, to what, and from what to what.

    `subject_id` is the member whom it concerns; `before` and `after` are None where there was, or
    is, nothing. In `target` ids stand as `member:1`, `role:2` and `channel:3`, which are shown as
    mentions, and a limit as `tokens/day`, which lends its unit to whole numbers before and after.
    There amounts may also stand as `5 cost`, `3 of 5 cost/day` or `cost=5`, costs in micro-dollars.
    """

    guild_id: int
    at: datetime
    actor_id: int
    command: str
    subject_id: int | None
    target: str
    before: str | None
    after: str | None
