"""Files of an answer's messages: each is uploaded once, and kept by its id from then on."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.render.screen.layouts import Layout


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a message, with its id once Discord has it."""

    name: str
    content: bytes = field(repr=False)
    id: int | None = None


class Attachments:
    """What each message has attached."""

    def __init__(self) -> None:
        self._there: dict[int, list[Attached]] = {}

    def wanted(self, index: int, layout: Layout) -> list[Attached]:
        """Return the files that a message should have, those that it has already first."""
        wanted = [Attached(name, content) for name, content in layout.attached().items()]
        there = [it for it in self._there.get(index, ()) if replace(it, id=None) in wanted]
        had = [replace(it, id=None) for it in there]
        return there + [it for it in wanted if it not in had]

    def note(self, index: int, files: Sequence[Attached], ids: Sequence[int]) -> None:
        """Note the ids that Discord tells of a message's files, in the order it was given them."""
        self.keep(index, [replace(it, id=known) for it, known in zip(files, ids, strict=False)])

    def keep(self, index: int, files: Sequence[Attached]) -> None:
        """Note that a message has just these files, all of which Discord knows."""
        self._there[index] = list(files)

    def forget(self, index: int) -> None:
        """Note that the message of this index is gone: the next one there begins without files."""
        self._there.pop(index, None)
