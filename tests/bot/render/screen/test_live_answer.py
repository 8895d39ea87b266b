"""The live answer: quick to begin, steady while it grows, right at its end."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.answers.draft import Draft
from bot.errors import ProviderTrouble, ScreenGone
from bot.messages import AnswerState, ScreenAddress, Usage
from bot.prompts.tokens import PER_LETTER
from bot.render.drawing.pictures import Pictures
from bot.render.markdown.parts import Picture, text_of
from bot.render.pacing.lanes import LONGEST_HOLE
from bot.render.pacing.pacer import Pacer
from bot.render.screen.live_answer import LiveAnswer
from bot.render.screen.refusals import NotPainted
from bot.snapshots import Closing, Snapshot
from bot.streaming import Delta
from tests.bot.render.fakes import CHANNEL, FakeSurface, undrawn
from tests.bot.render.virtual_time import clock, run

USAGE = Usage(prompt_tokens=1000, completion_tokens=834, cost_micros=2100)
DONE = Closing(AnswerState.COMPLETE, timedelta(seconds=12.3), USAGE)


def live(
    surface: FakeSurface,
    on_address: Callable[[ScreenAddress], Awaitable[None]] | None = None,
) -> LiveAnswer:
    """Return a live answer with a pacer of its own."""
    return LiveAnswer(surface, Pacer(clock), Pictures(undrawn), clock=clock, on_address=on_address)


def snapshot(text: str = "", closing: Closing | None = None, thinking: int = 0) -> Snapshot:
    """Return an answer's state."""
    return Snapshot(5, text, thinking, timedelta(seconds=3), closing)


def test_the_first_paint_comes_at_once_with_a_stop_button() -> None:
    """Before the first token people see that the model is waited for, and can stop it."""

    async def play() -> FakeSurface:
        surface = FakeSurface(clock)
        answer = live(surface)
        answer.show(snapshot())
        await asyncio.sleep(0.2)
        await answer.close()
        return surface

    surface = run(play())
    [(at, _, layout)] = surface.paints
    assert at == pytest.approx(0.1)
    assert layout.meter == "-# waiting for the model · 0 s"
    assert [press.custom_id for press in layout.buttons] == ["stop:5"]


@pytest.mark.parametrize("token", [None, "token"])
def test_an_answer_grows_steadily_with_one_edit_in_flight(token: str | None) -> None:
    """However fast text comes, edits are spaced, never parallel, and the newest text wins."""

    async def play() -> FakeSurface:
        surface = FakeSurface(clock, token=token)
        answer = live(surface)
        text = ""
        for n in range(1000):
            text += f"word{n} "
            answer.show(snapshot(text))
            await asyncio.sleep(0.02)
        await answer.finish(snapshot(text, DONE))
        return surface

    surface = run(play())
    assert surface.most_in_flight == 1
    assert surface.discord.refused == []
    times = [at for at, *_ in surface.paints]
    gaps = [b - a for a, b in pairwise(times)]
    floor = (2.0 if token else 5.0) / 5
    assert sum(gap * gap for gap in gaps) / sum(gaps) <= 1.15 * floor, "nearly evenly"
    assert times[-1] < 20.7, "the last paint need not wait"
    assert "word999" in text_of(surface.messages[-1].page)


def test_the_first_words_appear_within_a_second() -> None:
    """Ticks of the thinking meter leave room for the first words to be shown at once."""

    async def play() -> list[float]:
        delays = []
        for began in range(8, 24):
            surface = FakeSurface(clock)
            answer, draft = live(surface), Draft(5, (), clock)
            answer.show(draft)
            for _ in range(1, began * 4):
                await asyncio.sleep(0.25)
                draft.take(Delta(thinking="hm "))
                answer.show(draft)
            first = clock()
            draft.take(Delta("First "))
            answer.show(draft)
            while not surface.messages or not surface.messages[0].page:
                surface.painted.clear()
                await surface.painted.wait()
            delays.append(clock() - first)
            await answer.close()
        return delays

    assert max(run(play())) < 1.0


