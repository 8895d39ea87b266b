"""Puts pieces together to a page, one after the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.render.markdown.parts import MOST_ATTACHED, Page, Part, Picture, PictureKind, Words
from bot.render.markdown.pieces import Fence, Piece, width

_TOO_MANY = 1_000_000
_HEADING = re.compile(r"(?:> )?#{1,3} \S")
"""Discord leaves room below a heading by itself."""


@dataclass(slots=True)
class Stack:
    """A page in the making: what is visible of it so far, with every block of code closed."""

    _parts: list[Part] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _held: list[Piece] = field(default_factory=list)
    _run: list[Piece] = field(default_factory=list)
    _fence: Fence | None = None
    _size: int = -1
    _attached: int = 0
    _gap: bool = False

    def copy(self) -> "Stack":
        """Return one that goes on from here by itself."""
        return Stack(
            self._parts.copy(),
            self._lines.copy(),
            self._held.copy(),
            self._run.copy(),
            self._fence,
            self._size,
            self._attached,
            self._gap,
        )

    def size_with(self, pieces: Sequence[Piece]) -> int:
        """Return what the page's size would be with more pieces, none of their rows drawn."""
        lines = self._lines[-1:]
        held, fence = self._held.copy(), self._fence
        stack = Stack([], lines, held, [], fence, self._size, self._attached, self._gap)
        for piece in pieces:
            stack.add(piece, draws=False)
        return stack.size

    @property
    def size(self) -> int:
        """Return the page's size; a page with too much attached has no room for it."""
        closing = width(self._fence.close) + 1 if self._fence else 0
        return self._size + closing + (_TOO_MANY if self._attached > MOST_ATTACHED else 0)

    def add(self, piece: Piece, *, draws: bool = True) -> None:
        """Add a piece; its row is not drawn, unless it `draws`, but stands there as text."""
        if not piece.is_visible:
            # Discord would show a quote's empty end with its marks, and code's as a gap.
            if piece.text or piece.fence is not None:
                self._held.append(piece)
            else:
                self._gap = self._gap or piece.gap
            return
        for held in self._held:
            self._put(held, draws)
        self._held.clear()
        self._put(piece, draws)

    def end(self) -> Page:
        """Return the page; nothing can be added any more."""
        self._end_run()
        if self._fence is not None:
            self._lines.append(self._fence.close)
        self._end_words()
        return tuple(self._parts)

    def _put(self, piece: Piece, draws: bool) -> None:
        opens = piece.fence is not None and (piece.opens or self._fence is None)
        if self._fence is not None and (piece.fence is None or opens):
            self._line(self._fence.close)
            self._fence = None
        row = piece.row if draws else None
        if self._run and (row is None or row.key != (self._run[0].row or row).key):
            self._end_run()
        drawn = row is not None or piece.picture is not None
        if self._wants_gap(piece) and not drawn and (piece.fence is None or opens):
            self._line("")
        self._gap = False
        if piece.fence is not None and opens:
            self._line(piece.fence.head if piece.opens else piece.fence.again)
        if piece.fence is not None:
            self._fence = piece.fence
        if row is not None:
            self._add_row(piece)
        elif piece.picture is not None:
            self._attach(piece.picture)
        else:
            self._line(piece.text)
        for part in piece.parts:
            # A picture of what stands in the text already may be left out.
            if not isinstance(part, Picture) or self._attached < MOST_ATTACHED:
                self._attach(part)

    def _wants_gap(self, piece: Piece) -> bool:
        gap = piece.gap or self._gap
        return gap and bool(self._lines) and not _HEADING.match(self._lines[-1])

    def _line(self, text: str) -> None:
        self._lines.append(text)
        self._size += width(text) + 1

    def _attach(self, part: Part) -> None:
        self._end_words()
        self._parts.append(part)
        self._attached += 1
        if isinstance(part, Picture) and part.instead:
            self._size += width(part.instead) + 1

    def _add_row(self, piece: Piece) -> None:
        if not self._run:
            self._end_words()
            self._attached += 1
        self._run.append(piece)
        self._size += width(piece.text) + 1

    def _end_run(self) -> None:
        rows = [piece.row for piece in self._run if piece.row is not None]
        if rows:
            source = rows[0].markdown(range(rows[0].index, rows[-1].index + 1))
            instead = "\n".join(piece.text for piece in self._run)
            self._parts.append(Picture(PictureKind.TABLE, source, instead))
        self._run = []

    def _end_words(self) -> None:
        text = "\n".join(self._lines).rstrip()
        if text:
            self._parts.append(Words(text))
        self._lines = []
