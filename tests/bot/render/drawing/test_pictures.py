"""Pictures: each is drawn once, in a process of its own, and forgotten in the end."""

import asyncio
import os
import signal
import struct
from collections.abc import AsyncIterator

import pytest

from bot.render.drawing.pictures import DrawingProcess, Pictures
from bot.render.markdown.parts import Picture, PictureKind


def picture(source: str) -> Picture:
    """Return a formula's picture."""
    return Picture(PictureKind.FORMULA, source, source)


class Drawer:
    """Draws by saying what it drew."""

    def __init__(self) -> None:
        self.drew: list[str] = []
        self.at_once = self.most_at_once = 0

    async def __call__(self, picture: Picture) -> bytes | None:
        """Draw a picture, if it is one that can be drawn."""
        self.drew.append(picture.source)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        return picture.source.encode() if picture.source != "?" else None


async def test_a_picture_is_drawn_once() -> None:
    """Whoever shows the same formula gets what is drawn already."""
    drawer = Drawer()
    pictures = Pictures(drawer)
    first, again = (pictures.drawing(picture("x")) for _ in range(2))
    assert (await first, await again) == (b"x", b"x")
    assert pictures.drawing(picture("x")).done()
    assert drawer.drew == ["x"]


async def test_what_cannot_be_drawn_is_not_tried_again() -> None:
    """A failure is remembered like a picture."""
    drawer = Drawer()
    pictures = Pictures(drawer)
    assert [await pictures.drawing(picture("?")) for _ in range(3)] == [None] * 3
    assert drawer.drew == ["?"]


async def test_the_least_used_are_forgotten() -> None:
    """Memory is bounded: what nobody asked for lately is drawn anew."""
    drawer = Drawer()
    pictures = Pictures(drawer, kept=3)
    for source in ("a", "b", "c", "a", "d", "e"):
        await pictures.drawing(picture(source))
    drawer.drew.clear()
    await asyncio.gather(*(pictures.drawing(picture(it)) for it in ("a", "d", "e", "b")))
    assert drawer.drew == ["b"]
    assert drawer.most_at_once == 1


async def test_closing_draws_nothing_any_more() -> None:
    """What still waits is given up."""
    pictures = Pictures(Drawer())
    waiting = [pictures.drawing(picture(str(n))) for n in range(5)]
    await pictures.close()
    assert all(it.cancelled() for it in waiting)


@pytest.fixture
async def process() -> AsyncIterator[DrawingProcess]:
    """Return a process that draws."""
    process = DrawingProcess()
    yield process
    await process.close()


async def test_a_process_draws(process: DrawingProcess) -> None:
    """Formulas come back as PNGs with a size, nonsense as nothing, one after the other."""
    sources = [r"\frac{a}{b}", r"\frac{", r"\begin{pmatrix}1&2\\3&4\end{pmatrix}"]
    first, nonsense, last = [await process.draw(picture(it)) for it in sources]
    assert nonsense is None
    for png in (first, last):
        assert png is not None
        assert png.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", png[16:24])
        assert width > height > 20


async def test_a_process_that_is_killed_is_replaced(process: DrawingProcess) -> None:
    """What somebody ends from outside costs no picture."""
    assert await process.draw(picture("x")) is not None
    assert process.id is not None
    os.kill(process.id, signal.SIGKILL)
    assert await process.draw(picture(r"\frac{a}{b}")) is not None


async def test_a_process_that_is_stuck_says_so() -> None:
    """That a picture takes too long is told apart from one that can't be drawn."""
    process = DrawingProcess("json.tool", within=1.0)  # a module that reads on for ever
    with pytest.raises(TimeoutError):
        await process.draw(picture("x"))
    assert process.id is None


async def test_a_process_that_always_dies_draws_nothing() -> None:
    """Where nothing can be drawn, that is soon known."""
    process = DrawingProcess("this")  # a module that ends at once
    assert await process.draw(picture("x")) is None
    assert await process.draw(picture("x")) is None
    await process.close()
