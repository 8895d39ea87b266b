"""One answer's pictures: few are asked for at once, and none in vain."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.render.drawing.pictures import Pictures
from bot.render.markdown.parts import Picture, PictureKind
from bot.render.screen.gallery import Gallery


@dataclass
class Drawer:
    """Draws a picture whenever it is let; what is called "!" fails, "…" takes too long."""

    drew: list[str] = field(default_factory=list)
    pens: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    async def __call__(self, picture: Picture) -> bytes | None:
        """Draw a picture."""
        self.drew.append(picture.source)
        await self.pens.acquire()
        if picture.source == "!":
            raise RuntimeError("no ink")
        if picture.source == "…":
            raise TimeoutError
        return picture.source.encode()

    async def draw(self, count: int) -> None:
        """Let so many pictures be drawn."""
        for _ in range(count):
            self.pens.release()
            await settled()


async def settled() -> None:
    """Let everything happen that needs no more than turns of the loop."""
    for _ in range(10):
        await asyncio.sleep(0)


def named(sources: Sequence[str]) -> list[Picture]:
    """Return a picture of each."""
    return [Picture(PictureKind.FORMULA, it, it) for it in sources]


def gallery(pictures: Pictures) -> Gallery:
    """Return an answer's gallery that tells nobody."""
    return Gallery(pictures, lambda: None)


async def test_many_pictures_of_one_answer_hold_no_other_up() -> None:
    """A short answer's only picture comes after two of a long one's, not after all."""
    drawer = Drawer()
    pictures = Pictures(drawer)
    long, short = gallery(pictures), gallery(pictures)
    long.want(named([f"long {n}" for n in range(40)]))
    short.want(named(["short"]))
    await drawer.draw(3)
    assert short.png(*named(["short"])) == b"short"
    assert not short.is_drawing
    await drawer.draw(38)
    assert len(drawer.drew) == 41
    assert not long.is_drawing
    assert all(long.png(it) for it in named([f"long {n}" for n in range(40)]))


async def test_what_nobody_waits_for_is_not_drawn() -> None:
    """Pictures of an answer that is gone, or has no place for them now, cost nobody time."""
    drawer = Drawer()
    pictures = Pictures(drawer)
    gone, changed = gallery(pictures), gallery(pictures)
    gone.want(named(["begun", "both", "third"]))
    changed.want(named(["both", "left out"]))
    await settled()
    changed.want(named(["both", "wanted"]))
    gone.close()
    assert not gone.is_drawing
    await drawer.draw(5)
    assert drawer.drew == ["begun", "both", "wanted"]
    assert changed.png(*named(["wanted"])) == b"wanted"
    assert not changed.is_drawing


async def test_a_picture_let_go_is_drawn_for_the_next_who_wants_it() -> None:
    """One that was dropped, or goes on although nobody waits, is there for others later."""
    drawer = Drawer()
    pictures = Pictures(drawer)
    first, second = gallery(pictures), gallery(pictures)
    first.want(named(["begun", "dropped"]))
    await settled()
    first.close()
    second.want(named(["begun", "dropped"]))
    await drawer.draw(2)
    assert drawer.drew == ["begun", "dropped"]
    assert [second.png(it) for it in named(["begun", "dropped"])] == [b"begun", b"dropped"]


async def test_trouble_is_not_remembered_as_a_picture_that_cannot_be_drawn() -> None:
    """What took too long or failed is text in this answer, and tried again in the next."""
    drawer = Drawer()
    pictures = Pictures(drawer)
    trouble = named(["…", "!"])
    for n in (1, 2):
        answer = gallery(pictures)
        for _ in range(3):
            answer.want(trouble)
            await drawer.draw(2)
        assert [answer.png(it) for it in trouble] == [None, None]
        assert not answer.is_drawing
        assert drawer.drew == ["…", "!"] * n
        for _ in range(4):  # the pens that were not needed
            await drawer.pens.acquire()


async def test_a_drawing_that_is_ended_shows_nothing() -> None:
    """Where drawing is given up for good, an answer goes on without its pictures."""
    drawer = Drawer()
    pictures = Pictures(drawer)
    answer = gallery(pictures)
    answer.want(named(["begun", "waiting"]))
    await settled()
    await pictures.close()
    await settled()
    assert [answer.png(it) for it in named(["begun", "waiting"])] == [None, None]
    assert not answer.is_drawing
