"""Where a process spends its CPU: every thread's stack is looked at as its own CPU time passes.

A timer of the process's CPU time interrupts it; each thread is charged with the CPU that it used
since the last time. Unlike a tracing profiler it slows nothing down and so distorts nothing. What C
code does is charged to the Python function that called it, or, for an event loop in C, to the one
that it calls next.
"""

import signal
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

EVERY = 0.004
"""Seconds of CPU time between two looks."""

DEEPEST = 60

Stack = tuple[tuple[str, str, int], ...]
"""Functions as (file, name, line of its head), the innermost first."""


class Sampler:
    """Looks while it runs, and keeps the seconds of CPU that each stack had."""

    def __init__(self) -> None:
        self.seconds: defaultdict[Stack, float] = defaultdict(float)
        self._used: dict[int, float] = {}

    def start(self) -> None:
        """Look from now on; only the main thread may say so."""
        self.seconds.clear()
        self._used = {it.ident: _used_by(it.ident) for it in threading.enumerate() if it.ident}
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)

    def stop(self) -> dict[str, dict[str, float]]:
        """Look no more, and return seconds by function: its own, and with all that it called."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        own: defaultdict[str, float] = defaultdict(float)
        whole: defaultdict[str, float] = defaultdict(float)
        for stack, seconds in self.seconds.items():
            own[_named(stack[0])] += seconds
            for name in {_named(it) for it in stack}:
                whole[name] += seconds
        return {"own": dict(own), "whole": dict(whole)}

    def _look(self, _number: int, frame: FrameType | None) -> None:
        frames = sys._current_frames()  # noqa: SLF001 - the documented way to see other threads
        main = threading.main_thread().ident
        for ident, found in frames.items():
            used = _used_by(ident)
            spent, self._used[ident] = used - self._used.get(ident, used), used
            if spent > 0:
                looked_at = frame if ident == main and frame is not None else found
                self.seconds[_stack(looked_at)] += spent


def _used_by(ident: int) -> float:
    return time.clock_gettime(time.pthread_getcpuclockid(ident))


def _stack(frame: FrameType | None) -> Stack:
    found: list[tuple[str, str, int]] = []
    while frame is not None and len(found) < DEEPEST:
        code = frame.f_code
        found.append((code.co_filename, code.co_qualname, code.co_firstlineno))
        frame = frame.f_back
    return tuple(found)


def _named(function: tuple[str, str, int]) -> str:
    """Return a function's name with the short path of its file."""
    path, name, line = function
    parts = Path(path).parts
    for root in ("site-packages", f"python{sys.version_info[0]}.{sys.version_info[1]}"):
        if root in parts:
            return f"{'/'.join(parts[parts.index(root) + 1 :])}:{line} {name}"
    return f"{'/'.join(_ours(parts) or parts[-3:])}:{line} {name}"


def _ours(parts: Sequence[str]) -> Sequence[str]:
    """Return a path from this program's own top folder on, or nothing."""
    tops = [at for at, part in enumerate(parts) if part in ("bot", "cogs", "benchmarks")]
    return parts[tops[-1] :] if tops else ()
