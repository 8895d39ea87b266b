"""Discord's Markdown on the page: as Discord shows it, and still while a message grows."""

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from sandbox.discord import posting
from sandbox.discord.model import Message
from tests.browser.corpus import FENCE, MARKDOWN
from tests.browser.hostile import BATCH, Hostile
from tests.browser.visitor import PATIENCE
from tests.journeys.house import House

_FOUND = """(wanted) => wanted.map(([id, selector]) =>
  document.querySelector(`li[data-id="${id}"] .content`).querySelector(selector)?.textContent)"""
_DIRECTIONS = """(content) => [...content.querySelectorAll("p, li, h3, pre")]
  .map((each) => [each.textContent, getComputedStyle(each).direction])"""
_SELECT = """(content) => {
  const range = document.createRange();
  range.selectNodeContents(content.querySelector("p strong"));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
_COPIED = "() => navigator.clipboard.readText()"
ANSWER = f"""# A heading

Some **bold and *nested* words**, `code`, ||a spoiler||, and https://example.com/a_b.

> A quote with __marks__
> over lines

1. one
   - inner
   ```py
   def f(x):
       return x + 1
   ```
2. two

{FENCE}python
import os

print(os.environ["HOME"])  # a comment
{FENCE}
-# The end, with [a link](https://example.com/ "there") and ~~more~~.
"""


class Writer:
    """Somebody whose messages are looked at, and who may change them."""

    def __init__(self, hostile: Hostile) -> None:
        self.hostile = hostile
        self.page = hostile.page

    def write(self, text: str) -> Message:
        """Write a message."""
        ben = self.hostile.house.person("ben").id
        draft = posting.Draft({"content": text})
        return posting.post(self.hostile.world, self.hostile.general, ben, draft)

    def change(self, message: Message, text: str) -> None:
        """Change a message."""
        posting.edit(self.hostile.world, message, {"content": text})

    async def shown(self, message: Message) -> Locator:
        """Return a message's words, once they are there."""
        content = self.page.locator(f'li[data-id="{message.id}"] .content')
        await expect(content).to_be_attached(timeout=PATIENCE)
        return content


@pytest.fixture
async def writer(house: House, page: Page) -> Writer:
    """Open the page and let somebody write."""
    hostile = Hostile(house, page)
    await hostile.come()
    return Writer(hostile)


async def test_it_looks_like_discords(writer: Writer) -> None:
    """Each piece of Markdown becomes the element that Discord makes of it, with the same text."""
    for start in range(0, len(MARKDOWN), BATCH):
        part = MARKDOWN[start : start + BATCH]
        written = [writer.write(text) for text, _, _ in part]
        await writer.shown(written[-1])
        wanted: list[Any] = [
            [str(message.id), selector]
            for message, (_, selector, _) in zip(written, part, strict=True)
        ]
        found = await writer.page.evaluate(_FOUND, wanted)
        for seen, (text, selector, expected) in zip(found, part, strict=True):
            assert seen == expected, (text, selector)


async def test_growing_ends_where_writing_at_once_does(writer: Writer) -> None:
    """A message that grew word by word looks exactly like the same one written at once."""
    at_once = await writer.shown(writer.write(ANSWER))
    growing = writer.write(ANSWER[:1])
    content = await writer.shown(growing)
    for end in (*range(3, len(ANSWER), 7), len(ANSWER)):
        writer.change(growing, ANSWER[:end])
        await writer.page.evaluate("() => new Promise(requestAnimationFrame)")
    await expect(content).to_contain_text("and more.")
    assert await content.inner_html() == await at_once.inner_html()


async def test_an_open_spoiler_stays_open(writer: Writer) -> None:
    """A spoiler that was opened stays open, and the same element, while its message grows."""
    text = "Look: ||the butler|| did it."
    message = writer.write(text)
    content = await writer.shown(message)
    spoiler = content.locator(".spoiler")
    assert await spoiler.get_attribute("aria-expanded") == "false"
    await spoiler.click()
    before = await spoiler.element_handle()
    for more in (" And", "\n\nAnd then", f"\n\n{FENCE}py\nx = 1", "\n\n- a\n- b ||another||"):
        writer.change(message, text + more)
        await expect(content).to_contain_text(more.split()[-1].strip("|"))
        assert await spoiler.first.get_attribute("aria-expanded") == "true"
        assert await spoiler.first.evaluate("(now, before) => now === before", before)
    await expect(spoiler.last).to_have_attribute("aria-expanded", "false")


async def test_a_selection_survives(writer: Writer) -> None:
    """What somebody has selected in a message stays selected when more is added below."""
    text = "A **selected piece** of text."
    message = writer.write(text)
    content = await writer.shown(message)
    await content.evaluate(_SELECT)
    for more in (" More", "\n\nA paragraph", "\n\n1. one\n2. two", f"\n{FENCE}\ncode"):
        writer.change(message, text + more)
        await expect(content).to_contain_text(more.split()[-1])
        assert await writer.page.evaluate("() => String(getSelection())") == "selected piece"


@pytest.mark.parametrize("words", ["مرحبا بالعالم", "שלום עולם"])
async def test_right_to_left(writer: Writer, words: str) -> None:
    """Arabic and Hebrew run from right to left, block by block; what is not, and code, does not."""
    text = f"{words}\n\nEnglish\n# {words}\n- {words}\n> {words}\n{FENCE}py\n{words}\n{FENCE}"
    content = await writer.shown(writer.write(text))
    directions = await content.evaluate(_DIRECTIONS)
    expected = {"English": "ltr", words: "rtl"}
    blocks = [(told, direction) for told, direction in directions if told]
    assert [direction for _, direction in blocks[:-1]] == [
        expected[told.strip()] for told, _ in blocks[:-1]
    ]
    assert blocks[-1] == (words, "ltr")


async def test_copying_code(writer: Writer) -> None:
    """Code can be copied by a button that says so, as it stands there when it is pressed."""
    page = writer.page
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    message = writer.write(f"{FENCE}py\nx = 1")
    content = await writer.shown(message)
    code = "x = 1\ny = '<b>'  # \"quoted\"\n\n\tz()"
    writer.change(message, f"{FENCE}py\n{code}\n{FENCE}\nDone.")
    await expect(content).to_contain_text("Done.")
    await content.locator(".code-box").hover()
    await content.get_by_role("button", name="Copy the code").click()
    await expect(content.get_by_role("button", name="Copied")).to_be_visible()
    assert await page.evaluate(_COPIED) == code


async def test_long_words_stay_inside(writer: Writer) -> None:
    """A word, an address or a line of code without an end makes nothing wider than it is."""
    long = "x" * 1900
    for text in (long, f"https://example.com/{long}", f"{FENCE}\n{long}\n{FENCE}", f"**{long}**"):
        content = await writer.shown(writer.write(text))
        timeline = writer.page.locator("#timeline")
        assert await timeline.evaluate("(each) => each.scrollWidth <= each.clientWidth")
        assert await content.is_visible()
    await writer.hostile.check()
