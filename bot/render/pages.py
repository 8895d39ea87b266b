"""Turns a growing Markdown text into pages that Discord can show."""

import re
import unicodedata
from dataclasses import replace

from bot.render.blocks import Blocks
from bot.render.inline import cut_code, cut_text
from bot.render.pieces import Piece, Rank, page_of, sizes, width

PAGE = 3700
"""UTF-16 units of a page: a message has room for a few lines beside it."""

LEAST_LIMIT = 300
"""Below this a page may have no room for what surrounds a line of code."""

_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_BREAKS = re.compile("[\u2028\u2029]")
_EMPTY_LINES = re.compile(r"(?<=\n{9})\n+")

_FILL = ((Rank.BLOCK, 0.5), (Rank.ITEM, 0.6), (Rank.LINE, 0.7))
"""How full a page must be at least to end at a place of this rank."""

_WORTH_CUTTING = 0.15
"""The room, as a share of a page, for which a paragraph or a line of code is cut."""


class Pager:
    """Splits one growing text into pages; a page is never changed once there is a next one.

    `limit` counts UTF-16 units. `most` is how many whole pages are wanted: of the text after them
    only the beginning is turned into one more page.
    """

    def __init__(self, limit: int = PAGE, most: int | None = None) -> None:
        if limit < LEAST_LIMIT:
            raise ValueError(f"a page needs a limit of at least {LEAST_LIMIT}")
        self._limit = limit
        self._most = most
        self._begin()

    def pages(self, text: str) -> tuple[str, ...]:
        """Return the text's pages; a text that does not go on from the last one begins anew."""
        clean = _EMPTY_LINES.sub("", _LINE_BREAKS.sub("\n", _UNWANTED.sub("", text)))
        if not clean.startswith(self._done):
            self._begin()
        while True:
            last = self._turn(clean)
            if last is not None:
                return (*self._finished, last) if is_visible(last) else tuple(self._finished)

    def _begin(self) -> None:
        self._finished: list[str] = []
        self._done = ""
        self._scene: list[str] = []
        self._pad = ""

    def _turn(self, text: str) -> str | None:
        """Return the last page, or finish one and return None because there is more."""
        at = len(self._done)
        if self._most is not None and len(self._finished) > self._most:
            return ""
        window = self._limit + self._limit // 4
        while True:
            rest = text[at : at + window]
            blocks = self._read(rest)
            found = sizes(blocks.pieces, self._limit)
            if found and found[-1] > self._limit:
                self._finish(text, blocks, found)
                return None
            if at + window >= len(text):
                return page_of(blocks.pieces)
            window *= 2

    def _read(self, rest: str) -> Blocks:
        ahead = "".join(f"{line}\n" for line in self._scene)
        return Blocks(ahead + self._pad + rest, len(self._scene), self._limit // 2)

    def _finish(self, text: str, blocks: Blocks, found: list[int]) -> None:
        """End a page at the best place and set the scene for the next."""
        pieces, fitting = blocks.pieces, len(found) - 1
        ahead = sum(len(line) + 1 for line in self._scene) + len(self._pad)
        kept = _boundary(pieces, found, self._limit)
        part = None if kept else self._part(pieces[: fitting + 1], ahead)
        if part is not None:
            end, page = part
            line = pieces[fitting].line
        else:
            kept = kept or _any_boundary(pieces, fitting)
            end, page = pieces[kept - 1].end, page_of(pieces[:kept])
            line = blocks.line_at(end)
        self._finished += [it for it in _hard_pages(page, self._limit) if is_visible(it)]
        self._scene, self._pad = blocks.scene(line, within=part is not None)
        self._done = text[: len(self._done) + end - ahead]

    def _part(self, pieces: list[Piece], ahead: int) -> tuple[int, str] | None:
        """Return a cut inside the last of these pieces: where it is and the page up to there."""
        *before, last = pieces
        if not last.raw:
            return None
        room = self._limit - sizes([*before, replace(last, text="")], self._limit)[-1]
        if before and room < self._limit * _WORTH_CUTTING:
            return None
        cut = cut_text if last.fence is None else cut_code
        place = cut(last.raw, room, last.render, max(0, ahead - last.start))
        if not place:
            return None
        shown = last.raw[:place] if last.fence else last.raw[:place].rstrip()
        return last.start + place, page_of([*before, replace(last, text=last.render(shown))])


def _boundary(pieces: list[Piece], found: list[int], limit: int) -> int:
    """Return how many pieces make a page that is full enough and ends well, or 0."""
    for rank, share in _FILL:
        for kept in range(len(found) - 1, 0, -1):
            if found[kept - 1] < share * limit:
                break
            if pieces[kept].rank <= rank:
                return kept
    return 0


def _any_boundary(pieces: list[Piece], fitting: int) -> int:
    """Return how many pieces make a page in the end: one at least."""
    good = (kept for kept in range(fitting, 0, -1) if pieces[kept].rank < Rank.POOR)
    return next(good, max(1, fitting))


def _hard_pages(page: str, limit: int) -> list[str]:
    """Return a page, cut up if it is a single piece that has no room on one."""
    pages = []
    while width(page) > limit:
        place = cut_text(page, limit, str, 0)
        pages.append(page[:place])
        page = page[place:]
    return [*pages, page]


def is_visible(text: str) -> bool:
    """Tell whether Discord would show anything of a text: it refuses an empty one."""
    return any(not c.isspace() and unicodedata.category(c)[0] not in "CZ" for c in text)
