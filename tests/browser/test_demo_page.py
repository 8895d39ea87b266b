"""The demo as a newcomer starts it: a command, an address, a page that answers."""

import asyncio
import os
import re
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Page, expect

from sandbox.openrouter.server import OpenRouterServer
from tests.browser.visitor import PATIENCE, Visitor
from tests.journeys.house import PATIENCE as LONGEST

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")


@asynccontextmanager
async def demo(folder: Path, **more: str) -> AsyncGenerator[tuple[Process, str]]:
    """Run `threadlight demo` until the block ends; yield it and the page's address."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo"),
        cwd=folder,
        env=kept | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | more,
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=DEVNULL,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(LONGEST):
            while not (found := ADDRESS.search((await process.stdout.readline()).decode())):
                assert not process.stdout.at_eof(), "the demo told no address"
        yield process, found[0]
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_from_the_command_to_the_first_answer(
    tmp_path: Path, page: Page, complaints: list[str], measured: Callable[[str, Any], None]
) -> None:
    """The command tells an address, the page there answers, and it says when the demo has ended."""
    began = time.monotonic()
    async with demo(tmp_path) as (process, address):
        told = time.monotonic()
        visitor = Visitor(page)
        await visitor.come_to(address)
        ready = time.monotonic()
        await visitor.button("Ask something").click()
        await page.keyboard.press("Enter")
        await visitor.sees("Fresnel")
        answered = time.monotonic()
        measured("from the demo's start to its page's address, s", f"{told - began:.2f}")
        measured("from the demo's start to a page that takes commands, s", f"{ready - began:.2f}")
        measured("from the demo's start to the first answer's words, s", f"{answered - began:.2f}")
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(LONGEST):
            assert await process.wait() == 0
        await expect(page.get_by_text("trying again")).to_be_visible(timeout=PATIENCE)
    assert all("ERR_CONNECTION" in each for each in complaints)
    complaints.clear()


async def test_with_a_key(tmp_path: Path, page: Page) -> None:
    """With a key the answers come from where it is good, and the page says what it can't show."""
    async with (
        OpenRouterServer(api_key="sk-or-v1-mine") as router,
        demo(tmp_path, OPENROUTER_API_KEY=router.api_key, OPENROUTER_BASE_URL=router.base_url) as (
            _,
            address,
        ),
    ):
        visitor = Visitor(page)
        await visitor.come_to(address)
        await visitor.type("/ask hello")
        await visitor.sees("I answer from a small repertoire here")
        assert len(router.chats) == 1
        await expect(page.get_by_text("come from the real OpenRouter")).to_be_visible()
        await expect(page.get_by_role("switch", name="Slow model")).to_be_disabled()
        await expect(page.get_by_role("switch", name="Discord 5xx")).to_be_enabled()
