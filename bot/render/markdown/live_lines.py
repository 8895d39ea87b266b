"""The lines at the end of a page that what follows may still change."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.render.markdown.blocks import Blocks
from bot.render.markdown.growth import Growth
from bot.render.markdown.making import code_piece, text_piece
from bot.render.markdown.pieces import Fence, Piece, Rank
from bot.render.markdown.plain import Kind, is_bare_row, kind_of, list_of, scene_of

_MOST_OF_TEXT, _KEPT_OF_TEXT = 8, 2
"""A paragraph's lines after which all but its last are certain: only those may yet become others.

A rule below two lines makes them a heading, one below a row makes that a table's.
"""


_IN_TEXT, _IN_QUOTE = ("x",), ("> x",)


@dataclass(frozen=True, slots=True)
class Step:
    """What a new line has made certain: these pieces, and where the block before them ends.

    The lines before that end show nothing, and the scene is that after them. A line that is
    `unread` is not laid out yet and takes so much.
    """

    settled: Sequence[Piece] = ()
    end: int = 0
    scene: tuple[str, ...] = ()
    ends_code: bool = False
    unread: int = 0


@dataclass(slots=True)
class LiveLines:
    """The last lines of a page and, ahead of them, the scene: what is needed to read them.

    No table's row may take more than `most`. `since` is the number of the first line.
    """

    scene: tuple[str, ...]
    in_code: bool
    most: int
    since: int = 0
    lines: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    _kind: Kind = Kind.OTHER
    _rank: Rank | None = None
    _goes_on: bool = False
    _unread: int = 0
    _laid: int = 0
    _growth: Growth | None = None
    _blocks: Blocks | None = None
    _base: int = 0

    def __post_init__(self) -> None:
        if not self.lines:
            self._kind = self._kind_now(None)

    def copy(self) -> "LiveLines":
        """Return some that go on from here by themselves."""
        return replace(self, lines=self.lines.copy(), pieces=self.pieces.copy())

    def add(self, line: str, fence: Fence | None) -> Step:
        """Add a line; the fence is that of code that goes on, where it is known."""
        self.lines.append(line)
        if not self.in_code:
            kind = kind_of(line)
            if size := self._size_unread(line, kind):
                self._unread += 1
                return Step(unread=size)
            step = self._added_plainly(line, kind)
            return self.read() if step is None else step
        if fence is not None and len(self.lines) == 1 and self._is_plain(line):
            piece = code_piece(self.since, line, fence)
            piece.scene = self.scene
            self._blocks = None
            self.pieces = [piece]
            return self._settle(1, self.scene)
        return self.read()

    def read(self) -> Step:
        """Read the lines again and keep only those that are not certain now."""
        if self._laid == len(self.lines) and self._kind is Kind.TABLE:
            self._unread = 0
            return Step()
        blocks = self._parse(self.lines)
        self._unread = self._laid = 0
        self.pieces = self._numbered(blocks)
        end, ends_code = self.since + blocks.before, self.in_code and not blocks.goes_on
        begins = any(map(str.strip, self.lines[blocks.settled :]))
        after = blocks.scene(blocks.before)
        self.in_code = blocks.in_code
        if cut := self._cut_text(blocks):
            step = self._settle(*cut)
        elif self._goes_on and blocks.settled == 0:
            step = Step()
        else:
            step = self._settle(blocks.settled, blocks.scene(blocks.settled, begins=begins))
            self._goes_on = False
        self._kind = self._kind_now(blocks)
        self._growth = Growth(blocks.table, self.most) if blocks.table else None
        self._laid = len(self.lines) if self._kind is Kind.TABLE else 0
        self._rank = self.pieces[0].rank if self.pieces else None
        return Step(step.settled, end if blocks.before or ends_code else 0, after, ends_code)

    def with_part(
        self, part: str, fence: Fence | None = None, kept: int | None = None
    ) -> list[Piece]:
        """Return the pieces of the lines, or of some, with a part of the next."""
        lines = self.lines[:kept]
        if self._unread and len(lines) == len(self.lines) != self._laid:
            self.pieces, self._laid = self._numbered(self._parse(lines)), len(lines)
        if len(lines) == len(self.lines):
            self._blocks = None
            if not part:
                return self.pieces
            if self.in_code and fence is not None and not lines and self._is_plain(part):
                return [code_piece(self.since, part, fence)]
            if not self.in_code and (piece := self._plain_piece(part, kind_of(part))):
                return [*self.pieces, piece]
        return self._numbered(self._parse([*lines, part] if part else lines))

    def within(self, piece: Piece, lines: Sequence[str]) -> tuple[tuple[str, ...], str]:
        """Return what sets the scene within a piece that was read last, and what its rest repeats.

        The lines are those from the first that may change, and a part of one.
        """
        if self._blocks is None and self.in_code:
            return self.scene, ""
        blocks = self._blocks or self._parse(lines)
        at = (piece.line if piece.raw else piece.end - 1) - self._base
        return blocks.scene(at, within=True), blocks.pad(at)

    def _added_plainly(self, line: str, kind: Kind) -> Step | None:
        """Take in a line that needs no parser; return None for any other."""
        self._blocks = None
        if kind is Kind.NOTHING and self._kind is Kind.NOTHING:
            return Step()
        if kind is Kind.NOTHING and self._kind is Kind.WORDS:
            # Words that go on from the page before may be an item's, which may go on too.
            is_inside = self._is_rest and self.scene != _IN_TEXT
            step = self._settle(len(self.lines) - 1, self.scene if is_inside else ())
            self._kind, self._rank, self._goes_on = Kind.NOTHING, None, False
            return step
        if kind is Kind.NOTHING and self._kind is Kind.ITEM:
            step = self._settle(len(self.lines) - 1, (*self.scene, scene_of(self.lines[-2])))
            self._kind, self._rank = Kind.NOTHING, None
            return step
        before = len(self.lines) - 1
        if kind is Kind.NOTHING and self._kind is Kind.TABLE:
            return self._ended_table(before)
        piece = self._plain_piece(line, kind, self.lines[:before])
        if piece is None:
            return None
        step = Step()
        if self._kind is Kind.ITEM:
            step = self._settle(before, piece.scene[:-1])
        elif kind is Kind.ITEM:
            self.scene = piece.scene[:-1]
        self.pieces.append(piece)
        self._kind = kind
        if kind in (Kind.WORDS, Kind.QUOTED) and len(self.lines) > _MOST_OF_TEXT:
            scene = _IN_TEXT if kind is Kind.WORDS else _IN_QUOTE
            step = self._settle(before, self.scene if self._is_rest else scene)
            self._goes_on = True
        self._rank = self.pieces[0].rank
        return step

    def _size_unread(self, line: str, kind: Kind) -> int | None:
        """Return what a row takes that need not be laid out yet; None for any other line."""
        is_row = kind is Kind.ROW or is_bare_row(line)
        return self._growth.of(line) if self._growth is not None and is_row else None

    @property
    def _is_rest(self) -> bool:
        """Tell whether words are the rest of a paragraph that the scene is the beginning of."""
        return (
            (self.since == 0 or self._goes_on) and bool(self.scene) and self.scene[-1].endswith("x")
        )

    def _cut_text(self, blocks: Blocks) -> tuple[int, tuple[str, ...]] | None:
        """Return how many lines of a long paragraph are certain, and the scene after them."""
        if blocks.text_from is None or len(self.lines) - blocks.text_from <= _MOST_OF_TEXT:
            return None
        count = min(len(self.lines) - _KEPT_OF_TEXT, blocks.open_from)
        scene = blocks.scene_in_text(count) if count > blocks.text_from else None
        if scene is None:
            return None
        self._goes_on = True
        return count, scene

    def _ended_table(self, rows: int) -> Step | None:
        """Take in the empty line after a table that is in no list and no quote."""
        if self.lines[rows - 1][0] != "|":
            return None
        if self._laid != rows:
            self.pieces = self._numbered(self._parse(self.lines[:rows]))
        if self.pieces:
            self.pieces[-1] = replace(self.pieces[-1], scene=())
        self._unread = self._laid = 0
        step = self._settle(rows, ())
        self._kind, self._rank, self._growth = Kind.NOTHING, None, None
        return step

    def _plain_piece(
        self, line: str, kind: Kind, before: Sequence[str] | None = None
    ) -> Piece | None:
        """Return a line after those before it, if it needs no parser there."""
        before = self.lines if before is None else before
        at, is_first = self.since + len(before), self._kind is Kind.NOTHING
        gap = is_first and len(before) > 0
        if kind is Kind.WORDS and self._kind in (Kind.NOTHING, Kind.WORDS):
            return text_piece(at, line, Rank.BLOCK if is_first else Rank.LINE, gap=gap)
        if kind is Kind.QUOTED and self._kind is Kind.QUOTED:
            return text_piece(at, line, Rank.LINE, depth=1)
        if kind is not Kind.ITEM or self._kind not in (Kind.NOTHING, Kind.ITEM):
            return None
        around = list_of(line, self.scene, None if is_first else before[-1])
        if around is None:
            return None
        rank = Rank.BLOCK if is_first and not self.scene else Rank.ITEM
        piece = text_piece(at, line, rank, gap=gap)
        piece.scene = (*around, scene_of(line))
        return piece

    def _settle(self, count: int, scene: tuple[str, ...]) -> Step:
        end = self.since + count
        settled = [piece for piece in self.pieces if piece.line < end]
        self.pieces = self.pieces[len(settled) :]
        self.lines = self.lines[count:]
        self.since, self.scene = end, scene
        return Step(settled)

    def _kind_now(self, blocks: Blocks | None) -> Kind:
        """Return what the lines are, as far as lines after them depend on it."""
        if blocks is not None and blocks.table:
            return Kind.TABLE
        if self.in_code or any("|" in line for line in self.scene):
            return Kind.OTHER
        in_quote = self._goes_on and self.scene[-1][0] == ">"
        kinds = [kind for kind in map(kind_of, self.lines) if kind is not Kind.NOTHING]
        if not kinds:
            return Kind.NOTHING
        if self.lines[-1].strip():
            if kinds[0] is Kind.WORDS and in_quote:
                return Kind.OTHER
            if kinds[0] in (Kind.WORDS, Kind.QUOTED) and len(set(kinds)) == 1:
                return kinds[0]
            if kinds == [Kind.ITEM] and blocks is not None and blocks.ends_in_item:
                return Kind.ITEM
        return Kind.OTHER

    def _is_plain(self, line: str) -> bool:
        """Tell whether a line goes on with code that is in no list and no quote."""
        mark = self.scene[0][:3] if len(self.scene) == 1 else ""
        return mark in ("```", "~~~") and mark not in line

    def _parse(self, lines: Sequence[str]) -> Blocks:
        self._blocks, self._base = Blocks(self.scene, lines, self.most), self.since
        return self._blocks

    def _numbered(self, blocks: Blocks) -> list[Piece]:
        """Return the pieces as those of the page; the first one keeps the rank that it had."""
        for piece in blocks.pieces:
            piece.scene = blocks.scene(piece.end)
            piece.line += self._base
            piece.end += self._base
        if blocks.pieces and self._rank is not None:
            blocks.pieces[0].rank = self._rank
        return blocks.pieces
