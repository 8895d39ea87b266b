"""Draws the README's pictures: the page, with the real bot asked and answering on it."""

import asyncio
import logging
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Literal

import structlog
from playwright.async_api import Browser, async_playwright, expect

from sandbox import demo_answers as lines
from tests.browser.chromium import FLAGS, chromium
from tests.browser.visitor import PATIENCE, Visitor
from tests.journeys.house import House, open_house

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
LARGEST = 300_000
"""Bytes of a picture in the README."""
FOOTER = re.compile(r"requests? left today")


async def an_answer(visitor: Visitor) -> None:
    """Show a question in a channel, its answer growing, and what the servers see of it."""
    await visitor.type(f"/ask {lines.DUPLICATES}")
    await expect(visitor.messages.last).to_contain_text("hashlib.blake2b", timeout=PATIENCE)


async def a_thread(visitor: Visitor) -> None:
    """Show a thread in which two people talk with the bot."""
    await visitor.type(f"/chat prompt:{lines.TRIP} title:{lines.TRIP_TITLE}")
    await visitor.go(lines.TRIP_TITLE)
    await expect(visitor.messages.filter(has_text=FOOTER)).to_have_count(1, timeout=PATIENCE)
    await visitor.be("Ben")
    await visitor.type(lines.WISHES)
    await expect(visitor.messages.filter(has_text=FOOTER)).to_have_count(2, timeout=PATIENCE)


async def a_limit(visitor: Visitor) -> None:
    """Show the owner reading what a member has left, after the member was refused."""
    await visitor.be("Olga")
    await visitor.type("/quota set meter:requests window:day amount:1")
    await visitor.sees("1 request a day for each member")
    await visitor.be("Ada")
    await visitor.type(f"/ask {lines.CAT}")
    await visitor.sees(FOOTER)
    await visitor.type(f"/ask {lines.LIGHTHOUSES}")
    await visitor.sees("is reached")


async def a_command(visitor: Visitor) -> None:
    """Show a command being filled in by the owner."""
    await visitor.be("Olga")
    await visitor.box.click()
    await visitor.page.keyboard.type("/quota set meter:cost window:month amount:2.5 role:")
    await expect(visitor.page.get_by_role("option", name="Moderators")).to_be_visible()


async def a_phone(visitor: Visitor) -> None:
    """Show the page on a narrow screen, with a form."""
    await visitor.type(f"/ask {lines.CAT}")
    await visitor.sees(FOOTER)


Scheme = Literal["dark", "light"]

PICTURES: dict[str, tuple[Callable[[Visitor], Awaitable[None]], Scheme, tuple[int, int]]] = {
    "answer": (an_answer, "dark", (1280, 800)),
    "thread": (a_thread, "light", (1280, 760)),
    "limit": (a_limit, "dark", (1280, 640)),
    "command": (a_command, "light", (1280, 560)),
    "phone": (a_phone, "dark", (380, 680)),
}
"""Each picture: what happens in it, its colours, its size."""


async def draw(browser: Browser, house: House, name: str) -> int:
    """Draw one picture and return its size in bytes; raise ValueError where it is too large."""
    scene, scheme, (width, height) = PICTURES[name]
    context = await browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    visitor = Visitor(await context.new_page())
    await house.start()
    await visitor.come_to(house.driver.url)
    await scene(visitor)
    path = FOLDER / f"{name}.png"
    await visitor.page.screenshot(path=path, animations="disabled", caret="hide")
    await context.close()
    if path.stat().st_size > LARGEST:
        raise ValueError(f"{path.name} has {path.stat().st_size:,} bytes, over {LARGEST:,}.")
    return path.stat().st_size


async def main(names: list[str]) -> None:
    """Draw the pictures of these names, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for name in names or PICTURES:
            with tempfile.TemporaryDirectory() as folder:
                async with open_house(
                    Path(folder), tokens_per_second=90.0, script=lines.answer
                ) as house:
                    size = await draw(browser, house, name)
                    sys.stdout.write(f"docs/pictures/{name}.png: {size:,} bytes\n")
        await browser.close()


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    if chromium() is None:
        sys.exit("The pictures need Chromium: apt-get install chromium, or set CHROMIUM.")
    asyncio.run(main(sys.argv[1:]))
