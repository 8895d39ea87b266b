"""A Discord that only counts, and requests that travel to it and back: for the schedule's tests."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.render.pacing.lanes import BUDGETS, Heard, Lane, Urgency
from bot.render.pacing.pacer import Pacer
from tests.bot.render.virtual_time import clock, run

GLOBAL = 50
"""Requests that Discord lets through in any second."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: when it is asked for, and how long its ways there and back take."""

    lane: Lane
    urgency: Urgency = Urgency.GROWTH
    at: float = 0.0
    there: float = 0.05
    back: float = 0.05


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it went: let go, received by Discord, answered, and given back."""

    asked: Asked
    let_go: float
    received: float
    answered: float
    given_back: float


@dataclass(slots=True)
class _Window:
    resets_at: float = 0.0
    used: int = 0


@dataclass(slots=True)
class CountingDiscord:
    """Counts in fixed windows that begin with their first request; the global one slides."""

    tells: bool = True
    refused: list[Lane] = field(default_factory=list)
    _windows: dict[Lane, _Window] = field(default_factory=dict)
    _global: deque[float] = field(default_factory=deque)

    def receive(self, lane: Lane, now: float) -> Heard:
        """Count a request that arrives; return what its answer's headers say."""
        budget = BUDGETS[lane.kind]
        if budget.counts_globally:
            while self._global and self._global[0] <= now - 1.0:
                self._global.popleft()
            if len(self._global) >= GLOBAL:
                self.refused.append(lane)
            self._global.append(now)
        window = self._windows.setdefault(lane, _Window())
        if now >= window.resets_at:
            window.resets_at, window.used = now + budget.seconds, 0
        window.used += 1
        if window.used > budget.permits:
            self.refused.append(lane)
        left = max(0, budget.permits - window.used)
        return Heard(budget.permits, left, window.resets_at - now)


def play(asked: Sequence[Asked], discord: CountingDiscord | None = None) -> list[Sent]:
    """Send requests as a pacer lets them, in virtual time; return them as they were let go."""
    counting = discord or CountingDiscord()

    async def send(pacer: Pacer, it: Asked) -> Sent:
        await asyncio.sleep(it.at)
        async with pacer.permit(it.lane, it.urgency) as permit:
            let_go = clock()
            await asyncio.sleep(it.there)
            received, heard = clock(), counting.receive(it.lane, clock())
            await asyncio.sleep(it.back)
            answered = clock()
            if counting.tells:
                permit.hear(heard)
            if heard.left == 0:  # discord.py keeps the one that spends the last permit
                await asyncio.sleep(heard.resets_in - it.back)
            return Sent(it, let_go, received, answered, clock())

    async def send_all() -> list[Sent]:
        pacer = Pacer(clock)
        return await asyncio.gather(*(send(pacer, it) for it in asked))

    return sorted(run(send_all()), key=lambda it: it.let_go)
