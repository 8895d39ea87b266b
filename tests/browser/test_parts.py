"""Components and embeds as Discord shows them, seen and used by mouse and by keys alone."""

import re
from itertools import pairwise

from playwright.async_api import Locator, expect

from tests.browser.gallery import Guest
from tests.browser.visitor import PATIENCE


async def shown(guest: Guest, command: str) -> Locator:
    """Use a command and return the message that it shows."""
    await guest.type(f"/{command}")
    return await guest.sees(f"Ada used /{command}")


async def size(element: Locator) -> tuple[float, float]:
    """Return an element's width and height."""
    box = await element.bounding_box()
    assert box is not None
    return box["width"], box["height"]


async def top(element: Locator) -> float:
    """Return how far down an element is."""
    box = await element.bounding_box()
    assert box is not None
    return box["y"]


async def test_texts_and_separators(guest: Guest) -> None:
    """Texts stand below each other, further apart where a line or a wide gap is between."""
    message = await shown(guest, "parts")
    await expect(message.get_by_role("heading", name="A heading")).to_be_visible()
    await expect(message.get_by_role("separator")).to_have_count(2)
    words = (
        "A text with bold words.",
        "Below a thin line.",
        "Below a wide line.",
        "Below no line.",
    )
    heights = [await top(message.get_by_text(each)) for each in words]
    thin, wide, none = (after - before for before, after in pairwise(heights))
    assert none < thin < wide


async def test_a_container_and_a_spoiler(guest: Guest) -> None:
    """A container has its colour at the edge; one that is a spoiler shows nothing until pressed."""
    message = await shown(guest, "parts")
    edged = message.get_by_text("Inside a green container.").locator("xpath=ancestor::div[2]/..")
    await expect(edged).to_have_css("border-left-color", "rgb(46, 204, 113)")
    hidden = message.get_by_text("Hidden in a container.")
    await expect(hidden).to_be_hidden()
    covers = message.get_by_role("button", name="Spoiler, press to show")
    await expect(covers).to_have_count(2)
    await covers.first.focus()
    await guest.press("Enter")
    await expect(hidden).to_be_visible()
    await expect(covers).to_have_count(1)
    await guest.press("Tab")
    await expect(message.get_by_role("link", name="A blue thumbnail")).to_be_focused()
    await expect(message.get_by_role("img", name="Third of three")).to_have_count(0)
    await covers.click()
    await expect(message.get_by_role("img", name="Third of three")).to_be_visible()


async def test_pictures_and_files(guest: Guest) -> None:
    """Pictures stand in their gallery, a thumbnail beside its text, a file with its size."""
    message = await shown(guest, "parts")
    for name in ("Only one", "First of three", "Second of three", "A blue thumbnail"):
        picture = message.get_by_role("img", name=name)
        await picture.scroll_into_view_if_needed()
        await expect(picture).to_have_js_property("complete", True)
        await expect(picture).not_to_have_js_property("naturalWidth", 0)
    assert max(await size(message.get_by_role("img", name="A blue thumbnail"))) <= 85
    first = await size(message.get_by_role("img", name="First of three"))
    second = await size(message.get_by_role("img", name="Second of three"))
    assert first[1] > 1.8 * second[1]
    await expect(message.get_by_role("link", name="list.txt")).to_have_attribute(
        "href", re.compile("/attachments/")
    )
    await expect(message).to_contain_text("7 B")


async def test_buttons_by_mouse(guest: Guest) -> None:
    """A press reaches the bot; a disabled button can't be pressed, a link leads elsewhere."""
    message = await shown(guest, "buttons")
    for name in ("Primary", "Secondary", "Success", "Danger", "Star", "🔥"):
        await message.get_by_role("button", name=name).click()
    pressed = [(await guest.bot.hears())[0] for _ in range(6)]
    assert pressed == ["primary", "secondary", "success", "danger", "star", "fire"]
    await expect(message.get_by_role("button", name="Asleep")).to_be_disabled()
    link = message.get_by_role("link", name="Elsewhere")
    await expect(link).to_have_attribute("href", "https://example.com/there")
    await expect(link).to_have_attribute("rel", re.compile("noopener"))


async def test_buttons_by_keys(guest: Guest) -> None:
    """Tab goes from button to button past what is disabled, Enter and Space press."""
    message = await shown(guest, "buttons")
    await message.get_by_role("button", name="Danger").focus()
    await guest.press("Enter", "Tab")
    await expect(message.get_by_role("link", name="Elsewhere")).to_be_focused()
    await guest.press("Tab", "Space")
    assert [await guest.bot.hears() for _ in range(2)] == [("danger",), ("fire",)]
    await expect(message.get_by_role("button", name="🔥")).to_be_focused()


