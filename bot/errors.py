"""Everything that can go wrong, as values that carry what a reader needs to know.

    ThreadlightError
      Refused            nothing was asked of the model and nothing was spent
        QuotaReached
        PriceUnknown
        QueueFull
        QuestionEmpty
        NothingToRead
        Withdrawn
          Forgotten
        QuoteForgotten
        QuoteGone
        PlaceClosed
        Repeated
        QuestionTooLong
          AnswerTooLong
        NotAllowed
        NotYours
        AccessDenied
        AlreadyEnded
        BeingWritten
        NothingThere
        ThinkingHidden
        ProposalGone
        NotOwner
        NotHere
        InvalidChoice
        ShuttingDown
      ModelError         the model was asked and did not answer to its end
        InvalidRequest
        KeyRejected
        CreditsExhausted
        Moderated
        NoEndpoint
        RateLimited
        ProviderTrouble
        Unreachable
        EmptyAnswer
        StreamBroken
      DiscordUnreachable the bot can't connect or was sent away
      ScreenGone         the message being written to can no longer be written to
        OutOfReach       not now; it may be later
      StorageTrouble     the database could not be used

The seams (openrouter, storage, render) translate foreign errors into these, with `raise … from`;
`render/notices.py` alone turns them into words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.notes import Unread

Detail = str | int | tuple[str, ...]
"""What a sentence about an error is told: a number, or values that can be chosen."""


class ThreadlightError(Exception):
    """Stand above every error of ours.

    Those with data are dataclasses, not frozen: contextlib must set a raised error's traceback.
    """


class Refused(ThreadlightError):
    """Say that a turn was not begun: nothing was asked of the model, nothing was spent."""


@dataclass(eq=False)
class QuotaReached(Refused):
    """Carry which limit decided, how much of it is left and when it resets."""

    meter: str
    window: str
    scope: str
    limit: int
    used: int
    held: int
    needed: int
    resets_at: datetime
    granted: int = 0
    target_id: int | None = None

    @property
    def left(self) -> int:
        """Return what neither was used nor is held, never below 0, and what grants have left."""
        return max(0, self.limit - self.used - self.held) + self.granted


class PriceUnknown(Refused):
    """Say that without a price one turn holds all that is left of a cost limit, until it ends."""


@dataclass(eq=False)
class QueueFull(Refused):
    """Say that too many questions already wait in this conversation."""

    waiting: int


@dataclass(eq=False)
class QuestionEmpty(Refused):
    """Say that there was nothing to answer, and which files could not be read and why."""

    unread: tuple[Unread, ...] = ()


@dataclass(eq=False)
class NothingToRead(Refused):
    """Say that a message to be asked about has no words, and why each file gives none."""

    unread: tuple[Unread, ...] = ()


class Withdrawn(Refused):
    """Say that a question was deleted before its turn came: nobody waits for an answer."""


class Forgotten(Withdrawn):
    """Say that the words which this is about were erased at their author's wish."""


class QuoteForgotten(Refused):
    """Say that the message which a question is about was erased meanwhile, at its author's wish."""


class QuoteGone(Refused):
    """Say that the message which a question is about can't be read any more."""


class PlaceClosed(Refused):
    """Say that a question's channel was deleted, its thread locked, or its server left."""


class Repeated(Refused):
    """Say that this was asked before: Discord told of it twice, or somebody pressed twice."""


@dataclass(eq=False)
class QuestionTooLong(Refused):
    """Say that the question does not fit the context budget, alone or with what is pinned.

    `pins` names what is pinned, where the question alone would fit; `persona` are the tokens of
    the personas here, where it would fit without them and is the shorter of the two.
    """

    tokens: int
    limit: int
    pins: tuple[str, ...] = ()
    persona: int = 0


@dataclass(eq=False)
class AnswerTooLong(QuestionTooLong):
    """Say that an answer can't be gone on with: with its question it fills the context budget."""


@dataclass(eq=False)
class NotAllowed(Refused):
    """Say which permission is missing, and whose it is (`you` or `bot`)."""

    who: str
    permission: str


