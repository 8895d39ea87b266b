"""Between turns: mends answers that a kill broke off, and settles holds that were left over."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from structlog.typing import FilteringBoundLogger

from bot.answers.answered import Answered
from bot.answers.unfinished import LeftAnswer, LeftHold
from bot.errors import ScreenGone, ThreadlightError
from bot.messages import AnswerState, ScreenAddress, Usage
from bot.ports import Screen, Storage, Transaction
from bot.quota.pricing import WAITS_FOR
from bot.snapshots import Closing, Looks, Snapshot
from bot.turns.onscreen import OnScreen
from bot.turns.placing import looks_of
from bot.turns.settlement import End, Settlement

SWEEP_EVERY = 300.0
"""Seconds between two looks for holds that nobody settled."""

BILL_IS_LATE = 3.0
"""Seconds after which an answer that broke off is shown without its bill."""

CHANGES_KEPT_FOR = timedelta(days=366)
"""How long it is known what admins changed: a year, leap years included."""


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
    """What an earlier process left behind: answers with open books, and holds without an answer."""

    answers: Sequence[LeftAnswer]
    holds: Sequence[LeftHold]


OpenAt = Callable[[ScreenAddress], Screen]
"""Opens the screen of an answer that an earlier process painted."""


class Housekeeping:
    """Mends once after the start, then sweeps now and again."""

    def __init__(
        self,
        storage: Storage,
        settlement: Settlement,
        onscreen: OnScreen,
        *,
        now: Callable[[], datetime],
        log: FilteringBoundLogger,
        unsettled_after: timedelta = timedelta(minutes=10),
    ) -> None:
        self._storage = storage
        self._settlement = settlement
        self._onscreen = onscreen
        self._now = now
        self._log = log
        self._unsettled_after = unsettled_after
        self._work: asyncio.Task[None] | None = None

    async def find_lost(self, shards: Shards) -> Lost:
        """Return what an earlier process left behind; ask before new turns begin."""
        async with self._storage.reading() as tx:
            running = await tx.history.running()
            return await self._unsettled(tx, shards, self._now(), running)

    async def _unsettled(
        self,
        tx: Transaction,
        shards: Shards,
        before: datetime,
        running: Sequence[LeftAnswer] = (),
    ) -> Lost:
        known = {answer.id for answer in running}
        ended = [it for it in await tx.history.unsettled(before) if it.id not in known]
        return Lost(
            [answer for answer in (*running, *ended) if shards.serve(answer.guild_id)],
            [hold for hold in await tx.history.orphans(before) if shards.serve(hold.guild_id)],
        )

    def start(self, lost: Lost, shards: Shards, open_at: OpenAt) -> None:
        """Begin to mend what was lost and to sweep, in the background."""
        self._work = asyncio.create_task(self._keep_house(lost, shards, open_at))

    async def close(self) -> None:
        """Stop; what is not settled yet is found at the next start."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.wait([self._work])

    async def _keep_house(self, lost: Lost, shards: Shards, open_at: OpenAt) -> None:
        while True:
            await self._mend_all(lost, open_at)
            await self._guarded(self._sweep_proposals())
            await self._guarded(self.forget_old_changes())
            await asyncio.sleep(SWEEP_EVERY)
            lost = await self._sweep(shards)

    async def _sweep(self, shards: Shards) -> Lost:
        try:
            async with self._storage.reading() as tx:
                return await self._unsettled(tx, shards, self._now() - self._unsettled_after)
        except ThreadlightError as error:
            self._log.warning("sweep failed", error=str(error))
            return Lost((), ())

    async def _sweep_proposals(self) -> None:
        async with self._storage.writing() as tx:
            swept = await tx.proposals.sweep(self._now() - WAITS_FOR)
            await tx.commit()
        if swept:
            self._log.info("proposals swept", count=swept)

    async def _mend_all(self, lost: Lost, open_at: OpenAt) -> None:
        await asyncio.gather(
            *(self._guarded(self.mend(answer, open_at)) for answer in lost.answers),
            *(self._guarded(self.free(hold)) for hold in lost.holds),
        )

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        """Let one failure keep nobody else from being mended."""
        try:
            await work
        except ScreenGone:
            self._log.info("a lost answer has no screen any more")
        except ThreadlightError as error:
            self._log.warning("housekeeping failed", error=str(error) or type(error).__name__)
        except Exception:  # noqa: BLE001  # one bug must not end all housekeeping
            self._log.exception("housekeeping failed")

    async def forget_old_changes(self) -> None:
        """Delete what admins changed more than a year ago."""
        async with self._storage.writing() as tx:
            if await tx.audit.forget(self._now() - CHANGES_KEPT_FOR):
                await tx.commit()

    async def mend(self, left: LeftAnswer, open_at: OpenAt) -> None:
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
                await self._guarded(self._show(left, state, None, open_at))
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
        await self._show(left, state, usage, open_at)

    async def _show(
        self, left: LeftAnswer, state: AnswerState, usage: Usage | None, open_at: OpenAt
    ) -> None:
        """Show how an answer ended, unless another one stands in its place by now."""
        async with self._storage.reading() as tx:
            answered = await tx.variants.of(left.id)
            looks = await looks_of(left.guild_id, left.channel_ids, tx)
        if answered is None or answered.is_forgotten:
            return
        address = answered.address_of(left.id)
        if address is None and not (left.private or answered.places):
            address = ScreenAddress(left.channel_id)  # a public one gets its message now
        if address is None or self._onscreen.has_later(answered.turn_id, answered.latest_id):
            return
        took = left.last_seen_at - left.started_at
        edited = answered.is_edited_since(answered.variant(left.id) or answered.chosen)
        closing = Closing(
            state,
            took,
            usage,
            bill_is_open=usage is None,
            edited_since=edited,
            is_forgotten=answered.is_deleted,
        )
        async with self._onscreen.showing(answered.turn_id, screen := open_at(address)):
            try:
                await screen.finish(_snapshot(answered, left, closing, looks))
            finally:
                await screen.close()

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


def _snapshot(answered: Answered, left: LeftAnswer, closing: Closing, looks: Looks) -> Snapshot:
    """Return what is shown of an answer; of one without a word, the one that it was to better."""
    own = answered.variant(left.id)
    if own is not None:
        return msgspec.structs.replace(answered.snapshot(own, looks=looks), closing=closing)
    if not left.text and answered.chosen is not None:
        return answered.snapshot(answered.chosen, closing, looks)
    return Snapshot(left.id, left.text, closing=closing, looks=looks)