def test_the_meter_ticks_while_nothing_comes() -> None:
    """The time goes on although the model says nothing, at a gentle pace."""

    async def play() -> FakeSurface:
        surface = FakeSurface(clock)
        answer, draft = live(surface), Draft(5, (), clock)
        draft.take(Delta(thinking="hm " * 1000))
        for _ in range(60 * 50):
            answer.show(draft)
            await asyncio.sleep(0.02)
        await answer.close()
        return surface

    surface = run(play())
    tokens = round(len("hm " * 1000) * PER_LETTER)
    meters = [layout.meter for *_, layout in surface.paints]
    assert meters[0] == f"-# 💭 thinking for 0 s · about {tokens} tokens"
    assert meters[1].startswith("-# 💭 thinking for 2 s")
    assert meters[-1].startswith("-# 💭 thinking for 5")
    assert len(meters) <= 12


def test_nothing_is_painted_while_nothing_changes() -> None:
    """An answer that writes, or has ended and waits for its bill, costs no edits."""

    async def play() -> int:
        surface = FakeSurface(clock)
        answer = live(surface)
        answer.show(snapshot("Some words", replace(DONE, usage=None)))
        await asyncio.sleep(60)
        painted = len(surface.paints)
        await answer.finish(snapshot("Some words", DONE))
        assert len(surface.paints) == painted + 1
        return painted

    assert run(play()) == 1


@pytest.mark.parametrize("token", [None, "token"])
@pytest.mark.parametrize("thinks", [True, False])
def test_a_stop_is_shown_at_once_although_its_bill_is_open(
    token: str | None, *, thinks: bool
) -> None:
    """What was stopped waits for no growth and no tick, whenever that happens."""

    async def play(stops_after: int) -> float:
        surface = FakeSurface(clock, token=token)
        answer, draft = live(surface), Draft(5, (), clock)
        for n in range(stops_after):
            draft.take(Delta(thinking="hm ") if thinks else Delta(f"word{n} "))
            answer.show(draft)
            await asyncio.sleep(0.05)
        stopped = clock()
        answer.show(draft.snapshot(replace(DONE, usage=None)))
        while not surface.messages or "Stop" in [it.label for it in surface.messages[-1].buttons]:
            surface.painted.clear()
            await surface.painted.wait()
        await answer.close()
        return clock() - stopped

    # One request may be on its way, and the one after it takes as long; growth may have taken a
    # window's last permit, shortly before its end.
    most = 0.2 + (0.0 if thinks or token else LONGEST_HOLE)
    assert max(run(play(after)) for after in range(40, 440, 7)) <= most + 0.01


def test_finish_returns_when_the_closing_line_is_shown() -> None:
    """The end has the whole text, the closing line and no Stop button."""

    async def play() -> FakeSurface:
        surface = FakeSurface(clock)
        answer = live(surface)
        answer.show(snapshot("Hel"))
        answer.show(snapshot("Hello"))
        await answer.finish(snapshot("Hello there", DONE))
        return surface

    [layout] = run(play()).messages
    assert text_of(layout.page) == "Hello there"
    assert layout.footer == "-# 12.3 s · 1,834 tokens · $0.0021"
    assert layout.meter == ""
    assert [press.label for press in layout.buttons] == ["Regenerate"]