@dataclass(eq=False)
class NotYours(Refused):
    """Say that only the person who asked may do this to an answer, or `moderators` too."""

    moderators: bool = False


@dataclass(eq=False)
class AccessDenied(Refused):
    """Carry what a server's rules forbid: `area` is `use` or `reports`, `kind` what decided.

    With a `target_id` that channel, role or member is denied; without one the channel, or the
    person (`member`), is not among those `allowed` (kind and id of each; of people for `reports`
    it is not told).
    """

    area: str
    kind: str
    target_id: int | None = None
    allowed: tuple[tuple[str, int], ...] = ()


class AlreadyEnded(Refused):
    """Say that the answer which should stop is no longer being written."""


class BeingWritten(Refused):
    """Say that a new answer to the same question is being written, in the same place."""


class NothingThere(Refused):
    """Say that what a button leads to is not there: no thinking, or no answer any more."""


class ThinkingHidden(Refused):
    """Say that the place where an answer stands shows nothing of the model's thinking."""


class ProposalGone(Refused):
    """Say that a question no longer waits for a yes: sent, cancelled, deleted or too old."""


@dataclass(eq=False)
class NotOwner(Refused):
    """Say that only a thread's owner may do this, and who that is, if anybody knows."""

    owner_id: int | None = None


@dataclass(eq=False)
class NotHere(Refused):
    """Say that a command makes no sense in this kind of place, and what to do instead.

    `advice` names a message of the catalogue, and `values` are what that needs.
    """

    advice: str
    values: Mapping[str, Detail] = field(default_factory=dict)


@dataclass(eq=False)
class InvalidChoice(Refused):
    """Say which option has a value that can't be, and what could stand there.

    `advice` names a message of the catalogue, and `values` are what that needs.
    """

    option: str
    advice: str
    values: Mapping[str, Detail] = field(default_factory=dict)


class ShuttingDown(Refused):
    """Say that the bot is about to restart and takes no new questions."""


@dataclass(eq=False, kw_only=True)
class ModelError(ThreadlightError):
    """Carry what OpenRouter said; `begun` tells whether it may have cost something."""

    status: int | None = None
    detail: str = ""
    generation_id: str | None = None
    retry_after: float | None = None
    begun: bool = False


class InvalidRequest(ModelError):
    """Say that OpenRouter refused the request itself (400, 413, 422)."""


class KeyRejected(ModelError):
    """Say that the operator's key is wrong (401)."""


class CreditsExhausted(ModelError):
    """Say that the operator's credits or key limit are used up (402)."""


@dataclass(eq=False, kw_only=True)
class Moderated(ModelError):
    """Say that moderation, a guardrail or a region rule refused the words (403)."""

    reasons: tuple[str, ...] = ()


class NoEndpoint(ModelError):
    """Say that nobody serves the model now (404)."""


class RateLimited(ModelError):
    """Say that OpenRouter or the provider asks to slow down (429)."""


class ProviderTrouble(ModelError):
    """Say that the provider failed or timed out (408, 500, 502, 503, 504, 524, 529)."""


class Unreachable(ModelError):
    """Say that no connection to OpenRouter could be made or kept before an answer began."""


class EmptyAnswer(ModelError):
    """Say that the answer ended without a word."""


class StreamBroken(ModelError):
    """Say that the answer broke off: an error in its midst, silence, or no finish reason."""


@dataclass(eq=False)
class DiscordUnreachable(ThreadlightError):
    """Say in one line why the bot can't serve Discord, for whoever started it."""

    reason: str

    def __str__(self) -> str:
        return self.reason


class ScreenGone(ThreadlightError):
    """Say that the message being written to was deleted or can no longer be reached."""


class OutOfReach(ScreenGone):
    """Say that it can't be reached now, but may be later: Discord is in trouble, or a lock."""


@dataclass(eq=False)
class StorageTrouble(ThreadlightError):
    """Say that the database could not be used, and why in the database's own words.

    `kind` is `busy`, `full`, `corrupt`, `read_only`, `denied`, `unreachable`, `unsuitable` (an
    address or a schema that this version can't use) or `failed`.
    """

    kind: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}" if self.detail else self.kind
