"""What reading the streams costs without a bot: the measure for the bot's CPU per token."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.children import Child
from benchmarks.crowd_case import model
from benchmarks.load import Span, watched

LEAD = 1.0
"""Seconds over which the streams are begun, and which are not measured."""


@dataclass(frozen=True, slots=True)
class Bare:
    """Seconds of CPU per token, and how many tokens came with one read."""

    streams: int
    cpu_per_token: float
    tokens_a_read: float


async def measure(streams: int, speed: float, seconds: float) -> Bare:
    """Return what a process costs that only reads and parses."""
    words = round(speed * (seconds + LEAD))
    with TemporaryDirectory(prefix="threadlight-bench-") as folder:
        async with model() as router:
            reader = await Child.start(
                "benchmarks.reader_process",
                *(router.base_url, str(streams), str(words), str(speed)),
                log=Path(folder) / "reader.log",
            )
            try:
                async with watched([reader]) as watch:
                    await asyncio.sleep(seconds + 2 * LEAD)
                sent = [it["sent"] for it in await router.child.ask("sent")]
                reads = await reader.ask("reads")
            finally:
                await reader.stop()
    steady = Span.steady(sent)
    cpu = watch.costs[0].cpu_between(steady.start, steady.end) / steady.tokens
    return Bare(streams, cpu, sum(map(len, sent)) / reads)