def test_a_growing_answer_takes_more_messages() -> None:
    """Done pages lose meter and button; the addresses of all messages are told as they come."""

    async def play() -> tuple[FakeSurface, list[tuple[int, ...]]]:
        told: list[tuple[int, ...]] = []

        async def on_address(address: ScreenAddress) -> None:
            told.append(address.message_ids)

        surface = FakeSurface(clock)
        answer = live(surface, on_address)
        text = ""
        for n in range(40):
            text += f"Paragraph {n}. " + "words " * 40 + "\n\n"
            answer.show(snapshot(text))
            await asyncio.sleep(0.5)
        await answer.finish(snapshot(text, DONE))
        return surface, told

    surface, told = run(play())
    assert told == [(1000,), (1000, 1001), (1000, 1001, 1002)]
    assert [bool(layout.buttons) for layout in surface.messages] == [False, False, True]
    assert [bool(layout.footer) for layout in surface.messages] == [False, False, True]
    text = "\n".join(text_of(layout.page) for layout in surface.messages)
    assert [text.index(f"Paragraph {n}.") for n in range(40)] == sorted(
        text.index(f"Paragraph {n}.") for n in range(40)
    )
    stopped = [index for _, index, layout in surface.paints if layout.buttons]
    assert stopped == sorted(stopped), "the Stop button moves on with the last message"


def test_a_very_long_answer_ends_in_a_file() -> None:
    """Beyond five messages the rest is not dropped: the whole text comes as a file."""
    text = "\n\n".join(f"Paragraph {n}. " + "words " * 100 for n in range(60))

    async def play() -> FakeSurface:
        surface = FakeSurface(clock)
        await live(surface).finish(snapshot(text, DONE))
        return surface

    messages = run(play()).messages
    assert len(messages) == 5
    assert [layout.document for layout in messages] == [None] * 4 + [text]
    assert "file has all of it" in messages[-1].footer


def test_a_failed_last_paint_is_tried_again() -> None:
    """Trouble at Discord for some seconds does not lose the end of an answer."""

    async def play() -> FakeSurface:
        surface = FakeSurface(clock, failures=[NotPainted() for _ in range(5)])
        await live(surface).finish(snapshot("The end", DONE))
        return surface

    assert text_of(run(play()).messages[0].page) == "The end"


def test_a_last_paint_that_never_succeeds_is_given_up() -> None:
    """After several tries the screen counts as gone."""

    async def play() -> None:
        surface = FakeSurface(clock, failures=[NotPainted() for _ in range(50)])
        with pytest.raises(ScreenGone):
            await live(surface).finish(snapshot("The end", DONE))

    run(play())


def test_trouble_while_growing_is_got_over() -> None:
    """A paint that fails in the midst is made up for by the next."""

    async def play() -> FakeSurface:
        surface = FakeSurface(clock, failures=[NotPainted() for _ in range(20)])
        answer = live(surface)
        for n in range(60):
            answer.show(snapshot("word " * n))
            await asyncio.sleep(1)
        await answer.finish(snapshot("word " * 60, DONE))
        return surface

    assert run(play()).messages[0].footer


def test_a_deleted_message_ends_the_painting() -> None:
    """Once gone, showing does nothing, and finishing says so once."""

    async def play() -> FakeSurface:
        surface = FakeSurface(clock, failures=[ScreenGone()])
        answer = live(surface)
        answer.show(snapshot("a"))
        await asyncio.sleep(1)
        answer.show(snapshot("ab"))
        with pytest.raises(ScreenGone):
            await answer.finish(snapshot("abc", DONE))
        await answer.finish(snapshot("abc", DONE))
        await answer.close()
        return surface

    assert run(play()).paints == []


def test_text_that_turns_out_to_be_thinking_is_taken_back() -> None:
    """If the answer begins anew, messages that are no longer needed go."""
    long = "\n\n".join("words " * 100 for _ in range(10))

    async def play() -> FakeSurface:
        surface = FakeSurface(clock)
        answer = live(surface)
        answer.show(snapshot(long))
        await asyncio.sleep(20)
        assert len(surface.messages) == 2
        answer.show(snapshot("Anew"))
        await asyncio.sleep(20)
        await answer.finish(snapshot("Anew and done", DONE))
        return surface

    surface = run(play())
    assert [text_of(layout.page) for layout in surface.messages] == ["Anew and done"]
    assert len(surface.address.message_ids) == 1


