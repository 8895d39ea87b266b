"""Answers of numbered words: how they are asked for, and which words a text shows; pure."""

import re
from dataclasses import dataclass
from typing import Self

WIDTH = 5
"""Characters of a word with the space or line break after it: about a token, and a chunk each."""

WORDS_A_LINE = 12
WORDS_A_PARAGRAPH = 72

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_WORDS = len(_DIGITS) ** 3

# No word that a bot writes by itself looks like this.
_WORD = re.compile(r"\bw([0-9A-Z]{3})\b")
_FOOT = 400
"""Characters at a text's end that are searched for the last word at first."""

_WISH = re.compile(
    r"answer (?P<answer>\d+): (?P<words>\d+) words, (?P<speed>\d+(?:\.\d+)?) a second, "
    r"after (?P<thinking>\d+) of thinking, until (?P<until>\d+\.\d+)"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """An answer to be written: so many words, thought ones first, at most until a moment."""

    answer: int
    words: int
    speed: float
    thinking: int = 0
    until: float = 0.0
    """On the monotonic clock, which all processes share; 0 for none."""

    def __str__(self) -> str:
        return (
            f"answer {self.answer}: {self.words} words, {self.speed:g} a second, "
            f"after {self.thinking} of thinking, until {self.until:.3f}"
        )

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the last wish in a text, if there is one."""
        wishes = list(_WISH.finditer(text))
        if not wishes:
            return None
        found = wishes[-1]
        return cls(
            int(found["answer"]),
            int(found["words"]),
            float(found["speed"]),
            int(found["thinking"]),
            float(found["until"]),
        )


def word(number: int) -> str:
    """Return a word that says which it is, with what comes after it."""
    digits = _DIGITS[number // 1296] + _DIGITS[number // 36 % 36] + _DIGITS[number % 36]
    if (number + 1) % WORDS_A_PARAGRAPH == 0:
        return f"w{digits}\n\n"
    return f"w{digits}\n" if (number + 1) % WORDS_A_LINE == 0 else f"w{digits} "


def words_in(text: str) -> list[int]:
    """Return the numbers of the words that a text shows."""
    return [int(digits, 36) for digits in _WORD.findall(text)]


def span(text: str) -> tuple[int, int] | None:
    """Return the first and the last word that a text shows, if it shows any."""
    first = _WORD.search(text)
    if first is None:
        return None
    last = words_in(text[-_FOOT:]) or words_in(text)
    return int(first[1], 36), last[-1]
