"""The page for everybody: narrow and wide, dark and light, by keyboard, by ear."""

import re
from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.browser.visitor import PATIENCE, Visitor

NARROW = 380
# What people write may begin with a heading of any level.
RULES = {"resultTypes": ["violations"], "rules": {"heading-order": {"enabled": False}}}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OUTSIDE = """() => [...document.querySelectorAll("main *")].filter((it) => {
  const box = it.getBoundingClientRect();
  const scrolls = it.closest("pre, .hidden, [hidden], .floating");
  return box.width && box.right > innerWidth + 1 && !scrolls;
}).map((it) => it.outerHTML.slice(0, 120))"""


async def barriers(page: Page) -> list[str]:
    """Return what axe-core finds in the page's way, with the elements concerned."""
    found = await Axe().run(page, options=RULES)
    return [
        f"{each['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["dark", "light"])
async def test_no_barriers(visitor: Visitor, scheme: Literal["dark", "light"]) -> None:
    """Messages, commands, lists, forms and sides pass the rules of axe-core, dark and light."""
    page = visitor.page
    await page.emulate_media(color_scheme=scheme)
    await visitor.type("/ask show me some code")
    answer = await visitor.sees("requests left")
    await visitor.type("/help")
    await visitor.sees("Only you can see this")
    assert await barriers(page) == []
    await visitor.box.fill("/")
    await expect(page.get_by_role("listbox", name="Commands")).to_be_visible()
    assert await barriers(page) == []
    await page.keyboard.type("ask ")
    await expect(page.get_by_role("form", name="/ask")).to_be_visible()
    assert await barriers(page) == []
    await page.keyboard.press("Escape")
    await answer.click(button="right", position={"x": 30, "y": 12})
    await expect(page.get_by_role("menu")).to_be_visible()
    assert await barriers(page) == []
    await page.get_by_role("menuitem", name="Ask about this").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await barriers(page) == []
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Members").click()
    await expect(page.get_by_role("complementary", name="Members")).to_be_visible()
    assert await barriers(page) == []


async def test_by_keyboard_alone(visitor: Visitor) -> None:
    """Without a mouse one skips to the box, asks, reads, opens a menu and comes back."""
    page, keys = visitor.page, visitor.page.keyboard
    await page.reload()
    await expect(visitor.box).to_be_focused(timeout=PATIENCE)
    await keys.type("@Thr")
    await expect(page.get_by_role("listbox", name="Members and roles")).to_be_visible()
    await keys.press("Enter")
    await expect(visitor.box).to_have_value("@Threadlight ")
    await keys.type("hello")
    await keys.press("Enter")
    answer = await visitor.sees("requests left")
    await expect(visitor.box).to_be_focused()
    for _ in range(40):
        await keys.press("Shift+Tab")
        if await answer.evaluate("(it) => it === document.activeElement"):
            break
    await expect(answer).to_be_focused()
    await keys.press("ArrowUp")
    question = visitor.messages.filter(has_text="hello").first
    await expect(question).to_be_focused()
    await keys.press("Shift+F10")
    menu = page.get_by_role("menu", name="Message")
    await expect(menu).to_be_visible()
    await expect(menu.get_by_role("menuitem", name="Reply")).to_be_focused()
    await keys.press("ArrowDown")
    await expect(menu.get_by_role("menuitem", name="Edit message")).to_be_focused()
    await keys.press("Escape")
    await expect(menu).to_have_count(0)
    await expect(question).to_be_focused()


async def test_editing_replying_and_deleting(visitor: Visitor) -> None:
    """One's latest message is edited with the up arrow; one replies and deletes by menu."""
    page = visitor.page
    await visitor.type("The cat is blak.")
    await visitor.sees("The cat is blak.")
    await visitor.box.press("ArrowUp")
    await expect(page.get_by_text("Editing your message")).to_be_visible()
    await visitor.box.fill("The cat is black.")
    await visitor.box.press("Enter")
    message = await visitor.sees("The cat is black.")
    await expect(message).to_contain_text("(edited)")
    await visitor.menu(message, "Reply")
    await expect(page.get_by_text("Replying to Ada")).to_be_visible()
    await visitor.type("And it is asleep.")
    reply = await visitor.sees("And it is asleep.")
    await expect(reply.get_by_role("button", name="The cat is black.")).to_be_visible()
    await visitor.menu(visitor.messages.filter(has_text="(edited)"), "Delete message")
    await expect(reply).to_contain_text("Original message was deleted")


async def test_a_narrow_screen(visitor: Visitor) -> None:
    """At 380 pixels everything can be reached and used, and nothing sticks out sideways."""
    page = visitor.page
    await page.set_viewport_size({"width": NARROW, "height": 740})
    await visitor.type("/ask show me some code")
    answer = await visitor.sees("requests left")
    await expect(answer).to_be_in_viewport()
    assert await page.evaluate(OVERFLOW) == 0
    assert await page.evaluate(OUTSIDE) == []
    places = page.get_by_role("navigation", name="Servers and channels")
    await expect(places).not_to_be_visible()
    await page.get_by_role("button", name="Servers and channels").click()
    await places.get_by_role("button", name="ideas").click()
    await expect(visitor.heading("ideas")).to_be_visible()
    await expect(places).not_to_be_visible()
    await visitor.be("Olga")
    await visitor.box.fill("/quota set ")
    await expect(page.get_by_role("form", name="/quota set")).to_be_visible()
    assert await page.evaluate(OVERFLOW) == 0
    assert await page.evaluate(OUTSIDE) == []
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="What Discord and OpenRouter see").click()
    await expect(page.get_by_role("switch", name="Slow model")).to_be_visible()
    assert await barriers(page) == []


async def test_dark_and_light(visitor: Visitor) -> None:
    """Colours follow the system until one chooses, and the choice stays."""
    page = visitor.page
    ground = "getComputedStyle(document.body).backgroundColor"
    root = page.locator("html")
    await page.emulate_media(color_scheme="dark")
    await expect(root).to_have_attribute("data-theme", "dark")
    dark = await page.evaluate(ground)
    await page.emulate_media(color_scheme="light")
    await expect(root).to_have_attribute("data-theme", "light")
    assert await page.evaluate(ground) != dark
    await page.get_by_role("button", name="Light colours").click()
    assert await page.evaluate(ground) == dark
    await page.reload()
    await expect(visitor.heading("general")).to_be_visible(timeout=PATIENCE)
    assert await page.evaluate(ground) == dark


async def test_what_is_said_to_screen_readers(visitor: Visitor) -> None:
    """An answer is announced when it begins and read out once it stands, not at each word."""
    announcer = visitor.page.get_by_role("status").last
    await visitor.type("/ask hello")
    await expect(announcer).to_have_text(re.compile("Threadlight (is thinking|answers)"))
    await expect(announcer).to_contain_text("I answer from a small repertoire", timeout=PATIENCE)
