"""What many measurements come to; pure."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, median


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds, summed up."""

    count: int
    mean: float
    median: float
    p95: float
    most: float

    @classmethod
    def of(cls, seconds: Iterable[float]) -> "Figures":
        """Sum measurements up; there must be one at least."""
        ordered = sorted(seconds)
        nearest = math.ceil(0.95 * len(ordered)) - 1
        return cls(len(ordered), fmean(ordered), median(ordered), ordered[nearest], ordered[-1])


def ms(seconds: float) -> str:
    """Return seconds as milliseconds, as a table shows them."""
    value = seconds * 1000
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def times(seconds: float, base: float) -> str:
    """Return how many times the base this is, as a table shows it."""
    return f"{seconds / base:.2f}"
