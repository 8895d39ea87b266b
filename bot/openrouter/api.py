"""OpenRouter as the core's `Model`: answers with their retries, prices, bills and the key."""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import quote

import aiohttp
import structlog
from structlog.typing import FilteringBoundLogger

from bot.errors import EmptyAnswer, ModelError, Moderated, StreamBroken
from bot.messages import KeyInfo, Price, Usage
from bot.openrouter import failures, wire
from bot.openrouter.prices import Prices
from bot.openrouter.reader import AnswerReader
from bot.openrouter.transport import Transport
from bot.streaming import Charged, Finished, FinishReason, Prompt, StreamEvent

FIRST_WAIT = 0.5
"""Seconds before the second try; each later one waits twice as long, a half more or less."""
LONGEST_WAIT = 20.0
"""Seconds: whoever is asked to come back later than that is told so instead of being kept."""
BILL_WAITS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 60.0, 60.0)
"""Seconds before each look for a bill, which lags behind the answer."""


@dataclass(slots=True)
class Request:
    """One request through all its tries."""

    prompt: Prompt
    body: bytes
    began: float
    tries: int = 0
    answered: bool = False


class OpenRouter:
    """Asks OpenRouter; `silence` seconds without a real chunk end an answer."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        *,
        base_url: str,
        api_key: str,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        random: random.Random,
        log: FilteringBoundLogger | None = None,
        silence: float = 90.0,
        title: str = "Threadlight",
        referer: str | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._transport = Transport(
            http,
            base_url=base_url,
            api_key=api_key,
            title=title,
            referer=referer,
            now=now,
            silence=silence,
        )
        self._prices = Prices(self._transport.get, clock)
        self._clock = clock
        self._sleep = sleep
        self._random = random
        self._log: FilteringBoundLogger = log or structlog.get_logger(__name__)
        self._silence = silence

    async def stream(self, prompt: Prompt) -> AsyncGenerator[StreamEvent]:
        """Yield the answer as it comes, `Finished` last; raise `ModelError`.

        What goes wrong before a word was shown is tried again where that may help; each try that
        was accepted has its own `Started`, and a `Charged` where it failed and may have its cost.
        Closing the generator closes the connection.
        """
        request = Request(prompt, wire.request_body(prompt), self._clock())
        while True:
            request.tries += 1
            reader = AnswerReader()
            try:
                async with aclosing(self._attempt(request, reader)) as events:
                    async for event in events:
                        yield event
            except ModelError as error:
                failure = error
            except (GeneratorExit, asyncio.CancelledError):
                if not request.answered:
                    self._log_end("model stopped", reader, request, None)
                raise
            else:
                return
            usage = await self._usage(reader, prompt.model)
            if usage is not None or failure.begun:
                yield Charged(usage)
            # A limit's hold covers one try: what was charged is not tried again unasked.
            wait = None if usage is not None else self._wait(failure, reader, request)
            self._log_failure(failure, request, wait)
            if wait is None:
                raise failure
            await self._sleep(wait)

    async def _attempt(self, request: Request, reader: AnswerReader) -> AsyncGenerator[StreamEvent]:
        """Yield one try's answer."""
        answer = self._transport.answer(request.body, request.prompt, reader)
        async with aclosing(answer) as events:
            async for event in events:
                yield event
        for event in reader.end():
            yield event
        problem = self._problem(reader, request.prompt)
        if problem is not None:
            raise problem
        usage = await self._usage(reader, request.prompt.model)
        self._log_end("model answered", reader, request, usage)
        request.answered = True
        yield Finished(reader.finish_reason, usage, reader.model)

    def _problem(self, reader: AnswerReader, prompt: Prompt) -> ModelError | None:
        """Return why what was read to its end is no answer, or None."""
        generation = reader.generation_id
        if reader.error is not None or reader.reason == "error":
            told = failures.translate(reader.error, prompt, generation_id=generation)
            if not reader.shown:
                return told
            return StreamBroken(
                status=told.status,
                detail=told.detail,
                generation_id=generation,
                retry_after=told.retry_after,
                begun=True,
            )
        if reader.unreadable or reader.reason is None:
            detail = "an unreadable chunk" if reader.unreadable else "no finish reason"
            return StreamBroken(detail=detail, generation_id=generation, begun=True)
        if reader.has_text or reader.finish_reason is FinishReason.LENGTH:
            return None
        if reader.finish_reason is FinishReason.CONTENT_FILTER:
            filtered = ("content_filter",)
            return Moderated(reasons=filtered, generation_id=generation, begun=True)
        return EmptyAnswer(generation_id=generation, begun=True)

    async def _usage(self, reader: AnswerReader, model: str) -> Usage | None:
        """Return what was reported; a missing cost is reckoned from the price, if there is one.

        Without either the report is worth nothing: the bill must be asked for.
        """
        usage = wire.usage(reader.usage, None)
        if usage is None or not usage.estimated:
            return usage
        price = await self.price(model)
        if price is None:
            return None
        return replace(
            usage, cost_micros=price.micros(usage.prompt_tokens, usage.completion_tokens)
        )

    def _wait(self, error: ModelError, reader: AnswerReader, request: Request) -> float | None:
        """Return how long to wait before another try, or None where there is to be none."""
        if reader.shown or request.tries >= failures.most_tries(error):
            return None
        elapsed = self._clock() - request.began
        wait = FIRST_WAIT * 2 ** (request.tries - 1) * self._random.uniform(0.5, 1.5)
        wait = max(wait, error.retry_after or 0.0)
        return wait if wait <= LONGEST_WAIT and elapsed + wait < self._silence else None

    async def price(self, model: str) -> Price | None:
        """Return what the model costs now at its dearest provider, or None if nobody can say."""
        return await self._prices.of(model)

    async def billed(self, generation_id: str) -> Usage | None:
        """Return what a generation was charged, or None where no report comes for four minutes."""
        for wait in BILL_WAITS:
            await self._sleep(wait)
            try:
                answer = await self._transport.get(
                    f"/generation?id={quote(generation_id, safe='')}"
                )
            except ModelError as error:
                if error.status in (401, 402, 403):
                    break
                continue
            usage = wire.billed(wire.field(answer, "data"))
            if usage is not None:
                return usage
        self._log.warning("no bill came", generation=generation_id)
        return None

    async def key(self) -> KeyInfo:
        """Return what the key may spend; raise `ModelError`."""
        data = wire.field(await self._transport.get("/key"), "data")
        return KeyInfo(
            limit_micros=wire.allowance(wire.field(data, "limit")),
            remaining_micros=wire.allowance(wire.field(data, "limit_remaining")),
        )

    async def close(self) -> None:
        """Give up what is under way in the background; the HTTP session is its owner's."""
        await self._prices.close()

    def _log_end(
        self, event: str, reader: AnswerReader, request: Request, usage: Usage | None
    ) -> None:
        self._log.info(
            event,
            generation=reader.generation_id,
            status=200 if reader.accepted else None,
            tries=request.tries,
            seconds=round(self._clock() - request.began, 3),
            prompt_tokens=usage.prompt_tokens if usage else None,
            completion_tokens=usage.completion_tokens if usage else None,
        )

    def _log_failure(self, error: ModelError, request: Request, wait: float | None) -> None:
        self._log.warning(
            "model failed" if wait is None else "model failed, trying again",
            error=type(error).__name__,
            generation=error.generation_id,
            status=error.status,
            detail=error.detail,
            tries=request.tries,
            seconds=round(self._clock() - request.began, 3),
            wait=None if wait is None else round(wait, 3),
        )
