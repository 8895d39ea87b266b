"""Estimates tokens from text, and corrects the estimate by what was reported; pure."""

import asyncio
import math
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import add
from random import Random
from statistics import median_low
from string import ascii_lowercase, ascii_uppercase, digits

from bot.messages import Price, Usage

PER_MESSAGE = 8
"""Tokens of the chat template around each message (MiniMax-M1, measured)."""

HIDDEN = 450
"""Prompt tokens that are added upstream, beyond what we send."""

LONG = 100_000
"""Characters from which on counting takes about a millisecond and more."""

MARGIN = 1.05
"""By so much more is held for a prompt than it is expected to take."""

PER_LETTER = 1 / 4.7
"""Tokens a character of English prose."""

_KINDS = (
    (0x00, 0x80, b"."),
    (0xC0, 0xC3, b"."),
    (0xC3, 0xCC, b"a"),  # Latin letters with accents
    (0xCC, 0xD4, b"g"),  # Greek, Cyrillic
    (0xD4, 0xE0, b"h"),  # Hebrew, Arabic
    (0xE0, 0xE2, b"i"),  # the scripts of India, Thai
    (0xE2, 0xE3, b"."),  # dashes, quotes, arrows
    (0xE3, 0xE4, b"k"),  # kana
    (0xE4, 0xEA, b"w"),  # Chinese characters
    (0xEA, 0xEE, b"u"),  # Hangul
    (0xEE, 0xF0, b"w"),  # full-width punctuation
    (0xF0, 0x100, b"e"),  # emoji
)
_ASCII = (
    (ascii_lowercase, b"a"),
    (ascii_uppercase, b"A"),
    (digits, b"0"),
    (" \t", b" "),
    ("\r\n", b"n"),
)


def _kinds() -> bytes:
    """Return of which kind a character is, by the first byte of its UTF-8."""
    kinds = bytearray(256)
    for first, end, kind in _KINDS:
        kinds[first:end] = kind * (end - first)
    for letters, kind in _ASCII:
        for letter in letters.encode():
            kinds[letter] = ord(kind)
    return bytes(kinds)


KINDS = _kinds()
LATER_BYTES = bytes(range(0x80, 0xC0))

WEIGHTS = {
    b" a": 1.01,
    b".a": 1.55,
    b"na": 1.47,
    b" A": 0.84,
    b".A": 1.2,
    b"aA": 1.31,
    b"AA": 0.19,
    b"a" * 9: 1.19,  # a long word is more than one token
    b"0": 0.32,
    b" 0": 1.83,
    b".0": 1.65,
    b"0a": 1.67,
    b"0A": 0.78,
    b"A0": 1.76,
    b"..": 0.44,
    b". ": 0.48,
    b" .": 0.6,
    b"n": 0.95,
    b"    ": 0.13,
    b"g": 0.38,
    b"h": 0.36,
    b"i": 0.36,
    b"k": 0.55,
    b"w": 0.5,
    b"u": 0.6,
    b"e": 1.7,
}
"""Tokens for each place where such kinds of characters follow each other.

MiniMax's tokenizer is a byte-level BPE of 200,064 tokens that first splits text as GPT-4o's does:
before words, capitals within words, every three digits, and runs of signs. Such beginnings are
what is counted. The weights are fitted by least squares to a tokenizer of that kind and size, on
prose, Python, JavaScript, C, JSON, Markdown and chat; it has the densities that were measured of
MiniMax-M1 on each of them, but for Chinese, of which MiniMax-M1 puts 2.0 characters in a token.
"""

BLOCK, ONE_IN = 64, 4
WHOLE = 32_000
"""Of texts longer than this, one block in four is looked at: nearly as good, and much faster.

Which of four is anybody's guess: whoever knew could hide nearly all of a text from the estimate.
"""


_SHIFTS = range(0, ONE_IN * BLOCK, BLOCK)


def estimate(text: str) -> int:
    """Return about how many tokens a text takes, rounded up."""
    if len(text) <= WHOLE:
        return math.ceil(_tokens(text))
    starts = range(0, len(text), ONE_IN * BLOCK)
    # Python salts the hashes of texts anew in each process; in one, an estimate stays the same.
    chosen = Random(hash(text)).choices(_SHIFTS, k=len(starts))  # noqa: S311  # nothing secret
    firsts = map(add, starts, chosen)
    sample = "".join([text[first : first + BLOCK] for first in firsts])
    return math.ceil(_tokens(sample) * len(text) / len(sample))


def _tokens(text: str) -> float:
    kinds = text.encode(errors="replace").translate(KINDS, LATER_BYTES)
    # A token is a word with the space before it: one that begins the text has none.
    return sum(kinds.count(it) * weight for it, weight in WEIGHTS.items()) + kinds[:1].isalpha()


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
        # Of two, the lower: one absurd report is no half of what is so.
        return min(3.0, max(1.0, median_low(self._ratios))) if self._ratios else 1.0

    def learn(self, estimated: int, reported: int) -> None:
        """Take in what a prompt was estimated at, uncorrected, and what it was reported to take."""
        if estimated > 0 < reported:
            self._ratios.append(reported / estimated)


