"""What each message of an answer shows at present, and which is behind; pure."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.render.screen.layouts import Layout


class Canvas:
    """The layouts that were painted, message by message."""

    def __init__(self) -> None:
        self._painted: list[Layout] = []

    def __len__(self) -> int:
        return len(self._painted)

    @property
    def shows_words(self) -> bool:
        """Tell whether anything of the answer can be read."""
        return bool(self._painted and self._painted[0].page)

    @property
    def ends_open(self) -> bool:
        """Tell whether the last message has words, and more to come."""
        return bool(self._painted and self._painted[-1].page and self._painted[-1].buttons)

    def put(self, index: int, layout: Layout) -> None:
        """Note that the message of this index shows this now."""
        self._painted[index : index + 1] = [layout]

    def cut(self, index: int) -> None:
        """Note that the messages from this index on are gone."""
        del self._painted[index:]

    def is_at(self, index: int, layout: Layout) -> bool:
        """Tell whether a message shows just this."""
        return index < len(self._painted) and self._painted[index] == layout

    def shows(self, index: int, layout: Layout, *, pictures: bool = True) -> bool:
        """Tell whether a message shows this, whatever its meter says; or all but the pictures."""
        if index >= len(self._painted):
            return False
        painted = self._painted[index]
        if not pictures:
            painted = replace(painted, drawn=layout.drawn)
        return painted.apart_from_meter() == layout.apart_from_meter()

    def meter_moved(self, layouts: Sequence[Layout]) -> bool:
        """Tell whether the last message's meter should say something else."""
        return self._painted[len(layouts) - 1].meter != layouts[-1].meter

    def behind(self, layouts: Sequence[Layout]) -> list[int]:
        """Return the messages that do not show what they should, pictures included."""
        return [n for n, it in enumerate(layouts) if not self.shows(n, it)]

    def next_of(
        self, behind: Sequence[int], layouts: Sequence[Layout], *, has_ended: bool
    ) -> int | None:
        """Return which of those behind is next; pictures wait for messages and last words."""
        first = behind[0] if behind else None
        if has_ended or len(layouts) > len(self._painted):
            wordy = (n for n in behind if not self.shows(n, layouts[n], pictures=False))
            return next(wordy, first)
        return first
