"""Pictures: formulas and wide tables are drawn, shown between the words, and sent once."""

import asyncio
import math
import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import utc_now
from bot.discord.answering import Answering
from bot.discord.client import Threadlight
from bot.render.drawing.pictures import DrawingProcess, Pictures
from bot.render.markdown.parts import MOST_ATTACHED, Picture
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import PATIENCE, House, both, ended, says
from tests.journeys.painted import GALLERY, ROW, TEXT, body, descriptions, kinds, paints
from tests.journeys.process import running

MATRIX = r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}"
ROOT = r"\sqrt[3]{\frac{a}{\sqrt{b}}}"
SUM = r"\sum_{n=1}^{\infty} \frac{1}{n^2} = \frac{\pi^2}{6}"
LONG = {"max_output_tokens": 20_000}
DRAWER = "bot.render.drawing.process"
PNG = b"\x89PNG\r\n\x1a\n"


def about(source: str) -> str:
    """Return an answer with a formula between two paragraphs."""
    return f"Before the formula.\n\n$$\n{source}\n$$\n\nAfter the formula."


def ends_drawn(seen: Seen) -> bool:
    """Tell whether an answer has ended and its picture has come: words never wait for it."""
    return ended(seen) and shows_picture(seen)


def shows_picture(seen: Seen) -> bool:
    """Tell whether a message has a gallery with something in it."""
    return GALLERY in kinds(seen) and bool(seen.files)


def draw_by(bot: Threadlight, pictures: Pictures) -> None:
    """Let all answers from now on have their pictures drawn by these."""
    core = replace(bot.core, pictures=pictures)
    bot.answering = Answering(
        bot, core, bot.asides, now=utc_now, monotonic=time.monotonic, log=bot.log
    )


async def mentioned(house: House, reply: Reply, holds: Callable[[Seen], bool] = ended) -> Seen:
    """Let Ada mention the bot and return the answer once this holds for it."""
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(reply)
    await ada.say(general, f"{house.me} please")
    return await house.answer(ada, general, holds)


async def test_a_formula_becomes_a_picture(house: House) -> None:
    """A display formula is a PNG between the words around it, and its source describes it."""
    await house.start()
    seen = await mentioned(house, Reply(text=about(MATRIX)), ends_drawn)
    before, picture, after, closing, _ = seen.components
    assert kinds(seen) == [TEXT, GALLERY, TEXT, TEXT, ROW]
    assert (before["content"], after["content"]) == ("Before the formula.", "After the formula.")
    assert "tokens" in closing["content"]
    assert descriptions(seen) == [MATRIX]
    [file] = seen.files
    assert file.content.startswith(PNG)
    assert file.content_type == "image/png"
    assert picture["items"][0]["media"]["url"] == file.url
    house.assert_polite()


async def test_a_picture_is_sent_once(house: House) -> None:
    """However often its message is edited, a picture is uploaded once and kept by its id."""
    await house.start()
    begun = about(MATRIX) + "\n\nNow more. "
    text = begun + "Words that go on. " * 25
    house.router.reply_next(Reply(text=text, hold_after=len(begun), tokens_per_second=100))
    ada, general = house.person("ada"), house.channel("general")
    await ada.slash(general, "ask", {"prompt": "a matrix"})
    half = await house.answer(ada, general, shows_picture)
    assert [button.label for button in half.buttons] == ["Stop"]
    house.router.release()
    seen = await house.answer(ada, general, ended)
    assert [it.url for it in seen.files] == [it.url for it in half.files]
    with_it = [it for it in paints(house) if it.uploaded or it.kept]
    assert len(with_it) > 2
    assert [len(it.uploaded) for it in with_it] == [1] + [0] * (len(with_it) - 1)
    address = half.files[0].url.split("/")[-2]
    assert [it.kept for it in with_it[1:]] == [(int(address),)] * (len(with_it) - 1)
    house.assert_polite()


