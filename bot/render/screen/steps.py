"""One step of painting an answer: which message is next, and how urgent it is."""

import asyncio
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType

from bot.ports import Growing
from bot.render.pacing.lanes import Urgency
from bot.render.pacing.pacer import Permit
from bot.render.screen.layouts import Layout
from bot.snapshots import Snapshot

GIVES_WAY: Mapping[Urgency, float] = MappingProxyType({Urgency.WORDLESS: 2.0, Urgency.TICK: 10.0})
"""Seconds for which what has no words gives way to what grows: a crowd grows all the time."""


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next: paint the message of this index, or remove it."""

    index: int
    urgency: Urgency
    removes: bool = False


def has_ended(growing: Growing) -> bool:
    """Tell whether this is how an answer ended, and none that grows."""
    return isinstance(growing, Snapshot) and growing.closing is not None


def urgency_of(snapshot: Snapshot, layout: Layout, *, shows_words: bool) -> Urgency:
    """Return how urgent a paint is, of an answer that shows words already or does not.

    Where many answers begin at once, those without words give way, and words come instead.
    """
    if snapshot.closing is not None:
        return Urgency.LAST
    if shows_words:
        return Urgency.GROWTH
    return Urgency.FIRST if layout.page else Urgency.WORDLESS


@contextmanager
def aging(permit: Permit, urgency: Urgency) -> Generator[None]:
    """Let what waits for this permit count as growth once it has given way for long enough."""
    after = GIVES_WAY.get(urgency)
    if after is None:
        yield
        return
    timer = asyncio.get_running_loop().call_later(after, permit.hurry, Urgency.GROWTH)
    try:
        yield
    finally:
        timer.cancel()
