"""One page while it is being filled, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.render.markdown.code_files import Code
from bot.render.markdown.code_reader import CodeReader, is_code
from bot.render.markdown.frames import frame
from bot.render.markdown.live_lines import LiveLines, Step
from bot.render.markdown.parts import CodeFile, Page
from bot.render.markdown.pieces import Piece, Rank
from bot.render.markdown.stack import Stack
from bot.render.markdown.turning import any_ending, cut, first_part, good_ending, stacked

MOST_SHOWN = 2
"""Pages of a block of code that are shown; all of a longer one comes as a file."""

_SHRUNK = 64
"""Characters at the end of a frame that may have no room on the page."""

_LEAP = 8
"""As many of them are left out at a time, at most."""


@dataclass(frozen=True, slots=True)
class Start:
    """How a page begins: what sets the scene, what its first line repeats, which code goes on.

    The names in `taken` are those of the answer's files before it.
    """

    scene: tuple[str, ...] = ()
    pad: str = ""
    code: Code | None = None
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Turn:
    """A page that is full, how the next one begins, and the text that is left for that."""

    page: Page
    start: Start
    rest: str


@dataclass(slots=True)
class Sheet:
    """A page's lines as pieces: those that nothing can change any more are read only once."""

    limit: int
    start: Start
    _code: CodeReader
    _live: LiveLines
    _lines: list[str] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _sizes: list[int] = field(default_factory=list)
    _stack: Stack = field(default_factory=Stack)
    _size: int = 0
    _full: tuple[str, Page] | None = None

    @classmethod
    def begin(cls, limit: int, start: Start) -> "Sheet":
        """Return an empty one."""
        code = CodeReader(MOST_SHOWN * limit, start.taken, start.code)
        return cls(limit, start, code, LiveLines(start.scene, code.is_open, limit // 2))

    def copy(self) -> "Sheet":
        """Return one that goes on from here by itself."""
        return replace(
            self,
            _code=self._code.copy(),
            _live=self._live.copy(),
            _lines=self._lines.copy(),
            _pieces=self._pieces.copy(),
            _sizes=self._sizes.copy(),
            _stack=self._stack.copy(),
        )

    @property
    def room(self) -> int:
        """Return how much of the page is empty at least."""
        return self.limit - self._size

    def add(self, line: str) -> bool:
        """Add a whole line; tell whether the page has become too long."""
        self._lines.append(line)
        self._full = None
        step = self._live.add(line, self._code.fence)
        if step.unread:
            self._size += step.unread
            if self._size <= self.limit:
                return False
            step = self._live.read()
        self._take(step)
        self._size = self._stack.size_with(self._live_pieces())
        return self._size > self.limit

    def room_after(self, part: str) -> int:
        """Return the room after the first part of a line; below 0 the page is too long."""
        if self._code.hides:
            return self.limit
        return self.limit - self._stack.size_with(self._with(part))

    def frame(self, tail: str) -> Page:
        """Return the page as it may be shown while it grows, up to an unfinished line."""
        if self._code.hides:
            note = self._code.note(growing=True)
            return self._sized([note] if note else [])[0].end()
        if self._full is not None and tail.startswith(self._full[0]):
            return self._full[1]
        page, is_whole = self._fitting(tail)
        # Where not all has room already, no more will: the page is about to be turned.
        self._full = None if is_whole else (tail, page)
        return page

    def _fitting(self, tail: str) -> tuple[Page, bool]:
        """Return the page with what of the tail has room on it, and whether that is all."""
        lines = self._live.lines
        end = len(tail)
        while end >= max(0, len(tail) - _SHRUNK + 1):
            kept, shown = frame(lines, tail[:end], in_code=self._live.in_code)
            stack = self._sized(self._with(shown, kept))[0]
            if stack.size <= self.limit:
                return stack.end(), end == len(tail)
            # A character takes two at most, but for those of formulas.
            end -= min(_LEAP, (stack.size - self.limit + 1) // 2)
        return self._sized(self._live_pieces())[0].end(), False

    def end(self) -> bool:
        """End the text here; tell whether the page has become too long."""
        self._take(self._live.read())
        if self._code.is_open:
            self._end_code(len(self._lines), self._live.scene, is_closed=False)
        return self._sized(self._live_pieces(), draws=True)[0].size > self.limit

    def page(self) -> Page:
        """Return the page as it is when nothing follows."""
        return self._sized(self._live_pieces(), draws=True)[0].end()

    def turn(self, part: str | None = None) -> Turn:
        """End the page where it is best; the last line may be only a first part of one."""
        lines = [*self._lines, ""] if part is None else [*self._lines, part]
        live = self._live_pieces() if part is None else self._with(part)
        pieces = [*self._pieces, *live]
        sizes = [*self._sizes, *self._sized(live, draws=True)[1]]
        fitting = next((n for n, size in enumerate(sizes) if size > self.limit), len(sizes) - 1)
        kept = good_ending(pieces, sizes[: fitting + 1], self.limit)
        if not kept:
            last = pieces[fitting]
            at_least = max(0, len(self.start.pad) - last.start) if last.line == 0 else 0
            if place := cut(pieces[:fitting], last, self.limit, at_least):
                return self._turn_within(pieces[:fitting], last, place, lines)
            kept = any_ending(pieces, fitting)
        last = pieces[kept - 1]
        if last.end == len(lines):
            return self._turn_within(pieces[: kept - 1], last, len(last.raw), lines)
        code = last.code.until(last.before + 1) if last.code and not last.closes else None
        start = Start(last.scene, "", code, self._taken_by(pieces[:kept]))
        return Turn(stacked(pieces[:kept]).end(), start, "\n".join(lines[last.end :]))

    def _turn_within(
        self, before: Sequence[Piece], last: Piece, place: int, lines: Sequence[str]
    ) -> Turn:
        """End the page within a line of which a first part is kept."""
        scene, pad = self._live.within(last, lines[self._live.since :])
        kept = first_part(last, place) if place < len(last.raw) else last
        start = Start(scene, pad, self._code.within(last, place), self._taken_by(before))
        rest = lines[last.line][last.start + place :] if last.raw else ""
        after = lines[last.line + 1 :] if last.raw else []
        return Turn(stacked([*before, kept]).end(), start, "\n".join([pad + rest, *after]))

    def _taken_by(self, pieces: Sequence[Piece]) -> frozenset[str]:
        files = (part for piece in pieces for part in piece.parts if isinstance(part, CodeFile))
        return self.start.taken.union(file.name for file in files)

    def _take(self, step: Step) -> None:
        """Keep what is certain now."""
        if step.ends_code and self._code.is_open:
            self._end_code(step.end, step.scene, is_closed=True)
        elif step.end:
            self._extend(step.end, step.scene)
        for piece in step.settled:
            if not is_code(piece) or self._code.takes(piece):
                self._settle(piece)
        self._link(self._live.pieces)

    def _live_pieces(self) -> list[Piece]:
        note = self._code.note(growing=False)
        return self._live.pieces if note is None else [note]

    def _with(self, part: str, kept: int | None = None) -> list[Piece]:
        pieces = self._live.with_part(part, self._code.fence, kept)
        self._link(pieces)
        return pieces

    def _settle(self, piece: Piece) -> None:
        self._link([piece])
        self._pieces.append(piece)
        self._stack.add(piece)
        self._sizes.append(self._stack.size)

    def _link(self, pieces: Sequence[Piece]) -> None:
        """Rank a break before each of these by what stands before it."""
        before = self._pieces[-1] if self._pieces else None
        for piece in pieces:
            if before is not None and before.leads:
                piece.rank = Rank.POOR
            elif before is not None and not piece.opens and is_code(before) and is_code(piece):
                piece.rank = Rank.LINE if before.raw.strip() else Rank.ITEM
            before = piece

    def _end_code(self, at: int, scene: tuple[str, ...], *, is_closed: bool) -> None:
        note = self._code.end(at, scene, is_closed=is_closed)
        if note is not None:
            self._settle(note)
        elif is_closed:
            self._extend(at, scene)

    def _extend(self, end: int, scene: tuple[str, ...]) -> None:
        """Let the last piece have the lines up to an end: they show nothing."""
        if self._pieces:
            last = self._pieces[-1]
            self._pieces[-1] = replace(last, end=end, scene=scene, closes=True)

    def _sized(self, live: Sequence[Piece], *, draws: bool = False) -> tuple[Stack, list[int]]:
        """Return the page with these pieces at its end, and its size after each of them."""
        stack, sizes = self._stack.copy(), []
        for piece in live:
            stack.add(piece, draws=draws)
            sizes.append(stack.size)
        return stack, sizes
