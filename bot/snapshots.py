"""Answers as a screen shows them: how far they are, how they ended, what can be done next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from bot.messages import AnswerState, Usage
from bot.notes import LimitWarning, Note


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of the limit that is nearest to its end."""

    meter: str
    window: str
    left: int
    limit: int
    resets_at: datetime


@dataclass(frozen=True, slots=True)
class Closing:
    """How an answer ended, for the line below it; `error` where it failed.

    `paid_by` is who paid, where that is another than who asked; the usage of one whose
    `bill_is_open` is still being asked for. Its question may have been `edited_since` it was read;
    one that `is_forgotten`, by itself or with its question, leads nowhere any more.
    """

    state: AnswerState
    took: timedelta
    usage: Usage | None = None
    left: Left | None = None
    error: Exception | None = None
    paid_by: int | None = None
    warnings: tuple[LimitWarning, ...] = ()
    bill_is_open: bool = False
    edited_since: bool = False
    is_forgotten: bool = False


class Shown(msgspec.Struct, frozen=True):
    """Which of a question's answers this is, and what else can be done with it once it has ended.

    `state` is the answer's own, where `closing` tells of a later try that brought none
    (`is_earlier`).
    """

    place: int = 1
    of: int = 1
    has_thinking: bool = False
    can_branch: bool = False
    state: AnswerState | None = None
    is_earlier: bool = False


@dataclass(frozen=True, slots=True)
class Looks:
    """Which of the small lines around an answer are shown: of its thinking, and of what it took."""

    thinking: bool = True
    footer: bool = True


EVERYTHING = Looks()
"""What is shown where nobody chose otherwise."""


class Snapshot(msgspec.Struct, frozen=True):
    """An answer as it stands now: what a screen shows next.

    `notes` tell what did not reach the model, as files that could not be read, and what else is
    worth knowing.
    """

    answer_id: int
    text: str = ""
    thinking_tokens: int = 0
    thinking_for: timedelta = timedelta(0)
    closing: Closing | None = None
    notes: tuple[Note, ...] = ()
    shown: Shown = Shown()
    looks: Looks = EVERYTHING

    @property
    def has_text(self) -> bool:
        """Tell whether there is anything of the answer."""
        return bool(self.text)

    def snapshot(self) -> "Snapshot":
        """Return itself: what does not grow any more can be followed like what does."""
        return self
