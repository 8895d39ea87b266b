"""The gallery: thirty answers as models write them, shown by the page at a phone's width."""

import re
from pathlib import Path

from playwright.async_api import Browser, expect

from sandbox.discord.seen import Seen
from tests.browser.gallery_answers import (
    CUT_SHORT,
    TOKENS_PER_SECOND,
    answers,
    names,
    reply,
    resize,
    show,
)
from tests.browser.visitor import Visitor
from tests.journeys.house import ended, open_house

PHONE = 380

LEFTOVERS = re.compile(
    r"\\(?:frac|sqrt|begin|end|text|left|right|quad|cdot|boxed|[()\[\]])|\$\$|\|-{3}|</?think>"
    r"|</?(?:br|sub|sup|kbd|b|details|summary)\b|&\w+;|(?:[-*+]|\d\.) \[[ x]\]|\[\^"
)
"""What a reader should never meet in the words of an answer."""

WORDS = """(list) => [...list.querySelectorAll("article .body .marks")].map((marks) => {
  const bare = marks.cloneNode(true);
  for (const code of bare.querySelectorAll("pre, code")) code.remove();
  return bare.textContent;
})"""
WIDTHS = """(list) => [...list.querySelectorAll("img")].map((image) => image.naturalWidth)"""
TOO_WIDE = """(list) => [...list.querySelectorAll("article, .body, .body *")]
  .filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0)
  .filter((part) => getComputedStyle(part).display !== "inline" && !part.closest(".hidden"))
  .map((part) => `${part.tagName} ${part.className}: ${part.textContent.slice(0, 60)}`)"""


async def test_every_answer_reads_well(browser: Browser, tmp_path: Path) -> None:
    """Each comes to its end with its pictures, has no raw TeX, HTML or Markdown, and fits."""
    async with open_house(tmp_path, tokens_per_second=TOKENS_PER_SECOND, script=reply) as house:
        found = await answers(house)
        assert len(found) == 30
        context = await browser.new_context(reduced_motion="reduce")
        visitor = Visitor(await context.new_page())
        await visitor.come_to(house.driver.url)
        complaints = []
        for name in names():
            await visitor.page.set_viewport_size({"width": 1280, "height": 800})
            shown = await show(visitor, name, len(found[name]))
            await expect(shown).to_contain_text("requests left today")
            await resize(visitor.page, shown, PHONE)
            complaints += [f"{name}: {it}" for it in _complaints(name, found[name])]
            words = "\n".join(await shown.evaluate(WORDS))
            complaints += [f"{name}: {it[0]} is left" for it in LEFTOVERS.finditer(words)]
            widths = await shown.evaluate(WIDTHS)
            complaints += [f"{name}: a picture is not there" for width in widths if not width]
            complaints += [f"{name}: {it} is too wide" for it in await shown.evaluate(TOO_WIDE)]
        await context.close()
    assert complaints == []
    assert (
        sum(
            any(file.name.endswith(".png") for it in all_ for file in it.files)
            for all_ in found.values()
        )
        >= 8
    )


def _complaints(name: str, messages: list[Seen]) -> list[str]:
    """Return what is wrong with an answer's messages as they were sent."""
    wrong = [] if ended(messages[-1]) else ["has no end"]
    if ("cut off" in messages[-1].text) != (name == CUT_SHORT):
        wrong.append("tells wrongly whether it was cut off")
    texts = [it.text.replace("\\`", "") for it in messages]
    return wrong + [f"leaves code open: {it[-80:]!r}" for it in texts if it.count("```") % 2]
