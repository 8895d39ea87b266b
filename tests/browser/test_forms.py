"""Modals: every field that a form can have, filled in by mouse and by keys, right and wrong."""

import re

from playwright.async_api import FilePayload, Locator, expect

from tests.browser.gallery import Guest


def document(name: str, size: int = 4) -> FilePayload:
    """Return a file of this name."""
    return {"name": name, "mimeType": "text/plain", "buffer": b"x" * size}


async def opened(guest: Guest, which: str) -> Locator:
    """Open one of the forms and return it."""
    await guest.type(f"/form which:{which}")
    dialog = guest.page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    return dialog


async def submit(dialog: Locator) -> None:
    """Press the form's button."""
    await dialog.get_by_role("button", name="Submit").click()


async def choose(guest: Guest, dialog: Locator, name: str, *entries: str) -> None:
    """Choose entries of a select of the form."""
    await dialog.get_by_role("button", name=name).click()
    for entry in entries:
        options = guest.page.get_by_role("listbox", name=name).get_by_role("option")
        await options.filter(has_text=entry).first.click()
    if len(entries) > 1:
        await guest.press("Escape")


async def refused(dialog: Locator, words: str) -> None:
    """Submit, and read why that can't be."""
    await submit(dialog)
    await expect(dialog.get_by_role("alert")).to_have_text(words)


async def test_texts(guest: Guest) -> None:
    """Texts are shown with labels, hints and what stands there already, and come as entered."""
    dialog = await opened(guest, "texts")
    await expect(dialog.get_by_role("heading", name="About you")).to_be_visible()
    await expect(dialog).to_contain_text("Some words before the fields.")
    await expect(dialog.get_by_role("textbox", name="City")).to_have_value("Hamburg")
    story = dialog.get_by_role("textbox", name="Story")
    await expect(story).to_have_accessible_description("As long as you like")
    await dialog.get_by_role("textbox", name="Name").fill("Ada")
    await story.fill("Once\nupon")
    await submit(dialog)
    await guest.sees("Thank you for “About you”.")
    entered = {"Name": "Ada", "Story": "Once\nupon", "City": "Hamburg"}
    assert await guest.bot.hears() == ("form", entered)
    await expect(dialog).to_have_count(0)
    await expect(guest.box).to_be_focused()


async def test_wrong_texts(guest: Guest) -> None:
    """Texts that are missing, too short or too long are told, and nothing entered is lost."""
    dialog = await opened(guest, "texts")
    name = dialog.get_by_role("textbox", name="Name")
    await dialog.get_by_role("textbox", name="City").fill("Kiel")
    await refused(dialog, "Name has to be filled in.")
    await expect(name).to_be_focused()
    await name.fill("Al")
    await refused(dialog, "Name takes at least 3 characters, not 2.")
    await name.fill("Al" * 6)
    await refused(dialog, "Name takes at most 10 characters, not 12.")
    await expect(name).to_have_value("Al" * 6)
    await expect(dialog.get_by_role("textbox", name="City")).to_have_value("Kiel")
    await name.fill("Alan")
    await guest.press("Enter")
    assert await guest.bot.hears() == ("form", {"Name": "Alan", "Story": "", "City": "Kiel"})


async def test_a_form_from_a_button(guest: Guest) -> None:
    """A button opens a form, the keyboard goes round in it, and the button has the focus after."""
    await guest.type("/buttons")
    message = await guest.sees("Ada used /buttons")
    button = message.get_by_role("button", name="Open a form")
    await button.focus()
    await guest.press("Enter")
    dialog = guest.page.get_by_role("dialog", name="About you")
    await expect(dialog.get_by_role("textbox", name="Name")).to_be_focused()
    await guest.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(button).to_be_focused()
    await guest.press("Enter")
    await expect(dialog.get_by_role("textbox", name="Name")).to_be_focused()
    await guest.page.keyboard.type("Grace")
    await guest.press("Tab")
    await guest.page.keyboard.type("A story")
    await guest.press("Tab", "Tab", "Tab", "Enter")
    await expect(dialog).to_have_count(0)
    await expect(button).to_be_focused()
    assert [await guest.bot.hears() for _ in range(2)] == [("form",), ("form",)]
    entered = {"Name": "Grace", "Story": "A story", "City": "Hamburg"}
    assert await guest.bot.hears() == ("form", entered)


