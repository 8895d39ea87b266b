"""Tables as cards: a bold line for each row, and what its other cells say."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.render.markdown.cells import MOST_COLUMNS, NOTHING, Cell, unbold

_LONGEST_LINE = 100
"""A card's cells stand on one line as long as it takes no more than three lines of a phone."""

_LONGEST_RANK = 4
_STARTS_BLOCK = re.compile(r"\d{1,9}(?=[.)]\s)|(?=(?:-?#{1,3}|[-*+]|>{1,3})\s)")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s")


def cards_of(
    names: Sequence[Cell], rows: Sequence[Sequence[Cell]], *, compact: bool
) -> list[list[str]]:
    """Return each row's lines; in a compact card all but the first cell stand in one."""
    if len(names) == 1:
        return [_item("", row[0]) for row in rows]
    if len(names) == 2:
        return [_pair(*row) for row in rows]
    titles = _titles(names)
    cards = ((_label(titles, row)[0], _rest(titles, row)) for row in rows)
    if not compact:
        return [[label, *_list(rest)] for label, rest in cards]
    # Lines of one look take an empty one between cards; lists stand apart as it is.
    return [
        [*([""] if number else []), label, *_compact(rest)]
        for number, (label, rest) in enumerate(cards)
    ]


def are_compact(names: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> bool:
    """Tell whether every row's cells are short enough for one line."""
    titles = _titles(names)
    return len(titles) > 2 and all(
        sum(len(name) + cell.columns + 5 for name, cell in _rest(titles, row)) - 3 <= _LONGEST_LINE
        for row in rows
    )


def head_of(names: Sequence[Cell]) -> list[str]:
    """Return the line above all cards, if there is anything to say in it."""
    head = " · ".join(unbold(name.text) for name in names if name.text)
    return [f"-# {_beginning(head)}"] if head else []


def _titles(names: Sequence[Cell]) -> list[str]:
    return [unbold(name.text).rstrip(":\uff1a ") for name in names]


def _rest(titles: Sequence[str], row: Sequence[Cell]) -> list[tuple[str, Cell]]:
    """Return the cells that are not in a row's bold line, with their titles."""
    _, taken = _label(titles, row)
    return [
        (titles[number], cell)
        for number, cell in enumerate(row)
        if number not in taken and cell.text
    ]


def _label(names: Sequence[str], row: Sequence[Cell]) -> tuple[str, Sequence[int]]:
    """Return a row's bold line, and which cells are in it."""
    first = next((number for number, cell in enumerate(row) if cell.text), None)
    if first is None:
        return f"**{NOTHING}**", ()
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
        text = cell.text or NOTHING
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
