"""The client against servers that send odd bytes."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import aiohttp
import pytest

from bot.errors import (
    InvalidRequest,
    ModelError,
    NoEndpoint,
    ProviderTrouble,
    StreamBroken,
    Unreachable,
)
from bot.streaming import Delta, FinishReason, Started
from tests.bot.openrouter.conftest import Asking, finished, prompt, usage, words

STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
TO_THE_END = b"Connection: close\r\n\r\n"


class Raw:
    """Sends prepared pieces of bytes to whoever asks, then closes the connection."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = pieces
        self.asked = 0
        self.gone = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read a request and answer it with the pieces."""
        try:
            # Where the client has left early, what the tests look at is on its side.
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                head = await reader.readuntil(b"\r\n\r\n")
                lengths = [
                    int(line.split(b":")[1])
                    for line in head.split(b"\r\n")
                    if line.lower().startswith(b"content-length")
                ]
                await reader.readexactly(sum(lengths))
                self.asked += 1
                for piece in self.pieces:
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(0)
        finally:
            self.gone.set()
            writer.close()


@asynccontextmanager
async def answering(
    http: aiohttp.ClientSession, *pieces: bytes, silence: float = 90.0
) -> AsyncIterator[tuple[Asking, Raw]]:
    """Run a server that answers with these bytes, and a client of it."""
    raw = Raw(*pieces)
    server = await asyncio.start_server(raw.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        yield Asking(http, f"http://127.0.0.1:{port}/api/v1/", "key", silence=silence), raw


def chunk(content: object = "", finish: object = None, **more: object) -> bytes:
    """Return a chunk as an event."""
    choice = {"index": 0, "delta": {"content": content}, "finish_reason": finish}
    body = {"id": "gen-7", "model": "m", "choices": [choice], **more}
    return b"data: " + json.dumps(body, ensure_ascii=False).encode() + b"\n\n"


def whole(body: bytes, content_type: str = "application/json", status: str = "200 OK") -> bytes:
    """Return a response that came in one piece."""
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


REPORT = (
    b'data: {"id":"gen-7","choices":[],'
    b'"usage":{"prompt_tokens":1,"completion_tokens":2,"cost":0.5}}\n\n'
)
GOOD = chunk("Grüße 😀\u2028") + b": still\n\n" + chunk("!", "stop") + b"data: [DONE]\n\n"


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
async def test_a_byte_at_a_time(http: aiohttp.ClientSession, end: bytes) -> None:
    """An answer that comes byte by byte, with any line ends and a mark before it, is whole."""
    stream = b"\xef\xbb\xbf" + GOOD.replace(b"\n", end)
    pieces = [STREAM + TO_THE_END, *(bytes([byte]) for byte in stream)]
    async with answering(http, *pieces) as (client, _):
        events = await client.ask()
    assert words(events)[0] == "Grüße 😀\u2028!"
    assert events[0] == Started("gen-7")


async def test_no_chunk_need_be_usual(http: aiohttp.ClientSession) -> None:
    """Nulls, odd types, unknown fields and foreign events are passed over."""
    stream = (
        b'event: ping\ndata: {"type": "ping", "x": [1, {"y": null}]}\n\n'
        b'data: {"id": null, "choices": null, "usage": null, "error": null}\n\n'
        b'data: {"id": "gen-7", "choices": [{"delta": null}, {}], "error": {}}\n\n'
        b'data: {"choices": [{"delta": {"content": ["?"], "reasoning": 7, "tool_calls": []}}]}\n\n'
        b'data: {"choices": [{"delta": {"reasoning_details": [{"type": "reasoning.encrypted",'
        b' "data": "x"}, {"summary": "hm"}, 3]}}], "novelty": true}\n\n'
        b'data: {"choices": [{"delta": {"content": null, "reasoning_details": {}}}]}\n\n'
        b'data: {"choices": [\ndata: {"delta": {"content": "Four."}, "finish_reason": "new"}]}\n\n'
    )
    async with answering(http, STREAM + TO_THE_END + stream + REPORT) as (client, _):
        events = await client.ask()
    assert words(events) == ("Four.", "hm")
    assert finished(events).reason is FinishReason.STOP
    assert (usage(events).tokens, usage(events).estimated) == (3, False)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (rb"a\ud83d", "a\ufffd"),
        (rb"\\ud83d \ud83d\ude00", "\\ud83d 😀"),
        (b"\xff\xfe", "\ufffd\ufffd"),
    ],
)
async def test_half_characters(http: aiohttp.ClientSession, sent: bytes, read: str) -> None:
    """Half a character, escaped or in bytes, becomes a mark instead of an error."""
    body = chunk("HERE", "stop").replace(b"HERE", sent)
    async with answering(http, STREAM + TO_THE_END + body) as (client, _):
        assert words(await client.ask())[0] == read


@pytest.mark.parametrize(
    "garbage",
    [
        b"data: {nonsense\n\n",
        b"data: []\n\n",
        b'data: {"choices": [{"delta": "?"}]}\n\n',
        b"data: " + b"[" * 100_000 + b"\n\n",
    ],
    ids=["nonsense", "list", "odd delta", "deep"],
)
async def test_an_unreadable_chunk(http: aiohttp.ClientSession, garbage: bytes) -> None:
    """What can't be read breaks an answer off, unless the answer is whole already."""
    async with answering(http, STREAM + TO_THE_END + chunk("Fo") + garbage) as (client, _):
        failure, events = await client.failing()
    assert isinstance(failure, StreamBroken)
    assert (failure.begun, words(events)[0]) == (True, "Fo")
    done = chunk("Four", "stop") + garbage + REPORT
    async with answering(http, STREAM + TO_THE_END + done) as (client, _):
        assert usage(await client.ask()).tokens == 3


