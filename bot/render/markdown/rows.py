"""Splits a table's row into its cells, also where a bar was meant as a part of one."""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.render.formulas.finding import formulas_in
from bot.render.markdown.cells import CODE

_BAR = re.compile(r"(?<!\\)\|")
_CODE = re.compile(rf"\\.|{CODE}")
_LONGEST_LOOKED_INTO = 2000


@lru_cache(maxsize=2048)
def cells_of(row: str, most: int = 0) -> tuple[str, ...]:
    """Return a row's cells: escaped bars do not count, nor do those around the row.

    Where there are more than `most`, the bars that were least meant to part cells do not.
    """
    bare = row.strip()
    cells = _trimmed(_BAR.split(bare))
    if not 0 < most < len(cells):
        return cells
    better = fitted(bare, most)
    return _joined(bare, most) if better is None else better


def filled(row: str, wide: int) -> tuple[str, ...]:
    """Return the cells of a row in a table that is so wide."""
    cells = cells_of(row, wide)
    return (*cells, *[""] * (wide - len(cells)))


@lru_cache(maxsize=2048)
def fitted(row: str, most: int) -> tuple[str, ...] | None:
    """Return a row's cells where those are no more than `most` with bars in cells left alone."""
    bare = row.strip()
    if len(bare) > _LONGEST_LOOKED_INTO:
        return None
    whole = _wholes(bare)
    bars = [bar for bar in _bars(bare) if not any(start < bar < end for start, end in whole)]
    cells = _parted(bare, bars)
    if len(cells) <= most:
        return cells
    cells = _parted(bare, [bar for bar in bars if _is_spaced(bare, bar)])
    return cells if len(cells) == most else None


def _joined(row: str, most: int) -> tuple[str, ...]:
    """Return as many cells as there may be: what is too much stays in the last one."""
    bare = row.rstrip("| \t")
    if bare.endswith("\\") and row.startswith("|", len(bare)):
        bare += "|"  # this one is escaped
    return _parted(bare, _bars(bare)[: most - 1 + bare.startswith("|")])


def _bars(row: str) -> list[int]:
    return [it.start() for it in _BAR.finditer(row)]


def _is_spaced(row: str, bar: int) -> bool:
    around = row[max(0, bar - 1) : bar] + row[bar + 1 : bar + 2]
    return not around.strip()


def _wholes(row: str) -> list[tuple[int, int]]:
    """Return where code and formulas stand in a row."""
    code = [it.span() for it in _CODE.finditer(row) if it["ticks"]]
    return code + [(it.start, it.end) for it in formulas_in(row)]


def _parted(row: str, bars: Sequence[int]) -> tuple[str, ...]:
    starts = [0, *(bar + 1 for bar in bars)]
    return _trimmed([row[start:end] for start, end in zip(starts, [*bars, None], strict=True)])


def _trimmed(texts: Sequence[str]) -> tuple[str, ...]:
    cells = [text.strip().replace("\\|", "|") for text in texts]
    first = 1 if not cells[0] else 0
    last = len(cells) - 1 if len(cells) > first and not cells[-1] else len(cells)
    return tuple(cells[first:last])
