"""One growing answer on a screen: the newest state is painted whenever the pacer lets it."""

from collections.abc import Awaitable, Callable

from bot.messages import ScreenAddress, Snapshot
from bot.render.pacer import Pacer
from bot.render.surfaces import Surface


class LiveAnswer:
    """Shows an answer while it grows; a `Screen`."""

    def __init__(
        self,
        surface: Surface,
        pacer: Pacer,
        *,
        clock: Callable[[], float],
        on_address: Callable[[ScreenAddress], Awaitable[None]] | None = None,
        tick: float = 2.5,
    ) -> None:
        raise NotImplementedError

    def show(self, snapshot: Snapshot) -> None:
        """Show this as soon as the pacer lets it; return at once, the newest wins."""
        raise NotImplementedError

    async def finish(self, snapshot: Snapshot) -> None:
        """Show this as the last state and return when it is on the screen; raise `ScreenGone`."""
        raise NotImplementedError

    async def close(self) -> None:
        """Stop painting, whatever is on the screen."""
        raise NotImplementedError
