"""Draws the gallery of answers, to be looked at: each as the page shows what the bot made of it."""

import asyncio
import logging
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import structlog
from playwright.async_api import Browser, async_playwright

from tests.browser.chromium import FLAGS, chromium
from tests.browser.gallery_answers import (
    AROUND,
    TOKENS_PER_SECOND,
    answers,
    names,
    reply,
    resize,
    show,
)
from tests.browser.visitor import Visitor
from tests.journeys.house import open_house

FOLDER = Path(__file__).resolve().parents[2] / "build" / "gallery"

LIGHT = ("quadratic", "wide_tables", "python_rust", "quotes_headings", "comparison", "physics")
"""Answers that are drawn in light colours too."""
NARROW = (
    *("quadratic", "integral", "wide_tables", "narrow_tables", "nested_lists", "web", "arabic"),
    *("comparison", "physics", "link_table", "machine_learning", "probability"),
)
"""Answers that are drawn as narrow as on a phone too."""

Scheme = Literal["dark", "light"]
LOOKS: dict[str, tuple[Scheme, int, Sequence[str]]] = {
    "dark": ("dark", 1280, names()),
    "light": ("light", 1280, LIGHT),
    "narrow": ("dark", 380, NARROW),
}
"""Each look: its colours, its width, and which answers are drawn in it."""


async def draw(browser: Browser, url: str, look: str, folder: Path, long: dict[str, int]) -> None:
    """Draw the answers of a look; `long` tells how many messages each answer has."""
    scheme, width, drawn = LOOKS[look]
    context = await browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    visitor = Visitor(await context.new_page())
    await visitor.come_to(url)
    for name in drawn:
        await visitor.page.set_viewport_size({"width": 1280, "height": AROUND})
        shown = await show(visitor, name, long[name])
        await resize(visitor.page, shown, width)
        path = folder / f"{name}-{look}.png"
        await shown.screenshot(path=path, animations="disabled", caret="hide")
    await context.close()


async def main(folder: Path) -> None:
    """Draw everything into a folder."""
    with tempfile.TemporaryDirectory() as data:
        async with (
            open_house(Path(data), tokens_per_second=TOKENS_PER_SECOND, script=reply) as house,
            async_playwright() as playwright,
        ):
            long = {name: len(messages) for name, messages in (await answers(house)).items()}
            browser = await playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
            url = house.driver.url
            await asyncio.gather(*(draw(browser, url, look, folder, long) for look in LOOKS))
            await browser.close()
    sys.stdout.write(f"{len(names())} answers, drawn in {folder}\n")


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    if chromium() is None:
        sys.exit("The gallery needs Chromium: apt-get install chromium, or set CHROMIUM.")
    into = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    into.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(into))
