"""A lean OpenRouter in a process of its own: streams of numbered words, each noted when it goes.

It speaks HTTP on a bare protocol and sends chunks that are ready beforehand, so that 25,000 tokens
a second leave one of the machine's cores to the bot. What it sends has the sandbox's form.
"""

import asyncio
import heapq
import re
import sys
from collections.abc import Mapping
from random import Random
from time import monotonic
from typing import Any, cast

import msgspec
import uvloop

from benchmarks.numbered import Wish, word
from benchmarks.telling import cost, tell
from sandbox.openrouter.catalogue import MODELS

ROOT = b"/api/v1"
KEY = "sk-or-v1-benchmark"

WAITS = 0.3
"""Seconds from a request to its first token."""

PLAIN = Wish(answer=-1, words=40, speed=200.0)
"""What is written where nothing was wished for."""

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_STREAM = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n"
    b"X-Generation-Id: %b\r\nTransfer-Encoding: chunked\r\n\r\n"
)


class Stream:
    """One answer on its way to a reader."""

    def __init__(self, wish: Wish, transport: asyncio.Transport, number: int, phase: float) -> None:
        self.wish = wish
        self.transport = transport
        self.sent: list[float] = []
        """When each token went, thought or written."""
        self.late = 0.0
        self.asked = monotonic()
        self._began = self.asked + WAITS + phase
        self._id = f"gen-1754000000-{number:020}"
        transport.write(_STREAM % self._id.encode())
        text = self._choice({"role": "assistant", "content": "\0"})
        self._before, _, self._after = text.partition(b"\\u0000")

    @property
    def due(self) -> float:
        """Return when the next chunk is to go."""
        return self._began + len(self.sent) / self.wish.speed

    def write_next(self, now: float) -> bool:
        """Send the next chunk; tell whether more come."""
        self.late = max(self.late, now - self.due)
        written = len(self.sent) - self.wish.thinking
        if written < 0:
            thought = word(len(self.sent)).lower()
            delta = {"role": "assistant", "content": "", "reasoning": thought}
            self._send(self._choice(delta))
        else:
            words = word(written).replace("\n", "\\n").encode()
            self._send(self._before + words + self._after)
        self.sent.append(monotonic())
        if written + 1 < self.wish.words and not 0 < self.wish.until <= now:
            return True
        self._end()
        return False

    def _end(self) -> None:
        count = len(self.sent)
        self._send(self._choice({"role": "assistant", "content": ""}, "stop"))
        usage = {
            "prompt_tokens": 500,
            "completion_tokens": count,
            "total_tokens": 500 + count,
            "cost": 0.001,
            "completion_tokens_details": {"reasoning_tokens": self.wish.thinking},
        }
        self._send(self._event({"choices": [], "usage": usage}))
        self._send(b"data: [DONE]\n\n")
        self.transport.write(b"0\r\n\r\n")

    def _choice(self, delta: Mapping[str, object], finish: str | None = None) -> bytes:
        choice = {
            "index": 0,
            "delta": delta,
            "finish_reason": finish,
            "native_finish_reason": finish,
            "logprobs": None,
        }
        return self._event({"choices": [choice]})

    def _event(self, body: Mapping[str, object]) -> bytes:
        envelope = {
            "id": self._id,
            "provider": MODELS[0].endpoints[0].provider,
            "model": MODELS[0].slug,
            "created": 1754000000,
            "object": "chat.completion.chunk",
        }
        return b"data: " + msgspec.json.encode(envelope | dict(body)) + b"\n\n"

    def _send(self, event: bytes) -> None:
        self.transport.write(b"%x\r\n%b\r\n" % (len(event), event))


class Writer:
    """Sends all streams at their pace, and knows what it sent."""

    def __init__(self) -> None:
        self.streams: list[Stream] = []
        self._queue: list[tuple[float, int, Stream]] = []
        self._random = Random(0)  # noqa: S311 - so that streams do not tick together
        self._timer: asyncio.TimerHandle | None = None

    def begin(self, wish: Wish, transport: asyncio.Transport) -> None:
        """Write an answer from now on."""
        phase = self._random.random() / wish.speed
        stream = Stream(wish, transport, len(self.streams), phase)
        self.streams.append(stream)
        heapq.heappush(self._queue, (stream.due, len(self.streams), stream))
        self._wait()

    def _wait(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        delay = max(0.001, self._queue[0][0] - monotonic())
        self._timer = asyncio.get_running_loop().call_later(delay, self._write)

    def _write(self) -> None:
        self._timer = None
        now = monotonic()
        while self._queue and self._queue[0][0] <= now:
            _, number, stream = self._queue[0]
            if not stream.transport.is_closing() and stream.write_next(now):
                heapq.heapreplace(self._queue, (stream.due, number, stream))
            else:
                heapq.heappop(self._queue)
        if self._queue:
            self._wait()

    async def tell(self, words: str) -> Any:
        """Return what is asked for: the cost so far, or when each token of each answer went."""
        if words == "cost":
            return cost()
        return [
            {
                "answer": it.wish.answer,
                "thinking": it.wish.thinking,
                "asked": it.asked,
                "sent": it.sent,
                "late": it.late,
            }
            for it in self.streams
            if it.wish.answer >= 0
        ]


class Connection(asyncio.Protocol):
    """One connection: requests one after the other, no pipelining."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where answers go."""
        # uvloop's transports have the methods of asyncio's, and are none.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Answer a request once it is whole."""
        self._received += data
        head, ended, body = self._received.partition(b"\r\n\r\n")
        if not ended:
            return
        length = _LENGTH.search(head + b"\r\n")
        if length is not None and len(body) < int(length[1]):
            return
        self._received = b""
        if self._transport is not None:
            self._answer(self._transport, head, body)

    def _answer(self, transport: asyncio.Transport, head: bytes, body: bytes) -> None:
        method, path, _ = head.split(b" ", 2)
        if method == b"POST" and path == ROOT + b"/chat/completions":
            self._writer.begin(Wish.read(body.decode()) or PLAIN, transport)
            return
        found: object = None
        if path == ROOT + b"/models":
            found = [model.described() for model in MODELS]
        elif path.endswith(b"/endpoints"):
            found = MODELS[0].offers()
        elif path == ROOT + b"/key":
            found = {"label": "benchmark", "limit": None, "limit_remaining": None, "usage": 0.0}
        status = b"404 Not Found" if found is None else b"200 OK"
        answer = (
            {"error": {"code": 404, "message": "Not Found"}} if found is None else {"data": found}
        )
        payload = msgspec.json.encode(answer)
        transport.write(
            b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
            % (status, len(payload), payload)
        )


async def main() -> None:
    """Serve until the process that asks is gone, or this one is ended."""
    writer = Writer()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(writer), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    sys.stdout.write(f'{{"base_url": "http://127.0.0.1:{port}{ROOT.decode()}"}}\n')
    sys.stdout.flush()
    await tell(writer.tell)


if __name__ == "__main__":
    uvloop.run(main())
