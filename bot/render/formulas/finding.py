"""Formulas in a text that TeX users write: where they are, and what they are as text."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from bot.render.formulas.places import EVER, GAP, Formula, Place, begins_line, place_at
from bot.render.formulas.tex_text import fluent, linear, simple

__all__ = ["Formula", "fluent", "formulas_in", "linear", "simple", "unfinished"]

_MOST_PLACES = 400
"""Places in a line that are looked at: a line with more repeats itself without an end."""

_BEGINNING = 48
"""Characters by which a growing text is known again."""

_Looked = tuple[int, int, Place]
"""A place, its number before it, and from where on the text changes nothing of what was found."""

_CANDIDATE = re.compile(r"[`$\\]")
_TICKS = re.compile(r"`+")


def formulas_in(text: str) -> list[Formula]:
    """Return the formulas in a text in their order; none is inside code."""
    return [it.formula for _, _, it in _places(text) if it.formula is not None]


def unfinished(text: str) -> int | None:
    """Return where a formula begins that a growing text may still close, or None."""
    for _, _, it in _places(text):
        if it.may_be or (it.start == len(text) - 1 and text[it.start] == "$"):
            return it.start  # a lone dollar at the end may be the first of two
        if it.formula is not None and _may_be_none(text, it.formula):
            return it.start  # what comes next decides whether this closes anything
    return None


def _may_be_none(text: str, formula: Formula) -> bool:
    if text.startswith(("\\[", "\\\\["), formula.start):
        return not text[formula.end :].strip(" \t")
    return formula.end == len(text) and text[formula.start] == "$" and not formula.display


@lru_cache(maxsize=64)
def _places(text: str) -> tuple[_Looked, ...]:
    """Return every place where a formula could begin, with what was found there."""
    if len(text) <= _BEGINNING:
        return tuple(_look_through(text, 0, 0))
    return _growing(text[:_BEGINNING]).places(text)


@lru_cache(maxsize=256)
def _growing(_beginning: str) -> "Growing":
    """Return the text that was looked through last of those that begin in this way."""
    return Growing()


class Growing:
    """A text that is looked through again and again while it grows: only its end is new."""

    def __init__(self) -> None:
        self._last: tuple[str, tuple[_Looked, ...]] = "", ()

    def places(self, text: str) -> tuple[_Looked, ...]:
        """Return the places in a text, of which the beginning may be known."""
        last, places = self._last
        same = _same(last, text)
        kept = [*takewhile(lambda it: it[1] <= same, places)] if same else []
        count, at = (kept[-1][0], kept[-1][2].end) if kept else (0, 0)
        found = (*kept, *_look_through(text, at, count))
        self._last = text, found
        return found


def _same(one: str, other: str) -> int:
    """Return how many characters at their beginning two texts have in common."""
    least, most = 0, min(len(one), len(other))
    if one[:most] == other[:most]:
        return most
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _look_through(text: str, at: int, count: int) -> Iterator[_Looked]:
    """Yield the places from one on; so many have been looked at before it."""
    known = 0
    for number in range(count + 1, _MOST_PLACES + 1):
        candidate = _CANDIDATE.search(text, at)
        if candidate is None:
            return
        start = candidate.start()
        if candidate.group() == "`":
            at, least = _after_code(text, start)
            known = max(known, least)
            continue
        place = place_at(text, start, text[start - 1] if start > at else "")
        yield number, max(known, place.known), place
        at = place.end


def _after_code(text: str, start: int) -> tuple[int, int]:
    """Return where the code ends that begins with these backticks, or where they end.

    What stands in the text from the second place on changes nothing of this.
    """
    ticks = _TICKS.match(text, start)
    end = ticks.end() if ticks else start + 1
    fence = end - start >= 3
    gap = None if fence else GAP.search(text, end)
    for closing in _TICKS.finditer(text, end, gap.start() if gap else len(text)):
        if closing.end() - closing.start() == end - start:
            return closing.end(), closing.end() + 1
    after = len(text) if fence and begins_line(text, start) else end
    return after, gap.end() if gap else EVER
