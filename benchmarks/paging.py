"""What a token costs the pages of an answer that grows, for short answers and for long ones."""

import time
from itertools import cycle, islice
from statistics import median

from rich.table import Table

from bot.render.markdown.pages import Pager

SHORT, MIDDLE, LONG = 1_000, 10_000, 40_000
"""Tokens."""

MOST = 1.5
"""How many times as much a token of the longest may cost as one of the shortest."""

A_FRAME = 10
"""Tokens between two frames, as at five frames a second."""

TOKEN = 4
"""Characters."""

ROUNDS = 5

_TEXTS = {
    "prose": (
        "The keeper climbs **forty steps** each evening, and each evening he counts them aloud; "
        "nobody has ever asked him why. He says it is for the *lamp*.\n\n"
    ),
    "lists in lists": (
        "- First of all, the oil\n  - a litre for the night\n  - another for fog\n"
        "1. Then the wick\n\n"
    ),
    "code": (
        "```python\ndef light(lamp: Lamp, oil: float) -> bool:\n"
        "    return lamp.lit and oil > 0.5\n```\n\n"
    ),
    "tables": (
        "| lamp | oil | hours |\n| --- | --- | --- |\n| north | 1.2 l | 9 |\n"
        "| south | 0.8 l | 7 |\n\n"
    ),
    "formulas": "So $x_1^2 + \\alpha \\le \\sqrt{2}$ holds, and \\(y = \\frac{a}{b}\\) too.\n\n",
}


def cost(pattern: str, tokens: int) -> float:
    """Return the seconds of CPU that a token of an answer of such text takes."""
    text = "".join(islice(cycle(pattern), tokens * TOKEN))
    pager = Pager()
    began = time.process_time()
    for end in range(A_FRAME * TOKEN, len(text) + 1, A_FRAME * TOKEN):
        pager.pages(text[:end], growing=True)
    return (time.process_time() - began) / tokens


async def run() -> Table:
    """Measure, and return the figures as they are printed."""
    table = Table(title="The pages of a growing answer, in µs of CPU a token")
    for name in ("text", f"{SHORT:,} tokens", f"{MIDDLE:,}", f"{LONG:,}", "longest to shortest"):
        table.add_column(name, justify="left" if name == "text" else "right")
    met = True
    for name, pattern in _TEXTS.items():
        # Side by side and several times: the machine's mood changes within a second.
        rounds = [[cost(pattern, it) for it in (SHORT, MIDDLE, LONG)] for _ in range(ROUNDS)]
        ratio = median(it[-1] / it[0] for it in rounds)
        met = met and ratio <= MOST
        costs = (median(it) for it in zip(*rounds, strict=True))
        table.add_row(name, *(f"{it * 1e6:.1f}" for it in costs), f"{ratio:.2f}")
    said = "met" if met else "NOT met"
    table.caption = f"A frame every {A_FRAME} tokens. Target: at most {MOST} times, {said}."
    return table
