"""Between turns: mends answers that a kill broke off, and settles holds that were left over."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from structlog.typing import FilteringBoundLogger

from bot.errors import ScreenGone, ThreadlightError
from bot.messages import AnswerState, Closing, ScreenAddress, Snapshot, Usage
from bot.ports import Screen, Storage
from bot.settlement import End, Settlement
from bot.unfinished import RunningAnswer, UnsettledHold

SWEEP_EVERY = 300.0
"""Seconds between two looks for holds that nobody settled."""


@dataclass(frozen=True, slots=True)
class Shards:
    """Which shards this process serves: all, where `ids` is None."""

    count: int | None = None
    ids: Sequence[int] | None = None

    def serve(self, guild_id: int | None) -> bool:
        """Tell whether this process answers there; direct messages come to shard 0."""
        if self.ids is None or self.count is None:
            return True
        return ((guild_id or 0) >> 22) % self.count in self.ids


@dataclass(frozen=True, slots=True)
class Lost:
    """What an earlier process left behind: answers it was writing, and holds it did not settle."""

    answers: Sequence[RunningAnswer]
    holds: Sequence[UnsettledHold]


OpenAt = Callable[[ScreenAddress], Screen]
"""Opens the screen of an answer that an earlier process painted."""


class Housekeeping:
    """Mends once after the start, then sweeps now and again."""

    def __init__(
        self,
        storage: Storage,
        settlement: Settlement,
        *,
        now: Callable[[], datetime],
        log: FilteringBoundLogger,
        unsettled_after: timedelta = timedelta(minutes=2),
    ) -> None:
        self._storage = storage
        self._settlement = settlement
        self._now = now
        self._log = log
        self._unsettled_after = unsettled_after
        self._work: asyncio.Task[None] | None = None

    async def find_lost(self, shards: Shards) -> Lost:
        """Return what an earlier process left behind; ask before new turns begin."""
        async with self._storage.reading() as tx:
            running = await tx.history.running()
            holds = await tx.history.unsettled_holds(self._now())
        return Lost(
            [answer for answer in running if shards.serve(answer.question.place.guild_id)],
            [hold for hold in holds if shards.serve(hold.subject.guild_id)],
        )

    def start(self, lost: Lost, open_at: OpenAt) -> None:
        """Begin to mend what was lost and to sweep, in the background."""
        self._work = asyncio.create_task(self._keep_house(lost, open_at))

    async def close(self) -> None:
        """Stop; what is not settled yet is found at the next start."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.wait([self._work])

    async def _keep_house(self, lost: Lost, open_at: OpenAt) -> None:
        await asyncio.gather(*(self._guarded(self.mend(it, open_at)) for it in lost.answers))
        await asyncio.gather(*(self._guarded(self.settle(hold)) for hold in lost.holds))
        while True:
            await asyncio.sleep(SWEEP_EVERY)
            await self._guarded(self._sweep())

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        """Let one failure keep nobody else from being mended."""
        try:
            await work
        except ScreenGone:
            self._log.info("a lost answer has no screen any more")
        except ThreadlightError:
            self._log.warning("housekeeping failed", exc_info=True)

    async def _sweep(self) -> None:
        async with self._storage.reading() as tx:
            holds = await tx.history.unsettled_holds(self._now() - self._unsettled_after)
        for hold in holds:
            await self._guarded(self.settle(hold))

    async def mend(self, lost: RunningAnswer, open_at: OpenAt) -> None:
        """Settle a lost answer's hold, store that it was interrupted, and say so on its message."""
        state = AnswerState.INTERRUPTED
        usage = await self._usage(lost)
        end = End(lost.id, lost.hold_id, state, lost.text, lost.thinking)
        await self._settlement.settle(end, usage, None)
        self._log.info(
            "answer mended",
            answer=lost.id,
            generation=lost.generation_id,
            cost_micros=usage.cost_micros if usage else 0,
        )
        if lost.address is not None:
            closing = Closing(state, timedelta(0), usage)
            await open_at(lost.address).finish(Snapshot(lost.id, lost.text, closing=closing))

    async def settle(self, hold: UnsettledHold) -> None:
        """Settle a hold whose answer ended while its bill was open, or that expired."""
        usage = await self._usage(hold)
        async with self._storage.writing() as tx:
            settled = await tx.ledger.settle(hold.id, usage, self._now())
            if settled and usage is not None and hold.answer_id is not None:
                await tx.history.bill(hold.answer_id, usage)
            await tx.commit()
        self._log.info("hold settled late", hold=hold.id, generation=hold.generation_id)

    async def _usage(self, it: RunningAnswer | UnsettledHold) -> Usage | None:
        """Return what was spent, or None where no answer ever began."""
        if it.generation_id is None:
            return None
        return await self._settlement.bill(
            [it.generation_id], None, it.estimated_prompt_tokens, it.text, it.thinking
        )
