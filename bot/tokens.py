"""Estimates tokens from text, and corrects the estimate by what was reported."""

import asyncio
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from bot.messages import Price, Usage

PER_MESSAGE = 8
"""Tokens of the chat template around each message (MiniMax-M1, measured)."""

HIDDEN = 450
"""Prompt tokens that are added upstream, beyond what we send."""

LETTERS = re.compile(r"[A-Za-z \n]+")
NOT_WIDE = re.compile(r"[^\u1100-\u11ff\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff]+")

LONG = 100_000
"""Characters from which on counting takes about a millisecond and more."""

PER_LETTER = 1 / 4.5
PER_SYMBOL = 1 / 2.0
PER_WIDE = 1 / 1.8
"""Tokens a character. Measured: English prose 4.7 characters a token, Chinese 2.0, mentions and
emoji 2.7; a little more here, since a quota's hold rests on the estimate."""


def estimate(text: str) -> int:
    """Return about how many tokens a text takes, rounded up (about 10 ms a million characters)."""
    rest = LETTERS.sub("", text)
    wide = "" if rest.isascii() else NOT_WIDE.sub("", rest)
    symbols = len(rest) - len(wide)
    letters = len(text) - len(rest)
    return math.ceil(letters * PER_LETTER + symbols * PER_SYMBOL + len(wide) * PER_WIDE)


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


@dataclass(frozen=True, slots=True)
class Correction:
    """Corrects estimated prompts by the ratio of reported to estimated tokens of late."""

    factor: float = 1.0

    @classmethod
    def learnt(cls, pairs: Iterable[tuple[int, int]]) -> "Correction":
        """Return the correction that (estimated, reported) pairs teach, between 1 and 3.

        Never below 1: a hold must cover the prompt, and the next one may be of another kind.
        """
        ratios = [reported / estimated for estimated, reported in pairs if estimated > 0 < reported]
        return cls(min(3.0, max(1.0, median(ratios)))) if ratios else cls()

    def __call__(self, tokens: int) -> int:
        """Return the corrected number of tokens, rounded up."""
        return math.ceil(tokens * self.factor)
