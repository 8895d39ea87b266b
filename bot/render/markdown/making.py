"""Makes pieces of lines of which it is known how they are shown."""

from dataclasses import dataclass, replace
from functools import partial

from bot.render.markdown.formula_places import displayed, pictures_in
from bot.render.markdown.inline import in_code, marks_of, quote_in, shown
from bot.render.markdown.parts import Picture
from bot.render.markdown.pieces import Fence, Piece, Rank, Row


@dataclass(slots=True)
class Line:
    """How a line of the source is shown; `text` None means that nothing of it is."""

    text: str | None
    rank: Rank = Rank.LINE
    depth: int = 0
    fence: Fence | None = None
    opens: bool = False
    content: str | None = None
    whole: bool = False
    picture: Picture | None = None
    parts: tuple[Picture, ...] = ()
    row: Row | None = None


def formula_line(line: Line, first: str, source: str, depth: int) -> Line:
    """Return a line as a formula that has it for itself; the first of its lines has the marks."""
    marks = marks_of(first)
    is_item = bool(marks.strip("> \t"))
    lead = marks if is_item or not depth else quote_in(depth)
    made = displayed(source, lead, is_item=is_item)
    return replace(line, text=made.text, whole=True, picture=made.picture, parts=made.parts)


def joined_line(line: Line, first: str, rest: str, depth: int) -> Line:
    """Return a line as one with the rest of the lines that a formula in it goes across."""
    raw = f"{first} {rest}"
    return replace(line, text=shown(raw, depth), whole=True, parts=pictures_in(raw))


def code_piece(line: int, content: str, fence: Fence, *, opens: bool = False) -> Piece:
    """Return a line of a block of code that stands in no quote and no list."""
    shown_as = Line(in_code(content), fence=fence, content=content, opens=opens)
    return piece_of(line, content, shown_as, Rank.LINE, gap=False)


def text_piece(line: int, raw: str, rank: Rank, *, gap: bool = False, depth: int = 0) -> Piece:
    """Return a line of text; the depth is that of the quotes around it."""
    return piece_of(line, raw, Line(raw, depth=depth), rank, gap)


def piece_of(at: int, raw: str, line: Line, rank: Rank, gap: bool) -> Piece:
    """Return a line of the source as a piece."""
    piece = Piece(at, line.text or "", at + 1, rank, gap, line.fence, line.opens)
    piece.picture, piece.parts, piece.row = line.picture, line.parts, line.row
    if line.fence is None and not line.whole:
        piece.render = partial(shown, depth=line.depth)
        piece.text = piece.render(raw)
        piece.raw, piece.attached = raw, pictures_in
        piece.parts = pictures_in(raw)
    elif line.content is not None:
        piece.render = partial(_code_line, quote_in(line.depth))
        piece.raw, piece.start = line.content, len(raw) - len(line.content)
    piece.leads = line.fence is None and (
        piece.text.lstrip("> ").startswith("#")
        or (piece.text[:2] == "**" and piece.raw == "")
        or raw.rstrip().endswith((":", "\uff1a"))
    )
    return piece


def _code_line(quote: str, content: str) -> str:
    return quote + in_code(content)
