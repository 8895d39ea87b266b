"""Several things in one sentence: "a, b and c"."""

from collections.abc import Sequence

from bot.words.catalogue import say


def joined(items: Sequence[str]) -> str:
    """Return things one after the other: "a, b, c"."""
    return say("list-between").join(items)


def all_of(items: Sequence[str]) -> str:
    """Return things that belong together: "a, b and c"."""
    return _ended(items, say("list-last-and"))


def any_of(items: Sequence[str]) -> str:
    """Return things of which one is meant: "a, b or c"."""
    return _ended(items, say("list-last-or"))


def _ended(items: Sequence[str], last: str) -> str:
    *first, end = items or [""]
    return f"{joined(first)}{last}{end}" if first else end
