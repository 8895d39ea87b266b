"""A growing text's pages: those that are full, and the one that is being filled."""

from dataclasses import dataclass, field, replace

from bot.render.markdown.parts import Page, Words, text_of
from bot.render.markdown.sheets import Sheet, Start
from bot.render.markdown.turning import within
from bot.render.markdown.visible import is_visible

_STEP = 32
"""At multiples of this many characters of a line it is looked whether its page is full.

So what is decided does not depend on the chunks that a text came in.
"""

_SURPLUS = 64
"""What a part of a line takes at most is twice its length and this."""


@dataclass(slots=True)
class Book:
    """Turns clean text into pages of a size, and into no more than one after `most`."""

    limit: int
    most: int | None
    _sheet: Sheet
    _finished: list[Page] = field(default_factory=list)
    _rest: str = ""
    _next: int = 0

    @classmethod
    def begin(cls, limit: int, most: int | None) -> "Book":
        """Return an empty one."""
        return cls(limit, most, Sheet.begin(limit, Start()))

    def copy(self) -> "Book":
        """Return one that goes on from here by itself."""
        return replace(self, _sheet=self._sheet.copy(), _finished=self._finished.copy())

    @property
    def is_full(self) -> bool:
        """Tell whether there are all the pages that are wanted."""
        return self.most is not None and len(self._finished) > self.most

    def feed(self, text: str) -> None:
        """Take more text in."""
        self._rest += text
        at = 0
        while not self.is_full and at < len(self._rest):
            end = self._rest.find("\n", at)
            line = self._rest[at : end if end >= 0 else None]
            if step := self._overflowing(line):
                self._turn(line[:step], at + step)
                at = 0
            elif end < 0:
                break
            else:
                at, self._next = end + 1, 0
                if self._sheet.add(line):
                    self._turn(None, at)
                    at = 0
        self._rest = self._rest[at:]

    def frame(self) -> tuple[Page, ...]:
        """Return the pages as they may be shown while the text grows."""
        return tuple(self._finished) if self.is_full else self._with(self._sheet.frame(self._rest))

    def end(self) -> tuple[Page, ...]:
        """End the text here and return its pages."""
        if self._rest:
            self.feed("\n")
        while not self.is_full and self._sheet.end():
            self._turn(None, 0)
            self.feed("")
        return tuple(self._finished) if self.is_full else self._with(self._sheet.page())

    def _with(self, page: Page) -> tuple[Page, ...]:
        return (*self._finished, page) if _shows(page) else tuple(self._finished)

    def _overflowing(self, line: str) -> int:
        """Return after how many of a line's characters the page is full, or 0."""
        if not self._next:
            self._next = _until_full(self._sheet.room)
        while self._next <= len(line):
            step = self._next
            room = self._sheet.room_after(line[:step])
            if room < 0:
                self._next = 0
                return step
            self._next += _until_full(room)
        return 0

    def _turn(self, part: str | None, at: int) -> None:
        """Finish the page, and go on with what is left of it and the text from a place on."""
        turn = self._sheet.turn(part)
        self._finished += [it for it in within(turn.page, self.limit) if _shows(it)]
        if self.most is not None:
            del self._finished[self.most + 1 :]
        self._sheet = Sheet.begin(self.limit, turn.start)
        self._rest = turn.rest + self._rest[at:]
        self._next = 0


def _until_full(room: int) -> int:
    """Return how many characters more of a line may be without a look at what they take."""
    return max(0, (room - _SURPLUS) // 2 // _STEP * _STEP) + _STEP


def _shows(page: Page) -> bool:
    return any(not isinstance(part, Words) for part in page) or is_visible(text_of(page))
