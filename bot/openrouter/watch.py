"""Ends a stream that says nothing for too long."""

import asyncio
from types import TracebackType
from typing import Self

import aiohttp


class Watch:
    """Closes a response once nothing was heard for `patience` seconds; `expired` tells so.

    It has one timer, which looks when the time could be over. A timeout around each read would
    cost as much as reading: at 10,000 tokens a second that is the half of a processor.
    """

    def __init__(self, response: aiohttp.ClientResponse, patience: float) -> None:
        self.expired = False
        self._response = response
        self._patience = patience
        self._loop = asyncio.get_running_loop()
        self._heard_at = self._loop.time()
        self._timer = self._loop.call_later(patience, self._look)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()

    def hear(self) -> None:
        """Begin the silence anew."""
        self._heard_at = self._loop.time()

    def shorten(self, patience: float) -> None:
        """Be no more patient than that from now on."""
        if patience < self._patience:
            self._patience = patience
            self._timer.cancel()
            self._look()

    def _look(self) -> None:
        over_at = self._heard_at + self._patience
        if self._loop.time() < over_at:
            self._timer = self._loop.call_at(over_at, self._look)
        else:
            self.expired = True
            self._response.close()
