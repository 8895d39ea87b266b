"""Erases all that a person said, wherever it is kept; what it cost stays in the books."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from structlog.typing import FilteringBoundLogger

from bot.errors import Repeated, ThreadlightError
from bot.memory.echoing import Echoing, Search
from bot.ports import Files, Storage, Transaction
from bot.records.erasures import Erased, Found, Traces
from bot.turns.order import Turns

ERASED_AT_ONCE = 100
"""Turns whose words go in one transaction."""

PURGED_AT_ONCE = 256_000_000
"""Bytes of a database that is written anew at once, some three seconds; a larger one at the next
start, before anybody waits for it.
"""

AGAIN = (1.0, 5.0, 30.0, 300.0)
"""Seconds before each further try, where the database was busy or somebody was reading."""


LOOKS_EVERY = 1.0
"""Seconds between looks at whether answers to others have ended that were being written."""

LOOKS = 3_600
"""Such looks at most: no answer takes as long."""


@dataclass(frozen=True, slots=True)
class Later:
    """A search that goes on, since when, and when the words were gone, where they are."""

    search: Search
    since: datetime
    gone: datetime | None = None

    def when(self, gone: datetime) -> "Later":
        """Return it with that moment, unless it is known already."""
        return replace(self, gone=self.gone or gone)


class Forgetting:
    """Erases people's words at their wish, and finishes after a start what a kill broke off."""

    def __init__(
        self,
        storage: Storage,
        turns: Turns,
        files: Files,
        *,
        now: Callable[[], datetime],
        log: FilteringBoundLogger,
        purged_at_once: int = PURGED_AT_ONCE,
        again: Sequence[float] = AGAIN,
        looks_every: float = LOOKS_EVERY,
    ) -> None:
        self._storage = storage
        self._turns = turns
        self._files = files
        self._now = now
        self._log = log
        self._purged_at_once = purged_at_once
        self._again = again
        self._looks_every = looks_every
        self._echoing = Echoing(storage)
        # What may still repeat words that are erased, by whose they were: it was being written.
        self._later: dict[int, list[Later]] = {}
        self._pressed: set[int] = set()
        self._work: set[asyncio.Task[None]] = set()
        self._purging = asyncio.Lock()
        self._looking = asyncio.Lock()

    async def find(self, person_id: int) -> Found:
        """Count what is kept of what a person said."""
        now = self._now()
        async with self._storage.reading() as tx:
            found = await tx.erasures.count_others(person_id)
            titled = await tx.erasures.titled_by(person_id)
        echo = await self._echoing.find(person_id, now)
        titled |= set(echo.titles)
        pages = self._turns_of(person_id, now)
        async with aclosing(pages):
            async for own, quoting in pages:
                async with self._storage.reading() as tx:
                    found += await tx.erasures.count_turns(own)
                    titled |= await tx.erasures.titled_with([*own, *quoting])
                found += Found(quotes=len(quoting))
        return found + Found(titles=len(titled), echoes=len(echo.answers))

    async def traces(self) -> Traces:
        """Tell when what is forgotten now leaves the database's files for good."""
        size = await self._files.size()
        if size is None:
            return Traces.SERVER
        return Traces.NOW if size <= self._purged_at_once else Traces.NEXT_START

    @contextmanager
    def pressed(self, person_id: int) -> Generator[None]:
        """Work on somebody's wish until the block ends; raise `Repeated` where one is worked on."""
        if person_id in self._pressed:
            raise Repeated
        self._pressed.add(person_id)
        try:
            yield
        finally:
            self._pressed.discard(person_id)

    async def forget(self, person_id: int, until: datetime) -> Found:
        """Erase all that a person said until then; return how much that was.

        Answers to them that are being written are stopped. What still waits to be asked is refused,
        and nothing that was said until then is stored any more. From the database's files it goes
        soon after that.
        """
        with self._turns.under_way():
            found = await self._storage.write(partial(_begin, person_id, until))
            self._turns.stop_all_of(person_id)
            try:
                found += await self._erase(person_id, until)
            finally:  # what is begun is brought to its end, whatever the person is told
                self._start(self._finish([(person_id, until)]))
        self._log.info("words forgotten", questions=found.questions, answers=found.answers)
        return found

    async def resume(self) -> None:
        """Finish in the background what an earlier process began.

        Before anybody goes on with what that one left: some of it is not to be known any more.
        """
        await self._storage.write(_erase_unchecked)
        async with self._storage.reading() as tx:
            begun = await tx.erasures.begun()
        if begun:
            self._start(self._finish(begun))

    async def close(self) -> None:
        """Stop; what is not done is found at the next start."""
        for task in self._work:
            task.cancel()
        if self._work:
            await asyncio.wait(self._work)

    async def settled(self) -> None:
        """Wait until nothing is under way in the background."""
        while self._work:
            await asyncio.wait(self._work)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def _turns_of(
        self, person_id: int, until: datetime
    ) -> AsyncGenerator[tuple[list[int], list[int]]]:
        """Yield a person's turns that are not forgotten, and those that quote them, in portions."""
        async with self._storage.reading() as tx:
            own = await tx.erasures.turns_of(person_id, until)
            quoting = await tx.erasures.quotes_of(person_id, until)
        for first in range(0, max(len(own), len(quoting)), ERASED_AT_ONCE):
            some = slice(first, first + ERASED_AT_ONCE)
            yield own[some], quoting[some]

    async def _erase(self, person_id: int, until: datetime) -> Found:
        erased, since = Erased(), self._now()
        searches = await self._echoing.searches(person_id, until)
        for search in searches:
            erased += Erased(await self._echoing.erase(search))
        self._later.setdefault(person_id, []).extend(Later(it, since) for it in searches)
        pages = self._turns_of(person_id, until)
        async with aclosing(pages):
            async for own, quoting in pages:
                erased += await self._storage.write(partial(_erase, own, quoting, self._now()))
        gone = self._now()
        known = self._later.get(person_id, [])
        self._later[person_id] = [it.when(gone) for it in known]
        for conversation, first in erased.firsts.items():
            await self._storage.write(partial(_mark_stale, conversation, first))
        return erased.found + await self._erase_later(person_id)

    async def _erase_later(self, person_id: int) -> Found:
        """Erase what came to repeat words that were being erased, and note when all is done."""
        found = Found()
        async with self._looking:
            for later in (*self._later.get(person_id, ()),):
                some, is_over = await self._echoing.erase_later(
                    later.search, later.since, later.gone
                )
                found += some
                if is_over:
                    left = self._later[person_id]
                    self._later[person_id] = [it for it in left if it.search is not later.search]
            if not self._later.get(person_id):
                self._later.pop(person_id, None)
                await self._storage.write(partial(_note_erased, person_id, self._now()))
        return found

    async def _finish(self, begun: Sequence[tuple[int, datetime]]) -> None:
        """Finish what is begun, and then what waits for answers that are being written."""
        await self._finish_soon(begun)
        await self._finish_later([person_id for person_id, _ in begun])

    async def _finish_soon(self, begun: Sequence[tuple[int, datetime]]) -> None:
        """Look once more for what came in between, and leave no trace in the files."""
        for delay in (*self._again, None):
            try:
                for person_id, until in begun:
                    await self._erase(person_id, until)
                if await self._purge():
                    return
            except ThreadlightError as error:
                self._log.info("forgetting is not done yet", error=str(error))
            except Exception:  # noqa: BLE001  # nobody awaits this
                self._log.exception("forgetting is not done yet")
            if delay is not None:
                await asyncio.sleep(delay)
        self._log.info("the database is written anew at the next start: it is large, or in use")

    async def _finish_later(self, people: Sequence[int]) -> None:
        """Wait for the answers that were being written to others when words were erased."""
        if not any(it in self._later for it in people):
            return
        for _ in range(LOOKS):
            await asyncio.sleep(self._looks_every)
            for person_id in [it for it in people if it in self._later]:
                try:
                    await self._erase_later(person_id)
                except ThreadlightError as error:  # the next look may find it less busy
                    self._log.info("forgetting is not done yet", error=str(error))
            if not any(it in self._later for it in people):
                break
        await self._purge()

    async def _purge(self) -> bool:
        async with self._purging:  # one after another: each leaves less for the next
            at = self._now()
            if not await self._files.purge(most_bytes=self._purged_at_once):
                return False
            await self._storage.write(partial(_note_purged, at))
            return True


async def _begin(person_id: int, until: datetime, tx: Transaction) -> Found:
    await tx.erasures.begin(person_id, until)
    found = await tx.erasures.erase_others(person_id)
    await tx.commit()
    return found


async def _erase(
    own: Sequence[int], quoting: Sequence[int], at: datetime, tx: Transaction
) -> Erased:
    erased = Erased()
    if own:
        erased += await tx.erasures.erase_turns(own, at)
    if quoting:
        erased += await tx.erasures.erase_quotes(quoting)
    await tx.commit()
    return erased


async def _erase_unchecked(tx: Transaction) -> None:
    await tx.echoes.erase_unchecked()
    await tx.commit()


async def _mark_stale(conversation: int, first: int, tx: Transaction) -> None:
    await tx.erasures.mark_stale(conversation, first)
    await tx.commit()


async def _note_erased(person_id: int, at: datetime, tx: Transaction) -> None:
    await tx.erasures.note_erased(person_id, at)
    await tx.commit()


async def _note_purged(at: datetime, tx: Transaction) -> None:
    await tx.erasures.note_purged(at)
    await tx.commit()
