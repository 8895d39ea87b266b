"""How much a table grows by a row, where that can be told without laying it out anew."""

from collections.abc import Sequence

from bot.render.markdown.cards import are_compact, cards_of
from bot.render.markdown.cells import MOST_COLUMNS, Cell
from bot.render.markdown.pieces import width
from bot.render.markdown.rows import filled
from bot.render.markdown.tables import Table, line_of, read_rows, spans_of, with_something

_SURPLUS = 64
"""What a row takes at most that is shown as it was written is twice its length and this."""


class Growth:
    """What rows add to a table in no quote, as long as they change nothing in those before."""

    def __init__(self, table: Table, most: int) -> None:
        self._most = most
        self._names, *rows = read_rows((table.header, *table.rows))
        self._is_begun, self._is_raw = bool(rows), table.shown("", most) is None
        self._compact = are_compact(self._names, rows)
        lines = [self._names, *map(with_something, rows)]
        self._spans = spans_of(lines)
        self._aligned = table.alignments(lines[1:])
        self._settled = [
            bool(said) or any(not (it.is_number or it.is_blank) for it in column)
            for said, column in zip(table.aligned, zip(*lines[1:], strict=True), strict=False)
        ]

    def of(self, row: str) -> int | None:
        """Return how much a row adds, or None where those before it may look otherwise then."""
        if not self._is_begun:
            return None
        if self._is_raw:
            return 2 * len(row) + _SURPLUS
        [cells] = read_rows([filled(row, len(self._names))])
        if self._spans is None:
            return self._card(cells)
        return self._line(with_something(cells), self._spans)

    def _line(self, cells: Sequence[Cell], spans: Sequence[int]) -> int | None:
        if any(
            it.plain is None or it.columns > span for it, span in zip(cells, spans, strict=True)
        ):
            return None
        if not all(map(self._stays_aligned, cells, self._aligned, self._settled)):
            return None
        size = width(line_of(cells, spans, self._aligned))
        return size + 1 if size <= 2 * MOST_COLUMNS else None

    def _stays_aligned(self, cell: Cell, aligned: str, is_settled: bool) -> bool:
        if is_settled:
            return True
        return cell.is_number or cell.is_blank if aligned == "right" else not cell.is_number

    def _card(self, cells: Sequence[Cell]) -> int | None:
        if self._compact and not are_compact(self._names, [cells]):
            return None
        [card] = cards_of(self._names, [cells], compact=self._compact)
        size = width("\n".join(card))
        return size + 2 if size < self._most else None
