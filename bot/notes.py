"""What is told below an answer, as values that rendering turns into words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that the model did not see, and why: a message of the catalogue, and what it needs."""

    file: str
    problem: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Shortened:
    """The answer's limit was lowered to what is left of a limit of this meter and window.

    `output` are the tokens of answer that this leaves; `left` is of the meter.
    """

    meter: str
    window: str
    left: int
    output: int


@dataclass(frozen=True, slots=True)
class Trimmed:
    """So many earlier turns were left out to save their price."""

    turns: int


@dataclass(frozen=True, slots=True)
class FellOut:
    """For the first time turns no longer fit: so many, the oldest ones."""

    turns: int


@dataclass(frozen=True, slots=True)
class EditedSince:
    """The question was edited after it was answered."""


@dataclass(frozen=True, slots=True)
class QuoteLost:
    """What the question replies to was forgotten at its author's wish, and is not sent."""


@dataclass(frozen=True, slots=True)
class CreditsLow:
    """What the operator has at OpenRouter is nearly used up."""


@dataclass(frozen=True, slots=True)
class LimitWarning:
    """A person has reached this share, in percent, of a limit of their own.

    `is_end` says that not even the smallest turn has room any more.
    """

    meter: str
    window: str
    used: int
    limit: int
    percent: int
    is_end: bool
    resets_at: datetime


Note = (
    str
    | Unread
    | Shortened
    | Trimmed
    | FellOut
    | EditedSince
    | QuoteLost
    | CreditsLow
    | LimitWarning
)
"""What is told below an answer: words as they are, or one of our values."""


class Alarm(StrEnum):
    """What the operator must hear of."""

    CREDITS_GONE = "credits_gone"
    CREDITS_LOW = "credits_low"
    KEY_REJECTED = "key_rejected"
