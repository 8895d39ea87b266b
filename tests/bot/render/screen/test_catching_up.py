"""Live answers: whatever comes in between, what is shown catches up with what there is."""

import asyncio

from bot.answers.draft import Draft
from bot.render.drawing.pictures import Pictures
from bot.render.markdown.parts import Picture, text_of
from bot.render.pacing.pacer import Pacer
from bot.render.screen.live_answer import LiveAnswer
from bot.render.screen.refusals import NotPainted
from bot.streaming import Delta
from tests.bot.render.fakes import FakeSurface, undrawn
from tests.bot.render.pacing.discords_limits import CountingDiscord
from tests.bot.render.virtual_time import clock, run

FORMULA = "Intro\n\n$$\\int_0^1 \\frac{x^2}{\\sqrt{1+x}} dx$$\n\n"
PARAGRAPH = "word " * 40 + "\n\n"


class Play:
    """One answer that grows, and pictures that are drawn when they may be."""

    def __init__(self) -> None:
        self.surface = FakeSurface(clock)
        self.may_draw = asyncio.Event()
        self.draft = Draft(5, (), clock)
        pictures = Pictures(self._draw)
        self.answer = LiveAnswer(self.surface, Pacer(clock), pictures, clock=clock)

    async def _draw(self, picture: Picture) -> bytes | None:
        del picture
        await self.may_draw.wait()
        return b"png"

    async def says(self, text: str, wait: float, *, recast: bool = False) -> None:
        """Let some text come, and some time pass."""
        self.draft.take(Delta(text, recast=recast))
        self.answer.show(self.draft)
        await asyncio.sleep(wait)

    @property
    def drawn(self) -> list[int]:
        """Return how many pictures each message shows."""
        return [len(it.drawn) for it in self.surface.messages]


def test_an_answer_that_begins_anew_replaces_what_was_shown() -> None:
    """Where the text so far was thinking that leaked, its messages go while the answer grows."""

    async def play() -> list[str]:
        it = Play()
        for _ in range(40):
            await it.says(PARAGRAPH, 0.5)
        assert len(it.surface.messages) > 1
        await it.says("The answer. ", 0.1, recast=True)
        for _ in range(100):
            await it.says("more ", 0.1)
        await it.answer.close()
        return [text_of(message.page)[:11] for message in it.surface.messages]

    assert run(play()) == ["The answer."]


def test_a_picture_is_shown_though_the_text_goes_on_to_a_new_message() -> None:
    """What is drawn just as a new message begins is painted once that one stands."""

    async def play() -> list[int]:
        it = Play()
        await it.says(FORMULA, 2)
        await it.says(PARAGRAPH * 9, 2)
        await it.says(PARAGRAPH * 8, 8)
        it.may_draw.set()
        await it.says(PARAGRAPH * 9, 20)
        await it.answer.close()
        return it.drawn

    assert run(play()) == [1, 0]


def test_a_picture_that_could_not_be_painted_is_tried_again() -> None:
    """Trouble with a paint that only adds a picture is no reason to leave it out."""

    async def play() -> list[int]:
        it = Play()
        await it.says(FORMULA + "and so on it goes, for a while", 6)
        it.surface.failures.append(NotPainted())
        it.may_draw.set()
        await asyncio.sleep(10)
        await it.answer.close()
        return it.drawn

    assert run(play()) == [1]


async def grow_for(seconds: float, surface: FakeSurface, pacer: Pacer) -> None:
    """Let an answer grow."""
    answer = LiveAnswer(surface, pacer, Pictures(undrawn), clock=clock)
    draft, until = Draft(1, (), clock), clock() + seconds
    while clock() < until:
        draft.take(Delta("word "))
        answer.show(draft)
        await asyncio.sleep(0.1)
    await answer.close()


def test_an_answer_that_thinks_appears_in_a_crowd_too() -> None:
    """Among 48 answers that grow, who asks sees within 3 s that the model thinks."""

    async def play() -> tuple[float, int]:
        discord, pacer = CountingDiscord(), Pacer(clock)
        crowd = [
            asyncio.create_task(
                grow_for(30, FakeSurface(clock, channel_id=100 + n, discord=discord), pacer)
            )
            for n in range(48)
        ]
        await asyncio.sleep(10)
        asked, surface = clock(), FakeSurface(clock, discord=discord)
        answer = LiveAnswer(surface, pacer, Pictures(undrawn), clock=clock)
        answer.show(Draft(5, (), clock))
        await surface.painted.wait()
        waited = clock() - asked
        await answer.close()
        await asyncio.gather(*crowd)
        return waited, len(discord.refused)

    waited, refused = run(play())
    assert waited < 3
    assert refused == 0