async def test_a_button_that_nobody_answers(guest: Guest) -> None:
    """It is busy for as long as Discord waits, and then its message says that it failed."""
    message = await shown(guest, "buttons")
    button = message.get_by_role("button", name="Stay silent")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    await button.click()
    alert = message.get_by_role("alert")
    await expect(alert).to_have_text("This interaction failed", timeout=PATIENCE)
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await expect(button).to_be_focused()
    assert await guest.bot.hears() == ("silent",)
    assert guest.bot.hears_nothing()
    await message.get_by_role("button", name="Star").click()
    await expect(alert).to_have_count(0)


async def test_a_button_that_changes_its_message(guest: Guest) -> None:
    """The message changes where it stands, and the button that changed with it keeps the focus."""
    message = await shown(guest, "old")
    await message.get_by_role("button", name="Pressed 0 times").focus()
    await guest.press("Enter")
    changed = message.get_by_role("button", name="Pressed 1 times")
    await expect(changed).to_be_focused()
    await expect(message).to_contain_text("Words anew")
    await expect(message).to_contain_text("(edited)")
    await guest.press("Enter")
    await expect(message.get_by_role("button", name="Pressed 2 times")).to_be_focused()
    assert [await guest.bot.hears() for _ in range(2)] == [("edit", "0"), ("edit", "1")]


async def test_a_whisper_and_a_deletion(guest: Guest) -> None:
    """A note after a press is for who pressed alone; a message that the bot takes away is gone."""
    message = await shown(guest, "buttons")
    await message.get_by_role("button", name="Whisper").click()
    note = await guest.sees("Just between us")
    await expect(note).to_contain_text("Only you can see this")
    await message.get_by_role("button", name="Take away").click()
    await expect(guest.message("Ada used /buttons")).to_have_count(0, timeout=PATIENCE)
    await expect(note).to_be_focused()
    await guest.be("Ben")
    await expect(guest.message("Just between us")).to_have_count(0)


async def test_embeds(guest: Guest) -> None:
    """An embed has author, title, Markdown, fields side by side, picture, footer and colour."""
    message = await shown(guest, "old")
    first, second = (message.get_by_role("group", name="Embed").nth(each) for each in (0, 1))
    await expect(first).to_have_css("border-left-color", "rgb(230, 126, 34)")
    for name, address in (("The author", "author"), ("The title", "title")):
        link = first.get_by_role("link", name=name)
        await expect(link).to_have_attribute("href", f"https://example.com/{address}")
    await expect(first.locator("strong")).to_have_text("bold")
    tops = [await top(first.get_by_text(each, exact=True)) for each in ("North", "East", "South")]
    assert len(set(tops)) == 1
    assert await top(first.get_by_text("Below")) > tops[0]
    await expect(first).to_contain_text(re.compile(r"The footer • 01/03/2026, \d\d:00"))
    await expect(first.get_by_role("img")).to_have_attribute("src", re.compile("picture.png$"))
    small = second.get_by_role("img")
    await small.scroll_into_view_if_needed()
    await expect(small).to_have_js_property("complete", True)
    assert max(await size(small)) <= 80
    await expect(message.get_by_role("img")).to_have_count(2)


async def test_thinking(guest: Guest) -> None:
    """A deferred answer says that the bot is thinking until it is there."""
    await guest.type("/think")
    message = await guest.sees("Ada used /think")
    await expect(message).to_contain_text("Threadlight is thinking…")
    guest.bot.go_on.set()
    await expect(message).to_contain_text("Thought through.", timeout=PATIENCE)
    await expect(message).not_to_contain_text("thinking…")


async def test_marks(guest: Guest) -> None:
    """Mentions show names, a timestamp says how long ago, a reply shows what it replies to."""
    message = await shown(guest, "marks")
    await expect(message).to_contain_text("@Ada #general @Threadlight 2 hours ago")
    await guest.type("reply, please")
    reply = await guest.sees("A reply to @Ada")
    await expect(reply.get_by_role("button", name="reply, please")).to_be_visible()
    await reply.get_by_role("button", name="reply, please").click()
    await expect(guest.message("reply, please").first).to_be_visible()


async def test_it_stays_at_the_bottom_while_pictures_come(guest: Guest) -> None:
    """Pictures that are loaded late do not push the newest message out of sight."""
    await shown(guest, "parts")
    message = await shown(guest, "old")
    await expect(message.get_by_role("button", name="Pressed 0 times")).to_be_in_viewport()
    await expect(guest.page.get_by_role("button", name="Jump to the newest")).to_be_hidden()
