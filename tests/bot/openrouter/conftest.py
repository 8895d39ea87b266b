"""An OpenRouter on loopback, a client for it, and a time that passes only when slept."""

import asyncio
import math
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest
import structlog

from bot.errors import ModelError
from bot.messages import Usage
from bot.openrouter.api import OpenRouter
from bot.streaming import Delta, Finished, Message, Prompt, StreamEvent
from sandbox.openrouter.server import OpenRouterServer

MODEL = "minimax/minimax-m1"


class Time:
    """A clock that goes on by what is slept, and remembers it."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


class Asking:
    """A client with its time, its log lines, and short ways to ask."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        base_url: str,
        api_key: str,
        *,
        silence: float = 90.0,
        time: Time | None = None,
    ) -> None:
        self.time = time or Time()
        self.lines: list[dict[str, object]] = []
        self.model = OpenRouter(
            http,
            base_url=base_url,
            api_key=api_key,
            clock=self.time,
            sleep=self.time.sleep,
            random=random.Random(7),  # noqa: S311  # jitter is no secret
            log=structlog.wrap_logger(None, processors=[self._keep]),
            silence=silence,
            now=lambda: datetime(2026, 8, 1, 12, tzinfo=UTC),
        )

    def _keep(self, _logger: object, _method: str, event: structlog.typing.EventDict) -> str:
        self.lines.append(dict(event))
        raise structlog.DropEvent

    async def ask(self, words: str = "hello there", most: int = 5000) -> list[StreamEvent]:
        """Return all events of an answer."""
        return [event async for event in self.model.stream(prompt(words, most))]

    async def failing(self, words: str = "hello there") -> tuple[ModelError, list[StreamEvent]]:
        """Return the error an answer ends with, and the events before it."""
        events: list[StreamEvent] = []
        try:
            async for event in self.model.stream(prompt(words)):
                events.append(event)  # noqa: PERF401  # what came before the error counts
        except ModelError as error:
            return error, events
        pytest.fail(f"no error, but {events}")


def prompt(words: str = "hello there", most: int = 5000) -> Prompt:
    """Return a prompt with these words."""
    messages = (Message("system", "You are a helpful assistant."), Message("user", words))
    return Prompt(MODEL, messages, most, "a-user", "a-conversation")


def words(events: list[StreamEvent]) -> tuple[str, str]:
    """Return (text, thinking) as a reader of these events ends up with."""
    text = thinking = ""
    for event in events:
        if isinstance(event, Delta):
            if event.recast:
                text, thinking = "", thinking + text
            text, thinking = text + event.text, thinking + event.thinking
    return text, thinking


def finished(events: list[StreamEvent]) -> Finished:
    """Return the last event, which must be the end."""
    assert isinstance(events[-1], Finished)
    return events[-1]


def usage(events: list[StreamEvent]) -> Usage:
    """Return the usage that the end carries."""
    reported = finished(events).usage
    assert reported is not None
    return reported


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """Open an HTTP session."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def router() -> AsyncIterator[OpenRouterServer]:
    """Run an OpenRouter that answers at once."""
    async with OpenRouterServer(tokens_per_second=math.inf) as server:
        yield server


@pytest.fixture
def client(http: aiohttp.ClientSession, router: OpenRouterServer) -> Asking:
    """Return a client of that OpenRouter."""
    return Asking(http, router.base_url, router.api_key)