LEAST = 0.5
"""Texts take at least so much of their estimate: whoever reports less counts something else."""

MOST = 3.0
"""More than so many times its estimate is believed of a prompt where others were alike."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How estimated tokens become expected ones: a line with this slope through a known prompt.

    A conversation's next prompt is its last one and something more: what was reported of the last
    one needs no estimate, and only the rest is one. A shorter prompt is a part of the last one:
    from there the line goes down to the tokens that are `hidden` in every prompt, or to nothing
    where nobody knows of those; what has fallen out may have been of another kind than the rest.
    """

    slope: float = 1.0
    estimated: int = 0
    reported: int = 0
    hidden: float | None = None

    @property
    def _falling(self) -> float:
        """Return the slope of the line for shorter prompts."""
        if self.hidden is not None and self.hidden < self.reported and self.estimated > HIDDEN:
            return (self.reported - self.hidden) / (self.estimated - HIDDEN)
        return self.reported / self.estimated if self.estimated else 0.0

    def tokens(self, estimated: int) -> int:
        """Return what a prompt that is estimated at so much is expected to take."""
        slope = self._falling if estimated < self.estimated else self.slope
        line = self.reported + slope * (estimated - self.estimated)
        return math.ceil(max(line, LEAST * (estimated - HIDDEN), 0))

    def share(self, estimated: int) -> int:
        """Return by how much a prompt is expected to grow with what is estimated at so much."""
        return round(self.slope * estimated)

    def room(self, tokens: int) -> int:
        """Return the greatest estimate that is expected to take no more than so many tokens."""
        slope = self._falling if tokens < self.reported else self.slope
        line = self.estimated + (tokens - self.reported) / slope if slope else 0.0
        most = max(0, math.floor(min(line, HIDDEN + tokens / LEAST)))
        while most and self.tokens(most) > tokens:  # of what was rounded
            most -= 1
        return most


TRUST = 40
"""So many tokens of a conversation weigh as much as what was learned from all of them."""

FLATTEST, STEEPEST, SLACK = 0.4, 3.0, 0.1
"""Between which a report follows from the one before; else it is of several tries, say."""

SHORT, MOST_HIDDEN = 12 * HIDDEN, 4 * HIDDEN
"""Up to which length of a prompt it can be told what is hidden in it, and how much that can be."""

Pair = tuple[int, int]
"""A prompt's tokens as estimated, uncorrected, and as reported."""


def scale(factor: float, pairs: Sequence[Pair]) -> Scale:
    """Return the scale of a conversation.

    `factor` is what was learned from all conversations, `pairs` are of this one's prompts, the
    latest first. Where those tell nothing, the factor is all there is.
    """
    known = _chain([pair for pair in pairs if _is_believable(pair, among=len(pairs))])
    if not known:
        return Scale(factor)
    steps = [(new, old) for new, old in pairwise(known) if _follows(new, old)]
    estimated = sum(abs(new[0] - old[0]) for new, old in steps)
    reported = sum(abs(new[1] - old[1]) for new, old in steps)
    slope = (reported + TRUST * factor) / (estimated + TRUST)
    slope = min(STEEPEST, max(FLATTEST, slope))
    return Scale(slope, *known[0], _hidden(slope, known[0]) if len(steps) > 1 else None)


def _hidden(slope: float, known: Pair) -> float | None:
    """Return how much of a prompt was none of its texts, if that can be told.

    Of a long prompt it can't: there it is less than what the texts' densities differ by.
    """
    estimated, reported = known
    beyond = reported - slope * (estimated - HIDDEN)
    if estimated > SHORT or not -SLACK * reported <= beyond <= MOST_HIDDEN:
        return None
    return max(0.0, beyond)


def _is_believable(pair: Pair, among: int) -> bool:
    """Tell whether a report can be of its prompt at all; of many, one alike bears out another."""
    estimated, reported = pair
    if reported < LEAST * (estimated - HIDDEN):
        return False
    return among > 2 or reported <= MOST * estimated


def _chain(pairs: Sequence[Pair]) -> Sequence[Pair]:
    """Return the latest prompts without one that is odd; none where they do not grow as texts do.

    A server may count anything: the last message alone, or always the same.
    """
    for known in (pairs, pairs[1:], [*pairs[:1], *pairs[2:]]):
        if len(known) > 1 and _follows(known[0], known[1]):
            whole = list(known[:1])
            for new, old in pairwise(known):
                if not _follows(new, old):
                    break
                whole.append(old)
            # Each step has some slack, all of them together have no more.
            return known if _follows(whole[0], whole[-1]) else ()
    return pairs if len(pairs) == 1 else ()


def _follows(new: Pair, old: Pair) -> bool:
    """Tell whether a prompt took what is to be expected after another."""
    step = new[0] - old[0]
    took = (new[1] - old[1]) * (1 if step >= 0 else -1)
    slack = SLACK * min(new[1], old[1])
    return FLATTEST * abs(step) - slack <= took <= STEEPEST * abs(step) + slack
