"""Somebody at the page: finds things by what they are called, as people and screen readers do."""

import re

from playwright.async_api import Locator, Page, expect

PATIENCE = 15_000
"""Milliseconds for which something is waited for: far more than it takes."""


class Visitor:
    """A visitor of the page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def come_to(self, url: str) -> None:
        """Open the page and wait until the bot's commands are there."""
        self.page.set_default_timeout(PATIENCE)
        await self.page.goto(url)
        await expect(self.heading("general")).to_be_visible(timeout=PATIENCE)
        await expect(self.page.get_by_role("button", name="Ask something")).to_be_visible(
            timeout=PATIENCE
        )

    @property
    def box(self) -> Locator:
        """Return the box in which one writes."""
        return self.page.get_by_role("textbox", name=re.compile("^Message "))

    @property
    def messages(self) -> Locator:
        """Return the messages on the page."""
        return self.page.get_by_role("article")

    def message(self, text: str | re.Pattern[str]) -> Locator:
        """Return the newest message that says this."""
        return self.messages.filter(has_text=text).last

    def heading(self, name: str) -> Locator:
        """Return the heading that names the place where one is."""
        return self.page.locator("main").get_by_role("heading", name=name, exact=True)

    def button(self, name: str) -> Locator:
        """Return the newest button of this name."""
        return self.page.get_by_role("button", name=name, exact=True).last

    async def type(self, words: str) -> None:
        """Type into the box and press Enter."""
        await self.box.click()
        await self.page.keyboard.type(words)
        await self.page.keyboard.press("Enter")

    async def be(self, name: str) -> None:
        """Become somebody else."""
        choice = self.page.get_by_role("radio", name=re.compile(f"^{name},"))
        await choice.check()
        await expect(self.box).to_be_editable(timeout=PATIENCE)

    async def go(self, name: str) -> None:
        """Go to a channel or thread."""
        places = self.page.get_by_role("navigation")
        await places.get_by_role("button", name=name, exact=True).click()
        await expect(self.heading(name)).to_be_visible(timeout=PATIENCE)

    async def menu(self, message: Locator, entry: str) -> None:
        """Choose from a message's menu."""
        await message.click(button="right", position={"x": 30, "y": 12})
        await self.page.get_by_role("menuitem", name=entry, exact=True).click()

    async def sees(self, text: str | re.Pattern[str]) -> Locator:
        """Wait until a message says this, and return it."""
        found = self.message(text)
        await expect(found).to_be_visible(timeout=PATIENCE)
        return found
