"""An event loop on which waiting takes no time: its clock jumps to the next thing to happen."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar, TypeVarTuple

Result = TypeVar("Result")
Given = TypeVarTuple("Given")


class _Jumping(selectors.DefaultSelector):
    """Moves the clock on instead of waiting."""

    now = 0.0
    threads = 0
    """How many calls are under way in threads: those take real time, and no virtual one."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready, or let the time pass at once."""
        # Without any timer only another thread can wake the loop.
        waits = timeout is None or (timeout and self.threads)
        ready = super().select(10 if waits else 0)
        if not ready and waits:
            raise RuntimeError("everybody waits, and nothing will ever happen")
        if not ready and timeout:
            self.now += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop whose time is virtual."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Return the virtual time in seconds."""
        return self._jumping.now

    def run_in_executor(
        self, executor: Any, func: Callable[[*Given], Result], *args: *Given
    ) -> "asyncio.Future[Result]":
        """Let no time pass while a thread works for somebody."""
        future = super().run_in_executor(executor, func, *args)
        self._jumping.threads += 1
        future.add_done_callback(self._come_back)
        return future

    def _come_back(self, _: "asyncio.Future[Any]") -> None:
        self._jumping.threads -= 1

    def work(self, seconds: float) -> None:
        """Let time pass as it does while a callback is at work: nothing else happens meanwhile."""
        self._jumping.now += seconds


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine to its end in virtual time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)


def clock() -> float:
    """Return the running loop's time."""
    return asyncio.get_running_loop().time()
