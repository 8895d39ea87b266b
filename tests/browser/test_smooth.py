"""How a growing answer feels: still, smooth, and never in the reader's way."""

import asyncio
from collections.abc import Callable
from typing import Any

from playwright.async_api import Locator, expect

from sandbox.openrouter import scripts
from sandbox.openrouter.replies import Reply
from tests.browser.visitor import PATIENCE, Visitor
from tests.journeys.house import House

CHARACTERS = 8_000
TOKENS_PER_SECOND = 100.0
WHOLE = 60_000
"""Milliseconds for which such an answer is waited for."""

WATCH = """() => {
  window.longTasks = [];
  window.watching = new PerformanceObserver((list) => {
    for (const each of list.getEntries()) window.longTasks.push(Math.round(each.duration));
  });
  window.watching.observe({ type: "longtask" });
}"""
BLOCK = """() => new Promise((done) => {
  setTimeout(() => {
    const until = performance.now() + 120;
    while (performance.now() < until);
    setTimeout(() => done(window.longTasks), 200);
  });
})"""
DISTANCE = "(it) => Math.round(it.scrollHeight - it.scrollTop - it.clientHeight)"


def timeline(visitor: Visitor) -> Locator:
    """Return what holds the messages."""
    return visitor.page.get_by_role("region", name="Messages in")


async def test_the_main_thread_stays_free(
    house: House, visitor: Visitor, measured: Callable[[str, Any], None]
) -> None:
    """An answer of 8,000 characters grows to its end while a long-task observer watches."""
    text = scripts.written("long").text[:CHARACTERS] + "\n\nThe very end."
    house.router.reply_next(Reply(text=text, tokens_per_second=TOKENS_PER_SECOND))
    await visitor.type("/ask a long one, please")
    await visitor.sees("Threadlight")
    await visitor.page.evaluate(WATCH)
    await expect(visitor.message("The very end.")).to_be_visible(timeout=WHOLE)
    tasks = await visitor.page.evaluate("window.longTasks")
    longest = f"{max(tasks)} ms" if tasks else "none"
    measured(
        f"main-thread tasks over 50 ms while {len(text):,} characters grew",
        f"{len(tasks)} (longest: {longest})",
    )
    # The observer does see one where there is one.
    assert len(await visitor.page.evaluate(BLOCK)) > len(tasks)


async def test_it_stays_at_the_bottom(house: House, visitor: Visitor) -> None:
    """The page follows a growing answer; who scrolled up stays there and is offered a way back."""
    house.router.reply_next(
        Reply(text="\n".join(f"Line {number}" for number in range(1, 121)), hold_after=400)
    )
    await visitor.type("/ask many lines")
    growing = await visitor.sees("Line 20")
    place = timeline(visitor)
    assert await place.evaluate(DISTANCE) < 5
    await place.hover()
    await visitor.page.mouse.wheel(0, -300)
    await expect(visitor.button("Jump to the newest")).to_be_visible()
    before = await place.evaluate("(it) => it.scrollTop")
    await house.router.held()
    house.router.release()
    await expect(growing).to_contain_text("Line 120", timeout=PATIENCE)
    assert await place.evaluate("(it) => it.scrollTop") == before
    await visitor.button("Jump to the newest").click()
    await expect(growing.get_by_text("requests left today")).to_be_in_viewport()
    assert await place.evaluate(DISTANCE) < 5


async def test_nothing_flickers(house: House, visitor: Visitor) -> None:
    """While an answer grows, what stood there already stays the same element."""
    house.router.reply_next(
        Reply(text="The first paragraph.\n\n```python\nx = 1\n```\n\nMore. " * 20, hold_after=200)
    )
    await visitor.type("/ask grow")
    growing = await visitor.sees("The first paragraph.")
    await expect(growing).to_contain_text("x = 1")
    mark = "(it) => { it.querySelectorAll('p, pre').forEach((e) => { e.marked = true; }); }"
    await growing.evaluate(mark)
    kept = "(it) => [...it.querySelectorAll('p, pre')].slice(0, 2).every((e) => e.marked)"
    await house.router.held()
    house.router.release()
    await expect(growing).to_contain_text("requests left", timeout=PATIENCE)
    assert await growing.evaluate(kept)


async def test_earlier_messages(house: House, visitor: Visitor) -> None:
    """Of a long channel the newest messages are shown, and the earlier ones on request."""
    ben = house.person("ben")
    ideas = house.channel("ideas")
    for number in range(1, 101):
        await ben.say(ideas, f"Idea number {number}.")
    await visitor.go("ideas")
    await expect(visitor.message("Idea number 100.")).to_be_in_viewport()
    await expect(visitor.message("Idea number 1.")).to_have_count(0)
    await visitor.button("Show earlier messages").click()
    await expect(visitor.page.get_by_text("Idea number 1.", exact=True)).to_have_count(1)
    await expect(visitor.messages).to_have_count(100)


async def test_several_pages_at_once(house: House, visitor: Visitor) -> None:
    """Two pages see the same Discord, each as somebody else, and unread messages are marked."""
    other = Visitor(await visitor.page.context.new_page())
    await other.come_to(house.driver.url)
    await other.be("Ben")
    await other.go("ideas")
    await other.type("Has anybody seen the cat?")
    place = visitor.page.get_by_role("navigation").get_by_role("button", name="ideas")
    await expect(place).to_have_attribute("aria-description", "unread")
    await visitor.go("ideas")
    await visitor.sees("Has anybody seen the cat?")
    await asyncio.gather(visitor.type("Yes, in the lamp room."), other.sees("in the lamp room"))
