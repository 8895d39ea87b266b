"""A browser for each test, on a house of its own; what the page complains of fails the test."""

from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

from tests.browser.chromium import FLAGS, chromium
from tests.browser.gallery import Guest, open_gallery
from tests.browser.visitor import Visitor
from tests.journeys.house import House, open_house

HERE = ("http://127.0.0.1:", "ws://127.0.0.1:", "blob:http://127.0.0.1:")
"""What a page of the sandbox may ask for."""
MEASURED: dict[str, str] = {}
"""What tests measured, printed at the end."""


@pytest.fixture
async def browser() -> AsyncGenerator[Browser]:
    """Start Debian's Chromium; skip where there is none."""
    if (path := chromium()) is None:
        pytest.skip("no Chromium here: install it (apt-get install chromium) or set CHROMIUM")
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        await started.close()


@pytest.fixture
def complaints() -> list[str]:
    """Return what pages complain of; a test that makes them complain clears it."""
    return []


@pytest.fixture
async def page(browser: Browser, complaints: list[str]) -> AsyncGenerator[Page]:
    """Open an empty tab, and fail where a page in it complains of anything."""
    context = await browser.new_context(
        viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    )
    opened = await context.new_page()
    asked_for: list[str] = []

    def note(said: ConsoleMessage) -> None:
        if said.type == "error":
            complaints.append(said.text)

    opened.on("console", note)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("request", lambda asked: asked_for.append(asked.url))
    yield opened
    await context.close()
    assert complaints == []
    assert [url for url in asked_for if not url.startswith(HERE)] == []


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[House]:
    """Open the two servers with the page beside, without a bot."""
    async with open_house(tmp_path, tokens_per_second=400.0) as opened:
        yield opened
        await opened.stop()


@pytest.fixture
async def visitor(house: House, page: Page) -> Visitor:
    """Start the bot and let a visitor in, who is Ada in #general."""
    await house.start()
    visitor = Visitor(page)
    await visitor.come_to(house.driver.url)
    return visitor


@pytest.fixture
async def guest(page: Page) -> AsyncGenerator[Guest]:
    """Start the gallery bot instead of ours, and let a guest in, who is Ada in #general."""
    async with open_gallery() as gallery:
        guest = Guest(page, gallery)
        await guest.arrive()
        yield guest
        await page.goto("about:blank")  # before the server goes, which the page would complain of


@pytest.fixture
def measured() -> Callable[[str, Any], None]:
    """Note a figure that is printed when all tests have ended."""
    return lambda name, value: MEASURED.__setitem__(name, str(value))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was measured."""
    for name, value in MEASURED.items():
        terminalreporter.write_line(f"{name}: {value}")
