"""Draws charts: a card of a phone's width with numbers, bars and their names."""

from collections.abc import Sequence
from html import escape

from bot.render.charts.values import Bar, Chart, Columns, Row, Rows, Tile, chart_of
from bot.render.drawing.cards import CARD, CORNER, INK, lettered_png
from bot.render.drawing.lettering import SIZE, Pen, pen
from bot.render.drawing.scales import compact, steps

WIDTH = 420
_MARGIN = 18
_ROOM = WIDTH - 2 * _MARGIN
_MUTED = "#b5bac1"
_LINE = "#43464c"
_TRACK = "#383a40"
_BAR = "#7d95ff"
_GRANT = "#f0b132"

_TITLE, _TEXT, _SMALL = 19, 14, 12
"""Sizes of letters."""

_NAMES = 146
"""The room for names beside bars."""

_MOST_DIGITS = 10_000_000
"""From here on an amount beside a bar is written short."""

_BETWEEN = 26
"""Between one part and the next."""


def chart_png(source: str) -> bytes:
    """Return the picture of a chart."""
    return lettered_png(chart_svg(chart_of(source), pen()))


def chart_svg(chart: Chart, writer: Pen) -> str:
    """Return the drawing of a chart."""
    drawing = _Drawing(writer)
    drawing.head(chart.title, chart.subtitle)
    if chart.tiles:
        drawing.tiles(chart.tiles)
    for panel in chart.panels:
        if isinstance(panel, Columns):
            drawing.columns(panel)
        else:
            drawing.rows(panel, drawing.amounts_width(chart.panels))
    return drawing.svg()


