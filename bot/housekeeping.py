"""Between turns: mends answers that a kill broke off, and settles holds that were left over."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from structlog.typing import FilteringBoundLogger

from bot.answers.unfinished import LeftAnswer, LeftHold
from bot.errors import ThreadlightError
from bot.messages import AnswerState, Usage
from bot.ports import OpenScreen, Storage, Transaction
from bot.quota.pricing import WAITS_FOR
from bot.turns.repainting import SHOWN_AGAIN_FOR, STILL_NEWS, Repainting
from bot.turns.settlement import End, Settlement

SWEEP_EVERY = 300.0
"""Seconds between two looks for holds that nobody settled."""

BILL_IS_LATE = 3.0
"""Seconds after which an answer that broke off is shown without its bill."""

CHANGES_KEPT_FOR = timedelta(days=366)
"""How long it is known what admins changed: a year, leap years included."""


Left = TypeVar("Left", LeftAnswer, LeftHold)


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
    """What an earlier process left behind: answers with open books, and holds without an answer.

    The ends of some that are `unshown` are in the books, but not on their messages.
    """

    answers: Sequence[LeftAnswer]
    holds: Sequence[LeftHold]
    unshown: Sequence[LeftAnswer] = ()


class Housekeeping:
    """Mends once after the start, then sweeps now and again."""

    def __init__(
        self,
        storage: Storage,
        settlement: Settlement,
        repainting: Repainting,
        *,
        now: Callable[[], datetime],
        log: FilteringBoundLogger,
        unsettled_after: timedelta = timedelta(minutes=10),
    ) -> None:
        self._storage = storage
        self._settlement = settlement
        self._repainting = repainting
        self._now = now
        self._log = log
        self._unsettled_after = unsettled_after
        self._work: asyncio.Task[None] | None = None

    async def find_lost(self, shards: Shards) -> Lost:
        """Return what an earlier process left behind; ask before new turns begin."""
        async with self._storage.reading() as tx:
            running = await tx.history.running()
            return await self._unsettled(tx, shards, self._now(), STILL_NEWS, running)

    async def _unsettled(
        self,
        tx: Transaction,
        shards: Shards,
        before: datetime,
        shown_for: timedelta,
        running: Sequence[LeftAnswer] = (),
    ) -> Lost:
        ours = partial(_served, shards)
        known = {answer.id for answer in running}
        unsettled = [it for it in await tx.history.unsettled(before) if it.id not in known]
        known |= {answer.id for answer in unsettled}
        unshown = await tx.history.unshown(self._now() - shown_for, before)
        return Lost(
            ours((*running, *unsettled)),
            ours(await tx.history.orphans(before)),
            ours([it for it in unshown if it.id not in known]),
        )

    def start(self, lost: Lost, shards: Shards, open_screen: OpenScreen) -> None:
        """Begin to mend what was lost and to sweep, in the background."""
        self._work = asyncio.create_task(self._keep_house(lost, shards, open_screen))

    async def close(self) -> None:
        """Stop; what is not settled yet is found at the next start."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.wait([self._work])

    async def _keep_house(self, lost: Lost, shards: Shards, open_screen: OpenScreen) -> None:
        while True:
            await self._mend_all(lost, open_screen)
            await self._guarded(self._sweep_proposals())
            await self._guarded(self.forget_old_changes())
            await asyncio.sleep(SWEEP_EVERY)
            lost = await self._sweep(shards)

    async def _sweep(self, shards: Shards) -> Lost:
        try:
            async with self._storage.reading() as tx:
                before = self._now() - self._unsettled_after
                return await self._unsettled(tx, shards, before, SHOWN_AGAIN_FOR)
        except ThreadlightError as error:
            self._log.warning("sweep failed", error=str(error))
            return Lost((), ())

    async def _sweep_proposals(self) -> None:
        async with self._storage.writing() as tx:
            swept = await tx.proposals.sweep(self._now() - WAITS_FOR)
            await tx.commit()
        if swept:
            self._log.info("proposals swept", count=swept)

    async def _mend_all(self, lost: Lost, open_screen: OpenScreen) -> None:
        end_of = self._repainting.end_of
        await asyncio.gather(
            *(self._guarded(self.mend(answer, open_screen)) for answer in lost.answers),
            *(self._guarded(self.free(hold)) for hold in lost.holds),
            *(self._guarded(end_of(answer, open_screen)) for answer in lost.unshown),
        )

    async def _guarded(self, work: Coroutine[Any, Any, object]) -> None:
        """Let one failure keep nobody else from being mended."""
        try:
            await work
        except ThreadlightError as error:
            self._log.warning("housekeeping failed", error=str(error) or type(error).__name__)
        except Exception:  # noqa: BLE001  # one bug must not end all housekeeping
            self._log.exception("housekeeping failed")

    async def forget_old_changes(self) -> None:
        """Delete what admins changed more than a year ago."""
        async with self._storage.writing() as tx:
            if await tx.audit.forget(self._now() - CHANGES_KEPT_FOR):
                await tx.commit()

    async def mend(self, left: LeftAnswer, open_screen: OpenScreen) -> None:
        """Settle a left answer's hold, store how it ended, and tell both on its message."""
        running = left.state is AnswerState.RUNNING
        state = AnswerState.INTERRUPTED if running else left.state
        said = (left.generation_id, left.text, left.thinking)
        end = End(left.id, left.hold_id, state, *said, ended_at=left.last_seen_at)
        # From now on it can be asked again.
        if running and not await self._settlement.interrupt(end):
            self._log.info("an answer ended by itself after all", answer=left.id)
            return
        # Without a generation nobody knows whether the model was asked: an estimate stands for it.
        billing = asyncio.ensure_future(self._bill(left))
        try:
            await asyncio.wait([billing], timeout=BILL_IS_LATE)
            if not billing.done() and running:
                await self._guarded(self._repainting.show(left, state, None, open_screen))
            usage = await billing
        finally:
            billing.cancel()
        if not await self._settlement.mend(end, usage):
            self._log.info("an answer ended by itself after all", answer=left.id)
            return
        self._log.info(
            "answer mended",
            answer=left.id,
            state=state.value,
            generation=left.generation_id,
            cost_micros=usage.cost_micros,
            estimated=usage.estimated,
        )
        await self._repainting.show(left, state, usage, open_screen)

    async def free(self, hold: LeftHold) -> None:
        """Free a hold for which nothing was ever asked."""
        async with self._storage.writing() as tx:
            await tx.ledger.settle(hold.id, None, self._now())
            await tx.commit()
        self._log.info("hold freed", hold=hold.id)

    async def _bill(self, left: LeftAnswer) -> Usage:
        added = left.text[left.begins :]
        return await self._settlement.bill(
            [left.generation_id], None, left.estimated_prompt_tokens, added, left.thinking
        )


def _served(shards: Shards, found: Sequence[Left]) -> list[Left]:
    """Return what this process looks after."""
    return [it for it in found if shards.serve(it.guild_id)]
