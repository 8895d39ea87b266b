"""What an answer is painted on, as a protocol."""

from typing import Protocol

from bot.messages import ScreenAddress
from bot.render.pacing.lanes import Lane
from bot.render.screen.layouts import Layout


class Surface(Protocol):
    """A row of messages; `bot.render.screen.surfaces.DiscordSurface` is one."""

    @property
    def address(self) -> ScreenAddress:
        """Return where the messages are, as it stands now."""
        ...

    @property
    def ends_in(self) -> float:
        """Return after how many seconds the last words are due, or infinity."""
        ...

    def lane(self, index: int, *, removes: bool = False) -> Lane:
        """Return the bucket that painting, or removing, this message takes its permit from now."""
        ...

    async def paint(self, index: int, layout: Layout) -> None:
        """Show this as the message of that index; raise `NotPainted` or `ScreenGone`."""
        ...

    async def remove(self, index: int) -> None:
        """Delete the last message, which has this index; raise `NotPainted` or `ScreenGone`."""
        ...