async def test_a_wide_table_of_numbers_becomes_a_picture(house: House) -> None:
    """A table of many numbers, too wide for a phone, is drawn, and its Markdown describes it."""
    await house.start()
    years = range(2018, 2026)
    header = "| Place in the world | " + " | ".join(map(str, years)) + " |"
    rule = "|---|" + "--:|" * len(years)
    rows = [f"| Town {n} | " + " | ".join(f"{n * y}" for y in years) + " |" for n in range(1, 6)]
    table = "\n".join([header, rule, *rows])
    seen = await mentioned(house, Reply(text=f"Numbers:\n\n{table}\n\nThat is all."), ends_drawn)
    assert kinds(seen) == [TEXT, GALLERY, TEXT, TEXT, ROW]
    assert seen.files[0].content.startswith(PNG)
    [description] = descriptions(seen)
    for cell in ("Place in the world", "Town 5", "2025", "10125"):
        assert cell in description
    assert "|" not in body(seen)


async def test_a_private_answer_has_pictures(house: House) -> None:
    """An answer that one alone sees has its picture too, sent by the interaction's token."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    house.router.reply_next(Reply(text=about(ROOT)))
    await ada.slash(general, "ask", {"prompt": "a root", "private": True})
    seen = await house.answer(ada, general, ends_drawn)
    assert seen.ephemeral
    assert descriptions(seen) == [ROOT]
    assert all(it.path.startswith("/webhooks/") for it in paints(house))
    assert ben.sees(general) == []
    house.assert_polite()


async def test_the_same_formula_is_drawn_again_for_nobody(house: House) -> None:
    """Two answers with one formula show the same picture, drawn once."""
    bot = await house.start()
    drawn: list[str] = []

    async def draw(picture: Picture) -> bytes | None:
        drawn.append(picture.source)
        return PNG + picture.source.encode()

    draw_by(bot, Pictures(draw))
    first = await mentioned(house, Reply(text=about(SUM)), ends_drawn)
    ada, ideas = house.person("ada"), house.channel("ideas")
    house.router.reply_next(Reply(text=about(SUM)))
    await ada.say(ideas, f"{house.me} again")
    second = await house.answer(ada, ideas, ends_drawn)
    assert first.files[0].content == second.files[0].content
    assert drawn == [SUM]


async def test_messages_come_before_pictures(house: House) -> None:
    """No message waits for a picture that could be added to the one before it."""
    bot = await house.start(**LONG)
    draw_by(bot, Pictures(draw_at_once))
    page = "Words that fill the page. " * 140
    text = "\n\n".join(f"{page}\n\n$$\n{MATRIX}_{n}\n$$" for n in range(2)) + "\n\nThe end."
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text=text, tokens_per_second=math.inf, chunk_size=4_000))
    await ada.slash(general, "ask", {"prompt": "matrices"})
    last = await house.answer(ada, general, ended)
    await ada.wait_for(general, lambda it: it.id < last.id and shows_picture(it), PATIENCE)
    done = paints(house)
    begun = next(n for n, it in enumerate(done) if it.message_id == last.id)
    for n, paint in enumerate(done[:begun]):
        had_words = any("```tex" in it.body for it in done[:n] if it.message_id == paint.message_id)
        assert not (paint.uploaded and had_words)
    house.assert_polite()


async def test_a_late_picture_is_shown_while_the_answer_goes_on(house: House) -> None:
    """A picture that is drawn when its message is full already need not wait for the end."""
    bot = await house.start(**LONG)
    drawn = asyncio.Event()

    async def draw(picture: Picture) -> bytes | None:
        await drawn.wait()
        return await draw_at_once(picture)

    draw_by(bot, Pictures(draw))
    # No message has more pictures than these.
    formulas = "".join(f"$$\n{MATRIX}_{n}\n$$\n\n" for n in range(MOST_ATTACHED))
    begun = f"Many:\n\n{formulas}$$\n{ROOT}\n$$\n\nThen more. "
    text = begun + "Words that go on. " * 170
    house.router.reply_next(Reply(text=text, hold_after=len(begun), tokens_per_second=250))
    ada, general = house.person("ada"), house.channel("general")
    await ada.slash(general, "ask", {"prompt": "a matrix"})
    full = await house.answer(ada, general, says("Many:", "```tex"))
    await house.answer(ada, general, lambda it: it.id > full.id and says("Then more.")(it))
    house.router.release()
    drawn.set()
    last = await house.answer(ada, general, ended)
    done = paints(house)
    shown = next(n for n, it in enumerate(done) if it.uploaded)
    assert done[shown].message_id == full.id
    assert any(it.message_id == last.id and it.body for it in done[shown:-1])
    house.assert_polite()


async def draw_at_once(picture: Picture) -> bytes | None:
    """Draw something at once."""
    return PNG + picture.source.encode()


@pytest.mark.parametrize(
    ("source", "readable"), [(SUM, "π²/6"), (MATRIX, f"```tex\n{MATRIX}\n```")]
)
async def test_what_cannot_be_drawn_stays_readable(
    house: House, source: str, readable: str
) -> None:
    """Where whatever draws dies each time, the formula stands there as text, and nothing waits."""
    bot = await house.start()
    # A module that ends at once.
    draw_by(bot, Pictures(DrawingProcess("this").draw))
    seen = await mentioned(house, Reply(text=about(source)))
    assert readable in body(seen)
    assert body(seen).startswith("Before the formula.")
    assert body(seen).endswith("After the formula.")
    assert seen.files == ()
    assert GALLERY not in kinds(seen)
    house.assert_polite()


async def test_nonsense_stays_readable(house: House) -> None:
    """A formula that no drawer understands is shown as it was written, the rest around it."""
    await house.start()
    source = r"\begin{pmatrix} a & \frac{ \\ \undefined{"
    seen = await mentioned(house, Reply(text=about(source)))
    assert "undefined" in body(seen)
    assert body(seen).startswith("Before the formula.")
    assert body(seen).endswith("After the formula.")
    assert seen.files == ()


async def test_a_drawing_process_that_is_killed_is_replaced(house: House) -> None:
    """When the drawing process is killed, one picture at most stays text: the next is drawn."""
    await house.start()
    await mentioned(house, Reply(text=about(MATRIX)), ends_drawn)
    for pid in drawing_processes():
        os.kill(pid, signal.SIGKILL)
    ada, ideas = house.person("ada"), house.channel("ideas")
    dm = await ada.open_dm()
    house.router.reply_next(Reply(text=about(SUM)), Reply(text=about(ROOT)))
    await ada.say(ideas, f"{house.me} more")
    await house.answer(ada, ideas, ended)
    await ada.say(dm, "and more")
    await house.answer(ada, dm, lambda it: ended(it) and descriptions(it) == [ROOT])


def drawing_processes() -> list[int]:
    """Return the ids of this process's own children that draw."""
    children = [it.read_text().split() for it in Path("/proc/self/task").glob("*/children")]
    return [int(pid) for pids in children for pid in pids if DRAWER in command_line(pid)]


