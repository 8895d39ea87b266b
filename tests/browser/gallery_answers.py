"""The gallery's answers: what a model writes, asked for all at a time, in a channel each."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page, expect

from bot.discord.client import Threadlight
from sandbox.discord.seen import Seen
from sandbox.openrouter import scripts
from sandbox.openrouter.replies import Reply
from tests.browser.visitor import PATIENCE, Visitor
from tests.journeys.house import House, ended

FOLDER = Path(__file__).with_name("answers")
CUT_SHORT = "ends_for_length"
"""The answer that ends where the model's output limit does."""

SETTINGS = {"default_quota": "requests/day=1000", "max_output_tokens": 40_000}
TOKENS_PER_SECOND = 1_000.0
A_MOMENT = 0.05
ALL_SHOWN = 60.0
"""Seconds in which all pictures are drawn: far more than it takes."""

AROUND = 400
"""Pixels for what is above and below the messages."""

_PICTURES_ARE_THERE = """async (list) => {
  const images = [...list.querySelectorAll("img")];
  for (const image of images) image.loading = "eager";
  await Promise.all(images.map((image) => image.decode().catch(() => null)));
}"""


@cache
def names() -> tuple[str, ...]:
    """Return the answers' names."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.md")))


def source(name: str) -> str:
    """Return an answer as the model writes it."""
    return (FOLDER / f"{name}.md").read_text("utf-8").removesuffix("\n")


def reply(messages: Sequence[Mapping[str, Any]]) -> Reply:
    """Return the answer that the last message names."""
    asked = scripts.read(messages[-1]).words.split()[-1]
    return Reply(text=source(asked), finish_reason="length" if asked == CUT_SHORT else "stop")


async def answers(house: House) -> dict[str, list[Seen]]:
    """Start the bot, ask for everything, and return the answers' messages when nothing moves."""
    world = house.discord.world
    guild = next(iter(world.guilds.values()))
    channels = {name: world.add_channel(guild, name).id for name in names()}
    bot = await house.start(**SETTINGS)
    ada = house.person("ada")
    for name, channel_id in channels.items():
        await ada.say(channel_id, f"{house.me} {name}")
    for channel_id in channels.values():
        await house.answer(ada, channel_id, ended)
    await _drawn(bot)
    return {
        name: [it for it in ada.sees(channel_id) if it.author_id == world.bot.id]
        for name, channel_id in channels.items()
    }


async def _drawn(bot: Threadlight) -> None:
    """Return when no answer waits for its pictures any more; they may come after its words."""
    for _ in range(round(ALL_SHOWN / A_MOMENT)):
        if not bot.core.turns.running:
            return
        await asyncio.sleep(A_MOMENT)
    raise TimeoutError


async def show(visitor: Visitor, name: str, messages: int) -> Locator:
    """Go to where an answer is, and return the list of messages when all of it is there."""
    await visitor.go(name)
    await expect(visitor.messages).to_have_count(messages + 1, timeout=PATIENCE)
    shown = visitor.page.locator(".messages").first
    await shown.evaluate(_PICTURES_ARE_THERE)
    return shown


async def resize(page: Page, shown: Locator, width: int) -> None:
    """Make the page so wide, and so high that all of a list of messages is seen."""
    await page.set_viewport_size({"width": width, "height": AROUND})
    high = await shown.evaluate("(list) => Math.ceil(list.getBoundingClientRect().height)")
    await page.set_viewport_size({"width": width, "height": AROUND + high})
