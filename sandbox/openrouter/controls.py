"""What drives this OpenRouter from outside: what to answer, what to break, when to wait."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from multidict import CIMultiDict

from sandbox.openrouter.faults import Body, Fault
from sandbox.openrouter.generations import Generation
from sandbox.openrouter.replies import Reply

REMEMBERED = 1000
"""So many requests and generations are kept; older ones are forgotten."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request as it came in; `at` is the server clock's time, `port` the asker's."""

    method: str
    path: str
    headers: CIMultiDict[str]
    body: Any
    at: float
    port: int


class Controls:
    """Keeps what was asked, what comes next, and the gates that streams wait at."""

    def __init__(self) -> None:
        self.requests: deque[Recorded] = deque(maxlen=REMEMBERED)
        self.replies: deque[Reply] = deque()
        self.faults: deque[Fault] = deque()
        self.standing: Fault | None = None
        """What happens to every request for which nothing else is planned, as long as it stands."""
        self.asked = 0
        """Requests for answers so far."""
        self.too_many_requests = 0
        """How many of them were answered with 429."""
        self.tokens_sent = 0.0
        """Tokens of answers written to streams so far, thinking included."""
        self.generations: OrderedDict[str, Generation] = OrderedDict()
        self.streaming: set[str] = set()
        self.holding: dict[str, asyncio.Event] = {}
        self._running = asyncio.Event()
        self._running.set()
        self._changed = asyncio.Event()

    @property
    def chats(self) -> list[Recorded]:
        """Return the recorded requests for answers, oldest first."""
        return [r for r in self.requests if r.path == "/chat/completions"]

    def reply_next(self, *replies: Reply) -> None:
        """Answer the next requests with these, in their order, instead of by script."""
        self.replies.extend(replies)

    def fail_next(
        self,
        status: int,
        body: Body = None,
        headers: Mapping[str, str] | None = None,
        times: int = 1,
        *,
        path: str = "/chat/completions",
    ) -> None:
        """Refuse the next requests whose path ends so; without a body the status's usual one."""
        self.fault_next(Fault(status=status, body=body, headers=headers or {}, path=path), times)

    def drop_next(self, times: int = 1, *, path: str = "/chat/completions") -> None:
        """Close the connection of the next requests without an answer."""
        self.fault_next(Fault(drop=True, path=path), times)

    def delay_next(self, seconds: float, *, path: str = "/chat/completions") -> None:
        """Answer the next request later, and otherwise as usual."""
        self.fault_next(Fault(delay=seconds, path=path))

    def fault_next(self, fault: Fault, times: int = 1) -> None:
        """Let this happen to the next requests; `sandbox.openrouter.faults` has all known ones."""
        self.faults.extend([fault] * times)

    def pause(self) -> None:
        """Stop every stream before its next chunk."""
        self._running.clear()

    def resume(self) -> None:
        """Let paused streams go on."""
        self._running.set()

    async def held(self, count: int = 1) -> None:
        """Wait until so many streams stand at their `hold_after`."""
        await self.until(lambda: len(self.holding) >= count)

    def release(self) -> None:
        """Let every held stream go on."""
        for gate in self.holding.values():
            gate.set()
        self.holding.clear()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition holds; looked at whenever a request or a stream changes."""
        while not condition():
            self._changed.clear()
            await self._changed.wait()

    async def idle(self) -> None:
        """Wait until no answer is being streamed."""
        await self.until(lambda: not self.streaming)

    def note_sent(self, tokens: float) -> None:
        """Count what went out on a stream."""
        self.tokens_sent += tokens

    async def pass_on(self) -> None:
        """Wait while everything is paused."""
        await self._running.wait()

    async def hold(self, generation_id: str) -> None:
        """Wait, as a stream that is held, for the release."""
        gate = self.holding[generation_id] = asyncio.Event()
        self._changed.set()
        try:
            await gate.wait()
        finally:
            self.holding.pop(generation_id, None)
            self._changed.set()