def test_an_answer_of_an_earlier_process_is_mended() -> None:
    """All its messages are painted anew, a surplus one goes, and it can go on."""

    async def play() -> FakeSurface:
        surface = FakeSurface(clock, address=ScreenAddress(CHANNEL, (1, 2)))
        closing = Closing(AnswerState.INTERRUPTED, timedelta(0), USAGE)
        await live(surface).finish(snapshot("Half of", closing))
        return surface

    surface = run(play())
    assert surface.address.message_ids == (1,)
    [layout] = surface.messages
    assert [press.custom_id for press in layout.buttons] == ["regenerate:5", "continue:5"]
    assert "interrupted" in layout.footer


def test_a_place_that_cannot_be_noted_stops_nothing() -> None:
    """The answer is shown even where the storage is in trouble."""

    async def play() -> FakeSurface:
        async def on_address(address: ScreenAddress) -> None:
            raise RuntimeError(f"{len(address.message_ids)} not stored")

        surface = FakeSurface(clock)
        await live(surface, on_address).finish(snapshot("Hello", DONE))
        return surface

    assert text_of(run(play()).messages[0].page) == "Hello"


def test_a_failure_shows_its_sentence_and_a_retry() -> None:
    """What the model said stands above what went wrong."""

    async def play() -> FakeSurface:
        surface = FakeSurface(clock)
        closing = Closing(
            AnswerState.FAILED, timedelta(seconds=2), error=ProviderTrouble(status=502)
        )
        await live(surface).finish(snapshot("", closing))
        return surface

    [layout] = run(play()).messages
    assert "provider is in trouble" in layout.footer
    assert "It cost nothing." in layout.footer
    assert [press.label for press in layout.buttons] == ["Retry"]