async def test_an_event_without_an_end(http: aiohttp.ClientSession) -> None:
    """A line of many megabytes is given up."""
    flood = [b"x" * 1_000_000] * 20
    pieces = [STREAM + TO_THE_END + chunk("Fo") + b"data: ", *flood]
    async with answering(http, *pieces) as (client, raw):
        failure, _ = await client.failing()
        assert isinstance(failure, StreamBroken)
        await raw.gone.wait()


@pytest.mark.parametrize(
    ("answer", "kind", "asked"),
    [
        (whole(b"<html>Please log in</html>", "text/html"), ProviderTrouble, 2),
        (whole(b"{}"), ProviderTrouble, 2),
        (whole(b""), ProviderTrouble, 2),
        (whole(b"[1]"), ProviderTrouble, 2),
        (whole(b'{"error": "upstream"}'), ProviderTrouble, 2),
        (whole(b'{"error": {"code": "404"}}'), NoEndpoint, 1),
        (whole(b'{"error": {"code": 1e300, "message": 7}}'), ProviderTrouble, 2),
        (whole(b'{"error": {"code": true, "metadata": 3, "availability": 5}}'), ProviderTrouble, 2),
        (whole(b"\xff\x00", "text/plain", "500 Oh"), ProviderTrouble, 2),
        (whole(b"{" * 300_000, status="502 Oh"), ProviderTrouble, 3),
        (whole(b"", status="418 Teapot"), InvalidRequest, 1),
        (whole(b"", status="599 ?"), ProviderTrouble, 2),
        (b"HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n", InvalidRequest, 1),
        (
            b"HTTP/1.1 503 Oh\r\nRetry-After: soon\r\nContent-Length: 9\r\n\r\nshort",
            ProviderTrouble,
            3,
        ),
        (b"SSH-2.0-OpenSSH\r\n", Unreachable, 3),
        (b"", Unreachable, 3),
        (STREAM + b"Content-Encoding: gzip\r\n" + TO_THE_END + b"no gzip", StreamBroken, 3),
        (STREAM + TO_THE_END, StreamBroken, 3),
        (STREAM + TO_THE_END + b"data: [DONE]\n\n", StreamBroken, 3),
    ],
)
async def test_no_answer_at_all(
    http: aiohttp.ClientSession, answer: bytes, kind: type[ModelError], asked: int
) -> None:
    """Whatever comes instead of an answer ends as an error of ours, after a few tries."""
    async with answering(http, answer) as (client, raw):
        failure, events = await client.failing()
    assert type(failure) is kind
    assert not [event for event in events if isinstance(event, Delta)]
    assert raw.asked == asked


async def test_a_connection_lost_after_the_finish_reason(http: aiohttp.ClientSession) -> None:
    """An answer whose report was lost with the connection is whole, without a usage."""
    head = STREAM + b"Transfer-Encoding: chunked\r\n\r\n"
    body = chunk("Four", "stop")
    async with answering(http, head + b"%x\r\n" % len(body) + body + b"\r\n") as (client, _):
        events = await client.ask()
    assert words(events)[0] == "Four"
    assert finished(events).usage is None


async def test_nothing_but_an_open_connection(http: aiohttp.ClientSession) -> None:
    """A server that takes a request and says nothing is given up."""
    hanging = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await hanging.wait()
        writer.close()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        client = Asking(http, f"http://127.0.0.1:{port}", "key", silence=0.1)
        failure, _ = await client.failing()
        hanging.set()
    assert isinstance(failure, ProviderTrouble)
    assert failure.begun  # nobody knows what became of the request


async def test_nobody_there(http: aiohttp.ClientSession) -> None:
    """A refused connection is tried three times and then told."""
    async with answering(http) as (client, _):
        pass
    failure, _ = await client.failing()
    assert isinstance(failure, Unreachable)
    assert len(client.time.slept) == 2
    assert isinstance(failure.__cause__, aiohttp.ClientError)
    assert await client.model.price(prompt().model) is None


async def test_an_unusable_generation_id(http: aiohttp.ClientSession) -> None:
    """An id that can't be an id is passed over for one that can."""
    stream = chunk("a", id="no id\n") + chunk("b", id=7) + chunk("c", "stop")
    async with answering(http, STREAM + b"X-Generation-Id: \xff\r\n" + TO_THE_END + stream) as (
        client,
        _,
    ):
        events = await client.ask()
    assert [event for event in events if isinstance(event, Started)] == [Started("gen-7")]
