"""What shows answers, and what reads files for them."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from bot.messages import Attached, ScreenAddress
from bot.notes import LimitWarning
from bot.snapshots import Snapshot


class Growing(Protocol):
    """An answer that a screen follows; `bot.answers.draft.Draft` is one, and so is a `Snapshot`."""

    @property
    def has_text(self) -> bool:
        """Tell whether there is anything of the answer, beside thinking."""
        ...

    def snapshot(self) -> Snapshot:
        """Return how it stands now."""
        ...


class Screen(Protocol):
    """Shows one growing answer; `bot.render.screen.live_answer.LiveAnswer` is one."""

    @property
    def is_gone(self) -> bool:
        """Tell whether nothing can be shown there any more."""
        ...

    @property
    def shows_words(self) -> bool:
        """Tell whether anything of the answer was ever shown."""
        ...

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


OnAddress = Callable[[ScreenAddress], Awaitable[None]]
"""Is told where an answer is shown."""

OpenScreen = Callable[[OnAddress, ScreenAddress | None], Screen]
"""Opens the screen for an answer: where another one stands, if it is to take that one's place."""


ReadFiles = Callable[[], Awaitable[tuple[Attached, ...]]]
"""Reads a question's files, when its turn has come."""


Whisper = Callable[[Sequence[LimitWarning]], Awaitable[None]]
"""Tells a person alone how their limits stand; trouble on the way is its own."""
