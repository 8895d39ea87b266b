"""Sees work through to its end, whatever happens to those who await it."""

import asyncio
from collections.abc import Coroutine
from contextvars import ContextVar, copy_context
from typing import Any, TypeVar

T = TypeVar("T")

_IN_ONE: ContextVar[bool] = ContextVar("inside of whole work", default=False)


async def whole(work: Coroutine[Any, Any, T]) -> T:
    """Await work to its end even where the awaiting task is cancelled, and only then raise that.

    A statement cut off in its middle would leave a connection in a state that nobody knows, and a
    turn's books half closed.
    """
    if _IN_ONE.get():
        return await work  # whoever awaits the whole work keeps it from being cut off
    context = copy_context()
    context.run(_IN_ONE.set, True)
    task = asyncio.create_task(work, context=context)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is None:
        return task.result()
    if not task.cancelled():
        # Looked at, or asyncio would complain: the cancellation is what the caller is told.
        task.exception()
    raise cancelled
