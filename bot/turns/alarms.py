"""What the operator must hear of: credits that end, a key that is refused."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

from structlog.typing import FilteringBoundLogger

from bot.errors import CreditsExhausted, KeyRejected, ModelError, StorageTrouble
from bot.messages import KeyInfo
from bot.notes import Alarm, CreditsLow
from bot.ports import Model, Storage

LOOK_EVERY = 600.0
"""Seconds between two looks at what the key may still spend."""

SHUT_FOR = 60.0
"""Seconds for which nobody's question is sent after OpenRouter has refused one for all."""

AGAIN_AFTER = 3600.0
"""Seconds after which the operator is told of the same kind again."""

LITTLE = 20
"""The key is nearly used up once less than this fraction of its limit is left."""


Claim = Callable[[Alarm], Awaitable[bool]]
"""Takes it upon this process to tell of an alarm; False where it was told within the hour."""

Tell = Callable[[Alarm], Awaitable[None]]
"""Tells the operator; trouble on the way is its own."""


class Heard:
    """Remembers what the operator was told, for all processes and those to come."""

    def __init__(self, storage: Storage, *, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._now = now

    async def claim(self, alarm: Alarm) -> bool:
        """Take it upon this process to tell of an alarm; without the storage, it tells."""
        again_after = timedelta(seconds=AGAIN_AFTER)
        try:
            async with self._storage.writing() as tx:
                claimed = await tx.warnings.alarm(alarm, self._now(), again_after)
                await tx.commit()
        except StorageTrouble:
            return True
        return claimed


class Alarms:
    """Watches the operator's key, and turns everybody away at once while it is of no use.

    `most_tokens` are the prompt's and the answer's of the largest turn; `clock` tells seconds.
    """

    def __init__(
        self,
        model: Model,
        *,
        slug: str,
        most_tokens: tuple[int, int],
        clock: Callable[[], float],
        log: FilteringBoundLogger,
        claim: Claim,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._model = model
        self._slug = slug
        self._most_tokens = most_tokens
        self._clock = clock
        self._log = log
        self._claim = claim
        self._sleep = sleep
        self._tell: Tell | None = None
        self._told: dict[Alarm, float] = {}
        self._shut: tuple[float, type[ModelError], int | None] | None = None
        self._is_low = False
        self._watch: asyncio.Task[None] | None = None
        self._telling: set[asyncio.Task[None]] = set()

    @property
    def notes(self) -> tuple[CreditsLow, ...]:
        """Return what everybody reads below an answer."""
        return (CreditsLow(),) if self._is_low else ()

    def require_open(self) -> None:
        """Raise what OpenRouter has said of the key within the last minute, if it did."""
        if self._shut is None:
            return
        until, kind, status = self._shut
        if self._clock() < until:
            raise kind(status=status)
        self._shut = None

    def hear(self, error: Exception) -> None:
        """Take in why a question was not answered."""
        match error:
            case CreditsExhausted():
                alarm = Alarm.CREDITS_GONE
            case KeyRejected():
                alarm = Alarm.KEY_REJECTED
            case _:
                return
        self._shut = (self._clock() + SHUT_FOR, type(error), error.status)
        self._raise(alarm)

    def start(self, tell: Tell | None) -> None:
        """Look at the key now and then; `tell` the operator, if anybody knows who that is."""
        self._tell = tell
        self._watch = asyncio.create_task(self._keep_watch())

    async def close(self) -> None:
        """Look no more."""
        tasks = [*self._telling, *([self._watch] if self._watch else [])]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _keep_watch(self) -> None:
        while True:
            try:
                await self.look()
            except Exception:  # noqa: BLE001  # one bug must not end the watch
                self._log.exception("could not look at the key")
            await self._sleep(LOOK_EVERY)

    async def look(self) -> None:
        """Ask what the key may still spend, and raise an alarm where that is next to nothing."""
        try:
            key = await self._model.key()
        except ModelError as error:
            self._log.info("could not look at the key", error=type(error).__name__)
            self.hear(error)
            return
        if key.remaining_micros is not None and key.remaining_micros <= 0:
            self._is_low = False
            self.hear(CreditsExhausted(status=402))
            return
        self._is_low = await self._is_nearly_gone(key)
        if self._is_low:
            self._raise(Alarm.CREDITS_LOW)

    async def _is_nearly_gone(self, key: KeyInfo) -> bool:
        left = key.remaining_micros
        if left is None:
            return False
        if key.limit_micros is not None and left * LITTLE < key.limit_micros:
            return True
        price = await self._model.price(self._slug)
        return price is not None and left < price.micros(*self._most_tokens)

    def _raise(self, alarm: Alarm) -> None:
        """Tell the operator, unless they have heard of the same within the hour."""
        now = self._clock()
        last = self._told.get(alarm)
        if last is not None and now - last < AGAIN_AFTER:
            return
        self._told[alarm] = now
        self._log.error("the operator is needed", alarm=alarm.value)
        if self._tell is not None:
            task = asyncio.create_task(self._told_of(self._tell, alarm))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    async def _told_of(self, tell: Tell, alarm: Alarm) -> None:
        with suppress(asyncio.CancelledError):
            if await self._claim(alarm):
                await tell(alarm)
