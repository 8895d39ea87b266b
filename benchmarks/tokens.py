"""How fast tokens are estimated, for short texts and for long ones."""

import time
from collections.abc import Callable
from itertools import cycle, islice
from statistics import median

from rich.table import Table

from bot.prompts.tokens import KINDS, LATER_BYTES, estimate

SIZES = (2_000, 30_000, 4_000_000)
"""Characters: a question, the longest text that is looked at as a whole, and the longest prompt."""

LEAST = 20.0
"""MB a second."""

ENOUGH = 2_000_000
"""Characters that are measured at a time."""

ROUNDS = 7

_TEXTS = {
    "English": (
        "The keeper climbs forty steps each evening, and each evening he counts them aloud; "
        "nobody has ever asked him why. He says that it is for the lamp.\n\n"
    ),
    "code": (
        "def light(lamp: Lamp, oil: float) -> bool:\n    if not lamp.is_lit:\n"
        '        raise LampError(f"{lamp.name} is out")\n    return oil > 0.5\n\n\n'
    ),
    "JSON": (
        '{"id": 10234, "lamp": {"name": "north", "oil": 1.25, "lit": true}, '
        '"keeper": null, "at": "2026-03-18T12:34:56Z"},\n'
    ),
    "Chinese": "灯塔建在礁石的尽头。守塔人每天晚上数四十级台阶。没有人问过他为什么。\n",
    "chat": (
        "Ada (@ada): hey <@1098765432109876543> did you see this? 😀 "
        "https://example.org/lamps?id=42\nBen (@ben): not yet lol\n"
    ),
}


def floor(text: str) -> int:
    """Return a text's bytes, looked at once each: no estimate can do with less."""
    return len(text.encode(errors="replace").translate(KINDS, LATER_BYTES))


def speed(work: Callable[[str], int], text: str) -> float:
    """Return how many MB a second of CPU are worked on."""
    times = max(1, ENOUGH // len(text))
    began = time.process_time()
    for _ in range(times):
        work(text)
    return len(text.encode()) * times / (time.process_time() - began) / 1e6


def repeated(pattern: str, size: int) -> str:
    """Return a text of so many characters."""
    return "".join(islice(cycle(pattern), size))


async def run() -> Table:
    """Measure, and return the figures as they are printed."""
    table = Table(title="Estimating tokens, in MB a second of CPU")
    table.add_column("text")
    for size in SIZES:
        for name in (f"{size:,} characters", "floor", "to the floor"):
            table.add_column(name, justify="right")
    slowest = float("inf")
    for name, pattern in _TEXTS.items():
        cells: list[str] = []
        for size in SIZES:
            text = repeated(pattern, size)
            # By turns: the machine's mood changes within a second.
            pairs = [(speed(estimate, text), speed(floor, text)) for _ in range(ROUNDS)]
            ours, least = (median(it) for it in zip(*pairs, strict=True))
            ratio = median(bare / took for took, bare in pairs)
            cells += [f"{ours:,.0f}", f"{least:,.0f}", f"{ratio:.1f}"]
            slowest = min(slowest, ours)
        table.add_row(name, *cells)
    met = "met" if slowest > LEAST else "NOT met"
    table.caption = (
        "The floor encodes a text and looks at each of its bytes once.\n"
        f"Target: more than {LEAST:.0f} MB a second everywhere. The least is {slowest:.0f}: {met}."
    )
    return table
