"""A conversation's past up to one answer, as a value: what a branch begins with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Branch:
    """The past up to a turn with one of its answers; `viewer_id` is who may see private turns."""

    conversation_id: int
    turn_id: int
    answer_id: int
    viewer_id: int | None = None
