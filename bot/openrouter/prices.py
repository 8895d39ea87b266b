"""What models cost, asked for seldom and remembered."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote

from bot.errors import ModelError
from bot.messages import Price
from bot.openrouter import wire

FRESH_FOR = 3600.0
"""Seconds for which a price is taken as it was."""
WITHIN = 3.0
"""Seconds for which a turn waits for the first price."""
FAILURE_FOR = 30.0
"""Seconds for which a failure is not tried again."""

Get = Callable[[str], Awaitable[object]]
"""Asks OpenRouter for what stands under a path; raises `ModelError`."""


@dataclass(slots=True)
class Known:
    """A model's last known price, and until when nobody needs to ask again."""

    price: Price | None
    until: float


class Prices:
    """Tells what a model costs; callers at the same time share one request."""

    def __init__(self, get: Get, clock: Callable[[], float]) -> None:
        self._get = get
        self._clock = clock
        self._known: dict[str, Known] = {}
        self._asking: dict[str, asyncio.Task[Price | None]] = {}

    async def of(self, model: str) -> Price | None:
        """Return the model's price: the last known one at once, else what comes within 3 seconds.

        An old price is asked for anew, and nobody waits for that.
        """
        known = self._known.get(model)
        if known is not None and self._clock() < known.until:
            return known.price
        task = self._asking.get(model)
        if task is None:
            task = self._asking[model] = asyncio.create_task(self._ask(model))
        if known is not None and known.price is not None:
            return known.price
        # One caller who gives up must not take the answer away from the others.
        await asyncio.wait([task], timeout=WITHIN)
        return task.result() if task.done() and not task.cancelled() else None

    async def _ask(self, model: str) -> Price | None:
        try:
            price = await self._dearest(model) or await self._listed(model)
            known = self._known.get(model)
            if price is not None:
                self._known[model] = Known(price, self._clock() + FRESH_FOR)
                return price
            last = known.price if known else None
            self._known[model] = Known(last, self._clock() + FAILURE_FOR)
            return last
        finally:
            del self._asking[model]

    async def _dearest(self, model: str) -> Price | None:
        """Return a price that covers whichever provider answers."""
        try:
            answer = await self._get(f"/models/{quote(model, safe='/:@')}/endpoints")
        except ModelError:
            return None
        endpoints = wire.field(answer, "data", "endpoints")
        offers = endpoints if isinstance(endpoints, list) else []
        prices = [p for offer in offers if (p := wire.price(wire.field(offer, "pricing")))]
        if not prices:
            return None
        return Price(
            prompt=max(price.prompt for price in prices),
            completion=max(price.completion for price in prices),
            request=max(price.request for price in prices),
        )

    async def _listed(self, model: str) -> Price | None:
        """Return the price in the list of all models."""
        try:
            answer = await self._get("/models")
        except ModelError:
            return None
        models = wire.field(answer, "data")
        for entry in models if isinstance(models, list) else []:
            if wire.field(entry, "id") == model:
                return wire.price(wire.field(entry, "pricing"))
        return None

    async def close(self) -> None:
        """Give up the requests that are under way."""
        tasks = list(self._asking.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
