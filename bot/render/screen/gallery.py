"""One answer's pictures: asked for a few at a time, and let go when it needs them no more."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from bot.render.drawing.pictures import Pictures
from bot.render.markdown.parts import Picture

MOST_ASKED = 2
"""Pictures that one answer waits for at once: those of other answers come in between."""


class Gallery:
    """Has the pictures of the answer's pages drawn; calls `on_drawn` whenever one has come."""

    def __init__(self, pictures: Pictures, on_drawn: Callable[[], None]) -> None:
        self._pictures = pictures
        self._on_drawn = on_drawn
        self._done: dict[Picture, bytes | None] = {}
        self._asked: dict[Picture, asyncio.Future[bytes | None]] = {}
        self._waiting: list[Picture] = []

    @property
    def is_drawing(self) -> bool:
        """Tell whether a picture is still missing that may come."""
        return bool(self._asked or self._waiting)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was drawn nor will be."""
        return not (self._done or self._asked or self._waiting)

    def want(self, pictures: Sequence[Picture]) -> None:
        """Have these drawn in this order, and others no more."""
        wanted = set(pictures)
        for picture in [it for it in self._asked if it not in wanted]:
            self._let_go(picture)
        self._done = {it: png for it, png in self._done.items() if it in wanted}
        self._waiting = [
            it for it in dict.fromkeys(pictures) if it not in self._done and it not in self._asked
        ]
        self._ask()

    def png(self, picture: Picture) -> bytes | None:
        """Return a picture's PNG if it can be shown by now."""
        return self._done.get(picture)

    def close(self) -> None:
        """Want nothing any more."""
        self._waiting.clear()
        for picture in list(self._asked):
            self._let_go(picture)

    def _ask(self) -> None:
        while self._waiting and len(self._asked) < MOST_ASKED:
            picture = self._waiting.pop(0)
            drawing = self._pictures.drawing(picture)
            if drawing.done():
                self._done[picture] = _png(drawing)
            else:
                self._asked[picture] = drawing
                drawing.add_done_callback(partial(self._drawn, picture))

    def _drawn(self, picture: Picture, drawing: asyncio.Future[bytes | None]) -> None:
        if self._asked.get(picture) is not drawing:
            return  # let go meanwhile
        del self._asked[picture]
        self._done[picture] = _png(drawing)
        self._ask()
        self._on_drawn()

    def _let_go(self, picture: Picture) -> None:
        del self._asked[picture]
        self._pictures.let_go(picture)


def _png(drawing: asyncio.Future[bytes | None]) -> bytes | None:
    """Return what was drawn; a drawing that was ended or failed shows nothing, and ends nothing."""
    if drawing.cancelled() or drawing.exception() is not None:
        return None
    return drawing.result()
