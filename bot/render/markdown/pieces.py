"""The smallest parts of a page: lines, and tables' rows, as they are shown."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from bot.render.markdown.code_files import Code
from bot.render.markdown.graphemes import width
from bot.render.markdown.parts import CodeFile, Picture

__all__ = ["Fence", "Piece", "Rank", "Row", "width"]


class Rank(IntEnum):
    """How good a place is to end a page at, the best first."""

    BLOCK = 0
    ITEM = 1
    LINE = 2
    POOR = 3


@dataclass(eq=False, frozen=True, slots=True)
class Fence:
    """A code block to be shown: how it opens, how it opens again on a later page, how it closes.

    `info` is what its writer said about the code; None where nobody wrote a fence.
    """

    head: str
    again: str
    close: str
    info: str | None = None


@dataclass(eq=False, frozen=True, slots=True)
class Row:
    """A table's row that is drawn with others: all that share a picture have the same key."""

    key: tuple[int, int]
    index: int
    markdown: Callable[[range], str]


@dataclass(slots=True)
class Piece:
    """A line, or a table's row, as it is shown; `rank` tells how good a break before it is.

    `line` is where it begins in the page's source, `end` the line after it. A piece that may be cut
    has its source text in `raw`, which begins at the column `start`, and `render` shows a first
    part of that. `scene` is what the page after it repeats. A line of code knows its block, and
    how many lines are before it there; the last one `closes` it. One that `leads` on announces
    what follows it.
    """

    line: int
    text: str
    end: int
    rank: Rank = Rank.LINE
    gap: bool = False
    fence: Fence | None = None
    opens: bool = False
    raw: str = ""
    start: int = 0
    render: Callable[[str], str] | None = None
    attached: Callable[[str], tuple[Picture, ...]] | None = None
    parts: tuple[Picture | CodeFile, ...] = ()
    picture: Picture | None = None
    row: Row | None = None
    leads: bool = False
    scene: tuple[str, ...] = ()
    code: Code | None = None
    before: int = 0
    closes: bool = False

    @property
    def is_visible(self) -> bool:
        """Tell whether it shows anything where nothing follows it on its page."""
        return bool(self.parts) or self.text.strip(" >\u258e") != ""
