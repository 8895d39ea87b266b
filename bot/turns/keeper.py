"""Keeps how far answers have come: a kill loses no more than a second of each that grows."""

import asyncio
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from structlog.typing import FilteringBoundLogger

from bot.answers.draft import Draft, Kept
from bot.errors import ThreadlightError
from bot.messages import ScreenAddress
from bot.ports import Storage, Transaction

EVERY = 1.0
"""Seconds between two looks at all that grows."""


class Keeper:
    """Stores growing answers, where they are shown, and whether to their end.

    All of them share a transaction a second. What is new to it is stored at once, together with
    whatever else is new by then.
    """

    def __init__(
        self, storage: Storage, *, log: FilteringBoundLogger, every: float = EVERY
    ) -> None:
        self._storage = storage
        self._log = log
        self._every = every
        self._drafts: dict[int, Draft] = {}
        self._kept: dict[int, int] = {}
        self._addresses: dict[int, ScreenAddress] = {}
        self._located: list[asyncio.Future[None]] = []
        self._shown: set[int] = set()
        self._news = asyncio.Event()
        self._work: asyncio.Task[None] | None = None

    @contextmanager
    def keeping(self, answer_id: int, draft: Draft) -> Generator[None]:
        """Store this answer at once and then every second, until the block ends.

        Trouble with the storage is logged and stops nothing.
        """
        self._drafts[answer_id] = draft
        self._wake()
        try:
            yield
        finally:
            del self._drafts[answer_id]
            self._kept.pop(answer_id, None)
            self._news.set()

    async def locate(self, answer_id: int, address: ScreenAddress) -> None:
        """Store where an answer is shown; raise `StorageTrouble`."""
        located = asyncio.get_running_loop().create_future()
        self._addresses[answer_id] = address
        self._located.append(located)
        self._wake()
        await located

    def shown(self, answer_id: int) -> None:
        """Store that an answer's end is on its message: while others grow, with what they get next.

        Where that fails it is only shown once more, after the next start.
        """
        self._shown.add(answer_id)
        if self._drafts:
            self._run_on()
        else:
            self._wake()

    def is_shown(self, answer_id: int) -> bool:
        """Tell whether an answer's end is on its message, where that is still to be stored."""
        return answer_id in self._shown

    async def close(self) -> None:
        """Store which ends are shown, and nothing any more."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.wait([self._work])
        await self._store([])

    def _wake(self) -> None:
        self._news.set()
        self._run_on()

    def _run_on(self) -> None:
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._run())

    async def _run(self) -> None:
        """Store what there is until nothing grows any more."""
        now = asyncio.get_running_loop().time
        due = now()
        while self._drafts or self._addresses or self._shown:
            everybody = now() >= due
            if everybody:
                due = now() + self._every
            self._news.clear()
            kept = self._changed(everybody=everybody)
            if everybody or kept or self._addresses or not self._drafts:
                await self._store(kept)
            if not self._drafts:
                continue
            try:
                async with asyncio.timeout_at(due):
                    await self._news.wait()
            except TimeoutError:
                continue

    def _changed(self, *, everybody: bool) -> list[Kept]:
        """Return how far those have come that are new, or all that have grown."""
        changed = {
            answer_id: draft
            for answer_id, draft in self._drafts.items()
            if (everybody or answer_id not in self._kept)
            and self._kept.get(answer_id) != draft.growth
        }
        self._kept |= {answer_id: draft.growth for answer_id, draft in changed.items()}
        return [
            Kept(answer_id, draft.generation_id, draft.kept, draft.thinking)
            for answer_id, draft in changed.items()
        ]

    async def _store(self, kept: list[Kept]) -> None:
        addresses, self._addresses = self._addresses, {}
        located, self._located = self._located, []
        shown = frozenset(self._shown)
        if not kept and not addresses and not shown:
            return
        try:
            await self._storage.write(partial(_write, kept, addresses, shown))
        except ThreadlightError as error:
            for it in kept:
                self._kept.pop(it.answer_id, None)
            self._log.warning("drafts not stored", drafts=len(kept), error=str(error))
            _tell(located, error)
        else:
            _tell(located, None)
        self._shown -= shown


async def _write(
    kept: Sequence[Kept],
    addresses: Mapping[int, ScreenAddress],
    shown: Iterable[int],
    tx: Transaction,
) -> None:
    # From older answers to newer ones, as edits mark them: rows are locked in one order.
    await tx.history.shown(sorted(shown))
    await tx.history.keep(kept)
    await tx.history.locate(addresses)
    await tx.commit()


def _tell(waiting: list[asyncio.Future[None]], error: ThreadlightError | None) -> None:
    for it in waiting:
        if it.done():
            continue
        if error is None:
            it.set_result(None)
        else:
            it.set_exception(error)
