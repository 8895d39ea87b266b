"""Rows: a bar that is part of a cell parts no cells, and no row makes a table fall apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.markdown.pages import Pager
from bot.render.markdown.parts import text_of
from bot.render.markdown.rows import cells_of

rows = st.lists(
    st.sampled_from(["|", "||", "\\|", "\\", "`", "``", "$", "a", "b c", "7", " ", "\\(", "\\)"]),
    max_size=30,
).map("".join)


def shown(text: str) -> str:
    """Return a text as its only page shows it."""
    (page,) = Pager().pages(text)
    return text_of(page)


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| a | b |", ("a", "b")),
        ("a | b", ("a", "b")),
        ("| a |", ("a",)),
        (r"| a \| b | c |", ("a | b", "c")),
        ("| `a || b` | or |", ("`a || b`", "or")),
        ("| `` ` | `` | tick |", ("`` ` | ``", "tick")),
        ("| `(a|b)+` | $|x|$ |", ("`(a|b)+`", "$|x|$")),
        (r"| \(|x|\) | size |", (r"\(|x|\)", "size")),
        ("| `a | b` | |", ("`a | b`", "")),
        ("| `a | b` |", ("`a", "b`")),
        ("| (a|b)+ | choice |", ("(a|b)+", "choice")),
        ("| a || b | or |", ("a || b", "or")),
        ("| $5 | $10 | dear |", ("$5", "$10 | dear")),
        ("| a | b | c | d |", ("a", "b | c | d")),
        ("|a|b|c|", ("a", "b|c")),
        ("| a | b | |", ("a", "b")),
        (r"| a | b | c \|", ("a", "b | c |")),
        ("|||\\", ("", "|\\")),
    ],
)
def test_bars_in_a_cell_do_not_part_it(row: str, cells: tuple[str, ...]) -> None:
    """Where there are too many cells, bars in code, formulas and words part none."""
    assert cells_of(row, 2) == cells


@given(rows, st.integers(1, 4))
def test_no_row_is_too_long_and_none_loses_a_word(row: str, most: int) -> None:
    """Whatever a row holds, it fits its table with all its letters."""
    cells = cells_of(row, most)
    assert len(cells) <= most
    letters = "".join(filter(str.isalnum, row))
    assert "".join(filter(str.isalnum, "".join(cells))) == letters


def test_a_row_with_too_many_cells_leaves_the_table_as_it_is() -> None:
    """The rows above are shown the same with it, and its surplus is in its last cell."""
    above = "| op | meaning |\n|---|---|\n| `a` | none |\n"
    assert shown(f"{above}| `a | b` | or |") == (
        "```\nop     meaning\n─────  ───────\na      none\na | b  or\n```"
    )
    assert shown(f"{above}| x | y | z |") == (
        "```\nop  meaning\n──  ───────\na   none\nx   y | z\n```"
    )


def test_a_header_may_hold_code_with_a_bar() -> None:
    """It still has as many cells as the rule under it; one with a cell too many is none."""
    assert shown("| `a|b` | c |\n|---|---|\n| 1 | 2 |").startswith("```\na|b  c\n")
    assert shown("| a | b | c |\n|---|---|\n| 1 | 2 |").startswith("| a | b | c |")


def test_a_table_to_be_filled_in_is_shown() -> None:
    """Rows that are all empty are seen as such, also at the end of a page."""
    empty = "| Name | Age |\n|---|---|\n| | |\n| | |"
    block = "```\nName  Age\n────  ───\n\u2013\n\u2013\n```"
    assert shown(empty) == block
    assert shown(f"{empty}\n\nend") == f"{block}\n\nend"
