"""Lays an answer out over its messages: pages, the meter or the closing lines, buttons, a file."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

from msgspec.structs import replace

from bot.notes import EditedSince
from bot.render.drawing.pictures import Pictures
from bot.render.markdown.pages import PAGE, Pager
from bot.render.markdown.parts import CodeFile, Page, Picture, text_of
from bot.render.markdown.pieces import width
from bot.render.screen.buttons import buttons_below
from bot.render.screen.gallery import Gallery
from bot.render.screen.layouts import (
    MOST_PAGES,
    MOST_TEXT,
    Drawn,
    Layout,
    Press,
    in_file,
    not_in_file,
)
from bot.render.screen.lines import closing_line, last_words, meter_line, note_lines
from bot.snapshots import Closing, Snapshot
from bot.words import ENGLISH, say, speaking

STOP = "stop:"
"""How the custom_id of a growing answer's button begins; its answer's number follows."""

LONG = 2_000
"""Characters from which on new text is paged in a thread: it would hold the event loop up."""


class Composer:
    """Lays one answer out again and again while it grows, below the same head, in one language.

    `on_drawn` is called whenever a picture that was missing can be shown.
    """

    def __init__(
        self, head: str, language: str, pictures: Pictures, on_drawn: Callable[[], None]
    ) -> None:
        self._head = head
        self._language = language
        self._gallery = Gallery(pictures, on_drawn)
        self._pager = Pager(PAGE - width(head), most=MOST_PAGES)
        self._paged: tuple[str, bool, Sequence[Page]] = ("", True, ())

    @property
    def is_drawing(self) -> bool:
        """Tell whether a picture is still missing that may come."""
        return self._gallery.is_drawing

    async def layouts(
        self, snapshot: Snapshot, waited: timedelta, *, is_ending: bool = False
    ) -> list[Layout]:
        """Return what every message should show now; the arguments are those of `compose`."""
        with speaking(self._language):  # whichever task paints
            pages = await self._pages(snapshot.text, growing=snapshot.closing is None)
            laid_out = compose(snapshot, pages, waited, self._head, is_ending=is_ending)
        if self._language != ENGLISH:
            laid_out = [replace(it, language=self._language) for it in laid_out]
        return self._with_pictures(laid_out)

    async def _pages(self, text: str, *, growing: bool) -> Sequence[Page]:
        paged, grew, pages = self._paged
        if text != paged or grew != growing:
            if len(text) - len(paged) > LONG:
                pages = await asyncio.to_thread(self._pager.pages, text, growing=growing)
            else:
                pages = self._pager.pages(text, growing=growing)
            self._paged = (text, growing, pages)
        return pages

    def _with_pictures(self, layouts: list[Layout]) -> list[Layout]:
        pictures = [picture for layout in layouts for picture in _pictures(layout)]
        if not pictures and self._gallery.is_empty:
            return layouts  # as with most answers
        self._gallery.want(pictures)
        return [self._drawn(layout) for layout in layouts]

    def _drawn(self, layout: Layout) -> Layout:
        found = [(it, self._gallery.png(it)) for it in _pictures(layout)]
        drawn = tuple(Drawn(picture, png) for picture, png in found if png)
        return replace(layout, drawn=drawn) if drawn else layout

    def close(self) -> None:
        """Wait for no pictures any more."""
        self._gallery.close()


def _pictures(layout: Layout) -> list[Picture]:
    return [it for it in layout.page if isinstance(it, Picture)]


def compose(
    snapshot: Snapshot,
    pages: Sequence[Page],
    waited: timedelta,
    head: str = "",
    *,
    is_ending: bool = False,
) -> list[Layout]:
    """Return what each message shows; `waited` is the time since the question.

    `head` stands above all. On a screen that `is_ending` a growing answer says that it can't be
    shown further.
    """
    first, *more = _laid_out(snapshot, pages, waited, MOST_TEXT - width(head), is_ending)
    return [replace(first, head=head) if head else first, *more]


def _laid_out(
    snapshot: Snapshot, pages: Sequence[Page], waited: timedelta, room: int, is_ending: bool
) -> list[Layout]:
    if snapshot.closing is None and is_ending:
        *done, last = pages[:MOST_PAGES] or [()]
        return [*(Layout(page) for page in done), Layout(last, footer=say("too-late"))]
    if snapshot.closing is None:
        return _growing(snapshot, pages, waited)
    return _ended(snapshot, snapshot.closing, pages, room)


def _growing(snapshot: Snapshot, pages: Sequence[Page], waited: timedelta) -> list[Layout]:
    *done, last = pages[:MOST_PAGES] or [()]
    meter = meter_line(snapshot, waited)
    if len(pages) > MOST_PAGES:
        meter += f"\n{say('goes-on')}"
    stop = Press(say("button-stop"), f"{STOP}{snapshot.answer_id}", danger=True)
    return [*(Layout(page) for page in done), Layout(last, meter, buttons=(stop,))]


def _ended(snapshot: Snapshot, closing: Closing, pages: Sequence[Page], room: int) -> list[Layout]:
    *done, last = pages[:MOST_PAGES] or [()]
    # Not every text shows something: a lone `<br>` does not.
    words = last_words(snapshot, closing, shows_text=any(pages))
    since = (EditedSince(),) if closing.edited_since and any(pages) else ()
    notes = (*snapshot.notes, *closing.warnings, *since)
    lines = [note_lines(notes), closing_line(closing, whole_line=snapshot.looks.footer)]
    document = None
    if len(pages) > MOST_PAGES:
        document = snapshot.text
        lines.insert(0, in_file())
    footer = "\n".join(line for line in (words, *lines) if line)
    layouts = [Layout(page) for page in done]
    if any(isinstance(part, CodeFile) for part in last):
        room -= width(not_in_file()) + 1  # which comes to it where files are refused
    if last and width(text_of(last)) + width(footer) > room:
        layouts.append(Layout(last))
        last = ()
    buttons, arrows = buttons_below(snapshot, closing, shows_text=any(pages))
    closed = Layout(last, footer=footer, document=document, buttons=buttons, arrows=arrows)
    return [*layouts, closed]
