"""Turns a growing Markdown text into pages that Discord can show."""

import re

from bot.render.markdown.books import Book
from bot.render.markdown.parts import Page
from bot.render.markdown.visible import is_visible

__all__ = ["LEAST_LIMIT", "PAGE", "Pager", "is_visible"]

PAGE = 3700
"""UTF-16 units of a page: a message has room for a few lines beside it."""

LEAST_LIMIT = 300
"""Below this a page may have no room for what surrounds a line of code."""

_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_BREAKS = re.compile("\r\n?|[\u2028\u2029]")
_EMPTY_LINES = re.compile(r"(?<=\n{9})\n+")
_MOST_EMPTY = 9


class Pager:
    """Splits one growing text into pages; a page is never changed once there is a next one.

    `limit` counts UTF-16 units. `most` is how many whole pages are wanted: of the text after them
    only the beginning is turned into one more page.
    """

    def __init__(self, limit: int = PAGE, most: int | None = None) -> None:
        if limit < LEAST_LIMIT:
            raise ValueError(f"a page needs a limit of at least {LEAST_LIMIT}")
        self._empty = Book.begin(limit, most)
        self._book = self._empty.copy()
        self._text = self._last = self._held = ""

    def pages(self, text: str, *, growing: bool = False) -> tuple[Page, ...]:
        """Return the text's pages; a text that does not go on from the last one begins anew.

        Of one that is `growing` an end may be held back that would look bad. What is made of a
        whole text is forgotten where it grows after all.
        """
        if not text.startswith(self._text):
            self._begin()
        if not self._book.is_full:
            self._book.feed(self._clean(text[len(self._text) :]))
        self._text = text
        return self._book.frame() if growing else self._book.copy().end()

    def _begin(self) -> None:
        self._text = self._last = self._held = ""
        self._book = self._empty.copy()

    def _clean(self, text: str) -> str:
        text = self._held + text
        # It may be the first of two characters that are one end of a line.
        self._held = "\r" if text.endswith("\r") else ""
        text = _UNWANTED.sub("", _LINE_BREAKS.sub("\n", text.removesuffix("\r")))
        clean = _EMPTY_LINES.sub("", self._last + text)[len(self._last) :]
        self._last = (self._last + clean)[-_MOST_EMPTY:]
        return clean
