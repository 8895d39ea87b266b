"""Keeps account of the code on a page: whose line each is, and what is too long to be shown."""

from dataclasses import InitVar, dataclass, replace

from bot.render.markdown.code_files import Code, more_lines
from bot.render.markdown.pieces import Fence, Piece, Rank


def is_code(piece: Piece) -> bool:
    """Tell whether a piece is a line of code between fences."""
    return piece.fence is not None and piece.fence.info is not None and piece.render is not None


@dataclass(slots=True)
class CodeReader:
    """The block of code that is open on a page; from its size `most` on, its lines are hidden.

    `first` is the one that the page begins with. Names in `taken` are those of other files.
    """

    most: int
    taken: frozenset[str]
    first: InitVar[Code | None] = None
    _code: Code | None = None
    _begun: Code | None = None
    _begun_at: int = 0
    _beginning: str = ""
    _fence: Fence | None = None
    _hidden: int = 0
    _hidden_from: int = 0
    _hidden_to: int = 0
    _name: str = ""

    def __post_init__(self, first: Code | None) -> None:
        if first is not None:
            self._code = self._begun = first
            self._begun_at, self._beginning = len(first.lines), first.beginning

    def copy(self) -> "CodeReader":
        """Return one that goes on from here by itself."""
        if self._code is None:
            return replace(self, first=None)
        code = self._code.until(len(self._code.lines), self._code.beginning)
        begun = code if self._begun is self._code else self._begun
        return replace(self, first=None, _code=code, _begun=begun)

    @property
    def is_open(self) -> bool:
        """Tell whether a block of code goes on."""
        return self._code is not None

    @property
    def fence(self) -> Fence | None:
        """Return the fence of the block that goes on, once it is known."""
        return self._fence

    @property
    def hides(self) -> bool:
        """Tell whether the block that goes on is too long for more of it to be shown."""
        return self._code is not None and self._code.size >= self.most

    def takes(self, piece: Piece) -> bool:
        """Take a line in; tell whether it is shown."""
        if piece.fence is None:
            return True
        if self._code is None or piece.opens:
            self._code = Code(piece.fence.info or "")
        self._fence = piece.fence
        if self.hides:
            if not self._hidden:
                self._hidden_from = piece.line
                self._name = self._code.name(self.taken)
            self._hidden += 1
            self._hidden_to = piece.end
            self._code.add(piece.raw)
            return False
        piece.code, piece.before = self._code, len(self._code.lines)
        self._code.add(piece.raw)
        return True

    def note(self, *, growing: bool) -> Piece | None:
        """Return the line below code that is hidden so far.

        While it is not `growing` it has the room that it will ever need.
        """
        if not self._hidden:
            return None
        text = more_lines(self._hidden, None)
        if not growing:
            text = max(text, more_lines(self._hidden, self._name), key=len)
        return Piece(self._hidden_from, self._quoted(text), self._hidden_to, Rank.POOR)

    def end(self, at: int, scene: tuple[str, ...], *, is_closed: bool) -> Piece | None:
        """Close the block before a line; return what stands below it, if anything does."""
        code, self._code = self._code, None
        if code is None:
            return None
        lines = []
        note = Piece(max(0, at - 1), "", at, Rank.POOR, scene=scene, closes=True, code=code)
        if self._hidden:
            note.line = self._hidden_from
            note.parts = (code.file(self.taken),)
            self.taken = self.taken.union(file.name for file in note.parts)
            lines.append(more_lines(self._hidden, self._name))
        if is_closed and (hint := code.hint()):
            lines.append(hint)
        note.text = "\n".join(map(self._quoted, lines))
        self._fence, self._hidden = None, 0
        return note if lines else None

    def within(self, last: Piece, place: int) -> Code | None:
        """Return the code that goes on after a first part of its last line."""
        if last.fence is None or not is_code(last):
            return None
        code, count = last.code, last.before
        if code is None:
            code = Code(last.fence.info or "") if last.opens or not self._code else self._code
            count = len(code.lines)
        is_first = code is self._begun and count == self._begun_at
        return code.until(count, (self._beginning if is_first else "") + last.raw[:place])

    def _quoted(self, text: str) -> str:
        return (self._fence.close.removesuffix("```") if self._fence else "") + text