class _Drawing:
    """What is drawn so far, and how far down it comes."""

    def __init__(self, writer: Pen) -> None:
        self._pen = writer
        self._parts: list[str] = []
        self._y = float(_MARGIN)

    def svg(self) -> str:
        """Return the whole card."""
        height = round(self._y + _MARGIN)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}">'
            f'<rect width="{WIDTH}" height="{height}" rx="{CORNER}" fill="{CARD}"/>'
            f"{''.join(self._parts)}</svg>"
        )

    def head(self, title: str, subtitle: str) -> None:
        """Draw what the card is about."""
        self._text(title, _MARGIN, self._y + 15, size=_TITLE, bold=True)
        subtitle = cut(self._pen, subtitle, _ROOM * SIZE / _SMALL)
        self._text(subtitle, _MARGIN, self._y + 36, size=_SMALL, fill=_MUTED)
        self._y += 40

    def tiles(self, tiles: Sequence[Tile]) -> None:
        """Draw the numbers that stand out, side by side."""
        self._y += 18
        gap = 8
        width = (_ROOM - gap * (len(tiles) - 1)) / len(tiles)
        for place, tile in enumerate(tiles):
            x = _MARGIN + place * (width + gap)
            self._rect(x, self._y, width, 50, _TRACK, corner=6)
            size = min(18.0, 18 * (width - 20) / self._width(tile.number, 18, bold=True))
            self._text(tile.number, x + 10, self._y + 23, size=size, bold=True)
            self._text(tile.unit, x + 10, self._y + 41, size=_SMALL, fill=_MUTED)
        self._y += 50

    def amounts_width(self, panels: Sequence[Columns | Rows]) -> float:
        """Return the room that the amounts beside bars take, in all panels alike."""
        rows = (row for panel in panels if isinstance(panel, Rows) for row in panel.rows)
        return max((self._width(_amount(row), _TEXT) for row in rows), default=0)

    def rows(self, panel: Rows, amounts: float) -> None:
        """Draw bars one below the other, each between its name and its amount."""
        self._heading(panel.title)
        most = max((row.amount for row in panel.rows if not row.muted), default=0)
        left, right = _MARGIN + _NAMES + 12, WIDTH - _MARGIN - amounts - 12
        for row in panel.rows:
            name = cut(self._pen, readable(self._pen, row.names), _NAMES * SIZE / _TEXT)
            fill = _MUTED if row.muted else INK
            self._text(name, _MARGIN, self._y + 13, fill=fill)
            self._text(_amount(row), WIDTH - _MARGIN, self._y + 13, fill=fill, anchor="end")
            if not row.muted:
                self._bar(left, right - left, row.amount / most if most else 0)
            self._y += 27
        self._y -= 8

    def _bar(self, x: float, room: float, share: float) -> None:
        self._rect(x, self._y + 3, room, 10, _TRACK, corner=5)
        if share > 0:
            self._rect(x, self._y + 3, max(10.0, room * share), 10, _BAR, corner=5)

    def columns(self, panel: Columns) -> None:
        """Draw bars side by side, on lines that tell how high they are."""
        self._heading(panel.title)
        lines = steps(max((bar.whole for bar in panel.bars), default=0))
        left = _MARGIN + max(self._width(compact(it), _SMALL) for it in lines) + 8
        high, top = 120.0, self._y + 6
        for it in lines:
            y = top + high * (1 - it / lines[-1])
            self._rect(left, y - 0.5, WIDTH - _MARGIN - left, 1, _LINE)
            self._text(compact(it), left - 8, y + 4, size=_SMALL, fill=_MUTED, anchor="end")
        room = (WIDTH - _MARGIN - left) / max(1, len(panel.bars))
        for place, bar in enumerate(panel.bars):
            x, width = left + room * (place + 0.14), room * 0.72
            self._column(bar, x, width, top + high, high / lines[-1])
        if not any(bar.whole for bar in panel.bars):
            middle = (left + WIDTH - _MARGIN) / 2
            self._text(panel.nothing, middle, top + high / 2 + 5, fill=_MUTED, anchor="middle")
        for place in panel.labelled:
            self._label(panel.bars[place].label, left + room * (place + 0.5), top + high + 18)
        self._y = top + high + 22
        self._legend(panel.legend)

    def _column(self, bar: Bar, x: float, width: float, bottom: float, scale: float) -> None:
        if bar.whole <= 0:
            return
        # A little is seen too.
        high = max(2.0, bar.whole * scale)
        granted = high * bar.granted / bar.whole
        corner = min(2.5, high / 2)
        self._column_part(x, bottom - high, width, high, _GRANT if bar.granted else _BAR, corner)
        if bar.granted and bar.amount:
            self._rect(x, bottom - high + granted, width, high - granted, _BAR)

    def _column_part(
        self, x: float, y: float, width: float, high: float, fill: str, corner: float
    ) -> None:
        self._parts.append(
            f'<path fill="{fill}" d="M{x:.2f} {y + high:.2f}v{corner - high:.2f}'
            f"q0 {-corner:.2f} {corner:.2f} {-corner:.2f}h{width - 2 * corner:.2f}"
            f'q{corner:.2f} 0 {corner:.2f} {corner:.2f}v{high - corner:.2f}z"/>'
        )

    def _label(self, label: str, middle: float, y: float) -> None:
        half = self._width(label, _SMALL) / 2
        x = min(middle, WIDTH - _MARGIN - half)
        self._text(label, x, y, size=_SMALL, fill=_MUTED, anchor="middle")

    def _legend(self, legend: Sequence[str]) -> None:
        if not legend:
            return
        x, y = float(_MARGIN), self._y + 22
        for name, fill in zip(legend, (_BAR, _GRANT), strict=False):
            self._rect(x, y - 10, 11, 11, fill, corner=3)
            self._text(name, x + 17, y, size=_SMALL, fill=_MUTED)
            x += 17 + self._width(name, _SMALL) + 20
        self._y = y + 2

    def _heading(self, title: str) -> None:
        self._text(title, _MARGIN, self._y + _BETWEEN + 8, bold=True)
        self._y += _BETWEEN + 20

    def _rect(
        self, x: float, y: float, width: float, high: float, fill: str, corner: float = 0
    ) -> None:
        rounded = f' rx="{corner}"' if corner else ""
        self._parts.append(
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{high:.2f}"'
            f'{rounded} fill="{fill}"/>'
        )

    def _text(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: float = _TEXT,
        fill: str = INK,
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        # The font has no bold letters: a line around them makes some.
        stroke = f' stroke="{fill}" stroke-width="{size * 0.04:.2f}"' if bold else ""
        self._parts.append(
            f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:g}" fill="{fill}"'
            f' text-anchor="{anchor}"{stroke}>{escape(text)}</text>'
        )

    def _width(self, text: str, size: float, *, bold: bool = False) -> float:
        return self._pen.width(text) * size / SIZE * (1.02 if bold else 1)


def readable(writer: Pen, names: Sequence[str]) -> str:
    """Return the first of some names that the font has letters for; the last one has."""
    return next((it for it in map(writer.plain, names) if it), names[-1])


def cut(writer: Pen, text: str, room: float) -> str:
    """Return a text that has room, with … for what has none."""
    if writer.width(text) <= room:
        return text
    while text and writer.width(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _amount(row: Row) -> str:
    return row.said if row.said and row.amount < _MOST_DIGITS else compact(row.amount)
