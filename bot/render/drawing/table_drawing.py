"""Draws a table of numbers as a picture: a card with rows, figures one under the other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt

from bot.render.drawing.cards import CARD, CORNER, INK, png_of
from bot.render.drawing.lettering import Pen, pen
from bot.render.markdown.cells import lines_of, read_cell
from bot.render.markdown.tables import Table, table_of

_PARSER = MarkdownIt("commonmark").enable("table").disable(["inline"])

_WIDTHS = (560, 640, 720, 800)
"""A screen shows the first in full: text is wrapped to come down to it, if that takes few lines."""

_FEW_LINES = 3
_HIGHEST = 1600
_SMALLEST = 0.7
"""A table that is still too wide is made smaller, but not beyond this."""

_LONGEST_WORD = 150
_GAP, _SMALL_GAP = 12, 7
"""Left and right of each cell: less of it where there are many columns."""

_MANY_COLUMNS = 7

_EDGE = 6
_LINE = 20
_ABOVE = 6
"""Above and below each row's lines."""

_BASE = 15
_HAIRLINE = "#4e5058"
_STRIPE = "#313338"


@dataclass(frozen=True, slots=True)
class _Grid:
    """Every cell's lines, the header's first; how wide each column is and how it is aligned."""

    rows: Sequence[Sequence[Sequence[str]]]
    widths: Sequence[float]
    aligned: Sequence[str]
    gap: int

    @property
    def width(self) -> float:
        """Return the width of the whole card."""
        return sum(self.widths) + 2 * self.gap * len(self.widths) + 2 * _EDGE

    @property
    def heights(self) -> list[int]:
        """Return the height of each row."""
        return [max(map(len, row)) * _LINE + 2 * _ABOVE for row in self.rows]

    @property
    def height(self) -> int:
        """Return the height of the whole card."""
        return sum(self.heights) + 2 * _EDGE


def table_png(source: str) -> bytes | None:
    """Return a picture of a Markdown table, or None where it can't be drawn."""
    table = _parsed(source)
    if table is None:
        return None
    writer = pen()
    cells = _readable(table, writer)
    if cells is None:
        return None
    grid = _laid_out(cells, [it or "left" for it in table.aligned], writer)
    scale = min(1.0, _WIDTHS[-1] / grid.width)
    if scale < _SMALLEST or grid.height * scale > _HIGHEST:
        return None
    return png_of(_svg(grid, scale, writer))


def _parsed(source: str) -> Table | None:
    tokens = _PARSER.parse(source)
    return table_of(tokens) if tokens and tokens[0].type == "table_open" else None


def _readable(table: Table, writer: Pen) -> list[list[list[str]]] | None:
    """Return the lines of every cell, the header's first; None where one can't be written."""
    rows = []
    for row in (table.header, *table.rows):
        cells: list[list[str]] = []
        for source in row:
            plain = [read_cell(line).plain for line in lines_of(source)]
            lines = [None if it is None else writer.readable(it) for it in plain]
            known = [line for line in lines if line is not None]
            if len(known) < len(lines):
                return None
            cells.append(known)
        rows.append(cells)
    return rows


def _laid_out(
    cells: Sequence[Sequence[Sequence[str]]], aligned: Sequence[str], writer: Pen
) -> _Grid:
    columns = list(zip(*cells, strict=True))
    wanted = [max(map(writer.width, _lines(column))) for column in columns]
    least = [
        max(min(writer.width(word), _LONGEST_WORD) for word in _unbroken(column))
        for column in columns
    ]
    gap = _GAP if len(columns) < _MANY_COLUMNS else _SMALL_GAP
    around = 2 * gap * len(columns) + 2 * _EDGE
    rows: list[list[list[str]]] = []
    for most in _WIDTHS:
        widths = _shared(wanted, least, most - around)
        rows = [_wrapped(row, widths, writer) for row in cells]
        if max(len(cell) for row in rows for cell in row) <= _FEW_LINES:
            break
    used = [max(map(writer.width, _lines(column))) for column in zip(*rows, strict=True)]
    return _Grid(rows, used, aligned, gap)


def _wrapped(row: Sequence[Sequence[str]], widths: Sequence[float], writer: Pen) -> list[list[str]]:
    return [
        [part for line in cell for part in writer.wrapped(line, width + 0.01)]
        for cell, width in zip(row, widths, strict=True)
    ]


def _lines(column: Iterable[Sequence[str]]) -> list[str]:
    return [line for cell in column for line in cell]


def _unbroken(column: Sequence[Sequence[str]]) -> list[str]:
    """Return what is not to be wrapped: words, and numbers with their units."""
    header, *rest = column
    lines = _lines(rest)
    numbers = [line for line in lines if read_cell(line).is_number]
    return ["", *numbers, *(word for line in (*header, *lines) for word in line.split())]


def _shared(wanted: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Return the widths of columns that share the room: the widest give way first."""
    if sum(wanted) <= room:
        return list(wanted)
    low, high = 0.0, max(wanted)
    for _ in range(30):
        middle = (low + high) / 2
        total = sum(max(a, min(b, middle)) for a, b in zip(least, wanted, strict=True))
        low, high = (middle, high) if total <= room else (low, middle)
    return [max(a, min(b, low)) for a, b in zip(least, wanted, strict=True)]


def _svg(grid: _Grid, scale: float, writer: Pen) -> str:
    letters = {line for row in grid.rows for cell in row for line in cell}
    width, height = grid.width, grid.height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{round(width * scale)}" '
        f'height="{round(height * scale)}" viewBox="0 0 {width:.3f} {height:.3f}" '
        f'color="{INK}" fill="{INK}">{writer.shapes(letters)}'
        f'<rect width="{width:.3f}" height="{height:.3f}" rx="{CORNER}" fill="{CARD}"/>'
        f"{''.join(_rows(grid, writer))}</svg>"
    )


def _rows(grid: _Grid, writer: Pen) -> Iterator[str]:
    top = _EDGE
    for number, (row, high) in enumerate(zip(grid.rows, grid.heights, strict=True)):
        parts = _row(row, grid, top, high, writer, is_header=not number)
        if not number:
            edge = _EDGE + grid.gap
            parts.append(
                f'<rect x="{edge}" y="{top + high - 0.5}" '
                f'width="{grid.width - 2 * edge:.2f}" height="1" fill="{_HAIRLINE}"/>'
            )
        elif number % 2 == 0:
            band = (
                f'<rect x="{_EDGE}" y="{top}" width="{grid.width - 2 * _EDGE:.2f}" '
                f'height="{high}" rx="4" fill="{_STRIPE}"/>'
            )
            parts.insert(0, band)
        yield "".join(parts)
        top += high


def _row(
    row: Sequence[Sequence[str]],
    grid: _Grid,
    top: float,
    high: float,
    writer: Pen,
    *,
    is_header: bool,
) -> list[str]:
    drawn = []
    x = float(_EDGE)
    for lines, width, aligned in zip(row, grid.widths, grid.aligned, strict=True):
        x += grid.gap
        # A header stands on its line; what is below it begins at the top of its row.
        y = top + _ABOVE + _BASE
        if is_header:
            y = top + high - _ABOVE - _LINE * len(lines) + _BASE
        for line in lines:
            spare = width - writer.width(line)
            left = {"right": spare, "center": spare / 2}.get(aligned, 0.0)
            drawn.append(writer.written(line, x + left, y, bold=is_header))
            y += _LINE
        x += width + grid.gap
    return drawn
