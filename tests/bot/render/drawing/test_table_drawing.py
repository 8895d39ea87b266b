"""Pictures of tables: their size is sane, and what can't be drawn is not."""

import struct

import pytest

from bot.render.drawing.table_drawing import table_png

HEADER = "| Planet | Mass (10^24 kg) | Diameter (km) | Notes |\n|---|--:|--:|---|\n"
ROW = "| **Mercury** | 0.330 | 4,879 | `small`, ✅ |\n"


def size(source: str) -> tuple[int, int]:
    """Return the width and the height of a table's picture."""
    png = table_png(source)
    assert png is not None
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_table_becomes_a_picture() -> None:
    """It is as large as a screen likes it, and each row adds as much."""
    heights = [size(HEADER + ROW * rows)[1] for rows in (2, 3, 4)]
    assert 300 < size(HEADER + ROW * 2)[0] <= 1120
    assert heights[2] - heights[1] == heights[1] - heights[0] > 40


@pytest.mark.parametrize(
    "notes",
    [
        "many words " * 9,
        "averylongwordthatdoesnotend" * 5,
        "a<br>b<br>c",
        "",
        "Ελληνικά, кириллица €",
    ],
)
def test_text_of_all_kinds_has_room(notes: str) -> None:
    """Long text wraps, also where it has no space, and makes its row higher."""
    width, height = size(f"{HEADER}{ROW}| Venus | 4.87 | 12,104 | {notes} |")
    assert width <= 1600
    assert 150 < height < 1000


def test_many_columns_of_numbers_are_made_to_fit() -> None:
    """A picture is never wider than is worth sending."""
    lines = (["Year", *"ABCDEFGHIJK"], ["---"] * 12, ["2024", *["234,567"] * 11])
    width, height = size("\n".join(f"| {' | '.join(line)} |" for line in lines))
    assert width == 1600
    assert height < 200


@pytest.mark.parametrize(
    "source",
    [
        "",
        "no table",
        "- | a |",
        f"{HEADER}| 水星 | 0.330 | 4,879 | |",
        f"{HEADER}| 🪐 | 0.330 | 4,879 | |",
        f"{HEADER}| עברית | 0.330 | 4,879 | |",
        f"{HEADER}| [a](https://b.c) | 0.330 | 4,879 | |",
        HEADER + ROW * 200,
        "|" + " a long header |" * 30 + "\n|" + "---|" * 30 + "\n|" + " 1,234,567 |" * 30,
    ],
)
def test_what_can_not_be_drawn_is_not(source: str) -> None:
    """Letters that the font lacks, and what is too large, stay text."""
    assert table_png(source) is None


def test_the_same_table_makes_the_same_picture() -> None:
    """Nothing of one drawing is left for the next."""
    first = table_png(HEADER + ROW)
    assert table_png(HEADER + "| Ω | 1 | 2 | 3 |\n") != first
    assert table_png(HEADER + ROW) == first
