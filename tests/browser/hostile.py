"""A page full of hostile texts: what it must not do with them, and whether they can be read."""

import re
from typing import Any

from playwright.async_api import Page, expect

from tests.browser.corpus import XSS
from tests.browser.visitor import PATIENCE
from tests.journeys.house import House

SHORT = tuple(text for text in XSS if len(text) <= 200)
"""Those that fit where names go."""
BATCH = 50
"""Messages that are shown and looked at together: fewer than the page shows of a channel."""

_DISGUISE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile("[\\s\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MARKS = re.compile(r"[`*_~|\[\]\\]|^\s*(?:[>#-]|-#|\d+\.)|<(?:[@#/:]|a:|t:|https?:)", re.MULTILINE)

_STATE = """() => {
  const every = (kinds) => [...document.querySelectorAll(kinds)];
  const foreign = "iframe, object, embed, base, style, template, math, foreignObject, portal";
  const names = every("*").flatMap((each) => [...each.attributes].map(({ name }) => name));
  return {
    xss: typeof window.xss,
    scripts: every("script").length,
    foreign: every(foreign).length,
    metas: every("meta").length,
    inside: every("article :is(script, meta, form, link, video, svg svg)").length,
    handlers: names.filter((name) => name.startsWith("on")),
    odd: every("a[href]").filter((each) => !/^https?:$/.test(each.protocol)).map(String),
    unsafe: every("a[href][target]").filter((each) => !each.relList.contains("noopener")).length,
    sources: every("[src]").map(({ src }) => src).filter((src) => !src.startsWith(location.origin)),
    wide: document.documentElement.scrollWidth - innerWidth,
  };
}"""
_FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
_SAFE = {
    "xss": "undefined",
    "scripts": 1,
    "foreign": 0,
    "metas": 3,
    "inside": 0,
    "handlers": [],
    "odd": [],
    "unsafe": 0,
    "sources": [],
    "wide": 0,
}
_MESSAGES = """(name) => [...document.querySelectorAll("li.message")].map((item) => ({
  id: item.dataset.id,
  text: item.querySelector(name)?.textContent ?? "",
  links: [...item.querySelectorAll("a")].map((each) => each.title || each.href),
}))"""


class Hostile:
    """Somebody who looks at hostile texts; whatever they make the page do is noted."""

    def __init__(self, house: House, page: Page) -> None:
        self.house = house
        self.page = page
        self.world = house.discord.world
        self.general = self.world.channel_named("general")
        self.happened: list[str] = []
        page.on("dialog", lambda dialog: self.happened.append(dialog.message))
        page.on("popup", lambda popup: self.happened.append(popup.url))
        page.on("download", lambda file: self.happened.append(file.url))
        page.on("framenavigated", lambda frame: self._went(frame.url))

    def _went(self, url: str) -> None:
        if not url.startswith(self.house.driver.url):
            self.happened.append(url)

    async def come(self) -> None:
        """Open the page."""
        self.page.set_default_timeout(PATIENCE)
        await self.page.goto(self.house.driver.url)
        await expect(self.page.get_by_role("textbox", name=re.compile("^Message "))).to_be_visible()

    async def messages(self, last: int, part: str) -> dict[int, Any]:
        """Wait for a message, and return a part of each that is shown: its text and links."""
        shown = self.page.locator(f'li.message[data-id="{last}"]')
        await expect(shown).to_be_attached(timeout=PATIENCE)
        found = await self.page.evaluate(_MESSAGES, part)
        return {int(each["id"]): each for each in found if each["id"]}

    async def text(self, selector: str) -> str:
        """Return all that stands somewhere, as it can be compared."""
        return plain(" ".join(await self.page.locator(selector).all_text_contents()))

    async def check(self, *, crowded: bool = False) -> None:
        """Check that nothing has run, loaded, opened, been let in, or burst the page."""
        await self.page.evaluate(_FRAME)
        state = await self.page.evaluate(_STATE)
        if crowded:
            state["wide"] = 0
        assert state == _SAFE, state
        assert self.happened == []


def plain(text: str) -> str:
    """Return a text without what isn't shown on purpose, and without its spaces."""
    return _UNSEEN.sub("", text)


def is_plain(text: str) -> bool:
    """Tell whether Discord's Markdown means nothing in a text."""
    return not _MARKS.search(text)


def shown(text: str) -> str:
    """Return a text as the page writes it: without what could disguise it."""
    return _DISGUISE.sub("", text)
