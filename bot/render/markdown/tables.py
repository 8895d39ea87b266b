"""Tables as Discord can show them: an aligned code block, cards, or a picture of wide numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from bot.render.markdown.cards import are_compact, cards_of, head_of
from bot.render.markdown.cells import MOST_COLUMNS, NOTHING, Cell, lines_of, read_cell
from bot.render.markdown.inline import in_code
from bot.render.markdown.pieces import Fence, width

_PICTURE_COLUMNS = range(3, 13)
_PICTURE_ROWS = range(2, 41)
_LONGEST_IN_PICTURE = 120

_RULES = {"left": ":--", "right": "--:", "center": ":-:"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table's cells as Markdown, and how each column is aligned (`left`, `right`, `center`)."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    aligned: tuple[str, ...]

    @property
    def is_for_picture(self) -> bool:
        """Tell whether a picture serves best: many numbers, and too wide for a code block."""
        if len(self.header) not in _PICTURE_COLUMNS or len(self.rows) not in _PICTURE_ROWS:
            return False
        spans = [0] * len(self.header)
        for row in (self.header, *self.rows):
            for number, source in enumerate(row):
                span = _span_in_picture(source)
                if span is None or span > _LONGEST_IN_PICTURE:
                    return False
                spans[number] = max(spans[number], span)
        values = [
            cell for row in self.rows for cell in map(read_cell, row[1:]) if not cell.is_blank
        ]
        numbers = sum(cell.is_number for cell in values)
        return not _is_narrow(spans) and 0 < len(values) <= 2 * numbers

    def shown(self, quote: str, most: int) -> tuple[Fence | None, list[str]] | None:
        """Return the code block, if it is to be one, and each row's text.

        None where a row would take more than `most`: the table is shown as it was written.
        """
        laid = self._as_code(quote) or (None, self._as_cards(quote))
        fence, texts = laid
        around = width(fence.again) + width(fence.close) + 2 if fence else 0
        longest = max(map(width, texts), default=0)
        return laid if longest + around <= most else None

    def markdown(self, rows: slice | range) -> str:
        """Return the Markdown of a table with some of the rows."""
        some = self.rows[rows] if isinstance(rows, slice) else [self.rows[i] for i in rows]
        rules = [_RULES.get(it, "---") for it in self.alignments(read_rows(self.rows))]
        escaped = ([cell.replace("|", "\\|") for cell in row] for row in some)
        header = [name.replace("|", "\\|") for name in self.header]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rules, *escaped))

    def _as_code(self, quote: str) -> tuple[Fence, list[str]] | None:
        header, *body = read_rows((self.header, *self.rows))
        rows = [header, *map(with_something, body)]
        spans = spans_of(rows)
        if spans is None:
            return None
        aligned = self.alignments(rows[1:])
        lines = [quote + line_of(row, spans, aligned) for row in rows]
        if max(map(width, lines)) > 2 * MOST_COLUMNS:
            return None
        rule = quote + "  ".join("─" * span for span in spans)
        head = f"{quote}```\n{lines[0]}\n{rule}"
        return Fence(head, head, f"{quote}```"), lines[1:]

    def alignments(self, rows: Sequence[Sequence[Cell]]) -> list[str]:
        """Return how each column is aligned: where nothing is said, numbers to the right."""
        found = list(self.aligned)
        for number, aligned in enumerate(found):
            if not aligned:
                cells = [row[number] for row in rows]
                numbers = any(cell.is_number for cell in cells)
                if numbers and all(cell.is_number or cell.is_blank for cell in cells):
                    found[number] = "right"
        return found

    def _as_cards(self, quote: str) -> list[str]:
        names, rows = list(map(read_cell, self.header)), read_rows(self.rows)
        cards = cards_of(names, rows, compact=are_compact(names, rows))
        if cards:
            cards[0] = [*head_of(names), *cards[0]]
        return ["\n".join(quote + line for line in card) for card in cards]


def table_of(tokens: Iterable[Token]) -> Table:
    """Return the table whose tokens these are, up to where it closes."""
    rows: list[list[str]] = []
    aligned: list[str] = []
    kind = ""
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and kind in ("th_open", "td_open"):
            rows[-1].append(token.content)
        elif token.type == "th_open":
            aligned.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))
        kind = token.type
    header, *body = rows
    return Table(tuple(header), tuple(map(tuple, body)), tuple(aligned))


def read_rows(rows: Iterable[Sequence[str]]) -> list[list[Cell]]:
    """Return what there is to know of the cells of rows."""
    return [[read_cell(source) for source in row] for row in rows]


def with_something(row: list[Cell]) -> list[Cell]:
    """Return a row that can be seen, also where all its cells are empty."""
    return row if any(cell.text for cell in row) else [read_cell(NOTHING), *row[1:]]


def _is_narrow(spans: Sequence[int]) -> bool:
    return sum(spans) + 2 * (len(spans) - 1) <= MOST_COLUMNS


def spans_of(rows: Iterable[Sequence[Cell]]) -> list[int] | None:
    """Return how wide each column is, or None where rows can't be lines of code."""
    spans: list[int] = []
    for row in rows:
        if any(cell.plain is None for cell in row):
            return None
        wide = [cell.columns for cell in row]
        spans = list(map(max, spans, wide)) if spans else wide
        if not _is_narrow(spans):
            return None
    return spans


def line_of(row: Sequence[Cell], spans: Sequence[int], aligned: Sequence[str]) -> str:
    """Return a row as a line of code."""
    return in_code("  ".join(map(_pad, row, spans, aligned)).rstrip())


def _pad(cell: Cell, span: int, aligned: str) -> str:
    room = span - cell.columns
    left = {"right": room, "center": room // 2}.get(aligned, 0)
    return f"{' ' * left}{cell.plain}{' ' * (room - left)}"


def _span_in_picture(source: str) -> int | None:
    cell = read_cell(source)
    if len(cell.parts) == 1:
        return None if cell.plain is None else cell.columns
    lines = [read_cell(line) for line in lines_of(source)]
    return None if any(it.plain is None for it in lines) else max(it.columns for it in lines)
