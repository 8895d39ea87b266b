"""Sends one answer as a stream, with whatever is scripted to go wrong in it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

import msgspec
from aiohttp import web

from sandbox.openrouter.catalogue import count_tokens
from sandbox.openrouter.generations import Generation
from sandbox.openrouter.replies import Piece

COMMENT = b": OPENROUTER PROCESSING\n\n"
BURST = 32
"""After so many chunks without a wait, others get a turn."""


class Gates(Protocol):
    """Stops streams in their middle, and counts what they send; the server has them."""

    def note_sent(self, tokens: float) -> None:
        """Count what went out on a stream."""
        ...

    async def pass_on(self) -> None:
        """Wait while everything is paused."""
        ...

    async def hold(self, generation_id: str) -> None:
        """Wait, as a stream that is held, for the release."""
        ...


class Cut(Exception):
    """Ask for the connection to be dropped."""


class Streaming:
    """Writes a generation to a response, at the scripted pace."""

    def __init__(
        self,
        generation: Generation,
        response: web.StreamResponse,
        gates: Gates,
        *,
        tokens_per_second: float,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.generation = generation
        self.reply = generation.plan.reply
        self._response = response
        self._gates = gates
        self._speed = tokens_per_second
        self._sleep = sleep
        self._stopped_at: set[str] = set()
        self._sent_tokens = 0.0
        self._began = 0.0

    async def run(self) -> None:
        """Send everything; raise `Cut` where the connection is to be dropped."""
        await self._wait_for_the_first()
        self._began = asyncio.get_running_loop().time()
        for number, piece in enumerate(self.generation.plan.pieces(), 1):
            if await self._stops(piece.position):
                return
            await self._gates.pass_on()
            await self._pace(piece, number)
            await self._chunk(delta_of(piece, details=self.reply.details))
        if await self._stops(self.generation.plan.length):
            return
        await self._gates.pass_on()
        await self._end()

    async def _wait_for_the_first(self) -> None:
        pause = self.reply.first_delay / max(1, self.reply.comments)
        for _ in range(self.reply.comments):
            await self._response.write(COMMENT)
            if pause > 0:
                await self._sleep(pause)
        if not self.reply.comments and self.reply.first_delay > 0:
            await self._sleep(self.reply.first_delay)

    async def _pace(self, piece: Piece, number: int) -> None:
        tokens = len(piece.words) * tokens_a_character(piece.words)
        self._sent_tokens += tokens
        self._gates.note_sent(tokens)
        late = asyncio.get_running_loop().time() - self._began
        wait = self._sent_tokens / self._speed - late
        if wait > 0:
            await self._sleep(wait)
        elif number % BURST == 0:
            await asyncio.sleep(0)

    async def _stops(self, position: int) -> bool:
        """Do what is scripted for this position; return whether that was the end."""
        reply = self.reply
        if self._reached("hold", reply.hold_after, position):
            await self._gates.hold(self.generation.id)
            # Time that was held is not made up for by a burst.
            self._sent_tokens, self._began = 0.0, asyncio.get_running_loop().time()
        if self._reached("hang", reply.hang_after, position):
            await self._hang()
        if self._reached("cut", reply.cut_after, position):
            raise Cut
        if self._reached("fail", reply.fail_after, position):
            self.generation.failed = True
            await self._chunk({"content": ""}, finish="error", error=reply.error)
            await self._response.write(b"data: [DONE]\n\n")
            return True
        return False

    def _reached(self, stop: str, at: int | None, position: int) -> bool:
        if at is None or position < at or stop in self._stopped_at:
            return False
        self._stopped_at.add(stop)
        return True

    async def _hang(self) -> None:
        while self.reply.comment_every is not None:
            await self._sleep(self.reply.comment_every)
            await self._response.write(COMMENT)
        await asyncio.Event().wait()

    async def _chunk(
        self,
        delta: Mapping[str, object],
        finish: str | None = None,
        error: Mapping[str, object] | None = None,
    ) -> None:
        choice = {
            "index": 0,
            "delta": {"role": "assistant", **delta},
            "finish_reason": finish,
            "native_finish_reason": finish,
            "logprobs": None,
        }
        await self._send({"choices": [choice]} | ({"error": error} if error is not None else {}))

    async def _send(self, body: dict[str, object]) -> None:
        whole = self.generation.envelope() | {"object": "chat.completion.chunk"} | body
        await self._response.write(b"data: " + msgspec.json.encode(whole) + b"\n\n")

    async def _end(self) -> None:
        finish = self.generation.plan.finish_reason
        if finish is None:
            return
        await self._chunk({"content": ""}, finish=finish)
        if self.reply.report_usage:
            await self._send({"choices": [], "usage": self.generation.usage()})
        if self.reply.done:
            await self._response.write(b"data: [DONE]\n\n")


def tokens_a_character(words: str) -> float:
    """Return the tokens that one character of these words takes, on average."""
    return count_tokens(words * 20) / (len(words) * 20)


def delta_of(piece: Piece, *, details: bool) -> dict[str, object]:
    """Return a piece as a chunk's delta; with `details`, thinking comes in the newer form alone."""
    if piece.kind == "text":
        return {"content": piece.words}
    parts = [{"type": "reasoning.text", "text": piece.words, "format": "unknown", "index": 0}]
    if details:
        return {"content": "", "reasoning_details": parts}
    return {"content": "", "reasoning": piece.words, "reasoning_details": parts}


def completion(generation: Generation) -> dict[str, object]:
    """Return an answer that was not asked for as a stream."""
    plan = generation.plan
    message = {"role": "assistant", "content": plan.text, "reasoning": plan.thinking or None}
    choice = {
        "index": 0,
        "message": message,
        "finish_reason": plan.finish_reason,
        "native_finish_reason": plan.finish_reason,
        "logprobs": None,
    }
    whole = generation.envelope() | {"object": "chat.completion", "choices": [choice]}
    return whole | ({"usage": generation.usage()} if plan.reply.report_usage else {})