def command_line(pid: str) -> str:
    """Return how a process was started."""
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


async def test_a_killed_answer_keeps_its_picture(house: House) -> None:
    """After `kill -9` in mid-answer the mended message says so, and still shows its picture."""
    ada, general = house.person("ada"), house.channel("general")
    begun = about(MATRIX) + "\n\nMore words, "
    async with running(house) as bot:
        reply = Reply(text=begun + "word " * 200, hold_after=len(begun) + 200)
        house.router.reply_next(reply)
        await ada.say(general, f"{house.me} a matrix")
        half = await house.answer(ada, general, both(shows_picture, says("word word")))
        await kept(house)
        await bot.kill()
    house.router.release()
    async with running(house):
        seen = await house.answer(ada, general, both(says("nterrupted", "$"), shows_picture))
        assert seen.id == half.id
        assert descriptions(seen) == [MATRIX]
        assert seen.files[0].content == half.files[0].content
        assert seen.text.startswith("Before the formula.")
        assert "After the formula." in seen.text


async def kept(house: House) -> None:
    """Wait until the database has the answer's text: it is stored once a second."""
    database = house.folder / "threadlight.db"
    needle = b"After the formula."
    while not any(needle in it.read_bytes() for it in house.folder.glob(database.name + "*")):  # noqa: ASYNC110  # a file tells nobody of its news
        await asyncio.sleep(0.05)