async def test_choices(guest: Guest) -> None:
    """Selects of texts, users, roles and channels are chosen from, and come as chosen."""
    dialog = await opened(guest, "choices")
    await choose(guest, dialog, "Drink", "Milk")
    await choose(guest, dialog, "Friends", "Ben", "Cleo")
    await expect(dialog.get_by_role("button", name="Friends: Cleo, Ben")).to_be_focused()
    await choose(guest, dialog, "Rank", "Moderators")
    await choose(guest, dialog, "Where", "ideas")
    await choose(guest, dialog, "Who else", "Admins")
    await submit(dialog)
    heard = await guest.bot.hears()
    assert heard[1].pop("Friends") in (["cleo", "ben"], ["ben", "cleo"])
    entered = {
        "Drink": ["milk"],
        "Rank": ["Moderators"],
        "Where": ["ideas"],
        "Who else": ["Admins"],
    }
    assert heard == ("form", entered)


async def test_choices_by_keys(guest: Guest) -> None:
    """A select opens with Enter, goes by arrows and letters, and closes with Escape."""
    dialog = await opened(guest, "choices")
    await expect(dialog.get_by_role("button", name="Drink")).to_be_focused()
    await guest.press("Enter", "ArrowDown", "Enter", "Tab", "Enter")
    friends = guest.page.get_by_role("listbox", name="Friends")
    await expect(friends).to_be_focused()
    await guest.press("m", "Space", "Escape")
    await expect(friends).to_have_count(0)
    await expect(dialog).to_be_visible()
    await refused(dialog, "Where has to be chosen.")
    await expect(dialog.get_by_role("button", name="Where")).to_be_focused()
    await guest.press("Enter", "End", "Enter")
    await submit(dialog)
    heard = await guest.bot.hears()
    assert (heard[1]["Drink"], heard[1]["Friends"]) == (["milk"], ["max"])
    assert (heard[1]["Where"], heard[1]["Rank"]) == (["ideas"], [])


async def test_boxes(guest: Guest) -> None:
    """Files, radio buttons and boxes to tick are used by mouse, and come as chosen."""
    dialog = await opened(guest, "boxes")
    files = dialog.get_by_label("Papers")
    await files.set_input_files([document("a.txt"), document("b.txt")])
    await dialog.get_by_role("radio", name="Large").check()
    await dialog.get_by_role("checkbox", name=re.compile("^Monday")).check()
    await dialog.get_by_text("Agreed").click()
    await expect(dialog.get_by_role("checkbox", name="Agreed")).to_be_checked()
    await submit(dialog)
    entered = {"Papers": ["a.txt", "b.txt"], "Size": "l", "Days": ["mon"], "Agreed": True}
    assert await guest.bot.hears() == ("form", entered)


async def test_wrong_boxes(guest: Guest) -> None:
    """What has to be chosen, too many ticks and files too large are told; what is chosen stays."""
    dialog = await opened(guest, "boxes")
    files = dialog.get_by_label("Papers")
    await refused(dialog, "Papers takes 1 to 2 files, not 0.")
    await files.set_input_files([document("big.txt", 10 * 1024 * 1024 + 1)])
    await refused(dialog, "big.txt is larger than the 10 MiB that Discord takes.")
    await files.set_input_files([document("a.txt")])
    await refused(dialog, "Size has to be chosen.")
    await guest.press("Space", "ArrowDown")
    await expect(dialog.get_by_role("radio", name="Large")).to_be_checked()
    await refused(dialog, "Days takes 1 to 2 choices, not 0.")
    await guest.press("Space", "Tab", "Space", "Tab", "Space")
    await refused(dialog, "Days takes 1 to 2 choices, not 3.")
    await dialog.get_by_role("checkbox", name=re.compile("^Tuesday")).uncheck()
    await submit(dialog)
    entered = {"Papers": ["a.txt"], "Size": "l", "Days": ["mon", "fri"], "Agreed": False}
    assert await guest.bot.hears() == ("form", entered)


async def test_a_form_on_a_narrow_screen(guest: Guest) -> None:
    """On 380 pixels a form fits, and its button can be reached."""
    await guest.page.set_viewport_size({"width": 380, "height": 420})
    dialog = await opened(guest, "boxes")
    box = await dialog.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 380
    await refused(dialog, "Papers takes 1 to 2 files, not 0.")
    await expect(dialog.get_by_role("alert")).to_be_in_viewport()
