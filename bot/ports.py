"""What the core needs from outside, as Protocols; the adapters that fit them do not import them."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.draft import Kept
from bot.messages import (
    Answer,
    AnswerState,
    Attached,
    Place,
    Price,
    Prompt,
    Question,
    ScreenAddress,
    Snapshot,
    StreamEvent,
    Turn,
    Usage,
)
from bot.quota import Demand, Hold, Meter, Rule, Scope, Standing, Subject
from bot.unfinished import AskedTurn, LeftAnswer, LeftHold
from bot.windows import Window

T = TypeVar("T")


class Model(Protocol):
    """Answers prompts; `bot.openrouter.api.OpenRouter` is one."""

    def stream(self, prompt: Prompt) -> AsyncGenerator[StreamEvent]:
        """Yield the answer as it comes, at most one `Finished`, last; raise `ModelError`."""
        ...

    async def price(self, model: str) -> Price | None:
        """Return what the model costs now, or None where nobody can say."""
        ...

    async def billed(self, generation_id: str) -> Usage | None:
        """Return what a broken-off generation was charged, or None where no report comes."""
        ...


class History(Protocol):
    """Remembers turns, inside one transaction."""

    async def open(self, place: Place) -> int:
        """Return the id of the place's conversation, begun if there was none."""
        ...

    async def past(self, conversation_id: int, viewer_id: int | None, most: int) -> list[Turn]:
        """Return the latest turns, oldest first, from the window's start.

        Those in private are left out, but for the viewer's own; without a viewer, all of them.
        """
        ...

    async def move_window(self, conversation_id: int, first_turn_id: int) -> None:
        """Let the conversation's window start at this turn from now on."""
        ...

    async def ask(self, conversation_id: int, question: Question, tokens: int) -> int:
        """Store a question and return its turn's id."""
        ...

    async def question_of(self, answer_id: int) -> AskedTurn | None:
        """Return the turn that an answer belongs to, deleted or not."""
        ...

    async def latest_answer(self, turn_id: int) -> int | None:
        """Return the id of a turn's newest answer, whatever its state."""
        ...

    async def begin(
        self, turn_id: int, hold_id: int, model: str, estimated_tokens: int, at: datetime
    ) -> int:
        """Store a running answer and return its id."""
        ...

    async def locate(self, addresses: Mapping[int, ScreenAddress]) -> None:
        """Remember where answers are shown, by their ids."""
        ...

    async def keep(self, drafts: Sequence[Kept]) -> None:
        """Remember how far running answers have come."""
        ...

    async def finish(
        self,
        answer_id: int,
        state: AnswerState,
        generation_id: str | None,
        text: str,
        thinking: str,
        tokens: int,
        usage: Usage | None,
        at: datetime,
    ) -> Answer:
        """Store an answer's end; `usage` is None while the bill is still being asked for."""
        ...

    async def revise(self, message_id: int, text: str, tokens: int, at: datetime) -> bool:
        """Replace a question's words, mark later answers stale; False where it is not known."""
        ...

    async def knows(self, message_id: int) -> bool:
        """Tell whether a turn came from this message."""
        ...

    async def retract(self, message_id: int, at: datetime) -> bool:
        """Take a question out of the past; False where it is not known."""
        ...

    async def answer_shown(self, channel_id: int, message_id: int) -> int | None:
        """Return the answer that this message is a part of, or None."""
        ...

    async def forget_answer(self, answer_id: int) -> None:
        """Forget what an answer said; what it cost stays."""
        ...

    async def running(self) -> list[LeftAnswer]:
        """Return the answers that are stored as running."""
        ...

    async def unsettled(self, before: datetime) -> list[LeftAnswer]:
        """Return answers whose hold nobody settles any more, untouched since this moment."""
        ...

    async def orphans(self, before: datetime) -> list[LeftHold]:
        """Return holds that no answer belongs to, made before this moment."""
        ...


class Ledger(Protocol):
    """Holds and spends allowances and keeps the limits, inside one transaction."""

    async def reserve(self, subject: Subject, demand: Demand, at: datetime) -> Hold:
        """Hold the worst case under every rule that matches; raise `QuotaReached`."""
        ...

    async def settle(self, hold_id: int, usage: Usage | None, at: datetime) -> bool:
        """Turn a hold into what was spent (None: nothing); False if it was settled before."""
        ...

    async def standings(self, subject: Subject, at: datetime) -> list[Standing]:
        """Return how every rule that matches stands now."""
        ...

    async def rules(self, guild_id: int) -> list[Rule]:
        """Return the limits that a server's admins have set."""
        ...

    async def set_rule(self, guild_id: int, rule: Rule, by: int, at: datetime) -> None:
        """Set a limit, in place of the one for the same people, meter and window."""
        ...

    async def remove_rule(
        self, guild_id: int, scope: Scope, target_id: int | None, meter: Meter, window: Window
    ) -> bool:
        """Remove a limit; False where there was none."""
        ...


class Transaction(Protocol):
    """One short piece of work on the storage; leaving it without `commit` undoes it."""

    @property
    def history(self) -> History:
        """Return the history's side of this transaction."""
        ...

    @property
    def ledger(self) -> Ledger:
        """Return the ledger's side of this transaction."""
        ...

    async def apart(self, heavy: Callable[[], T]) -> T:
        """Return what this comes to, without holding the event loop up meanwhile."""
        ...

    async def commit(self) -> None:
        """Make the work lasting."""
        ...


class Storage(Protocol):
    """Opens transactions; `bot.storage.database.Database` is one."""

    async def write(self, work: Callable[[Transaction], Coroutine[Any, Any, T]]) -> T:
        """Run a transaction that may write and awaits nothing but its own; return what it does.

        It is the quickest way: on SQLite a single trip to its thread.
        """
        ...

    def writing(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction that may write: on SQLite `BEGIN IMMEDIATE`, one at a time."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction that only reads, and waits for no writer."""
        ...


class Growing(Protocol):
    """An answer that a screen follows; `bot.draft.Draft` is one, and so is a `Snapshot`."""

    @property
    def has_text(self) -> bool:
        """Tell whether there is anything of the answer, beside thinking."""
        ...

    def snapshot(self) -> Snapshot:
        """Return how it stands now."""
        ...


class Screen(Protocol):
    """Shows one growing answer; `bot.render.screen.live_answer.LiveAnswer` is one."""

    def show(self, growing: Growing) -> None:
        """Note that this has grown, and show it as soon as the pacer lets it; return at once."""
        ...

    async def pause(self, seconds: float) -> None:
        """Return after so long, or before it paints: what has come till then is shown too."""
        ...

    async def finish(
        self, snapshot: Snapshot, before_last: Callable[[], None] | None = None
    ) -> None:
        """Show this as the last state, and return when it is on the screen.

        Call `before_last` when only one request is left to be sent: all order is settled then.
        """
        ...

    async def close(self) -> None:
        """Stop showing, whatever is on the screen; after `finish` nothing is left to stop."""
        ...


OpenScreen = Callable[[Callable[[ScreenAddress], Awaitable[None]]], Screen]
"""Opens the screen for an answer, given whom to tell where the answer is shown."""

ReadFiles = Callable[[], Awaitable[tuple[Attached, ...]]]
"""Reads a question's files, when its turn has come."""
