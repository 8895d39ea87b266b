"""Tables as Discord can show them: an aligned code block, cards, or a picture of wide numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from bot.render.markdown.cells import Cell, columns, lines_of, read_cell, unbold
from bot.render.markdown.inline import in_code
from bot.render.markdown.pieces import Fence, width

MOST_COLUMNS = 42
"""A phone wraps code blocks that are wider."""

_LONGEST_LINE = 100
"""A card's cells stand on one line as long as it takes no more than three lines of a phone."""

_PICTURE_COLUMNS = range(3, 13)
_PICTURE_ROWS = range(2, 41)
_LONGEST_IN_PICTURE = 120
_LONGEST_RANK = 4

_NOTHING = "\u2013"
_STARTS_BLOCK = re.compile(r"\d{1,9}(?=[.)]\s)|(?=(?:-?#{1,3}|[-*+]|>{1,3})\s)")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s")
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
        rules = [_RULES.get(it, "---") for it in self._alignments(_read_rows(self.rows))]
        escaped = ([cell.replace("|", "\\|") for cell in row] for row in some)
        header = [name.replace("|", "\\|") for name in self.header]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rules, *escaped))

    def _as_code(self, quote: str) -> tuple[Fence, list[str]] | None:
        spans = [0] * len(self.header)
        plain = []
        header, *body = _read_rows((self.header, *self.rows))
        rows = [header, *map(_with_something, body)]
        for cells in rows:
            texts = [cell.plain for cell in cells if cell.plain is not None]
            spans = [max(pair) for pair in zip(spans, (it.columns for it in cells), strict=True)]
            if len(texts) < len(cells) or not _is_narrow(spans):
                return None
            plain.append(texts)
        aligned = self._alignments(rows[1:])
        lines = [quote + in_code(_line(row, spans, aligned)) for row in plain]
        if max(map(width, lines)) > 2 * MOST_COLUMNS:
            return None
        rule = quote + "  ".join("─" * span for span in spans)
        head = f"{quote}```\n{lines[0]}\n{rule}"
        return Fence(head, head, f"{quote}```"), lines[1:]

    def _alignments(self, rows: Sequence[Sequence[Cell]]) -> list[str]:
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
        names = [read_cell(name) for name in self.header]
        rows = _read_rows(self.rows)
        if len(names) > 2:
            cards = _cards(names, rows)
        elif len(names) == 2:
            cards = [_pair(*row) for row in rows]
        else:
            cards = [_item("", row[0]) for row in rows]
        head = " · ".join(unbold(name.text) for name in names if name.text)
        if cards and head:
            cards[0] = [f"-# {_beginning(head)}", *cards[0]]
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


def _read_rows(rows: Iterable[Sequence[str]]) -> list[list[Cell]]:
    return [[read_cell(source) for source in row] for row in rows]


def _with_something(row: list[Cell]) -> list[Cell]:
    """Return a row that can be seen, also where all its cells are empty."""
    return row if any(cell.text for cell in row) else [read_cell(_NOTHING), *row[1:]]


def _is_narrow(spans: Sequence[int]) -> bool:
    return sum(spans) + 2 * (len(spans) - 1) <= MOST_COLUMNS


def _line(cells: Sequence[str], spans: Sequence[int], aligned: Sequence[str]) -> str:
    padded = [_pad(*each) for each in zip(cells, spans, aligned, strict=True)]
    return "  ".join(padded).rstrip()


def _pad(cell: str, span: int, aligned: str) -> str:
    room = span - columns(cell)
    left = {"right": room, "center": room // 2}.get(aligned, 0)
    return " " * left + cell + " " * (room - left)


def _cards(names: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> list[list[str]]:
    """Return each row's lines: a bold one, and one for all its other cells or one for each."""
    titles = [unbold(name.text).rstrip(":\uff1a ") for name in names]
    cards = []
    compact = True
    for row in rows:
        label, taken = _label(titles, row)
        rest = [
            (titles[number], cell)
            for number, cell in enumerate(row)
            if number not in taken and cell.text
        ]
        length = sum(len(name) + cell.columns + 5 for name, cell in rest) - 3
        compact = compact and length <= _LONGEST_LINE
        cards.append((label, rest))
    if not compact:
        return [[label, *_list(rest)] for label, rest in cards]
    # Lines of one look take an empty one between cards; lists stand apart as it is.
    return [
        [*([""] if number else []), label, *_compact(rest)]
        for number, (label, rest) in enumerate(cards)
    ]


def _label(names: Sequence[str], row: Sequence[Cell]) -> tuple[str, Sequence[int]]:
    """Return a row's bold line, and which cells are in it."""
    first = next((number for number, cell in enumerate(row) if cell.text), None)
    if first is None:
        return f"**{_NOTHING}**", ()
    cell = row[first]
    if first and names[first]:
        return _bold(f"{names[first]}: {cell.text}", cell.columns), (first,)
    after = row[1]
    is_rank = cell.is_number and cell.columns <= _LONGEST_RANK
    if first == 0 and is_rank and not after.is_number and not after.is_blank:
        return _bold(f"{cell.text} · {after.text}", after.columns), (0, 1)
    return _bold(cell.text, cell.columns), (first,)


def _bold(text: str, long: int) -> str:
    bare = unbold(text)
    if "**" in bare or long > _LONGEST_LINE:
        # Discord would end it at the asterisks in code; and a whole paragraph is no label.
        return _beginning(text)
    return f"**{bare}**"


def _pair(first: Cell, second: Cell) -> list[str]:
    if not first.text:
        return _item("", second)
    label = _bold(first.text.rstrip(":\uff1a "), first.columns)
    return _item(label, second) if second.text else [f"- {label}"]


def _compact(rest: Sequence[tuple[str, Cell]]) -> list[str]:
    if not rest:
        return []
    said = [f"{name}: {cell.text}" if name else cell.text for name, cell in rest]
    return [_beginning(" · ".join(said))]


def _list(rest: Sequence[tuple[str, Cell]]) -> Iterator[str]:
    for name, cell in rest:
        yield from _item(name, cell)


def _item(name: str, cell: Cell) -> list[str]:
    """Return an item of a list, with a list of its own where the cell has lines."""
    if len(cell.parts) == 1 or cell.columns <= MOST_COLUMNS:
        text = cell.text or _NOTHING
        return [f"- {name}: {text}" if name else f"- {_beginning(text)}"]
    above = [f"- {name}:"] if name else []
    dent = "  " if name else ""
    return above + [
        f"{dent}{part}" if _NUMBERED.match(part) else f"{dent}- {_beginning(part)}"
        for part in cell.parts
    ]


def _beginning(text: str) -> str:
    """Return a text that begins no heading, list or quote where it begins a line."""
    mark = _STARTS_BLOCK.match(text)
    return f"{text[: mark.end()]}\\{text[mark.end() :]}" if mark else text


def _span_in_picture(source: str) -> int | None:
    cell = read_cell(source)
    if len(cell.parts) == 1:
        return None if cell.plain is None else cell.columns
    lines = [read_cell(line) for line in lines_of(source)]
    return None if any(it.plain is None for it in lines) else max(it.columns for it in lines)
