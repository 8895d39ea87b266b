"""Frames: whatever is seen of a growing answer reads well, and it only grows."""

import re
from collections.abc import Callable
from itertools import pairwise

from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, ended, says
from tests.journeys.painted import body, paints
from tests.journeys.rooms import WIDE, add_rooms

BEGINNING = "This is how the answer begins. "

HELD = [
    ("A few wor", "ds more.", "A few"),
    ("Read [the man", "ual](https://example.org/a) first.", "Read"),
    ("Read [the manual](https://exa", "mple.org/a) first.", "Read"),
    ("Go to https://exam", "ple.org/x and look.", "Go to"),
    ("Ask <@1234567", "89012345678> about it.", "Ask"),
    ("In <#1234567", "89012345678> they know.", "In"),
    ("Nice <:par", "ty:123456789012345678> it was.", "Nice"),
    ("At <t:17956", "65726:R> it was.", "At"),
    ("Like this:\n\n```pyth", "on\nprint(1)\n```\n\nDone.", "Like this:"),
    ("Code:\n```py\nprint(1, tw", "o)\n```\nEnd.", "Code:\n```py\nprint(1,\n```"),
    ("Code:\n```py\nprint(1)\n``", "`\nEnd.", "Code:\n```py\nprint(1)\n```"),
    ("So **bold wo", "rds** it is.", "So **bold**"),
    ("With `inline co", "de` it works.", "With `inline`"),
    (r"It is $\frac{1", "}{2}$ of it.", "It is"),
    ("Look:\n\n| a | b", " |\n|---|---|\n| 1 | 2 |\n\nEnd.", "Look:"),
    ("The flag \U0001f1e9", "\U0001f1ea it is.", "The flag"),
    ("- one\n- tw", "o\n- three", "- one"),
    ("# A headi", "ng\n\nWords.", "# A"),
]
"""What came until the stream was held, what comes after, and what is to be seen meanwhile."""

PARTS = [
    "Some words to begin with, and **bold ones** among them, with `code in a line` too.",
    "See [the manual](https://example.org/manual/of/many/words) and https://example.org/more now.",
    "Ask <@123456789012345678> or <@&123456789012345678>, in <#123456789012345678>, or me.",
    "A custom emoji <:party:123456789012345678> and a time <t:1795665726:R> stand in a line.",
    "```python\nfor number in range(10):\n    print(number, 'of', 10)\n```",
    "- first of the items\n- second of the items\n- third of the items",
    "> Somebody said so once, and it was written down with care.",
]

_ATOM = re.compile(r"\[[^\]]*\]\([^)]*\)|<[^<>\s]+>|https?://\S+")


def seen_of(text: str, shown: str) -> int:
    """Return how much of a text a frame shows: the marks that it closes by itself are left out."""
    for marks in ("", "\n```", "**", "`"):
        if shown.endswith(marks) and text.startswith(bare := shown.removesuffix(marks).rstrip()):
            return len(bare)
    raise AssertionError(f"not a beginning of the answer: {shown!r}")


def assert_ends_well(text: str, shown: str) -> None:
    """Check that a frame ends with a word or a line, in nothing half written, its fences closed."""
    end = seen_of(text, shown)
    after = text[end : end + 1]
    assert not after or after.isspace() or text.startswith(("**", "`"), end), shown[-60:]
    assert not any(it.start() < end < it.end() for it in _ATOM.finditer(text)), shown[-60:]
    assert shown.count("```") % 2 == 0, shown


async def test_wherever_a_stream_stands_its_frame_reads_well(house: House) -> None:
    """Half a word, link, mention, emoji, fence, formula or table is not seen before it is whole."""
    rooms = add_rooms(house, len(HELD))
    await house.start(**WIDE)
    ada = house.person("ada")
    for room, (came, after, _) in zip(rooms, HELD, strict=True):
        came = BEGINNING + came
        house.router.reply_next(Reply(text=came + after, hold_after=len(came), chunk_size=4))
        await ada.slash(room, "ask", {"prompt": "go on"})
        await house.router.until(lambda: not house.router.replies)
    await house.router.held(len(HELD))
    for room, (_, _, shown) in zip(rooms, HELD, strict=True):
        await house.answer(ada, room, shows(BEGINNING + shown))
    for room, (_, _, shown) in zip(rooms, HELD, strict=True):
        assert all((BEGINNING + shown).startswith(it.body.strip()) for it in paints(house, room))
    house.router.release()
    for room in rooms:
        await house.answer(ada, room, ended)
    house.assert_polite()


