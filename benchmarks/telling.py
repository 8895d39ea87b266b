"""What a process that is measured tells of itself: a line of JSON for each line that it reads."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

_STATM = Path("/proc/self/statm")


def cost() -> dict[str, float]:
    """Return this process's seconds of CPU and bytes of memory as they stand now."""
    return {"at": time.monotonic(), "cpu": time.process_time(), "rss": resident()}


def resident() -> int:
    """Return the bytes of this process that are in memory; 0 where the system does not tell."""
    try:
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


async def tell(ask: Callable[[str], Awaitable[Any]]) -> None:
    """Print what comes of each line that comes in, until there are no more."""
    while line := await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(await ask(line.strip())), flush=True)
