"""The smallest parts of a page, and how they are put together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum


class Rank(IntEnum):
    """How good a place is to end a page at, the best first."""

    BLOCK = 0
    ITEM = 1
    LINE = 2
    POOR = 3


@dataclass(eq=False, frozen=True, slots=True)
class Fence:
    """A code block to be shown: how it opens, how it opens again on a later page, how it closes."""

    head: str
    again: str
    close: str


@dataclass(slots=True)
class Piece:
    """A line, or a table's row, as it is shown; `rank` tells how good a break before it is.

    `end` is the offset in the source after it. A piece that may be cut has its source text in
    `raw`, which begins at `start`, and `render` shows a first part of that.
    """

    line: int
    text: str
    end: int
    rank: Rank
    gap: bool = False
    fence: Fence | None = None
    opens: bool = False
    raw: str = ""
    start: int = 0
    render: Callable[[str], str] = str


def width(text: str) -> int:
    """Return the length in UTF-16 units: Discord counts no character as more than that."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def stack(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, list[str]]]:
    """Yield each piece with the lines that it adds to a page that begins with the first."""
    open_fence: Fence | None = None
    begun = False
    for piece in pieces:
        lines = []
        if piece.fence is not open_fence:
            if open_fence is not None:
                lines.append(open_fence.close)
            if piece.gap and begun:
                lines.append("")
            if piece.fence is not None:
                lines.append(piece.fence.head if piece.opens else piece.fence.again)
        elif piece.gap and begun and piece.fence is None:
            lines.append("")
        lines.append(piece.text)
        open_fence, begun = piece.fence, True
        yield piece, lines


def page_of(pieces: Sequence[Piece]) -> str:
    """Return the page made of these pieces, with every code block closed."""
    last = len(pieces)
    while last and not pieces[last - 1].text.strip(" >"):
        last -= 1  # Discord would show a quote's empty end with its marks, and code's as a gap
    lines = [line for _, added in stack(pieces[:last]) for line in added]
    if last and (fence := pieces[last - 1].fence):
        lines.append(fence.close)
    return "\n".join(lines).rstrip()


def sizes(pieces: Sequence[Piece], most: int) -> list[int]:
    """Return the size of the page that ends after each piece, up to the first beyond `most`."""
    found = []
    body = -1
    for piece, lines in stack(pieces):
        body += sum(width(line) + 1 for line in lines)
        found.append(body + (width(piece.fence.close) + 1 if piece.fence else 0))
        if found[-1] > most:
            break
    return found