def shows(text: str) -> Callable[[Seen], bool]:
    """Return a condition: a growing answer shows exactly this, above its meter."""
    return lambda seen: seen.text.rpartition("\n")[0] == text


async def test_a_growing_answer_only_grows_and_always_reads_well(house: House) -> None:
    """Every state that was seen ends on a word or line, with balanced fences, and shows more."""
    sizes = (1, 2, 3, 5, 8, 13)
    rooms = add_rooms(house, len(sizes))
    await house.start(**WIDE)
    ada = house.person("ada")
    texts = ["\n\n".join([*PARTS[n:], *PARTS[:n], *PARTS]) for n in range(len(sizes))]
    for room, size, text in zip(rooms, sizes, texts, strict=True):
        house.router.reply_next(Reply(text=text, chunk_size=size, tokens_per_second=130))
        await ada.slash(room, "ask", {"prompt": "slowly"})
        await house.router.until(lambda: not house.router.replies)
    for room, text in zip(rooms, texts, strict=True):
        assert body(await house.answer(ada, room, ended)) == text
        frames = [it.body for it in paints(house, room) if it.body]
        assert len(frames) > 4
        for shown in frames:
            assert_ends_well(text, shown)
        assert all(seen_of(text, a) <= seen_of(text, b) for a, b in pairwise(frames))
    house.assert_polite()


async def test_messages_fill_one_after_the_other(house: House) -> None:
    """Over several messages too the text only grows, and a message that is full stays as it is."""
    await house.start(max_output_tokens=20_000)
    line = "some words that go on and " * 8 + "end"
    text = "\n\n".join(f"Paragraph {n} of many: {line}" for n in range(50))
    house.router.reply_next(Reply(text=text, chunk_size=20, tokens_per_second=1_000))
    ada, general = house.person("ada"), house.channel("general")
    await ada.slash(general, "ask", {"prompt": "much"})
    await house.answer(ada, general, ended)
    done = paints(house, general)
    order = list(dict.fromkeys(it.message_id for it in done))
    assert order == sorted(order)
    assert len(order) > 2
    shown: dict[int, str] = {}
    before = ""
    for paint in done:
        newer = any(message_id > paint.message_id for message_id in shown)
        assert not newer or shown[paint.message_id] == paint.body
        shown[paint.message_id] = paint.body
        now = "\n\n".join(it for it in shown.values() if it)
        assert now.startswith(before)
        before = now
    assert before == text
    house.assert_polite()


async def test_first_words_are_shown_before_more_of_them_come(house: House) -> None:
    """In twenty rooms at once the first words stand on the screen while the models still pause."""
    rooms = add_rooms(house, 20)
    await house.start(**WIDE)
    ada = house.person("ada")
    house.router.reply_next(
        *[Reply(text="The first words are " + "more " * 50, hold_after=20)] * 20
    )
    for room in rooms:
        await ada.say(room, f"{house.me} go on")
    await house.router.held(20)
    for room in rooms:
        await house.answer(ada, room, says("The first words are"))
    house.router.release()
    for room in rooms:
        await house.answer(ada, room, ended)
    house.assert_polite()


async def test_a_lone_word_is_shown_too(house: House) -> None:
    """A short beginning that nothing follows for now is not held back for being short."""
    await house.start()
    house.router.reply_next(Reply(text="Yes. " + "And so on. " * 20, hold_after=5))
    ada, general = house.person("ada"), house.channel("general")
    await ada.say(general, f"{house.me} is it so?")
    await house.router.held()
    await house.answer(ada, general, shows("Yes."))
    house.router.release()
    await house.answer(ada, general, ended)
