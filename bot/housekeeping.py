"""Between turns: mends answers that a kill broke off, and settles holds that were left over."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from structlog.typing import FilteringBoundLogger

from bot import tokens
from bot.errors import ScreenGone, ThreadlightError
from bot.messages import (
    Answer,
    AnswerState,
    Closing,
    LostAnswer,
    Price,
    ScreenAddress,
    Snapshot,
    Usage,
)
from bot.ports import Model, Screen

SWEEP_EVERY = 300.0
"""Seconds between two looks for holds that nobody settled."""


class History(Protocol):
    """Finds answers that were left behind, inside one transaction."""

    async def running(self) -> list[LostAnswer]:
        """Return the answers that are stored as running."""
        ...

    async def unsettled(self, at: datetime) -> list[LostAnswer]:
        """Return ended answers whose hold is still there though nobody works on it any more."""
        ...

    async def finish(
        self,
        answer_id: int,
        state: AnswerState,
        text: str,
        thinking: str,
        tokens: int,
        usage: Usage | None,
        at: datetime,
    ) -> Answer:
        """Store an answer's end."""
        ...


class Ledger(Protocol):
    """Settles holds, inside one transaction."""

    async def settle(self, hold_id: int, usage: Usage | None, at: datetime) -> bool:
        """Turn a hold into what was spent; False if it was settled before."""
        ...

    async def release_orphans(self, at: datetime) -> int:
        """Free the expired holds that belong to no answer; return how many."""
        ...


class Transaction(Protocol):
    """One short piece of work on what was left over."""

    @property
    def history(self) -> History:
        """Return the history's side of this transaction."""
        ...

    @property
    def ledger(self) -> Ledger:
        """Return the ledger's side of this transaction."""
        ...

    async def commit(self) -> None:
        """Make the work lasting."""
        ...


class Storage(Protocol):
    """Opens transactions."""

    def writing(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction that may write."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction that only reads."""
        ...


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


class Housekeeping:
    """Mends once after the start, then sweeps now and again."""

    def __init__(
        self,
        storage: Storage,
        model: Model,
        *,
        slug: str,
        now: Callable[[], datetime],
        log: FilteringBoundLogger,
    ) -> None:
        self._storage = storage
        self._model = model
        self._slug = slug
        self._now = now
        self._log = log
        self._work: asyncio.Task[None] | None = None

    async def find_lost(self, shards: Shards) -> list[LostAnswer]:
        """Return the answers that an earlier process left running; ask before new turns begin."""
        async with self._storage.reading() as tx:
            running = await tx.history.running()
        return [answer for answer in running if shards.serve(answer.guild_id)]

    def start(
        self, lost: Sequence[LostAnswer], open_at: Callable[[ScreenAddress, int], Screen]
    ) -> None:
        """Begin to mend what was lost and to sweep, in the background."""
        self._work = asyncio.create_task(self._keep_house(lost, open_at))

    async def close(self) -> None:
        """Stop; what is not settled yet is found at the next start."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.wait([self._work])

    async def _keep_house(
        self, lost: Sequence[LostAnswer], open_at: Callable[[ScreenAddress, int], Screen]
    ) -> None:
        await asyncio.gather(*(self._mend_safely(answer, open_at) for answer in lost))
        while True:
            await self._sweep(open_at)
            await asyncio.sleep(SWEEP_EVERY)

    async def _sweep(self, open_at: Callable[[ScreenAddress, int], Screen]) -> None:
        try:
            async with self._storage.writing() as tx:
                unsettled = await tx.history.unsettled(self._now())
                released = await tx.ledger.release_orphans(self._now())
                await tx.commit()
        except ThreadlightError:
            self._log.warning("sweep failed", exc_info=True)
            return
        if released:
            self._log.info("holds released", count=released)
        await asyncio.gather(*(self._mend_safely(answer, open_at) for answer in unsettled))

    async def _mend_safely(
        self, lost: LostAnswer, open_at: Callable[[ScreenAddress, int], Screen]
    ) -> None:
        try:
            await self.mend(lost, open_at)
        except ScreenGone:
            self._log.info("lost answer has no screen any more", answer=lost.answer_id)
        except ThreadlightError:
            self._log.warning("could not mend an answer", answer=lost.answer_id, exc_info=True)

    async def mend(self, lost: LostAnswer, open_at: Callable[[ScreenAddress, int], Screen]) -> None:
        """Settle a lost answer's hold, store how it ended, and say so on its message."""
        state = lost.state if lost.state is not AnswerState.RUNNING else AnswerState.INTERRUPTED
        usage = await self._usage(lost)
        async with self._storage.writing() as tx:
            now = self._now()
            first = lost.hold_id is None or await tx.ledger.settle(lost.hold_id, usage, now)
            size = tokens.estimate(lost.text)
            await tx.history.finish(
                lost.answer_id, state, lost.text, lost.thinking, size, usage if first else None, now
            )
            await tx.commit()
        self._log.info(
            "answer mended",
            answer=lost.answer_id,
            state=state.value,
            generation=lost.generation_id,
            cost_micros=usage.cost_micros if usage else 0,
        )
        if lost.address is not None:
            closing = Closing(state, timedelta(0), usage)
            screen = open_at(lost.address, lost.answer_id)
            await screen.finish(Snapshot(lost.answer_id, lost.text, closing=closing))

    async def _usage(self, lost: LostAnswer) -> Usage | None:
        """Return what a lost answer cost: as billed, else estimated; None if it never began."""
        if lost.generation_id is None:
            return None
        billed = await self._model.billed(lost.generation_id)
        if billed is not None:
            return billed
        price = await self._model.price(self._slug) or Price(Decimal(0), Decimal(0))
        thinking = tokens.estimate(lost.thinking)
        completion = thinking + tokens.estimate(lost.text)
        return Usage(
            prompt_tokens=lost.estimated_prompt_tokens,
            completion_tokens=completion,
            reasoning_tokens=thinking,
            cost_micros=price.micros(lost.estimated_prompt_tokens, completion),
            estimated=True,
        )
