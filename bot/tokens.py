"""Estimates tokens from text, and corrects the estimate by what was reported."""

import asyncio
import math
import re
from collections import deque
from collections.abc import Iterable
from statistics import median

from bot.messages import Price, Usage

PER_MESSAGE = 8
"""Tokens of the chat template around each message (MiniMax-M1, measured)."""

HIDDEN = 450
"""Prompt tokens that are added upstream, beyond what we send."""

LETTERS = re.compile(r"[A-Za-z \n]+")
_WIDE = r"\u1100-\u11ff\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff"
WIDE, NOT_WIDE = re.compile(f"[{_WIDE}]+"), re.compile(f"[^{_WIDE}]+")
FOREIGN = re.compile(r"[\x00-\x7f]+")

LONG = 100_000
"""Characters from which on counting takes about a millisecond and more."""

PER_LETTER = 1 / 4.5
PER_SYMBOL = 1 / 2.0
PER_WIDE = 1 / 1.8
PER_BYTE = 1 / 2
"""Tokens a character, or a byte of UTF-8 in other scripts and emoji. Measured: English prose 4.7
characters a token, Chinese 2.0, mentions and emoji 2.7; a little more here, since a quota's hold
rests on the estimate."""


def estimate(text: str) -> int:
    """Return about how many tokens a text takes, rounded up (about 10 ms a million characters)."""
    rest = LETTERS.sub("", text)
    letters = len(text) - len(rest)
    tokens = letters * PER_LETTER
    if rest.isascii():
        return math.ceil(tokens + len(rest) * PER_SYMBOL)
    wide = NOT_WIDE.sub("", rest)
    foreign = FOREIGN.sub("", WIDE.sub("", rest))
    symbols = len(rest) - len(wide) - len(foreign)
    tokens += symbols * PER_SYMBOL + len(wide) * PER_WIDE
    return math.ceil(tokens + len(foreign.encode(errors="replace")) * PER_BYTE)


async def measure(text: str) -> int:
    """Estimate tokens, in a thread where the text is long enough to hold the event loop up."""
    return estimate(text) if len(text) < LONG else await asyncio.to_thread(estimate, text)


def estimated_usage(prompt_tokens: int, text: str, thinking: str, price: Price) -> Usage:
    """Return what an answer whose bill can't be had probably took, marked as an estimate."""
    thought = estimate(thinking)
    completion = thought + estimate(text)
    return Usage(
        prompt_tokens=prompt_tokens,
        completion_tokens=completion,
        reasoning_tokens=thought,
        cost_micros=price.micros(prompt_tokens, completion),
        estimated=True,
    )


class Correction:
    """Corrects estimated prompts by the median of what the latest ones were reported to take.

    The factor lies between 1 and 3: never below, since a hold must cover a prompt that may be of
    another kind than the last ones.
    """

    def __init__(self, pairs: Iterable[tuple[int, int]] = (), most: int = 50) -> None:
        self._ratios: deque[float] = deque(maxlen=most)
        for estimated, reported in pairs:
            self.learn(estimated, reported)

    @property
    def factor(self) -> float:
        """Return by how much an estimate is multiplied."""
        return min(3.0, max(1.0, median(self._ratios))) if self._ratios else 1.0

    def learn(self, estimated: int, reported: int) -> None:
        """Take in what a prompt was estimated at, uncorrected, and what it was reported to take."""
        if estimated > 0 < reported:
            self._ratios.append(reported / estimated)