def test_cancelling_who_finishes_leaves_no_painter() -> None:
    """A shutdown in the last paint leaves no task behind."""

    async def play() -> int:
        surface = FakeSurface(clock, latency=100)
        task = asyncio.create_task(live(surface).finish(snapshot("Hello", DONE)))
        await asyncio.sleep(1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return len(asyncio.all_tasks())

    assert run(play()) == 1


def test_closing_wakes_who_finishes() -> None:
    """Closing ends the painting and lets go of whoever waits for its end."""

    async def play() -> None:
        surface = FakeSurface(clock, latency=100)
        answer = live(surface)
        task = asyncio.create_task(answer.finish(snapshot("Hello", DONE)))
        await asyncio.sleep(1)
        await answer.close()
        await task

    run(play())


def test_many_answers_share_one_pacer_fairly() -> None:
    """With 60 answers in 60 channels none lags more than another by much."""

    async def play() -> list[FakeSurface]:
        pacer = Pacer(clock)
        surfaces = []
        for n in range(60):
            surface = FakeSurface(clock)
            surface.channel_id = n
            surfaces.append(surface)
        pictures = Pictures(undrawn)
        answers = [LiveAnswer(surface, pacer, pictures, clock=clock) for surface in surfaces]
        for n in range(400):
            for answer in answers:
                answer.show(snapshot("word " * n))
            await asyncio.sleep(0.05)
        async with asyncio.TaskGroup() as group:
            for answer in answers:
                group.create_task(answer.finish(snapshot("word " * 400, DONE)))
        return surfaces

    surfaces = run(play())
    counts = [len(surface.paints) for surface in surfaces]
    assert max(counts) - min(counts) <= 2
    times = sorted(at for surface in surfaces for at, *_ in surface.paints)
    assert all(sum(begin <= at < begin + 0.999 for at in times) <= 50 for begin in times)


def test_a_screen_that_ends_says_so() -> None:
    """When nothing more can be painted soon, the half answer says so, without a Stop button."""

    async def play() -> FakeSurface:
        surface = FakeSurface(clock, token="token")
        answer = live(surface)
        answer.show(snapshot("Half of a private answer"))
        await asyncio.sleep(1)
        surface.ends_at = clock()
        answer.show(snapshot("Half of a private answer, and more"))
        await asyncio.sleep(1)
        await answer.close()
        return surface

    [last] = run(play()).messages
    assert "15 minutes" in last.footer
    assert last.buttons == ()


def test_a_stalled_answer_says_in_time_that_its_screen_ends() -> None:
    """Although nothing new comes, the last words are painted when they are due, and once."""

    async def play() -> FakeSurface:
        surface = FakeSurface(clock, token="token", ends_at=clock() + 60)
        answer = live(surface)
        answer.show(snapshot("Half of a private answer"))
        await asyncio.sleep(200)
        await answer.close()
        return surface

    surface = run(play())
    (_, _, first), (at, _, last) = surface.paints
    assert "15 minutes" not in first.footer
    assert "15 minutes" in last.footer
    assert last.buttons == ()
    assert text_of(last.page).startswith("Half of a private")
    assert at == pytest.approx(60.1)


@pytest.mark.parametrize("how", ["fails", "ends"])
def test_an_answer_outlives_its_pictures(how: str) -> None:
    """Where drawing fails, or is ended for good, the formula stays text, and the answer ends."""

    async def draw(picture: Picture) -> bytes | None:
        await asyncio.sleep(5)
        raise RuntimeError(f"no ink for {picture.source}")

    async def play() -> FakeSurface:
        surface, pictures = FakeSurface(clock), Pictures(draw)
        answer = LiveAnswer(surface, Pacer(clock), pictures, clock=clock)
        text = "Look:\n\n$$\n\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}\n$$\n\nThat is all."
        answer.show(snapshot(text))
        await asyncio.sleep(2)
        if how == "ends":
            await pictures.close()
        await answer.finish(snapshot(text, DONE))
        assert len(asyncio.all_tasks()) == 1
        return surface

    [layout] = run(play()).messages
    assert "pmatrix" in text_of(layout.page)
    assert layout.footer
    assert layout.drawn == ()


@pytest.mark.parametrize(("ends", "begun"), [(False, 1), (True, 4)])
def test_an_answer_that_is_over_waits_for_no_picture(ends: bool, begun: int) -> None:
    """When it is closed, or has waited long enough at its end, no further one is begun."""
    drew: list[str] = []

    async def draw(picture: Picture) -> bytes | None:
        drew.append(picture.source)
        await asyncio.sleep(5)
        return b"drawn"

    async def play() -> None:
        answer = LiveAnswer(FakeSurface(clock), Pacer(clock), Pictures(draw), clock=clock)
        formulas = (f"$$\n\\begin{{pmatrix}}{n}&2\\\\3&4\\end{{pmatrix}}\n$$" for n in range(8))
        text = "Look:\n\n" + "\n\n".join(formulas) + "\n\nThat is all."
        answer.show(snapshot(text))
        await asyncio.sleep(2)
        if ends:
            await answer.finish(snapshot(text, DONE))
        else:
            await answer.close()
        await asyncio.sleep(60)

    run(play())
    assert len(drew) == begun


def test_the_next_may_begin_when_the_last_request_goes_out() -> None:
    """What waits for the end is let go once the last new message is there."""

    async def play() -> tuple[FakeSurface, list[int]]:
        surface = FakeSurface(clock)
        answer = live(surface)
        shown: list[int] = []
        text = "word " * 2_000
        await answer.finish(snapshot(text, DONE), lambda: shown.append(len(surface.paints)))
        return surface, shown

    surface, shown = run(play())
    assert len(surface.messages) > 1
    assert shown == [len(surface.paints)]


def test_the_next_may_begin_with_the_last_edit() -> None:
    """Where only an edit is left, nobody waits until discord.py gives it back."""

    async def play() -> tuple[FakeSurface, list[int]]:
        surface = FakeSurface(clock)
        answer = live(surface)
        shown: list[int] = []
        answer.show(snapshot("A short answer, long enough to be shown."))
        await asyncio.sleep(2)
        await answer.finish(
            snapshot("A short answer.", DONE), lambda: shown.append(len(surface.paints))
        )
        return surface, shown

    surface, shown = run(play())
    assert shown == [len(surface.paints) - 1]
