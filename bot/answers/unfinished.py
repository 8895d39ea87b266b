"""Turns that did not end by themselves, as values: for those who mend them."""

from dataclasses import dataclass
from datetime import datetime

from bot.messages import AnswerState, ScreenAddress, Usage


@dataclass(frozen=True, slots=True)
class LeftAnswer:
    """An answer that its process left behind: running, or its bill or its end's paint open.

    `last_seen_at` is when its process last wrote down how far it was, or that it had ended; of the
    text so many characters were there when it `begins`; `paid_by` is who paid, where another did.
    """

    id: int
    guild_id: int | None
    channel_id: int
    private: bool
    hold_id: int
    state: AnswerState
    generation_id: str | None
    text: str
    thinking: str
    estimated_prompt_tokens: int
    started_at: datetime
    last_seen_at: datetime
    address: ScreenAddress | None
    begins: int = 0
    parent_channel_id: int | None = None
    usage: Usage | None = None
    bill_is_open: bool = True
    turn_id: int = 0
    paid_by: int | None = None

    @property
    def channel_ids(self) -> tuple[int, ...]:
        """Return the channel, and the one that it belongs to if it is a thread."""
        parent = self.parent_channel_id
        return (self.channel_id,) if parent is None else (self.channel_id, parent)


@dataclass(frozen=True, slots=True)
class LeftHold:
    """A hold that no answer belongs to."""

    id: int
    guild_id: int | None
