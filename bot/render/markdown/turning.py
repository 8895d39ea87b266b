"""Where a page ends: at the best of many places, or in the midst of a line."""

from collections.abc import Sequence
from dataclasses import replace

from bot.render.markdown.inline import cut_code, cut_text
from bot.render.markdown.parts import Page, Words, text_of
from bot.render.markdown.pieces import Piece, Rank, width
from bot.render.markdown.stack import Stack

_FILL = ((Rank.BLOCK, 0.5), (Rank.ITEM, 0.6), (Rank.LINE, 0.7))
"""How full a page must be at least to end at a place of this rank."""

_WORTH_CUTTING = 0.15
"""The room, as a share of a page, for which a paragraph or a line of code is cut."""


def good_ending(pieces: Sequence[Piece], found: Sequence[int], limit: int) -> int:
    """Return how many pieces make a page that is full enough and ends well, or 0.

    `found` are the page's sizes after each of them, up to the first that has no room.
    """
    for rank, share in _FILL:
        for kept in range(len(found) - 1, 0, -1):
            if found[kept - 1] < share * limit:
                break
            if pieces[kept].rank <= rank:
                return kept
    return 0


def any_ending(pieces: Sequence[Piece], fitting: int) -> int:
    """Return how many pieces make a page in the end: one at least."""
    good = (kept for kept in range(fitting, 0, -1) if pieces[kept].rank < Rank.POOR)
    return next(good, max(1, fitting))


def cut(before: Sequence[Piece], last: Piece, limit: int, at_least: int) -> int:
    """Return where to cut a piece so that its first part fits the page, or 0."""
    if last.render is None or not last.raw:
        return 0
    room = limit - stacked([*before, replace(last, text="x", parts=())]).size + 1
    if room <= 0 or (before and room < limit * _WORTH_CUTTING):
        return 0
    how = cut_text if last.fence is None else cut_code
    return how(last.raw, room, last.render, at_least)


def first_part(piece: Piece, place: int) -> Piece:
    """Return a piece with what stands before a place in its source."""
    raw = piece.raw[:place] if piece.fence else piece.raw[:place].rstrip()
    text = piece.render(raw) if piece.render else raw
    return replace(piece, text=text, parts=piece.attached(raw) if piece.attached else ())


def stacked(pieces: Sequence[Piece]) -> Stack:
    """Return the page that these pieces make."""
    stack = Stack()
    for piece in pieces:
        stack.add(piece)
    return stack


def within(page: Page, limit: int) -> list[Page]:
    """Return a page, cut up if it is a single piece that has no room on one."""
    text = text_of(page)
    if width(text) <= limit:
        return [page]
    pages: list[Page] = []
    while width(text) > limit:
        place = cut_text(text, limit, str, 0)
        pages.append((Words(text[:place]),))
        text = text[place:]
    return [*pages, (Words(text),)]
