"""Charts as values: all that is drawn, and the sentences that say the same."""

import msgspec

from bot.render.markdown.parts import Picture, PictureKind


class Bar(msgspec.Struct, frozen=True):
    """A bar of a day or an hour; `granted` is what of it grants paid, and stands on top."""

    label: str
    amount: int
    granted: int = 0

    @property
    def whole(self) -> int:
        """Return how high the bar is."""
        return self.amount + self.granted


class Row(msgspec.Struct, frozen=True):
    """A bar with a name, the first of those that can be written, and its amount as it is said."""

    names: tuple[str, ...]
    amount: int
    muted: bool = False
    said: str = ""


class Tile(msgspec.Struct, frozen=True):
    """A number that stands out, and what it counts."""

    number: str
    unit: str


class Columns(msgspec.Struct, frozen=True, tag="columns"):
    """Bars side by side; a label stands below those of `labelled`, `nothing` where none is."""

    title: str
    bars: tuple[Bar, ...]
    labelled: tuple[int, ...]
    legend: tuple[str, ...] = ()
    nothing: str = ""


class Rows(msgspec.Struct, frozen=True, tag="rows"):
    """Bars one below the other, each with its name and amount."""

    title: str
    rows: tuple[Row, ...]


class Chart(msgspec.Struct, frozen=True):
    """A card: its title, its numbers, and what is drawn below them."""

    title: str
    subtitle: str
    tiles: tuple[Tile, ...]
    panels: tuple[Columns | Rows, ...]
    description: str


def picture_of(chart: Chart) -> Picture:
    """Return a chart as what is drawn; where it can't be, the words around it say enough."""
    return Picture(PictureKind.CHART, msgspec.json.encode(chart).decode(), "")


def chart_of(source: str) -> Chart:
    """Return the chart of a picture."""
    return msgspec.json.decode(source, type=Chart)
