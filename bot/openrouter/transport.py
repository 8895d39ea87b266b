"""Requests to OpenRouter over aiohttp; the one place where aiohttp's errors become ours."""

import asyncio
import io
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime

import aiohttp

from bot.errors import ModelError, ProviderTrouble, StreamBroken, Unreachable
from bot.openrouter import failures, wire
from bot.openrouter.reader import AnswerReader
from bot.openrouter.watch import Watch
from bot.streaming import Prompt, StreamEvent

CONNECT_WITHIN = 10.0
ASK_WITHIN = 10.0
"""Seconds for a connection, and for a whole request that is no answer's."""
REPORT_WITHIN = 10.0
"""Seconds an answer that is whole waits for its usage."""
CLOSE_WITHIN = 0.25
"""Seconds to wait for the end of a finished stream, so that its connection can be used again."""
CROWD = 50
"""Streams from which on whoever reads them takes a rest between, and the system collects."""
LARGEST_ERROR = 64 * 1024
LARGEST_ANSWER = 16 * 1024 * 1024
LARGEST_LIST = 64 * 1024 * 1024


class Transport:
    """Asks OpenRouter; `silence` is how long an answer may send nothing but keep-alives."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        *,
        base_url: str,
        api_key: str,
        title: str,
        referer: str | None,
        now: Callable[[], datetime],
        silence: float,
    ) -> None:
        self._http = http
        self._base_url = base_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {api_key}", "X-OpenRouter-Title": title}
        if referer is not None:
            self._headers["HTTP-Referer"] = referer
        self._now = now
        self._silence = silence
        self._streams = 0

    async def get(self, path: str) -> object:
        """Return the JSON that stands under a path; raise `ModelError`."""
        timeout = aiohttp.ClientTimeout(total=ASK_WITHIN, sock_connect=CONNECT_WITHIN)
        url = self._base_url + path
        with _translated(AnswerReader()):
            async with self._http.get(
                url, headers=self._headers, timeout=timeout, allow_redirects=False
            ) as response:
                body = await _body(response, LARGEST_LIST)
                answer = _decoded(body)
                if response.status == 200 and answer is not None:
                    return answer
                raise self._refusal(response, answer, None)

    async def answer(
        self, body: bytes, prompt: Prompt, reader: AnswerReader
    ) -> AsyncGenerator[StreamEvent]:
        """Send a request and yield what the reader makes of its answer; raise `ModelError`."""
        async with self._post(body, reader) as response:
            if response.status != 200 or response.content_type != "text/event-stream":
                for event in await self._whole(response, prompt, reader):
                    yield event
                return
            reader.accepted = True
            for event in reader.started(response.headers.get("X-Generation-Id")):
                yield event
            with self._streaming(), Watch(response, self._silence) as watch:
                while not reader.done:
                    received = await _read(response, reader, watch)
                    if not received:
                        break
                    events = reader.feed(received)
                    if reader.heard:
                        watch.hear()
                    with self._collecting(response):
                        for event in events:
                            yield event
            if reader.complete:
                await _read_to_the_end(response)

    @contextmanager
    def _streaming(self) -> Iterator[None]:
        self._streams += 1
        try:
            yield
        finally:
            self._streams -= 1

    @contextmanager
    def _collecting(self, response: aiohttp.ClientResponse) -> Iterator[None]:
        """Let the system collect, in a crowd, what comes while the reader does something else.

        Each token that wakes the event loop by itself costs as much as all that is done with it.
        """
        connection = response.connection
        transport = connection.transport if connection is not None else None
        if self._streams < CROWD or transport is None:
            yield
            return
        transport.pause_reading()
        try:
            yield
        finally:
            if not transport.is_closing():
                transport.resume_reading()

    @asynccontextmanager
    async def _post(
        self, body: bytes, reader: AnswerReader
    ) -> AsyncGenerator[aiohttp.ClientResponse]:
        """Open the request; leave no connection open that still sends."""
        headers = self._headers | {
            "Accept": "text/event-stream",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
        }
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_WITHIN)
        with _translated(reader):
            async with asyncio.timeout(self._silence):
                response = await self._http.post(
                    f"{self._base_url}/chat/completions",
                    data=io.BytesIO(body),
                    headers=headers,
                    timeout=timeout,
                    allow_redirects=False,
                )
            async with response:
                try:
                    yield response
                finally:
                    if not response.content.at_eof():
                        response.close()

    async def _whole(
        self, response: aiohttp.ClientResponse, prompt: Prompt, reader: AnswerReader
    ) -> list[StreamEvent]:
        """Read what came instead of a stream: an error, or the whole answer in one piece."""
        if response.status != 200:
            answer = _decoded(await _error_body(response))
            raise self._refusal(response, answer, prompt)
        async with asyncio.timeout(self._silence):
            body = await _body(response, LARGEST_ANSWER)
        answer = _decoded(body) if "json" in response.content_type else None
        if not wire.field(answer, "choices") or wire.field(answer, "error"):
            raise self._refusal(response, answer, prompt)
        reader.accepted = True
        return reader.started(response.headers.get("X-Generation-Id")) + reader.read_whole(body)

    def _refusal(
        self, response: aiohttp.ClientResponse, answer: object, prompt: Prompt | None
    ) -> ModelError:
        error = wire.field(answer, "error")
        if response.status == 200 and not error:
            return ProviderTrouble(status=200, detail=f"unexpected {response.content_type}")
        return failures.translate(
            error,
            prompt,
            http_status=response.status,
            generation_id=wire.readable_id(response.headers.get("X-Generation-Id")),
            retry_after=failures.retry_after(response.headers, self._now),
        )


async def _read(response: aiohttp.ClientResponse, reader: AnswerReader, watch: Watch) -> bytes:
    """Return what comes next, nothing at the end; keep-alives do not prolong the silence."""
    if reader.complete:
        watch.shorten(REPORT_WITHIN)
    try:
        return await response.content.readany()
    except (OSError, aiohttp.ClientError) as error:
        if reader.complete:  # only its report is lost
            return b""
        if watch.expired:
            raise TimeoutError from error
        raise


@contextmanager
def _translated(reader: AnswerReader) -> Iterator[None]:
    """Turn what can go wrong on the way into our errors."""
    try:
        yield
    except (OSError, aiohttp.ClientError) as error:  # among them all timeouts
        raise _lost(error, reader) from error


def _lost(error: Exception, reader: AnswerReader) -> ModelError:
    """Return what it means that nothing came, or nothing more."""
    late = isinstance(error, TimeoutError)
    if reader.accepted:
        kind = ProviderTrouble if late and not reader.shown else StreamBroken
        detail = "silence" if late else "the connection was lost"
        return kind(detail=detail, generation_id=reader.generation_id, begun=True)
    if late and not isinstance(error, aiohttp.ConnectionTimeoutError):
        # The request went out, and nobody knows what became of it.
        return ProviderTrouble(detail="no answer in time", begun=True)
    return Unreachable(detail=failures.detail(str(error) or type(error).__name__))


def _decoded(body: bytes) -> object:
    try:
        return wire.read_anything(body)
    except wire.Unreadable:
        return None


async def _body(response: aiohttp.ClientResponse, most: int) -> bytes:
    """Return a body, or as much of it as anybody needs."""
    parts: list[bytes] = []
    size = 0
    while size < most and (part := await response.content.readany()):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


async def _error_body(response: aiohttp.ClientResponse) -> bytes:
    """Return an error's body; without it the status still says enough."""
    try:
        async with asyncio.timeout(ASK_WITHIN):
            return await _body(response, LARGEST_ERROR)
    except (OSError, aiohttp.ClientError):
        return b""


async def _read_to_the_end(response: aiohttp.ClientResponse) -> None:
    try:
        async with asyncio.timeout(CLOSE_WITHIN):
            await response.content.readany()
    except (OSError, aiohttp.ClientError):
        return  # the answer is whole; its connection is closed instead of being kept
