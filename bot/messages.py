"""The values that travel between the rooms: people, questions, prices, answers, the past."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

import msgspec

from bot.notes import Unread

MICROS = Decimal(1_000_000)
"""Micro-dollars in a dollar: money is counted in whole micro-dollars, never as a float."""


def micro_dollars(dollars: Decimal) -> int:
    """Return dollars as whole micro-dollars, rounded up so that nothing costs less than it did."""
    return int((dollars * MICROS).to_integral_value(ROUND_CEILING))


@dataclass(frozen=True, slots=True)
class Person:
    """Say who speaks: Discord's id, the name shown, and the unique user name."""

    id: int
    name: str
    username: str


@dataclass(frozen=True, slots=True)
class Place:
    """Say where a conversation lives: a channel, thread or DM, and its server if any."""

    channel_id: int
    guild_id: int | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """Say what a place is called: its server and its channel, where they are known."""

    server: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a question: its text with about its tokens, or why there is none.

    The `problem` is a message of the catalogue, and `about` what that needs.
    """

    filename: str
    text: str | None
    problem: str = ""
    tokens: int = 0
    about: str = ""


class AgainKind(StrEnum):
    """What asking again is for: an answer at last, another one in its place, or the rest of it."""

    RETRY = "retry"
    REGENERATE = "regenerate"
    CONTINUE = "continue"


@dataclass(frozen=True, slots=True)
class Again:
    """The remembered turn of a question that is asked again, and the answer it is about.

    `latest_id` is the turn's newest answer as it was known then: 0 for the one it is about.
    """

    turn_id: int
    answer_id: int
    kind: AgainKind = AgainKind.RETRY
    latest_id: int = 0

    @property
    def is_in_place(self) -> bool:
        """Tell whether the new answer is shown where the old one stands."""
        return self.kind is not AgainKind.RETRY

    @property
    def continues(self) -> bool:
        """Tell whether the old answer is to go on."""
        return self.kind is AgainKind.CONTINUE


@dataclass(frozen=True, slots=True)
class Consent:
    """A person's yes to the price of a proposal: with all of the past, or trimmed."""

    proposal_id: int
    trim: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asked, where, and what decides whether they may.

    `head` is a line that stands above the answer; of a question about somebody's message it is
    known who that is (`quoted_id`), which message, and when that was written.
    """

    author: Person
    place: Place
    text: str
    asked_at: datetime
    message_id: int | None = None
    private: bool = False
    role_ids: tuple[int, ...] = ()
    parent_channel_id: int | None = None
    files: tuple[Attached, ...] = ()
    again: Again | None = None
    head: str = ""
    consent: Consent | None = None
    names: Names = Names()
    quoted_id: int | None = None
    quoted_message_id: int | None = None
    quoted_at: datetime | None = None

    @property
    def queue(self) -> tuple[int, int | None]:
        """Return whose turns go one at a time: a channel's, or a person's private ones in it."""
        return self.place.channel_id, self.author.id if self.private else None

    @property
    def channel_ids(self) -> tuple[int, ...]:
        """Return the channel, and the one that it belongs to if it is a thread."""
        parent = self.parent_channel_id
        return (self.place.channel_id,) if parent is None else (self.place.channel_id, parent)

    @property
    def unread(self) -> tuple[Unread, ...]:
        """Name the files that the model does not see, and why."""
        return tuple(Unread(it.filename, it.problem, it.about) for it in self.files if it.problem)


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs now, in dollars per token and per request."""

    prompt: Decimal
    completion: Decimal
    request: Decimal = Decimal(0)

    def micros(self, prompt_tokens: int, completion_tokens: int) -> int:
        """Return what so many tokens cost, in micro-dollars, rounded up."""
        return micro_dollars(
            self.prompt * prompt_tokens + self.completion * completion_tokens + self.request
        )


@dataclass(frozen=True, slots=True)
class Usage:
    """What a turn took; `estimated` where no report of it could be had.

    Of several `tries` it is the sum.
    """

    prompt_tokens: int
    completion_tokens: int
    cost_micros: int
    reasoning_tokens: int = 0
    cached_tokens: int = 0
    estimated: bool = False
    tries: int = field(default=1, compare=False)

    @property
    def tokens(self) -> int:
        """Return all tokens: prompt, thinking and answer."""
        return self.prompt_tokens + self.completion_tokens

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.cost_micros + other.cost_micros,
            self.reasoning_tokens + other.reasoning_tokens,
            self.cached_tokens + other.cached_tokens,
            self.estimated or other.estimated,
            self.tries + other.tries,
        )


class AnswerState(StrEnum):
    """How far an answer came."""

    RUNNING = "running"
    COMPLETE = "complete"
    LENGTH = "length"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model said to a question, and how that ended."""

    id: int
    text: str
    state: AnswerState
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that came with a remembered question; a pinned one stays whatever becomes of it."""

    id: int
    filename: str
    text: str
    tokens: int
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A remembered question with its answer and files; tokens are estimates of its words."""

    id: int
    author: Person
    text: str
    tokens: int
    answer: Answer | None = None
    files: tuple[KeptFile, ...] = ()
    pinned: bool = False

    @property
    def pinned_part(self) -> "Turn | None":
        """Return what of it stays in any case: all, its pinned files, or nothing."""
        if self.pinned:
            return self
        files = tuple(file for file in self.files if file.pinned)
        return replace(self, text="", tokens=0, answer=None, files=files) if files else None


class ScreenAddress(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where an answer is shown, so that a later process can find and mend it.

    `head` is a line that stands above all of it, `language` what the bot's own words there are in.
    """

    channel_id: int
    message_ids: tuple[int, ...] = ()
    application_id: int | None = None
    interaction_token: str | None = None
    token_expires_at: datetime | None = None
    ephemeral: bool = False
    head: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """What the operator's key may spend, in micro-dollars; None where there is no limit."""

    limit_micros: int | None
    remaining_micros: int | None
