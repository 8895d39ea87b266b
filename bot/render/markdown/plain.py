"""Lines that need no parser: most of what a model writes is words, items and rows of tables."""

import re
from enum import Enum

from bot.render.markdown.formula_lines import goes_on

# No block begins with a letter, with what is not ASCII, or with a number that numbers nothing.
_OPENING = r"(?:\*{1,2}|_{1,2}|`|[\"'(\[\u201c])?(?:[^\W\d_]|[^\x00-\x7f\s]|[0-9]+(?![0-9.)]))"
_WORDS = re.compile(_OPENING)
_MARK = re.compile(r"( *)([-*+]|\d{1,9}[.)]) (?! )")
_ITEM = re.compile(rf"{_MARK.pattern}(?={_OPENING})")
_QUOTED = re.compile(rf"> {_OPENING}")


class Kind(Enum):
    """What lines of the source are, when that can be told without a parser."""

    NOTHING = "nothing"
    WORDS = "words"
    QUOTED = "quoted words"
    ITEM = "item"
    ROW = "row"
    TABLE = "table"
    OTHER = "other"


def kind_of(line: str) -> Kind:
    """Return what a line looks like outside of code; words begin at its left edge."""
    if not line or line.isspace():
        return Kind.NOTHING
    if line[0] == "|":
        return Kind.ROW
    if "|" in line or goes_on(line):
        return Kind.OTHER
    if _WORDS.match(line):
        return Kind.WORDS
    if _QUOTED.match(line):
        return Kind.QUOTED
    return Kind.ITEM if _ITEM.match(line) else Kind.OTHER


def is_bare_row(line: str) -> bool:
    """Tell whether a line after a table's rows is one more, with no bar at its left edge."""
    return "|" in line and _WORDS.match(line) is not None


def scene_of(item: str) -> str:
    """Return what stands for an item in the scene of what follows inside it."""
    match = _MARK.match(item)
    return f"{match.group()}#" if match else item


def list_of(item: str, around: tuple[str, ...], before: str | None) -> tuple[str, ...] | None:
    """Return the scene of the list that an item goes on with or begins, or None.

    Around it are the items that it may be inside, and right before it may be another.
    """
    outer = around if before is None else (*around, scene_of(before))
    for depth, other in enumerate(outer):
        if _key(other) is not None and _key(other) == _key(item):
            return outer[:depth]
    if before is None:
        return None if around or item[0] == " " else ()
    above, mark = _MARK.match(before), _MARK.match(item)
    if above is None or mark is None or (mark[2][0].isdigit() and mark[2][:-1] != "1"):
        return None
    inside = len(mark[1]) - len(above.group())
    return outer if 0 <= inside <= 3 else None


def _key(item: str) -> tuple[str, str] | None:
    match = _MARK.match(item)
    return (match[1], match[2][-1]) if match else None
